/**
 * Passwords that everybody guesses first, and words that people make passwords of by adding a year. Lower case.
 * From the frequency list of zxcvbn 4.4.2 (c) 2012-2016 Dan Wheeler and Dropbox, Inc., MIT licence; words of Japan and of
 * universities added.
 */
export const banned: ReadonlySet<string> = new Set(
  `
!qaz2wsx %%passwo 0.0.0.000 0000000000o 00096462 007james 01011900 01011910 01011950 01011960 01011961
01011970 01011971 01011972 01011973 01011974 01011975 01011976 01011977 01011978 01011979 01011980
01011981 01011982 01011983 01011984 01011985 01011986 01011987 01011988 01011989 01011990 01011991
01011992 01011993 01011994 01011995 01011999 01012000 01012001 01012010 01012011 01020304 0102030405
010203040506 01021990 01031985 01031988 01031989 01041985 01041988 01061986 01061990 01071986 01081989
01091987 01091989 01121986 01121988 013cpfza 01478520 0147896325 0192837465 02011971 02011975 02011980
02011981 02011982 02011983 02011984 02011985 02011986 02011987 02011988 02011989 02021971 02021973
02021976 02021979 02021981 02021982 02021983 02021984 02021985 02021986 02021987 02021988 02021989
02021990 02031970 02031973 02031974 02031975 02031977 02031978 02031979 02031980 02031981 02031982
02031984 02031985 02031986 02031987 02031988 02031989 02041972 02041973 02041974 02041975 02041976
02041977 02041978 02041979 02041980 02041981 02041982 02041983 02041984 02041985 02041986 02041987
02041988 02041989 02051970 02051972 02051973 02051975 02051976 02051977 02051978 02051980 02051981
02051982 02051983 02051984 02051985 02051986 02051987 02051988 02051989 02061971 02061972 02061974
02061976 02061977 02061980 02061982 02061983 02061984 02061985 02061986 02061987 02061988 02061989
02071971 02071975 02071976 02071978 02071979 02071980 02071981 02071982 02071983 02071984 02071986
02071987 02071988 02071989 02081970 02081973 02081974 02081976 02081977 02081980 02081982 02081983
02081984 02081985 02081986 02081987 02081988 02081989 02091971 02091973 02091975 02091976 02091977
02091980 02091981 02091983 02091984 02091985 02091986 02091987 02091989 02101973 02101976 02101977
02101979 02101981 02101983 02101984 02101985 02101986 02101987 02101988 02101989 03031986 03041986
03041991 03082006 04041988 04041991 05051985 05051987 05051989 06061986 063dyjuy 07071977 07071987
07091990 07831505 08031985 08031986 08051990 08081988 08121986 08154711 08522580 085tzzqi 09051945
0987654321q 0o9i8u7y 0raziel0 10011986 10011990 100200300 10031988 10051987 10071987 10101986 10101990
10203040 1020304050 102030405060 10293847 1029384756 10inches 11001001 11051987 11051990 11061985 11081989
11111111 1111111111zz 111111aa 1111122222 11112222 1111aaaa 1111qqqq 11121314 1112131415 11121986 11122233
111222333 1122112211 11223344 1122334455 112233445566 11223344q 11235813 1123581321 11924704 11c645df
11qq22ww 12011987 12021988 12031985 12031987 12051988 12121985 12121990 12131415 1213141516 1223334444
12233445 12312312 123123123a 123123123q 123123321 12312345 123123qwe 123123qweqwe 1232323q 12332112
123321123 123321456 123321qwe 12340987 12344321 12344321q 1234509876 12345123 12345432 123454321
1234554321 12345612 123456123 12345654321 123456654321 12345666 12345671 12345677 12345678 123456789
1234567890 12345678900 12345678900987654321 1234567890a 1234567890q 1234567890qw 1234567890s 1234567890z
1234567891 12345678910 12345678912 123456789123 1234567899 123456789987654321 123456789a 123456789abc
123456789b 123456789d 123456789f 123456789g 123456789k 123456789l 123456789m 123456789n 123456789o
123456789p 123456789q 123456789qaz 123456789qqq 123456789qwe 123456789qwerty 123456789r 123456789s
123456789t 123456789v 123456789w 123456789x 123456789z 12345678a 12345678c 12345678q 12345678z 12345679
1234567a 1234567aa 1234567d 1234567q 1234567u 1234567z 12345687 12345689 123456987 123456aa 123456ab
123456abc 123456as 123456asd 123456qaz 123456qq 123456qqq 123456qw 123456qwe 123456qwerty 123456ru
123456zxc 123459876 12345abc 12345asd 12345qaz 12345qwe 12345qwer 12345qwert 12345qwerty 12345trewq
12345zxcvb 12346789 12347890 12348765 12349876 1234abcd 1234asdf 1234kekc 1234qwer 1234qwerasdf 1234qwert
1234qwerty 1234rewq 1234rmvb 1234zxcv 123581321 12365478 123654789 12369874 123698741 123698745 123789456
123asd123 123hfjdk147 123masha 123mudar 123qaz123 123qq123 123qwe123 123qwe321 123qwe456 123qwe456rty
123qweas 123qweasd 123qweasdzxc 123qwert 123qwerty 124578963 12481632 12e3e456 12locked 12monkey 12qw12qw
12qw34er 12qwaszx 12qwerty 12s3t4p55 13021990 13031987 13041987 13041988 13061986 13121985 13243546
13245768 132465798 134679258 134679852 13572468 13576479 1357908642 1357911q 13579246 135792468 1357924680
135797531 135798642 1357997531 14021985 14021986 14061991 14111986 14725836 147258369 14785236 147852369
14789632 147896321 147896325 14881488 14vbqk9p 15011987 15021985 15051981 15051990 15101986 151nxjmt
15426378 154ugeiu 159753123 159753258 159753456 159753852 15987532 159875321 16051987 16051989 16121987
17011987 17051988 17061988 17171717aa 18011987 18061990 18091985 18121812 18273645 18436572 18821221
19061987 19101987 19283746 192837465 19391945 19411945 1972chev 19844891 19877891 19922991 19933991
1a2a3a4a 1a2a3a4a5a 1a2b3c4d 1a2b3c4d5e 1a2s3d4f 1a2s3d4f5g 1basebal 1charlie 1diamond 1footbal 1hxboqg2
1jennife 1letmein 1michael 1million 1mustang 1pass1page 1passwor 1password 1patrick 1q2q3q4q 1q2q3q4q5q
1q2w3e4r 1q2w3e4r5 1q2w3e4r5t 1q2w3e4r5t6y 1qa2ws3e 1qa2ws3ed 1qay2wsx 1qaz!qaz 1qaz2wsx 1qaz2wsx3edc
1qaz2wsx3edc4rfv 1qazxsw2 1qazxsw23edc 1qazzaq1 1qw23er4 1qwertyu 1scooter 1superma 1thunder 1william
1x2zkg8w 1z2x3c4v 1z2x3c4v5b 20031987 20051988 20061988 20091988 20091991 20111986 201jedlz 20spanks
21011989 21031987 21031988 21031990 21051988 21051991 21101986 21125150 2112rush 22011988 22021986
22021989 22031984 22041987 22041988 22061941 22071986 22334455 22446688 23021986 23041987 23049307
23176djivanfros 23skidoo 24011985 24061986 24111989 243462536 24681012 246813579 25031987 25041988
25081988 25091987 25121987 25251325 25800852 25802580 26031988 26061987 27061988 27731828 28011987
28021990 28021992 28041987 29011985 29051989 29071983 2b8riedt 2w3e4r5t 2wsx1qaz 2wsx3edc 2wsxcde3
2wsxzaq1 30031988 30041986 30051985 31011987 31415926 314159265 3141592654 321456987 32165498 321654987
3216732167 326159487 333666999 335533aa 33rjhjds 34523452 368ejhih 369258147 369852147 380zliki 383pdjvl
3edc4rfv 3edcvfr4 3rjs1la7qe 3stooges 3syqo15hil 42042042 43046721 43211234 44332211 44445555 44magnum
456123789 456789123 45m2do5bs 48151623 4815162342 4815162342lost 4904s677075 49527843 4r3e2w1q 4rfv3edc
4rfv5tgb 4z34l0ts 50spanks 51051051051 541233432442 54132442 551scasi 554uzpad 55556666 555666777 55832811
55bgates 5hsu75kpot 5tgb6yhn 5wr2i7h8 62717315 66613666 67camaro 68camaro 69213124 69camaro 73501505
74108520 74123698 741258963 74185296 741852963 74227422 748159263 7777777a 777888999 777angel 789123456
78945612 789456123 7894561230 78963214 789632145 789654123 78n3s5af 7hrdnw23 7ugd5hip2j 808state 863abgsg
890098890 89015173454 89231243658s 89600506779 8j4ye3uz 8phrowz622 8phrowz624 911turbo 918273645
9293709b13 963258741 96385274 963852741 987412365 98745632 987456321 987654321a 987654321q 989244342a
99762000 99887766 999111999q a1234567 a12345678 a123456789 a123456a a1a2a3a4 a1a2a3a4a5 a1b2c3d4
a1b2c3d4e5 a1s2d3f4 a1s2d3f4g5 a7777777 a987654321 aa123456 aaaa1111 aaaaaaa1 aaabbb aaasss aabbcc aalborg
aaliyah aardvark aaron123 aassdd aassddff ab123456 abacab abacus abc12345 abc123456 abcd1234 abcde123
abcdef123 abcdefg1 abcxyz abdulla aberdeen abfkrf abgrtyu abigail1 abnormal abpbrf abracada abracadabra
abrakadabra abraxas abrupt absolut abstr abudfv abulafia acacia acapulco access access12 access14 access99
accessno accord account1 aceman acerview aceshigh acetate achilles achtung acidburn acidrain acmilan
acrobat action acun3t1x acura adagio addams adelphia adgjmp adgjmpt adgjmptw adida adidas aditya admin
admin123 admin18533362 administrator adonai adonis adrenali adrenalin adriano adrock advent adventur aeiou
aenima aerosmit aerosmith aeynbr aezakmi afrika afrodita agassi agent007 aggie aggies agnieszka agyvorc
aidana aikido aikman airborn airborne airbus airedale airforce airforce1 airman airplane airwalk airwolf
aisan aishiteru ajax akasha akatsuki akira alabama alabama1 aladdin aladin alain alaska alastair alatam
albany albatros albion albundy alcat alcatel alcatraz alchemy alejandr aleksa aleksander aleksandr
aleksandra aleksei aleksey alenka alessand alessandro alessia alessio alex1234 alex2000 alexan alexande
alexander1 alexandr alexandre alexandru alexei alexey alexi alexis alexsandr alexus alexxx alfa alfalfa
alfarome alfaromeo alfie alfons algernon alhambra alibaba alicante alici aliens aligator alinka alinochka
alisher aliska alkaline allah allalone allblack allday allegro alleycat alligato alligator allison1
allmine allnight allover allsop allstar allstars allstate allure almera aloha aloysius alpacino alpha
alpha123 alphabet alphaman alphaone alpina alpine alskdjfhg altair altec alterego althor altima altoid
altoids alucard alvar alyss amadeus amand amanda12 amanda18 amanda69 amarillo amateur amateurs amatory
amatuers amature amazon amber123 ambers ambrosia ambulanc ameli amelie americ america america1 amerika
ameteur amethyst ametuer amidala amiga amigo amigos amonra amor amorcit amore amoremio amores amormi amour
amstel amsterda amsterdam amylee anabolic anaconda anai anakin anakonda ananas ananda anarchy anasazi
anastasi anastasiya anatol anatoliy anderso andone andover andre123 andreas1 andreev andreeva andrei
andrej andrew12 andrey andrey123 andriy andromed andromeda andros andrzej anduril andyman andyod22 anechka
anelka anfield anfisa angel angel123 angel666 angel777 angeleye angelin angelit angelito angelofwar
angelok angels angelus angler angus anguss anhyeuem animal anime anjali anjing ankara anklet anna1987
anna2614 annamari annemari anonim anonymou another1 anselm anshou antares anteater antelope anthon
anthony1 anthony2 anthony7 anthrax antigone antigua antivirus antman antoha anton123 antonell antoni
antonio1 antonius antonov antoshka anubis anuradha anutka aolsucks apache apathy apelsin apollo apollo11
apollo13 apostol apple apple123 applepie apples apricot april aprilia apteka aptiva aq1sw2de3 aqswde
aqswdefr aquafina aqualung aquaman aquarius aquila aqwzsx arabella arachnid aragorn aragorn1 aramis ararat
arcadia arcane arcangel archana archange archangel archery architec archon arcturus areyukesc argent
argentin argento argonaut argyle arhangel ariadna ariadne arian aries arigato arigatou arina arioch arisha
arizona arizona1 arjay armada armadill armageddon armagedon arman armani armstron arnaud arrakis arrow
arrowhea arrows arschloch arsehole arsen arsena arsenal arsenal1 arsenalf arsenalfc arslan art131313 artem
artemis artemka arthu artofwar artur aruba as123456 asakura asasa asasin asd12345 asd123456 asd123asd
asdas asdasd asdasd123 asdasdas asddsa asdewq asdf asdf1234 asdfas asdfasdf asdffdsa asdfg asdfg123
asdfg12345 asdfgh asdfgh01 asdfgh12 asdfgh123 asdfghj asdfghjk asdfghjkl asdfghjkl1 asdfghjkl123 asdfjk
asdfjkl asdfjkl; asdfqwer asdfzxcv asdlkj asdqwe asdqwe123 asdzxc asecret asfnhg66 asgard ashish ashle
ashley12 asians asimov aslan asmodeus asnaeb aspen aspire aspirine asroma assa1234 assasin assassin
assassins assclown assface asshol asslick asslover assman assmaste assmunch asssss asswipe assword
astalavista astana asterios asterix asterix1 asthma astonvil astonvilla astoria astra astral astro
astroboy astros atdhfkm athlon athome atlant atlanta atlanta1 atlantida atlantis atomic atrain atreides
attica atticus attila atybrc auburn audi auditt auggie august augustin augusto auralo aurelie aurelius
aussie austi austin austin12 austin31 austin316 australi autobahn autobot autocad autopass autumn avalanch
avalanche avalon avangard avanti avatar avenger avenger1 avgust aviator avrora awesome awesome1 awnyce
awsome axeman axio ayanami ayrton azalea azamat azathoth azazel azert azerty azerty123 azertyui azertyuiop
azrael azsxdc azsxdcfv azsxdcfvgb aztec azteca aztecs aztnm azzer babaloo babe babel babemagn babemagnet
baberuth babes baboon babushka babybear babyblue babyboo babyboy babycake babycakes babydoll babyface
babygir babygirl babygirl1 babygurl babylon babylon5 babylove bacardi bacchus backbone backdoor backhoe
backlash backspac badabing badass badboy badboys badcat baddest baddog badger badgers badgirl badgirls
badguy badkarma badkitty badlands badman badnaamhere badone bagels bagger baggies baggins baggio bagira
bagpipes bagpuss baguvix bahamut baikal baile bailee bajingan bakers balboa balder baldrick baldur baldy
balefire ballbag balle ballen baller ballgag ballin ballon balloon balloons balls ballsack ballss ballz
balrog baltika baltimor balzac bama bambam bambino bamboo banaan banan banana bananas banane bandera
banderas bandi bandit bang banger bangers bangkok bangkok1 banker banner banshee bantam banzai baphomet
baraban baracuda baraka barakuda baranov barbados barbara1 barbaria barbarian barbi barbie barbos barca
barcelon barcelona bareback barefeet barefoot barfly baritone barkley barkley1 barks barley barman barnaby
barney barnie baronn barracud barracuda barrage barret barselona barsik barsuk bartek bartende bartman
bartok baseba11 basebal basebal1 baseball baseball1 basher bashful basket basketba basketbal basser basses
basset bassfish bassin bassline bassman bassoon bastard bastard1 bastet bastos batboy bateau batgirl
batigol batma batman batman01 batman12 batman69 batman99 batterse bauhaus baura bayern baylee bayliner
bayside bayview baywatch bazooka bball bbbbbbb1 bbking bcfields bdfyjd bdfyjdf bdsm beachbum beaches
beagle beaker beaks beamer beanbag beaner beanie bear bearcat bearcats beardog bearman bearshare beast
beastie beasty beater beatit beatle beatles beatles1 beaut beautifu beauty beaver beavis bebop becca
becket beckham beckham7 becks becool bedlam bedrock beebop beech beefcake beeker beelch beeline beemer
beer beerman beerme beethove beetle beezer begemot begood behappy behemoth belair belinea belize belkin
bella123 bellaco bellagio bellevue belmont belochka beluga bendover benedikt benessere benfica beng
bengals benjami benji benjie bennett1 bentley1 beowulf beretta bereza bergkamp berkut berlin berliner
bernard1 bernhard berserk berserke berserker besiktas bestbuy bestfriend beszoptad bethan bethany1
bettyboo bettyboop beyonce bharat bhbcrf bhbirf bhbyrf bhjxrf bian biao biatch biceps bicycle bigal bigass
bigbaby bigbad bigballs bigbang bigbass bigbear bigben bigbill bigbird bigblack bigblock bigblue bigbob
bigboi bigbooty bigboss bigboy bigbuck bigbucks bigbutt bigbutts bigcat bigd bigdad bigdaddy bigdave
bigdawg bigdeal bigdee bigdog bigdogg bigfish bigfoot bigfoot1 biggdogg biggie biggin biggirl biggirls
biggles biggun bigguns bigguy biggy bighead bigjim bigjoe bigjohn bigload bigmac bigmama bigman bigmike
bigmoney bignasty bignuts bigone bigones bigpapa bigpimp bigpimpi bigpimpin bigpoppa bigpun bigred bigshot
bigshow bigsky bigstick bigten bigtime bigtit bigtoe bigtruck bigtymer biguns bigwilly bigworm biit biker
bikers bikini bilbo billabon billabong billiard billows billy123 billyb billybob billyboy billyjoe billys
bimbo bimmer bing binger bingo bingos binkie binky binladen biohazard bionic bionicle biotch biotech
birddog birdie birdies birdman birdy birthday1 birthday21 birthday4 biscuit biscuit1 bismarck bismark
bismilla bismillah biteme biteme69 bizkit bizzare blabla blablabl black123 blackass blackbea blackbel
blackbelt blackber blackberry blackbir blackbird blackbox blackboy blackcat blackcoc blackdog blackhaw
blackhawk blackhol blackice blackie blackie1 blackjac blackjack blacklab blackops blackout blackrose
blacks blackshe blacksta blacksun blacktop blacky blade blader bladerun bladerunner blades blahblah blaise
blam blanked blasen blaster blaster1 blastoff blaze blazed blazer blazers blazin bleach blender blessed
blessed1 blessing blindax blingbling blink182 blinky blister blitz blizzard blobby bloke blonde blondes
blondi blondie blondie1 blondinka blonds blondy bloods bloomin bloopers blower blowfish blowme blowme69
blubber blue blue1234 bluearmy blueball bluebear bluebell blueberr bluebird blueboy bluecat bluedevi
bluedog blueeyes bluefin bluefish bluegill bluegras bluejay bluejays blueline blueman bluemax bluemoon
bluenose bluenote bluerose blues bluesky bluesman bluess bluestar blueyes blunted blunts boarder boater
boating bobafett bobber bobbijo bobbins bobbo bobby123 bobbyd bobbys bobbyy bobcat bobcats bobdog bobdole
bobdylan bobert bobmarle bobmarley bocephus bochum bodyshop boeder boeing boeing74 bogart bogdan bogey
boggie boggle bogie bogota bohica boiler boing boingo bolero bolitas boliva bolivi bollock bollocks bollox
bologna bomba bombay bomber bombers bommel bonanza bondage bondage1 bondarenko bonefish bonehead boner
boners bones boness bonethug bonghit bonghits bongo bongos bonito bonjou bonjour bonjovi bonkers bonovox
bonsai bonzai bonzo boodog boogaloo booger boogers boogie boohoo bookcase bookie bookmark bookworm
boomboom boome boomer boondock booner booper booster booter bootie booties bootleg bootneck boots bootsie
bootsy booty bootys booyaa booyah boozer bopper borabora bordeaux boricua boris123 boroda boromir borris
borussia bosco boscoe boscoe01 bosshog bossman bosstone boston boulder bounce bouncer bounty bovine
bowhunt bowler bowling bowling1 bowtie bowwow boxcar boxer boxers boxing boxster boxter boytoy boyz bozo
br00klyn brabus bradley1 brahms bramble brando brandon1 brandon2 brandy brasil brasilia bratan bravehea
braveheart braves brayden brazil brazzers breaker breakers breast breasts breeze breezy bremen brend
brendan1 brenden brentfor brest bretagne brethart brian123 brianb briand brianjo brianna1 brians bricks
bridget1 briefs brigada brighton bringit bristol britney britney1 britneys brittan brodie broker bronco
broncos broncos1 broncos7 bronte broodwar brookie brooklyn brother1 browndog browneye brownie browns
brucelee bruin bruins bruiser bruno123 brutis brutus bubba bubba123 bubbaa bubbadog bubbas bubber bubble
bubblegu bubblegum bubbles bubbles1 bubby bublik buceta bucker bucket buckey buckeye buckeye1 buckeyes
buckfast buckie buckshot buckster buckwhea buckwheat bucky budapest budda buddah buddha buddie buddy
buddy123 buddyboy buddydog buddys budgie budice budlight budlite budman budweise budweiser buffa buffalo
buffalo1 buffalos buffer buffet buffett buffys bugaga bugatti bugger buggy bugman bugsbunn bugsbunny bugsy
buick builder bujhtr bukkake bukowski buldog bull bulldawg bulldo bulldog bulldog1 bulldog2 bulldogg
bulldogs bullet bullfrog bullhead bullit bullride bulls bullseye bullwink bulova bumble bumblebe bummer
bumper bungalow bungee bunghole bungie bungle bunnie bunnies bunny bunnys buratino burger burly burner
burnout burrito bushed bushel bushido businessbabe businka bustanut buste buster buster01 buster11
buster12 bustle busty butch butchie butchy butkus butter buttercu buttercup butterfl butterfly butthead
butthole buttman buttmunc buttocks buttons buttons1 buttplug buzzard buzzer buzzers buzzsaw bynthytn
bysunsu byteme c3por2d2 cab4ma99 caballer caballo cabbage cabbie cabernet cableguy caboose cabowabo cabrio
cabron cachondo cachorro cactus cadaver caddis caddy cadence cadillac cadman cadr14nu caesar caitlin1
cajun calamity calavera calcio calgary cali calibra calico caliente californ caligula calimero callisto
callme callofduty callum calvary calypso camaro camaro69 camaross camaroz2 camber cambiami cambria
cambridg camden camel camell camelot camelot1 camels cameltoe camero cameron cameron1 camil camill camilo
camino camper campus canabis canad canada canadien canary cancer cancun candies candle candy123 candyass
candycan candyman candys canes cang canibus canine cannabis cannibal cannonda canon canseco cantona
cantona7 canuck canucks capcom capecod capetown capital1 capitals capitan capoeira capone capri capricor
capricorn capslock captain captain1 caracas carajo caralho caramba caramel caravan carbine carcass
cardinal care1839 carebear carefree carguy carine carioca carling carlito carlitos carme carmex carnage
carnival carolcox carolina carpedie carpediem carpente carpet carrera carrot carrots carsten carthage
cartman cartman1 cartoon cartoons carvin carwash casablan casablanca casanova caserta casey123 caseydog
cashew cashflow cashmone cashmoney casino casio caspe casper cassandr cassie cassius castaway caster
catalin catcher catdaddy catdog caterham catfight catfish catfish1 catfood catherin catlover catman catnip
cats catter catwoman cavalier caveman cayenne cayman cazzo cazzone cbcmrb cbhbec cbr600rr cbr900rr ccbill
cdjkjxm cdtnbr cdtnjxrf cdtnkfyf cdtnrf cdznjckfd ceasar ceaser ceckbr celeb celeron celest celestia
celica celin celine cellphon celtic celticfc celtics celtics1 cement ceng censor centaur centauri centrino
centurion cerber cerbera cerberus cerebus cerveza cesare cessna cevthrb cezer121 cfhfnjd cfiekz cfitymrf
cfvceyu cfvehfq cfvfhf cfvjktn cgfhnfr chacal chachi chai chainsaw challeng chalupa chamonix champ
champagn champion champs changeit changeme chango chao chaos chaoss chappy characte charger charger1
chargers charisma charl charle charles1 charles2 charli charlie charlie1 charlie123 charlie2 charlie3
charlie4 charlie5 charlie6 charlie7 charlie9 charlies charlott charlton charly charmed charmed1 charon
chaser chasey chatte chaucer chazz cheater checker checkers checkit checkmat cheddar cheeba cheech cheeks
cheeky cheerio cheerios cheerleaers cheers chees cheese cheese12 cheeta cheetah cheeto cheeze chelle
chelse chelsea chelsea1 chelsea2 chelseafc chemist chemistr cherokee cherr cherries cherry cherub cheshire
chessie chessman cheste chester chester1 chester2 chesty cheval chevelle chevrole chevrolet chevy chevy454
chevyman chevys chevys10 chevyz71 chewbacc chewbacca chewey chewie chewy cheyanne cheyenne chgobndg chiara
chicago chicago1 chicago2 chicas chicca chicco chichi chicke chicken chicken1 chicken2 chickens
chickenwing101 chicks chicky chico chiefs chiks chilidog chilli chillin chillout chilly chimaera chimera
chimpy chinacat chinaman chingon chino chinook chipie chipmunk chipper chipper1 chippy chiron chisel
chisox chitown chivas chobits chocha choclate chocobo chocolat chocolate1 chooch choochoo chopin chopper
chopper1 choppers chou chowder chris123 chrisb chrisbln chrisc chrism chrisp chriss chrissie chrissy
chrissy1 christ christia christin christma christo christof christop christophe christos christy1 chrome
chronic chrono chronos chrysler chuai chuan chuang chubbs chubby chucha chucho chuckie chuckles chucky
chui chunky chuo churchil cicci ciccio cicero cichlid cidkid86 cigars cimbom cinder cinders cingular
cinnamon cipher cirrus citadel citibank citroen citron citrus civicsi civilwar cjcbcrf cjkysirj cjkywt
cjrjkjdf cjytxrf ckfdbr ckjybr clancy clapton clarinet clarion clarkie classic classic1 classics claudi
claudia1 claymore clemson clemson1 cleopatr cleric clevelan cliffy climax climber clinton1 clipper
clippers clips clit clitlick clitoris cloggy close-up closeup clouds cloudy clover clovis clowns clticic
clubber clubpenguin clutch cmfnpu cneltyn cnfcbr cnfkrth cnfybckfd cnhjbntkm cnhjqrf cnhtktw cnhtrjpf
cnjvfnjkju cntgfirf cntgfy cnthdf cobain cobalt cobblers cobra cobra427 cobrajet cobras cobraya cocacol
cocacola cocaine cochise cochon cocoloco coconut codeblue codered coffe coffee coffees cogito cohiba
cojones coke cola coldbeer coldfire coldplay colgate colibri collecti colleen1 college college1 collie
colnago colombi colombia colorado colors colossus colt1911 coltrane columbo comanche combat123654 comcast
comcast1 comein comeon comet comets comicbook comicbookdb commande commando commodor compa compaq compaq12
compass compusa computador compute computer computer1 conan concord concorde concrete condom condor conejo
config cong conker conman connect connect1 connecti connery connor consumer contortionist contour contra
control1 coochie cooker cooki cookie cookie12 cookies cookies1 coolbean coolboy coolcat cooldude cooler
coolgirl coolguy coolhand coolie coolio coolman coolness coolone coonass coope coopers coors coorslig
cooter copenhag copper corazo corgan corleone cornbrea corndog cornhole cornholi corolla corona coronet
corrado corran corsair corsica cortina cortland corvet07 corvett corvette corvus cosita cosmic cosmo
cosmos costaric costarica cosworth cougar cougars countach counterstrike country1 countyli courtney1
coventry cowboy cowboys cowboys1 cowboyup cowgirl cowman coyote coyotes cozumel crabby cracker cracker1
crackhea cracksevi crafty cramps cranberr crapola crappie craving crayon crazy123 crazybab crazyman
crazyzil creampie creamy creatine creativ creative creeper creepers crescent cresta cretin crevice crewcom
crfprf cricket cricket1 crimson crimson1 crippler crispy cristia cristiano cristo critter critters
crjhgbjy crocodil cronic cronos crowbar crowes crownvic cruise cruiser crumbs crunch crunchy crusader
crusher crusty cruzazul crybaby crypto crysis crystal1 cstrike csyekz csyjxtr ctdfcnjgjkm cthtuf cthulhu
cthulu cthutq cthuttdbx cthuttdyf ctrhtn cuan cubano cubase cubbie cubbies cubs cubswin cuckold cuddles
cuddles1 cueball cuervo culinary cupcake cupcake1 cupoi curious custard custom cutegirl cutiepie cuties
cutlass cutter cvbhyjd cvbhyjdf cvetok cvthnm cvtifhbrb cvzefh1gkc cwoui cxfcnkbdfz cxfcnmt cxfcnmttcnm
cyber cyberonline cyborg cyclone cyclones cyclops cygnus cygnusx1 cynthia1 cypher cypress cyrano d1i2m3a4
d1lakiss dabears dabomb daboss dabulls dad2ownu daddio daddy123 daddyo daddys daedalus daemon daewoo
daffodil daffy dagestan dagger dagobert dagwood daigaku daisuki daisy123 daisydog daisymae dakine dakot
dakota dalejr dalla dallas dallas22 dallastx dalshe damage11 damager daman damia dammit damnit dancer
dandfa dang danger dangerou danie daniel12 daniel123 daniela1 danielit daniil danil danil8098 danila
danilka danimal dank danman danmark danni dannyboy dantes danthema dantheman dantist danzig dapper
dapzu455 daredevi daredevil darian darien darina darkange darkangel darkelf darken darkjedi darkknight
darklord darkman darkmoon darknes darkness darkone darkside darkstar darkwing darkwolf darth darthmau
darthvad darthvader dasani dasha dasha123 dashadasha dashka dastan datalife datalore datsun dauren
davecole david123 davidb davidc davidd davide davidj davidk davidl davidm davido davidoff davids davinci
davros dawg dawggy dawgs dawns daydream daytek daytona dazzle dbjktnnf dbnfkbq dbnfkbr dbnfkz dbrecz
dbrekz dbrnjh dbrnjhbz dbrnjhjdbx dcpugh dcunited ddddddd1 deacons deadeye deadhead deadlift deadman
deadmeat deadpool deadspin deadwood deamon death123 death666 deathnote deathrow deathsta deborah1 decatur
december decimal declan deejay deepak deepblue deepsea deepthro deepthroat deere deerhunt deerhunter
deeznuts deeznutz defamer default defcon defender defiant defiant1 defjam deftones dehpye deicide deimos
dejavu delboy delete delfin delight delorean delphi delphin delpiero delsol delta deltas deluxe demian
demo demon666 denali deneme deng deniro denis123 denisa deniska denni depeche depechemode derevo derf
derparol derrick1 desade desert designer desire deskjet desktop desperad desperado destin destiny destiny1
destro destroye detectiv detroit detroit1 deuce deutsch deutschland deviant devil devil666 devildog
devildriver devilman devilmaycry devilmaycry4 devils devo dewalt dexter dfcbkbcf dfcbkbq dfcbkmtd dfcmrf
dfghjc dfhdfhf dfkthbz dfkthf dfktyjr dfktynby dfktynbyf dflbvrf dfvgbh dfytxrf dgl70460 dharma
dhjnvytyjub diabl diablo diabolo dialog diamant diamante diamon diamond diamond1 diamonds dianka diao
diaper diceman diciembr diddle didier didit diehard diese diesel dietcoke dieter digger diggler digimon
digital digital1 digiview dilbert dilbert1 dilligaf dillweed dilshod dima dima1995 dima1996 dima1997
dimarik dimas dimasik dimebag dimensio dimitri dimples dinamo dinara dindom dinero ding dingbat dingdong
dingo dinosaur diogenes diosesamo dipper dipset dipstick direwolf dirtbag dirtbike dirtyboy dirtydog disco
discover discus disney disturbe diva diver divers divine dixiedog django djdjxrf djdxbr djgabbab djhjyf
djkjlz djljktq dkflbckfd dkflbr dkflbvbh dkflbvbhjdbx dkflbvbhjdyf dmband dmitrii dmitriy dmitry dmoney
dnsadm dobber doberman dockers docto doctor dodger dodgeram dodgers dodgers1 dodges dogbert dogbite
dogbone dogboy dogbreat dogcat dogface dogfart dogfight dogfish dogfood dogg dogger dogggg doggie doggies
doggone doggy doggydog doggys doggysty doggystyle doghouse dogma dogman dogmeat dogpound dogs dogstar
dogwood doit doitnow dokken doktor dolemite dolfan dolittle dollar dollface dolomite dolphi dolphin
dolphin1 dolphin2 dolphins doma77ns domainlock2005 domenico domenow dominator domini dominic1 dominik
dominika dominion dominiqu domino dominos dominus donger dongle donjuan donkey donnas donner dont4get
dontknow donuts doobie doodah doodie doodle doodles doofus doogie dookie doomsday doorknob doozer doraemon
doremi doritos doroga dortmund dotcom dothedew doubled douche doudo dougal doughboy dougie douglas1
downhill draco dracula dragan drago dragon dragon01 dragon10 dragon11 dragon12 dragon123 dragon13 dragon21
dragon22 dragon23 dragon66 dragon69 dragon76 dragon88 dragon99 dragonba dragonball dragonballz dragonfl
dragonfly dragons dragons1 dragonz dragoon dragrace dragster drahcir draken drakkar drakon drakula draven
drdoom dreamcas dreamcast dreamer dreamer1 dreamers dreamon dreams dresden drevil drexel drgonzo dribble
drifter driller drinker driver drizzt drjynfrnt droopy dropdead dropkick drowssap drpepper druid drumline
drummer drummer1 drummers drywall dshade dthjxrf dthjybrf dthyjcnm dtkjcbgtl dtxyjcnm dtythf duan dublin
ducati ducati99 duchess duck duckhunt duckie duckling duckman ducks ducksoup ducky dudeman duffbeer duffer
duffman dukedog duluth dumbass dummies dunamis dundee dungeon dunhill dupont24 duracell durango durango1
duster dustoff dustydog dutchess dutchman dutchy dvader dynamite dynamo dynastar dzxtckfd eadgbe eagle
eagle123 eagleeye eagleone eagles earnhard earthlin earthlink eastside eastwood easypay eatme eatmee
eatmenow eatmeraw eclipse eclipse1 edcrfv edelweis edgewise edinburg edthom eduard edwar edward12 edwardss
eeyore efbcapa201 egghead eggman eggplant egoist egorka egorov egorova eieio eightbal eightball einstein
eintrach eistee ejaculation ekaterina ekmzyf elaine22 elbereth elcamino eldiablo eldorado electra electric
electro electron elefant elektra elektro element element1 elementa elenka elephan elephant eleven11
elfquest elgato elisabet elizabet elizabeth1 elizaveta eljefe elnino elodie elohim elpaso elric elrond
eltoro elvira26 elvis123 elvisp elway elysium emachine emachines emanuele embalmer emerald emerald1 emili
emine eminem emmitt22 empire empires emyeuanh encore ender energize enfield enforcer engage engineer
englan england1 enigma enkeli enrico enter enter123 enterme enternow enterpri enterprise entropy envision
epaulson epiphone epsilon epson equinox eragon eraser erasmus erasure erection erfolg erhfbyf ericsson
erotic erotica escalade escher escorpio escort eskimo espana esperanz espresso esprit esquire essendon
estrell eternal eternity ethernet etnies etoile etower euclid eugen eugeni euphoria eureka europa
evanescence evangeli evangelion evely evenflow everest evergree everlast everques everquest everton
everton1 evgenia evgenii evgeniy evgeniya evgesha evildead evilone evolutio ewelina ewtosi excalibu
excalibur excell excellen excite exigen exigent exodus exotic exploite explorer express express1 extasy
extensa extreme extreme1 eyeball eyecandy f00tball f15eagle fabia fabie fabien fabienn fabienne fabio
fabiol fabregas fabric fabrice facebook faceoff facesit facial failsafe fairlane fairmont fairview fairway
faisal fakepass falcon falcon16 falcons falcons1 fallen fallout fallout2 falstaff famil famili familia
fanatic fandango fang fantasia fantasti fantasy fantasy1 fantom fantomas faraon farcry farhad farhan
farida farmall farmboy farscape farside farside1 fart farter farting fartman fartripper fastback fastball
fastcar fastcars faster fastlane fatass fatboy fatcat fatdog fathead fatim fatjoe fatluvr69 fatman fatty
favorit favorite2 favorite5 favorite6 favorite7 favorite8 fcbayern fcporto fduecn feanor fearless feather
feathers february federic federica fedorov fedorova feeder feedme feelgood feliks feline felip felixx
fellatio fellowes femmes fencer fender feng feniks fenix fenris fenster fenway ferari ferdinan fergie
fergus fermat fernand ferrar ferrari ferrari1 ferrari2 ferrari3 ferret fester festus fetish fettish
feyenoord feynman fffffff1 ffvdj474 fghtkm fgjrfkbgcbc fgntrf fgtkmcby fhctybq fhntv1998 fhntvbq fhntvrf
fhvfutljy fialka ficken fiction7 fiddle fiddler fidelio fidelis fidelity fidget fiesta figaro fightclu
fightclub fighter fighton figment filbert filimon filipp filippo filter finalfan finalfantasy finder
findme findout finger fire fireball firebird fireblad fireblade firedog firefigh firefighter firefly
firefox firehawk fireman fireman1 firenze firestar firestor firestorm firetruc firewall firework fish
fish1234 fishbone fishcake fisherma fisherman fishes fishface fishfood fishhead fishin fishing fishing1
fishnet fishon fishtank fishy fister fisting fitness fitter fivestar fixit fkbyjxrf fkbyrf fkmnthyfnbdf
fktrcfylh fktrcfylhf fktrcfylhjdbx fktrcfylhjdyf fktrctq fktyeirf fktyjxrf fktyrf flamengo flamer flames
flamingo flange flanker flapjack flapper flash flasher flashman flathead flatline flatron flavio fletch
flexible flhtyfkby flicka flicks flintsto flipflop flipmode flipper flipper1 flippy flipside flogger
floppy flore florenc florian florid florida florida1 florin flossy flounder flowe flower flowers1 flubber
fluff fluffy flvbybcnhfnjh flyaway flyboy flyer flyers flyers88 flyfish flyguy flyhigh fmale fnkfynblf
foghorn fokker followme fomoco fonzie foobar foolio footbal footbal1 football football1 footjob footlong
footlove footman forall fordf150 fordf250 fordf350 fordman fordtruc foreplay foreskin forest forest11
foreve forever forever1 forfun forgetit forgotte forklift forlife forme formula formula1 forsaken fortuna
fortune12 fortytwo forumwp foryou fossil fosters foucault foxbat foxfire foxglove foxhound foxtrot
foxtrot1 foxy foxylady fozzie fraggle framer franc franca francesc franci francis1 francisc frank123
frankfur franki frankie1 franky franny frdfhbev freaks freaky freckles fred1234 fredd fredderf freddie1
freddy frederi frederik fredi free4all freebie freebird freedo freedom freedom1 freedom2 freedom3 freedom7
freee freefall freelanc freelove freeman1 freeme freenet freepass freeride freestyl freetime freeuser
freeway freewill frehley freiheit fremont frenchie frenchy fresca fresno friday friday13 frien friends1
friendste friendster fright frigid frisbee frisco frisky fritter frodo frog frogger froggie froggies
froggy frogman frogs frolova fromage front242 frontera frontier frosch frosty fruitbat fruity fubar fucing
fuente fugazi fujifilm fujitsu fuking fukuoka fulcrum fulham fullback fullmoon fullsail fungus funguy
funhouse funky funnyman funstuff funtik funtime funtimes furball fusion fussbal fussball futbol futura
futurama futyn007 fuzzball fuzzy fyfcnfcbz fyfnjkbq fylhtq fylhtqrf fynjif fynjirf fynjybyf fytxrf
fyutkbyf fyutkjr fyutkjxtr fyyeirf fzappa gabber gabbie gabrie gabriel1 gabriel2 gabriell gadget gaell
gaelle gaetano gaffer gagarin gagged gagging gaijin gakkou gakusei galactic galactus galadriel galahad
galant galary galatasaray galaxie galaxy galena galeries galileo galina gallaghe gallaries galore gambit
gambler gameboy gamecube gameon gameover gamer gamera gamers gametime gamma ganbare gandalf gandalf1
gandalf2 gandolf gandon ganesh ganesha gangbang gangbanged gangrel gangsta gangsta1 gangster ganja
ganjaman ganjubas gannibal ganster ganymede garand garci garden gardenia gareth garfiel garfield gargamel
gargoyle garion garrett1 garten garter gasman gatech gateway gateway1 gateway2 gateways gatit gatito gator
gatorade gators gatsby gaucho gavrik gawker gayboy gaymen gazelle gazza gbcmrf gbgbcmrf gbhfvblf gblfhfcs
gbpacker gbpltw gbyudby gdtrfb gearhead gecko geezer gegcbr geheim gehrig geibcnbr geirby geisha gemin
gemini gemstone general1 generic genesi genesis genesis1 geneviev geng genghis geniu genius genkan geordie
georg george01 george12 georgi georgia1 geraldin gerasim gerbil gerhard germany1 geronimo gerrard geryfe
gesperrt getalife getin getit getiton getlaid getlost getmein getmoney getoff getout getsdown getsmart
getsome gfccdjhl gfcgjhn gfdkbr gfdkjdf gfgfvfvf gfgjxrf gfhfif gfhfljrc gfhjdjp gfhjkm gfhjkm12 gfhjkm123
gfhjkmgfhjkm gfhjkmm gfhjkmxbr gfhjkzytn gfhkfvtyn gfhnbpfy gfhreh gfnhbjn gfnhbr gforce gfynthf ghandi
ghbdtn ghbdtn12 ghbdtn123 ghbdtnbr ghbdtnbr1 ghbdtnbrb ghbdtndctv ghbdtnghbdtn ghbdtnrfrltkf ghbhjlf
ghblehjr ghblehrb ghbrjk ghbrjkbcn ghbrjkmyj ghbynth ghbywtccf ghetto ghfdlf ghhh47hj7649 ghjcnbnenrf
ghjcnj ghjcnj123 ghjcnjgfhjkm ghjcnjghjcnj ghjcnjnfr ghjcnjq ghjcnjrdfibyj ghjdthrf ghjkju ghjnjnbg
ghjnjrjk ghjuhfvvf ghjvtntq ghost ghost123 ghostdog ghostman ghostrid ghostrider ghtktcnm ghtpbltyn ghzybr
giacomo gianluca gianni giants gibbon gibsonsg giddyup gideon gigabyte giggle giggles gigolo gilgames
gilles ginge ginger ginger12 ginola ginscoot ginuwine giorgi giorgia giorgio giovann gipper giraffe girdle
girfriend girlie girlies girls girlss girsl gitara gitler giulia giulio giveitup giveme gixxer gizmo
gizmo123 gizmodo gizmodo1 gizmos gizzmo gjgeufq gjhjctyjr gjhjkm gjkbyf gjkbyjxrf gjyxbr gladiato
gladiator glamour glamur gldmeo glendale glennwei glenwood glider glist glitter globus glock glotest
gmoney gn56gn56 gnaget gnasher23 gnatsum gnbxrf gnosis gnusmas goalie goarmy goat goatboy goats goaway
gobears gobigred gobills goblin goblue gobrowns gobucks gobucs gocanes gocats gocubs godawgs godbless
godboy goddess goddess1 goddog godfathe godfather godisgood godislove godiva godlike godofwar godslove
godsmack godspeed godzilla goethe gofast gofish goforit gogators gogeta gogetit gogreen gohan gohawks
goheels gohogs gohome goirish gojira goku golakers golde golden goldeney goldeneye goldfing goldfinger
goldfish goldmine goldrush goldstar goldwing golf golfball golfclub golfer golfer23 golfgti golfing
golfing1 golfman golfnut golfpro goliath gollum golova gomer gomets gonads gonavy gonefish gong gonzale
gonzo goober goobers goochi good12345 good123654 goodboy goodday gooddog goodfell goodfellas goodfood
goodgirl goodguy goodhead goodie goodison goodlife goodluck goodnews goodone goodstuf goodtime goodtimes
goodtogo goodwood goodyear goofball goofy google google12 google123 gooner goonies goose gooseman gopack
gopher gophers gordito gordo gordon24 gorgon gorilla gorilla1 gorillaz goshen gotcha goten gotenks goterps
goth gotham gothic gotigers gotlove gotmilk gotohell gotribe gotyoass govols gramma gramps granada grandam
grandpri grandprix granny grasshop grassy gratis gravis graywolf grease greatone greddy greedisgood greedo
green123 greenbay greenbud greenday greeneye greenman greens greentea greenwoo greeny gregor gregory1
gremio gremlin gremlins grendel grendel1 gretsch gretzky greyhoun greywolf griffey griffin1 griffon griffy
grifter grigio grils grimace grime grimlock grin grinch grinder gringo grisha grizli grizzly grizzly1
gromit grommit groove groovy grouch groucho groupd2013 growler grubber grumpy grunge grunt gryphon gspot
gstring gsxr1000 gsxr1100 gtfullam gthcbr gtkmvtyb gtkmvtym gtnhjdbx gtnhjdf gtxtymrf guai guan guang
guardian guatemal gubber gucci guderian guessit guesswho guest guillaum guillerm guiness guinnes guinness
guita guitar guitarra guitars gulliver gulnara gulnaz gumball gumbo gumby gundam gungho gunnar gunner
gunners gunsling gunsmoke gustav guster guyute guyver gy3yt2rgls gymnast gymnastic gypsy gznybwf13 habana
habibi hack hacked hacker hackers hackerz hacking hackme hadoken hadrian haggis hahah hairball hairy
hakeem hakkinen hakr halcyon halflife halflife2 halfmoon halfpint halibut halifax hallo hallo123 hallowee
hambone hamburg hamburge hamish hamlet hammarby hammer hammerhe hammers hammers1 hamper hamradio hamster
hamster1 hanako handbag handball handcuff handyman hangman hannah hannes hannibal hannover hansol hansolo
hansolo1 hanuman hapkido happines happy123 happyboy happyday happydays happydog happyman happyme happyone
happys harald harcore hardball hardcor hardcore hardcore1 hardhat hardhead hardon hardone hardrock
hardtime hardwood hardwork haribo harle harlem harley harley01 harley12 harpoon harpua harrie harrier
harry123 harrypot harrypotter harrys harve harvest harvick hateme haters hatteras hattrick havana havefun
hawaii hawaii50 hawaiian hawker hawkeye hawkeye1 hawkeyes hawkmoon hawkwind hawthorn hayabusa hayashi
hazelnut hazmat hbxfhl hcleeb hd764nw5d7e1vb1 headless headshot hearts heater heathe heather1 heather2
heathers heathrow heaven heavyd hecate heckfy hecnfv hedgehog heeled heineken heinlein hejsan helicopt
helios helium hellas hellbent hellboy hellcat hellfire hellion hellno hello hello123 hellohel hellokit
hellokitty hellome hellomoto helloo hellos hellothe hellothere hellou hellow helloworld helloyou hellrais
hellraiser hellsing hellspawn hellya hellyeah helmet helmut helpdesk helper helpme hemicuda hemlock
henderso hendrix hendrix1 heng henrik hentai henti herbie hercule hercules heretic herewego hermes
hermione hermit hermos hermosa hernande herons hershey hershey1 herson hesoyam hetfield hewlett heybaby
heynow heythere heyyou hfgcjlbz hfleuf hfljcnm hfytnrb hhhhhhh1 hibernia hickory hidden highbury highheel
highland highlander highlife hihje863 hikaru hiking hilfiger hillbill hillside hilltop himera himitsu
himmel hinata hiphop hippie hippo hippos hirakegoma hiroshi hiroshima hisashi history1 hitachi hitech
hithere hitler hitman hitman47 hitomi hiziad hjccbz hjlbyf hjvfirf hjvfyjdf hobbes hobbit hobiecat hocke
hockey hockey12 hockey99 hoddle hogtied hogwarts hokies hola holdem holeinon holger holiday holiday1 holla
hollydog hollywoo holycow hombre homebase homeboy homebrew homely homemade homepage homer123 homerj homers
homersim homerun homies hommer honda hondacbr hondacivic hondacrx hondas hondo honeyb honeybee honeybun
honeydew honeypot honeys hongkong honolulu hooch hoochie hookem hooker hookers hookup hooligan hoopla
hoops hoopstar hoopster hoosier hoosiers hooter hooters hooters1 hootie hooyah hopeful hopefull hopkig
hopkins1 horatio hores horizon horndog hornet hornets horney horse horseman horsemen horses horsesho
horsey horus hosehead hoseman hoser hot2trot hotass hotbabe hotbabes hotbox hotboy hotboys hotchick
hotdamn hotdog hotdogs hotgirl hotgirls hotguy hotlegs hotlips hotmama hotman hotmom hotone hotpants
hotrats hotred hotrod hotsauce hotshot hotspot hotspur hotstuff hott hottie hotties hottub hotty hotwheel
hotwife houdini hounddog hounds house123 housewife housewifes houston1 hover howler hrfzlz hrvatska
htubcnhfwbz htubyf huai hufmqw hugger hugoboss hulkster humbug hummer humper humpty hunte hunter hunter01
hunter11 hunter12 hunter123 hunting hunting1 hurrican hurtme husker huskers huskers1 huskies huskies1
husky hustler hydro hyperion hyundai hzze929b iamcool iamgay iamgod ibanez ibill ibill123 ibilljpf
ibilltes ibragim icarus iceberg icecold icecream icecube icehouse iceman iceman69 icetea ichabod ichiro
iddqd iddqdidkfa idefix idiom idontkno idontknow idunno iforget iforgot ignatius igor igorek iguana ihateu
ihateyou iiyama ijrjkfl ijrjkflrf ikarus ikilz083 iklo ilikeit ilikepie illini illmatic illumina illusion
ilove iloveamy ilovegod iloveher ilovehim iloveit ilovejen ilovekim iloveme ilovemom ilovemyself ilovepor
iloveu iloveyo iloveyou iloveyou! iloveyou1 iloveyou2 ilya1234 ilya1992 imation imback imcool imhotep
imissyou immortal imogen impala impalass imperator imperium implants impreza imtheman imzadi incest
incognito incubus indahous indain independ india123 indiana indiana1 indians indians1 indica indiglo
indigo indon indycar inessa inferno inferno1 infinit infiniti infinity inflames initial inkjet inlove
inoue insane insert insertion insertions insider insomnia inspecto inspiron instagram install insuranc
integra integra1 intel intell interacial intercourse interex internat interne internet internet1 intheass
intranet intrepid intruder inuyasha invader invictus invis iomega iphone ipswich iqzzt580 irakli ireland1
irina irinka irisha irishka irishman iriska irland ironhead ironhors ironmaid ironmaiden ironman ironman1
ironpony irontree isabe isacs155 iscool iseedeadpeople isgreat ishikawa ishmael ishot ishtar iskander
islander ismail israe istanbul istheman itachi italia italiano itisme itou itsme itstime itworks ivanhoe
ivanov ivanova iverson iverson3 iwanna iwantin iwantu iwantyou izabella izzicam j3qq4h7h2v jabba jabber
jabroni jachin jack1234 jackal jackass jackass1 jackdani jackdog jackel jacker jacko jackoff jackpot
jackso jackson1 jackson2 jackson5 jacky jacqueli jadakiss jadzia jagger jaguar jaguars jailbait jailbird
jakarta jakedog jakers jakester jamaica jamaica1 jambo james007 james123 jamesb jamesbon jamesbond
jamesbond007 jamesd jameson1 jamesr jamess jamest jamie123 jamielee jamies jammer jammin janeway januar
january january1 janus japan japanees japanes jarhead jasmine jasmine1 jason123 jasonb jasons jaspe jasper
java javaman javelin javie jaybird jaycee jaydee jayden jayhawk jayhawks jayman jazzbo jazzer jazzman
jazzy jbond007 jdeere jeadmi jeanluc jedi jediknig jediknight jedimast jeep jeeper jeepers jeepman
jeepster jeeves jefferso jeffrey1 jeffro jehovah jelena jello jelly jellybea jellybean jellyfis jemoeder
jenn jennaj jennife jennife1 jennifer1 jennyff jennys jenova jerem jericho jericho1 jerico jerkoff jeroen
jeronimo jerryg jerrylee jerrys jesper jessic jessica0 jessica1 jessica2 jester jesucrist jesus123
jesus777 jesusc jesuschrist jesusis jesuss jetaime jethro jets jetset jetski jetson jewboy jewels jezebel
jg3h4hfn jiang jiao jigga jiggaman jigger jiggle jiggy jigsaw jimbeam jimbo jimbob jimbos jimmy123 jimmyb
jimmyd jimmys jing jingle jingles jiong jiujitsu jjjjjjj1 jkmuf jktxrf jktymrf jlaudio jledfyxbr jmoney
jobber jochen jocker jockey jodeci joeblow joebob joeboy joecool joemama johann johanna1 johannes john1234
johnboy johncena johndeer johndeere johndoe johngalt johnmish johnn johnpaul johnso johnson1 joker
joker123 jokers jomama jonatha jonathan1 jonboy joness jonesy jonny joonas jorda jordan jordan12 jordan23
jordans jordyn joschi joselui joseluis josep josephin joshu joshua12 joung joyful joyride joystick jrcfyf
jsbach juancarlo juanito jubilee juergen juggalo juggle juggs jughead juice juicer juicy julien julies
july jumanji jumble jumbo jumper jumpman june juneau junebug junfan jungle juninho junio junior juniper
junkie junkmail junkyard jupiter jupiter1 jupiter2 jurassic just4fun just4you justdoit juster justi
justice justice1 justin12 justinbieber justme juventu juventus kaboom kabuki kacper kadett kahlua kahuna
kailey kailua kaizen kajak kakadu kakarot kakaroto kakashi kakashka kaktus kalani kalina kalinka kalle
kamasutra kamehame kamehameha kamikadze kamikaze kamil kamila kamilla kamran kanada kaneda kangaroo kansas
kappa kapusta karachi karaganda karamba karamelka karaoke karapuz karate kardon karens karina kariya
karlos karolina karpov karups kashmir kasparov kasper kasumi katana katarina katenok katerina katharin
katie123 katies katja katou katrin katrina1 katten katusha katya katze katzen kavkaz kawaii kawasaki kayak
kazanova kazantip kazbek kbcbxrf kbctyjr kbytqrf kcchiefs kcj9wx5n keebler keeper keepout keines kelly001
kelly123 kellyb kellys keng kennedy1 kennet kenneth1 kennwort kenobi kenshin kenwood kenworth kenzie
kernel kerouac kestrel kevin123 kevins kevlar keyboard keystone keywest kfcnjxrf kfgekz kfgjxrf kfhbcf
kfvgjxrf kfylsi khaled khalid kickass kicker kickflip kickit kickme kicksass kidrock kieran kikimora killa
killah killall killbill kille killemall killer killer12 killer123 killers killie killjoy killme killroy
killyou killzone kilroy kimber45 kimberle kimchi kimmie kimmy kimura kindbud kingair kinger kingfish
kingkong kingme kingpin kingrich kingsize kingston kingsx kingtut kinky kipling kipper kirill kirill123
kirsty kismet kissarmy kisses kisska kissme kissmyas kissmyass kissss kitana kiteboy kitkat kitte kitten
kittens kitties kitty kitty123 kittycat kittykat kittys kiwi kjgfnf kjifhf kjiflm kjkszpj kjrjvjnbd klaatu
klaste klaster klaudia klausi kleenex kleopatra klimenko klingon klingon1 klizma klondike klootzak klopik
kmfdm knarf knickerless knickers knicks knights knocker knockers knopka knowledg knuckles knulla koala
kobayashi kobe kocham kochamcie kochanie kodaira52 kodak kodiak koffie kojak kokakola kokomo kolbasa
koleso kolibri kolobok kolokol kolya kolyan kombat komodo komputer konfetka kongen konnichiwa konstantin
kontakt kontol konyor kookie kool koolaid koolio kordell1 korn koroleva korova koshka kosmos kosova kostas
kostik kostya kotaku kotenok koufax kovalenko kozerog kozlov kozlova kraken krasnodar krasota krasotka
kratos kremlin krishna kriste kristen1 kristin1 kristinka kristjan krokodil krolik kronos kroshka krusty
krypto krypton kryten ksenia kseniya ksusha kswbdu kthjxrf ktjybl ktyjxrf kuai kuan kuang kubrick kukolka
kukuruza kukushka kuleshov kume kumquat kungfu kurosaki kusanagi kyoto l58jkdjp! l8g3bkde labatt labatts
labia labrador labtec lacoste lacrimosa lacrosse laddie ladles ladybird ladyboy ladybug ladybug1 ladydog
ladygaga laetitia lager lagnaf laguna lagwagon lakeland laker lakers lakers24 lakers32 lakeside lakewood
lakings lakota lakshmi lalakers lalaland lambchop lambda lamborghini lamer lamesa lampard lancaste
lancelot lancer lancers lancia landrove landrover landscap lanman lansing lantern lapdance lapochka laptop
laracrof laracroft laredo larisa larry123 larrys larsson laser laserjet lasers lassie lastochka lasttime
lasvega lasvegas latex latinas latino lauras laurent lavalamp lawdog lawman laxman lazarus lazer lback
lbfyjxrf lbhtrnjh lbtest lbvekz lbvjxrf lbyfvj leafs leahcim learjet leather leavemealone lebedeva
lebowski lebron23 ledzep ledzeppelin leedsutd leeloo leeroy left4dead lefty legacy legend legenda legion
leglover legman legoland legolas legos lehjxrf leiceste leinad lekker lemans lemmein lemming lemmings
lemonade lemond leng lennon lenochka lenovo leonard1 leonid leonidas leopard leopold lepton lesbain
lesbean lesbens lesbian lesbians lesbo lesbos lespaul lestat letitbe letitrid letmei letmein letmein0
letmein1 letmein2 letmein22 letmein6 letmein7 letmeinn letmeinnow letmesee letsdoit letsgo letsplay levani
lever leviatha lexicon lexingky lexingto lexmark lexus lfhbyf lfiekz lfitymrf lfybbk lfybkf lfybkrf lhepmz
lhfrjy lian liang liao libero liberta libertad liberte liberty liberty1 libido libra lick lickem licker
licking lickit lickme licorice lifehack lifeisgood lifesuck lifesucks lifter lighter lighthou lightnin
lightning lights lightsab likeit lilbit liliya lilkim lilman lilred lilwayne limabean limaperu limewire
limpbizk limpbizkit limpone limpopo lincoln1 lindaa lindas lindros lindsay1 lindsey1 lineage lineage2
lineman linkin linus lion lioness lionhear lionheart lionking lipton liquid lisboa lisenok lithium litle
littlebi littlee littlema littleman littleon livelife liverpoo liverpool liverpool1 liverune livewire
lizard lizaveta lizzard lizzy ljrnjh ljxtymrf llama loader lobo lobster lochness lockdown lockerroom
lockout loco locoman0 locust locutus logger logitech loglatin loki lokomotiv lol12345 lolipop lolit
lolitas lollipop lollo lollol lollone lolly lollypop lolol lololol loloxx lolwut londo london london12
london22 london99 lonesome lonestar lonewolf longbeac longbow longdong longhair longhorn longhorns
longjohn longlegs longone longshot longwood lonsdale lookatme looker lookout lookup looser lopas lopata
loredana lorien losangel losangeles loser losers lost4815162342 lostone lostsoul lothar lotus lotus123
loudog loulo love love1234 love4ever lovebird loveboat lovebug lovecraf lovefeet lovegirl lovegod lovegun
lovehate loveis loveit lovel lovelife lovely lovem loveme loveme89 lover loverboy loverman lovers lovesme
loveya loveyo loveyou loveyou1 loveyou2 lowdown lowrider loyola lsutiger ltdjxrf lthgfhjkm lthtdj ltkmaby
ltybcrf ltymub luan luca lucas123 lucent lucian lucifer lucifer1 luckie lucky lucky123 lucky777 luckyboy
luckydog luckyman luckyme luckyone luckys lucydog ludacris ludmila luebri lugano lugnut luisito lumber
lumina lumpy lunchbox luscious lust lustful lusty luv2epus luvfur luzern lvbnhbq lyudmila lzbs2twz
m1234567 m6cjy69u35 macaco macarena macaroni macbeth macdaddy macduff macgyver machine machine1 machoman
maciek macintos macintosh mackenzi macman macros macross madagaskar madala11 madball madcat madcow maddie
maddison maddog madeira madhouse madina madiso madison madison1 madison2 madman madmax madness madoka
madona madonn madonna madonna1 madzia maestro mafia magadan maganda magazin magelan magellan magenta maggi
maggie maggie11 maggot magic magic123 magica magician magick magicman magics magister magnavox magnet
magneto magnum magnus magoo magpie magpies magyar mahal mahalkit mahalkita mahalko mahalo mahesh maiden
mailcreated5240 mailman mailru mailto mainman maison majere majestic makaka makarov makarova makaveli
makayla makeitso makelove makemone makemoney makita makoto maksik maksim maksimka malachi malaga malaka
malakas malamute malcolm1 maldini malibog malibu malice malina malinka malish malishka mallard mallorca
mallrats mama1234 mamacita mamamia mamapapa mamas mamasita mambo mamedov mamit mamita mammamia mammoth
mamochka mamont mamuka mamulya manager1 manana manatee manchest mancheste manchester mancity mandarin
manders mandingo mandolin mandrake manfred mang mango mangos manhatta mania maniac manish manisha manitou
mankind mannheim mannn manolo manowar manson mansur manta mantis mantle mantra manu manuals manue manunite
manunited manutd manzana mapet123456 maplelea maradona marajade marat marathon marauder marbella marbles
marcello march marcin marcius2 marcopol marduk margarit margaux margosha maria123 marias maribe maricon
marigold marijuan marijuana marika marillio marimba marina marine mariner mariners marines marines1
marinka marino marino13 marios maripos mariposa marishka mariso marissa1 marius mariya marjan mark1234
marker marketin markie markiz markiza marky marlboro marley marlins marma marmelad marmite marmot maroon
marseill marseille marsel marsik martian martin12 martina1 martini martini1 martyn marusia marusya
maryjane marykay masahiro masaki masamune maserati mash4077 masha mashina mashka masons massive maste
master master01 master11 master12 master123 master22 master99 masterbaiting masterbate masterbating
masterca masterch masterkey masterlo mastermi mastermind masterp mastiff masturbation masyanya matador
matchbox matematika mateusz matisse matman matri matrix matros matsumoto matteo matthe matthew1 matthew2
matthew7 matthias mattingl mattman matty mature matvei matvey maurici maurizio maurolarastefy mauser
maveric maverick maverick1 mavericks maverik mavrick maxdog maxell maxfli maxi maxim maxima maximal maxime
maximilian maximka maximus maximus1 maxman maxpayne maxpower maxtor maxwel maxwell maxwell1 maxx maxxxx
mayday mayfair mayhem maynard1 mazafaka mazda mazda323 mazda626 mazdarx7 mazdarx8 mazinger mcdonalds
mcgwire mclaren mdogg meadow meandyou meatball meathead meatloaf meatman mechanic mechta medic medicina
medion medusa medved megabyte megadeth megafon megaman megamanx megane megapass megatron meggie mehmet
meister melanie1 melbourn meliss melissa1 melissa2 melkor mellon mellons mellow melnik melon melons
melrose memento memnoch memorex memphis memphis1 memyself menace meng mensch menthol mentor mentos meonly
meowmeow meowmix mephisto mercede mercedes mercur mercury mercury1 merhaba meridian merkin merkur merli
merlin merlot mermaid mersedes messiah metal666 metalgear metalica metall metallic metallica metallica1
metalman methodman methos metoo metroid metropol mets mettss mewtwo mexic mexicano mexico mgoblue miami
miamo miamor mian miao michae michael0 michael1 michael2 michael3 michael4 michael5 michael6 michael7
michael8 michael9 michaelc michaelj michele1 michelin michelle1 michi michigan mick micke mickey
mickeymouse micky micro microlab micron microphone micros microsof microsoft midget midian midnight
midnite midori midway mierd mierda mighty migue mihaela mihail mikado mikael mikayla mike1234 mikey
mikey123 mikeys mikkel milamber milana milano milashka milen milena milenium milesd milfnew milhouse
milkbone milkman milkyway mille milleniu millenium millerli milli million1 millwall milwauke mimosa minako
mine2306 minecraft mingus minidisc minime minimoni minion minnesot minni minnow minotaur mirage miramar
miranda1 miria mironova miroslav misato mischa mischief misfit misfit99 misfits mishka misiaczek misiek
missie mississi misskitt mister mistral mistress misty123 mitten mittens mittens1 mixail mizuno mizzou
mjolnir mmouse mnbvcxz mnbvcxz1 mobbdeep mobil mobius modano modelsne modem modena modles mogwai mohawk
mojave mojo mojojojo moleman molly123 mollydog mollys moloko molotok molotov molson mom4u4mm momdad mommie
momoney momsuck monaco monalisa monarch monaro monday mondeo mone money money123 money4me moneybag
moneymaker moneyman moneys moneyy mongo mongoose monic monies monique1 monitor monke monkee monkey
monkey10 monkey11 monkey12 monkey123 monkey13 monkey69 monkey77 monkey99 monkeybo monkeyboy monkeyma
monkeyman monkeys monolith monopoly monsoon monste monster monster1 monster2 monstr montag montagne montan
montana montana1 montauk montecar montecarlo montego monterey montess montgom240 montreal montrose
monty123 moochie moocow moogle mookie moomoo moonbeam moondog mooner moonie moonligh moonlight moonman
moonpie moonshin moonshine moonstar moose mooseman mooses moosey mopar mordor moremone moren morena morga
morgana morgen morgoth moritz morkovka morlii morozov morozova morpheus morrigan morrisse morrowind morten
mortgage morticia mortimer mortis moscow mosdef moskva mostwanted motdepasse mothe mother motherfu
motherlode mothra moto motocros motocross motorcyc motorola motown mounta1n mountain mouse mousepad mouser
mouses mousey moveon mowgli mozart mozilla mozzer mpegs mpower mrbill mrbrown mrbrownx mrbrownxx mrclean
mrhappy mrpink muaddib muaythai mudder mudvayne muenchen mufasa muffdive muffi muffie muffin muffy muggsy
mugsy mugwump muhtar mujeres mulberry mulder mullet multiplelo multisyn multisync munch muncher munchie
munchkin munkey muppet murat murph murzik murzilka musashi muschi muscle muscles mushroom music123 musica
musicman muskie muskrat mustafa mustan mustang mustang0 mustang1 mustang2 mustang3 mustang4 mustang5
mustang6 mustang7 mustang8 mustang9 mustangg mustangs mustard mustdie mutabor mutant mutley mutter muttley
mutton mwq6qlzo myangel myass mybaby myboys myfamily myfriend mygirl mygirls myhome myhouse mykids mylene
mylife mylord mylove mymoney mymother myname mynameis mynewpas mypass mypasswo mypassword mysecret myspace
myspace1 mysterio mystic mystuff myszka mythos mytime mywife myworld myxworld mzepab nabeel nacho nachos
naciona nacked nadegda nadejda nadezhda nadin nafets nagoya nagrom nailer nakamura naked nalgas namaste
nancy123 nang nanook napalm napass napoli napster naresh nariman narnia narut naruto naruto12 naruto123
nascar nascar24 nascar88 nasdaq nashvill nastena nastenka nastia nasty nastya nastyboy nataha natali
natalie1 nataliya natalka nataly natas natascha natash natasha natasha1 natashka natchez natedog natedogg
natha nathanie natusik naught naughty naughty1 nautica nautilus navajo naveen navigato navigator navyseal
nazareth nazgul nbnfybr nbuhtyjr nbvcxw nbvjatq nbvjif nbvjirf ncc1701a ncc1701d ncc1701e ncc74656 ndirish
nebraska nebula necron needforspeed needit negras negrit nelso nemesi nemesis nemesis1 nemrac58 neng
neogeo neon neptun neptune nermal nessie nestle netscape network1 netzwerk neuken neuron neutron nevada
neveragain nevermin nevermind nevermor nevermore nevets newage newark newbie newcastl newday newfie newguy
newjob newlife newlife1 newmoon newness newone neworder newpass newpass1 newpass6 newport newport1
newports newproject2004 newstart newstyle newuser newworld newyear newyor newyork newyork1 nextel nexus
nfbcbz nfhfrfy nfnmzyf nfvfhf nfytxrf nfyufh nhfrnjh niang niao nibbles niceass niceday niceguy niceone
nichola nicholas1 nick1234 nickel nickle nico nicola nietzsch nighthaw nightmar nightowl nightwin
nightwish nihon nihongo nike nikit nikita nikita123 nikitin nikitina nikitka nikitos nikkie nikko niklas
nikola nikolaev nikolaeva nikolai nikolaus nikolay nikon nikusha nimbus nimitz nimrod nineball nineinch
niners ning ninguna ninja ninjas nintendo nipper nipple nipples nippon nirvan nirvana nirvana1 nissan
nitram nitro nitrous nitrox nittany niunia njdevils njkcnsq njnets nnagqx nochance nocturne nodoubt nodrog
nofear nogard nogood nohack04 nokia nokia123 nokia3250 nokia3310 nokia5130 nokia5230 nokia5300 nokia5310
nokia5530 nokia5800 nokia6233 nokia6300 nokia6303 nokia7610 nokia8800 nokian70 nokian73 nokian95 nokids
nolimit nolimit8 nolimit9 nolimits nolove nomad nomads nomercy nomore noname noname123 nong nonmembe
nonrev67 nonstop noodle noodles nookie nopass nopassword normandy nortel northsta norwich nosaj nosferat
nosferatu nostromo notagain note1234 notebook nothing1 notnow notredam notredame notused nounours novartis
novell novembe november novifarm novikov novikova noway nthvbyfnjh ntktajy ntktdbpjh nuan nubian nude
nudes nudist nudity nugget nuggets numark numbnuts numlock nunzio nurbek nurlan nutella nutmeg nutsack
nuttertools nvidia nwo4life nygiants nyjets nyknicks nylon nylons nymets nympho nyyankee oakland oaktree
oakwood oasis oatmeal obelisk obelix oberon obiwan oblivion obsidian oc247ngucz ocarina oceans oceans11
ocelot octagon octavian october october1 october2 octopus oddjob odense odin odysseus odyssey oedipus
oemdlg office offroad offsprin ohayou ohbaby ohiostat ohiostate ohmygod ohyeah oilers oilman okidoki
oklick okmijn oksana oktober olamide olddog oldfart oldman oldnavy oldone oldschool oldsmobi olechka oleg
olemiss olenka olesya oliveoil oliver olivetti olivi olivier olorin olympus omanko omega omega123 omegared
omegas omerta omicron omsairam onclick oneeye onelove onelove1 oneman onepiece oneshot onetime oneton
onetwo oneway onion onions onkelz online onlyme onlyone open1234 opendoor openit openme opennow opensesa
opensesame openup operator opiate optima optimist optimus optiplex opus oracle orang orange orange12
orange44 orange77 oranges orchard orchid oreo orgasm orgasms orgy orient oriflame oriole orioles orion
orland orlando1 orlova orpheus orwell osaka osama oscar123 oscars osiris osprey othello otter otters
outback outkast outlaw outlaws outlawz outlook outsider ovation overkill overlord ownage ownsu ownzyou
oxford oyster ozlq6qwm ozzie ozzy p0015123 p0o9i8u7 p455w0rd p4ssw0rd p@ssw0rd pa55w0rd pa55word pablito
pacers pacific1 pacifica pacino packard packard1 packer packers packers1 packers4 packman packrat pacman
paco paddle paddy padres painkiller paintbal paintball paisley pajero pakista pakistan paladin paladin1
paleale pallas pallino pallmall palmetto palmtree paloalto palom paloma pamel pampers panacea panache
panama panasoni panasonic pancake panchito pancho panda pandas pandora pandora1 pang panhead panocha
panorama panter pantera pantera1 panther panther1 panthers pantie panties panties1 panty pantyhos
pantyhose panzer paolo papabear papamama papaya paperboy papercli papercut paperino papichul papillon
papit papito pappy paprika parabola paradigm paradise paradox paragon paramedi paramedic paramore parkour
parlament parol parola paroli paroll parolparol parrot parsifal partizan pasadena pascal pasport pass
pass1234 pass1word passat passcode passe passer passfan passfind passion passion1 passions passmast
passmaster passme passord passphrase passport passss passthie passw0rd passwd passwerd passwor passwor1
password password0 password01 password1 password11 password12 password123 password1234 password2 password3
password4 password5 password6 password69 password7 password9 password99 passwords passwort pasuwaado
pasuwado pasword patata patate patches patches1 pathfind pathfinder patit patric patrici patricio patrick1
patrick2 patrick7 patrick8 patrick9 patrik patriot patriot1 patriots patrizia patrycja patryk pattaya
patter patterso paulchen paulie pavel pavement pavilion pavlik pavlov pavlova payday paypal payton34
pdiddy pdtplf peaceout peaces peach peache peaches peaches1 peaches2 peachy peanu peanut peanuts pearljam
pearls peavey pebble pebbles pebbles1 pecker peddler pedigree pedros peekaboo peeker peeper peepers peewee
pegaso pegasus pegasus1 pelican pelikan peluche pencil pendejo pendrago pendragon penetrating penetration
penfold peng penguin penguin1 penguins pennst pennstat pennstate pennys pennywis pennywise pentax penthous
pentium pentium1 pentium4 peoria pepino pepit pepito peppe pepper pepper12 pepsi pepsi123 pepsicol
pepsicola pepsimax pepsione pepsis peregrin perfect1 perfecto pericles perico perils perkele pernille
perro perros pershing persik persona pertinant pervasive pervert pervert1 pescator peter123 peterbil
peterbilt peterj peternorth peterose peterpan petite petrov petrova petrovich petrus petter petunia
peugeot pfchfytw pfkegf pfloyd pflybwf pfqxbr phaedrus phantasm phantom phantom1 phantom2 phantoms pharao
pharmacy phaser phat phatty pheasant phenix phenom pheonix phialpha phidelt philipp philippe philips
phillies phillip1 philly phipsi phish phishy phoeni phoenix phoenix1 phoenix2 photoes photog photoman
photon photos phpbb phreak phred phuket phydeaux pi314159 pian pianoman pianos piao piazza31 picard
picasso picasso1 piccolo picher picker pickle pickles pickles1 pickup picolo pics pictere pictuers picturs
pidaras pieman piercing pierr pietro pigdog pigeon piggies piggy piglet piglets pigpen pikachu pikachu1
pillow pilsner pimp pimpdadd pimpdaddy pimpin pimping pimpster pinball pineappl pineapple pinecone
pinetree pinewood ping pingpong pinguin pingvin pinhead pink pinkfloy pinkfloyd pinky pinnacle pintail
pionee pioneer pioneer1 pioner piotrek pipeline pipers pipiska pippen pippen33 pipper pippo piramida
piramide piranha pirata pirate pirates pisces pissant pisser pissing pissoff pistol piston pistons pitbull
pitchers pitstop pittbull pittsbur pitures pixie pixies pizda pizdec pizza pizza123 pizzahut pizzaman
pizzapie pizzas pjkjnj placebo placid planet planeta planetx planner planot plasma plastic plastic1
plastics platinum plato platon platypus playa playas playball playbo playboy playboy1 playboy2 playboys
playe player player69 playful playgirl playmate playstat playstation playtime pleaseme plokij plokijuh
ploppy plover plumber plumper pluto pluton plymouth pobeda pochta podaria poilkj poison poiu0987 poiuyt
poiuytrewq pokemo pokemon pokemon1 pokemon12 pokemon123 pokey polarbea polaris polaris1 polaroid polecat
polgara police police22 polina polinka polka polkmn pollito pollux polniypizdec0211 polo polska pomidor
pommes pompey pompier poncho pong pongo pontiac pontiac1 pony ponyboy poobear pooch poochie poodle pooh
poohbea poohbear pooker pookey pooki pookie pooky pool6123 poonam poontang poop pooper poophead poopie
poopies poopoo poopsie poopy pooter pootie popcorn popcorn1 popeye popolo popova popper poppet poppie
poppin poppy poptart porche porkchop porker porky porsch porsche porsche1 porsche9 porsche911 porshe
portland portman portuga portugal poseidon positivo possum postal postit postman postov10 postov1000
posture potato pothead pounded powder power123 powerade powerboo powermac powerman powerpc powerup
ppspankp prakash prancer prashant praxis preacher precious precious1 predator prelude prelude1 premium
presario presiden presto preston1 prettygirl pretzel prikol prima primal primavera primer primetim
primetime21 primo primrose primus princ prince princes princesa princess princess1 princessa princeto
principe pringles printer priscill prissy privat private private1 privet priyanka prizrak probes prodigy
professo promethe prophet prosper prospero prosto proton protoss proverbs proview prowler proxy prozac
psalms psychnau psychnaut1 psycho ptfe3xxp pucara puck puddin pudding puddles pudge puffer puffin puffy
pufunga7782 pugsley pulamea puller pullings pulsar pumkin pumper pumpkin pumpkin1 pumpkins punani punisher
punkass punker punkie punkin punkrock punter pupkin pupper puppies puppy puppydog puppys pupsik pupuce
puravida purdue purgen purpl purple pusher pushkin pushok puss pussey pussie pussies pusssy pusyy putter
pxx3eftp pynchon pyon pyramid pyramid1 pyramids python q1234567 q12345678 q123456789 q1234567890 q1q2q3q4
q1q2q3q4q5 q1w2e3r4 q1w2e3r4t q1w2e3r4t5 q1w2e3r4t5y6 q1w2e3r4t5y6u7 q2w3e4r5 q8zo8wzq qapmoc qawsed
qawsedrf qawsedrftg qaywsx qaz12345 qaz123wsx qazedc qazplm qazqaz qazws qazwsx qazwsx12 qazwsx123
qazwsxed qazwsxedc qazwsxedc1 qazwsxedc123 qazwsxedcrfv qazwsxedcrfvtgb qazxcv qazxcvbn qazxs qazxsw
qazxsw12 qazxsw123 qazxsw21 qazxswed qazxswedc qazxswedcvfr qazzaq qcactw qcfmtz qian qiang qiao qing
qiong qpalzm qpwoeiruty qq123456 qq123456789 qqaazz qqqq1111 qqqqqqq1 qqqwww qqwwee qsdfgh quake quaker
quality1 quan quant4307s quantum quark quartz quasar quattro queenbee queens quest quetzal quicksilver
quixote quixtar qw123456 qw12er34 qwaszx qwaszx12 qwaszx123 qwe123asd qwe123qwe qweasd qweasd123 qweasdzx
qweasdzxc qweasdzxc1 qweasdzxc123 qwedcxzas qwedsa qwedsazxc qweewq qwepoi qweqwe qweqwe123 qwer1234
qwer12345 qwer4321 qwerasdf qwerasdfzxcv qwerfdsa qwert qwert123 qwert12345 qwertasdfg qwerty qwerty00
qwerty11 qwerty12 qwerty123 qwerty1234 qwerty12345 qwerty123456 qwerty123456789 qwerty13 qwerty21 qwerty22
qwerty66 qwerty77 qwerty777 qwerty78 qwerty99 qwertyasdfgh qwertyu qwertyu1 qwertyu8 qwertyui qwertyuio
qwertyuiop qwertyuiop123 qwertyytrewq qwertz qwertzui qwerzxcv qwezxc r2d2c3p0 r2d2c3po r3ady41t r4e3w2q1
rabbit rabbits rabota raccoon racecar racer racers racerx rache racing racoon radagast radeon radiance
radiohea radiohead radioman radish raduga rafae raffaele raffles rafiki ragman ragnar ragnarok rahasia
raiden raider raiders raiders1 rainbo rainbow rainbow1 rainbow6 rainbows raindrop rainier rainman rainyday
raisin raistlin rajesh rakesh raketa rakkaus ralphie ralphy ramada ramair ramazan rambler rambo ramesh
ramjet rammer rammstei rammstein ramone ramones rampage ramrod ramses ramstein ramzes ranchero rancid
random ranetki rang ranger ranger01 ranger21 ranger99 rangers rangers1 rapier raptor raptors rapture
rapunzel rascal rasengan rasmus rasputin rasta rasta220 rastaman raster rastus ratbag ratboy ratchet
ratdog ratfink ratman ratpack rattler ravage raven ravens rawhide rayden rayman raymond1 razdvatri raziel
razor razorbac razz razzle rb26dett rbcekz rbhbkk rctybz rdfhnbhf reader readme ready2go realdeal
realmadrid realtime realtor reaper reaver rebbyt34 rebecc rebecca1 rebel rebelde rebell rebels rebelz
rebirth reboot reborn rebrov reckless recoil recon recycle red12345 redalert redbaron redbeard redbird
redbirds redblue redbone redbull redcar redcat reddevil reddog reddrago reddragon reddwarf redeemed redeye
redfish redfive redfox redgreen redhat redhawk redhead redhead1 redheads redhot redhouse rediska redleg
redlight redline redman redneck redneck1 redone redrider redriver redrock redrose redrover redrum reds
redshift redskin redskins redsox redsox04 redstar redstorm redtruck redwall redwine redwing redwing1
redwings redwolf redwood reebok reefer reeses reflex regal reggae rehbwf reklama reksio reliant relisys
rellik reload reloaded remingto renat renault renegade reng repmvf repoman reptile repytwjd repytwjdf
requiem rerecz rerehepf rereirf rerfhfxf rerfhtre rerjkrf rescue reshma respekt restart retard retep
retlaw retsam reverb review69 reviewpa revilo revival47 revoluti revolver rexona reznor rfgbnfy rfgbnjirf
rfgecnf rfhbyf rfhfcm rfhfgep rfhfntkm rfhfufylf rfhfvtkmrf rfhfylfi rfhjkbyf rfhlbyfk rfhnjirf rfkbyf
rfnfcnhjaf rfnhby rfnthbyf rfnthbyrf rfntyjr rfntymrf rfpfynbg rfrfirf rfrltkf rfrnec rfvbrflpt rfvfcenhf
rfvtgb rhapsody rhbcnbyf rhbcnbyjxrf rhfcfdbwf rhfcfdxbr rhfcjnf rhfcjnrf rhfcysq rhino rhinos rhjkbr
rhjrjlbk rhtdtlrj rhubarb ribbit ricard ricardo1 riccardo ricflair richar richard1 richard2 riches
rickster ricochet riddler riffraff rigger rightnow righton rimshot ringo ripcurl ripken ripper ripple
riptide riverrat riversid rizwan rjcnbr rjcntyrj rjcvjc rjdfktyrj rjhjdf rjhjkm rjhjktdf rjirfrgbde
rjitxrf rjnjgtc rjntyjr rjntyjxtr rjnzhf rjyatnrf rjycnfynby rjyjgkz rjynfrn rkfdbfnehf rktjgfnhf roaddogg
roadkill roadking roadrunn roadrunner roadster roadway rober robert12 roberto1 robinhoo robinhood robocop
robot robotech robotics robroy rochard rocheste rockbott rocker rocket rocketma rocketman rockets rockey
rockford rockhard rockie rockies rockin rockit rockman rocknrol rocknroll rockon rockport rockroll rocks
rockstar rocky123 rockydog rockys rodent rodeo rodina rodion rodman rodrig rogue rolan rolex roller rollie
rollin rolltide roman123 romanov romanova romans romantik romario romashka romeo123 romina rommel romulus
ronal ronaldinho ronaldo ronaldo1 ronaldo7 ronaldo9 rong roodypoo roofer roofing rookie rooster rooster1
roosters root rootbeer rootedit rooter rosebowl rosebud rosebud1 rosewood rosey rossia rostik rostov
roswell rotary rotten rotterda rottie rottweil router rover rovers rowdy roxan royale royals royboy
roygbiv rsalinas rt6ytere rtyuehe ruan rubber rubble rubicon rubies rudeboy rudedog ruffles ruffryde ruger
rugger rugrat rugrats rulez rulezzz rumble rumple runaway rundmc runescape runner rusalka rush2112
rushmore ruslan ruslana russell1 russia russian7 rustam rustem rusty123 rustydog rxmtkp ryjgrf saab9000
sabaka sabbat sabbath saber sabian sabine sable sabre sabres sabrin sabrina1 sachin safari safeway saffron
sagitari sahara saibaba saigon sailboat sailfish sailing sailing1 sailor sailormoon saints sairam saitek
saitou saiyan sakura salamand salamander salamandra salamat salami salasana salavat saleen sallad sallas
salma salman salmon salomon salope salsero saltanat saltydog salut salvatio salvator samadams samael
samanta samanth samantha samantha1 samapi samba sambo samdog sameer samhain samiam samir samm sammi
sammy123 sammyboy sammydog sammys samoht samolet sampras sampson1 samsara samson samsun samsung samsung1
samsung2 samtron samue samurai samurai1 samwise sanane sancho sandal sandeep sandiego sandman sandman1
sandr sandrine sandro sandrock sandy123 sandydog sandys sanfran sanibel sanity sanity72 sanity729 sanjay
sanjeev sanjose sanjuan santacru santafe santiag santino santosh saopaulo saphire sapper sapphic sapphire
sapporo saracen sarah123 sarahb sarahs sarajevo sarasota saratoga saratov sargon sartre saruman sasaki
sascha sasha123 sasha1995 sasha1996 sasha2010 sasha_007 sashimi sashka sashok saskia sassie sassy sasuke
satan satan666 satana satana666 satanas satanic satchel satchmo satellit sativa satori satou satriani
saturday saturn saturno saun saun24865709 sauron sausage sausages savana savant savatage save13tx saveme
savior sawdust saxman saxophon sayana sayang sayangku sayonara saywhat scamp scamper scania scanner scarab
scarecro scarface scarface1 scarlet scatman sceptre schalke schastie schatzi scheisse schlampe schlong
schnee schneide schnuffi schoo schorsch schule schumi schwanz schwein schweiz schwinn scimitar scirocco
scoob scoobie scooby scooby12 scoobydo scoobydoo scoote scooter scooter1 scooter2 scooters scorpi scorpio
scorpio1 scorpion scorpions scotch scotland scott123 scotts scottt scotty scout scrabble scrapper scrappy
scream screamer screwbal screwy screwyou scribble scribe scrooge scrotum scruffy scruffy1 scuba scubadiv
scully scxakv sdsadee23 seabass seabee seadog seadoo seagate seagrams seagrave seagull seagulls seahawk
seahawks seahorse sealteam seamus searay searcher seaside seattle seattle1 seaways seaweed seawolf
sebastia sebastie sebastien sebora sebring secre secret secret12 secret123 secreto security sedona
seductive seeker segblue2 segreto seinfeld sekret select selen sellout selmer semaj semenov seminole
semper semperfi semprini senators sendai seneca seng senha senha123 senna sensatio sensei sentinel sentra
sentry sephirot sephiroth septembe september sepultura serafim seraph seraphim serdar serebro serega seren
serendip serenity sergbest serge sergeev sergeevna sergei sergej sergey sergi serpent sersolution server
service1 servus sesam sesame sestra setter seven777 sevenof9 sevens seventee sevenup severin sevilia1
seville seviyi sfgiants shabba shado shadow shadow01 shadow11 shadow12 shadow123 shadow13 shadow69
shadow99 shadowfa shadows1 shady shag shagger shaggy shahid shai shaka shaker shakey shakir shakti shakur
shalom shaman shamil shampoo shamrock shamus shandy shaney14 shang shania shannara shanno shannon1 shanny
shao shaolin sharik shark sharkman sharks sharky sharo sharpie sharps shasta shaved shaven shazam sheeba
sheepdog shei shelby shelley1 sheltie shemale shemales shen sheng sherbert sherif sherlock sherman1 sherpa
shevchenko shibby shibumi shifter shifty shiloh shimano shimizu shimmer shimmy shiner shingo shinigami
shinji shinobi shirak shiraz shirin shiznit shizzle shlong shocker shodan shogun shojou shonuf shooter
shooter1 shootme shopper shorty shotgun shotgun1 shotokan shou showboat showme showtime shredder shrike
shroom shuai shuan shuang shui shun shuo shurik shutup shyguy sickan sickboy sidekick sideshow sidewind
sidorov siemen siemens siemens1 siempre sienna sierra sigma sigmachi sigmanu sigmar silicone silve silver
silver12 silverad silverado silverfo silvi silvio simba simbas simcity simeon simhrq simon123 simple
simpson1 simpsons simran sinatra sinbad sincity sinfonia sinful singapor sinister sinjin sinned sinner
sirius sissy sistema sithlord sitruc sixers sixnine sixpack sixtynin sixtynine sizzle sk84life sk8ordie
skate skateboa skateboard skater skazka skeet skeeter skeeter1 skeletor skelter skibum skidoo skiing
skillet skillz skinhead skinny skins skipjack skipper skipper1 skippy skittle skittles skoal skolko
skooter skorpion skulls skully skunk skunky skyblue skydive skydiver skydog skyhawk skyking skylar skylark
skyler skyline skyline1 skynet skypilot skytommy skywalke skywalker slacker slacking slainte slamdunk
slammer slapnuts slapper slappy slapshot slasher slava slave slaveboy slavik slayer slayer66 slayer666
sleeper sleepers sleepy sleuth slicer slick slider slim slimed123 slimer slimjim slimshad slimshady
slinger slinky slipkno slipknot slipknot1 slipknot666 slipper slippery slippy sliver slonik slowhand
slowride sludge slugger sluggo slurpee slurred slydog slyfox smackdow smackdown smallvil smallville
smartass smarties smarty smashing smeghead smegma smeller smelly smile123 smiler smiles smiley smirnoff
smirnov smirnova smith123 smiths smithy smitty smoke smoke420 smokedog smoker smokes smokeweed smokey
smokie smokin smooch smooth smoothie smoothy smother smudge smudger smuggles smurf smurfs smut smutty
snafu snake snakeeye snakeman snakes snapon snapper snapple snappy snapshot snatch sneaker sneakers sneaky
snicker snickers sniffer snikers sniper snoogans snooker snookie snooks snoop snoopdog snoopdogg snoopy
snowball snowbird snowboar snowboard snowdog snowflak snowflake snowman snowman1 snowy snuffy snuggle
snuggles sobaka sobriety socce soccer soccer10 soccer11 soccer12 soccer13 soccer14 soccer15 soccer17
soccer22 sochi2014 socrate socrates sodapop sofiya softail softball softtail software sogood sojdlg123aljg
sokolov sokolova sokrates solace solaris soldat soldier soldier1 soleda solei soleil solidsnake solitari
solitude solnce solnishko solnze solrac sommer sonali sonata sonechka songbird songoku sonic sonics sonne
sonnen sonnet sonnyboy sonoma sonora sony sonyericsson sonyvaio sooners sooners1 sophi sophie soprano
sopranos sorcerer sorrento sosiska soso123aljg soulfly soulman soulmate souris southpar southpark southpaw
southsid southside sowhat spaceman spacer spacey spam spammy spaniel spank spanker spanking spankme spanks
spanky spanner sparco sparhawk sparkey sparkie sparkle sparkles sparky sparta spartacu spartak spartan
spartan1 spartan117 spartans sparty spawn speaker special1 specialk spectre spectrum speedo speedrac
speedy spencer1 sperma sphinx spice spicey spide spider spider12 spiderma spiderman spiderman1 spidey
spiffy spike spiker spikes spikey spinner spiral spirit spitfire splash splatter spleen spliff splinter
splunge splurge spock sponge spongebo spongebob spooge spook spooky spoonman spoons sportste sporty spotty
spring springst sprint sprinter sprite sprocket sprout spud spunk spunky spurs sputnik spyder spyglass
sqdwfe sqrunch squall squash squeak squeaker squerting squid squids squiggy squirrel squirt squirts squish
squishy squonk srilanka srinivas ssptx452 staind stairway stalin stalker stalker1 stallion stallone
stamford stampede standby stang stanislav stanley1 star starbuck starbucks starcraf starcraft stardust
starfire starfish starflee starfox stargate stargaze starion starlet starligh starlight starlite starman
starship starsky start123 startac starter startrek starwar starwars starwars1 stasik static stayout
stealth stealth1 steaua steeler steeler1 steelers steelers1 steelhea stefa stefano steff steffi steinway
stellar stepan stepanov stepanova steph stephani stephe stephen1 stephie stephy stereo sterlin sterva
steve123 steveo steves stewart1 stewie stickman sticks sticky stiffy stigmata stiletto stimpy sting
stinger stinger1 stingray stinker stinky stitch stjabn stocking stocks stomper stonecol stonecold stoned
stones stonewal stoney stooge stooges stopit stoppedby storm stormy storys strange1 stranger strannik
strap strat stratfor strato stratoca stratos stratus strawber strawberry straycat streaming strekoza
strelec strelok strider strife strike striker striker1 stripclub stripe striper stripper stroker stroller
stromb strummer strutter stryker stubby stud studboy student student1 studio54 studly studman studmuff
stuffer stumpy stunner stupid stussy stylus stymie suan subaru sublime sublime1 submarin submit subrosa
subway subwoofer subzero succes success success1 suchka suck sucker suckers suckit suckme sucks suede
suerte sugar sugarbea sugarray sugars suikoden sukebe sully sultan summe summer summer01 summer05 summer06
summer11 summer12 summer20 summer69 summer99 summerti summertime summit sunbeam sunbird sundance sunday
sunderla sundevil sundin sundown sundrop sunfire sunflowe sunflower sunghile sunita sunkist sunlight
sunnie sunny123 sunnyboy sunnyday sunrise sunrise1 sunset sunshin sunshine sunshine1 sunstar suntan suntzu
super super123 superb superbee superbow superboy superd superdog superdup superduper superfly supergirl
superma superman superman1 supernov supernova supers superson supersonic supersta superstar supra suresh
surf surfer surfers surfin surfing surfing1 surfsup surveyor survivor sushi susieq suslik suzenet suzuki
sverige sveta svetik svetka svetlana svetlanka svoboda swallow swallows swampy swatch swede sweeper sweeps
sweetass sweethea sweetie1 sweetnes sweetness sweetpea sweets sweety swetlana swifty swimmer swimmer1
swimming swinger swingers swinging swoosh sword swordfis swordfish swords sycamore syclone sydne sydney
sylvania sylveste synapse syncmast syncmaster synergy syracuse syrinx sysadmin system32 syzygy szevasz
t34vfrc1991 tabasco tabbycat tacit taco tacobell tacoma tadpole taekwond taekwondo taffy tagheuer tahiti
tahoe taichi tailgate taipan tajmahal takahashi takamine takashi take8422 takehana takeshi talgat talisman
tallyho talon talons tamerlan tampabay tamuna tanaka tanechka tangerin tangerine tango tanker tanman
tanstaaf tantra tarakan tarantul taras tardis target tarheel tarheel1 tarheels taro tarpon tartan tarzan
tashkent tasty tatanka tatarin tater tatian tatjana tattoo tatyana taurus tawnee taxman taylo taylor12
tazdevil tazman tazmania tazz tazzzz tbird tbirds tbone tdutybq tdutybz teabag teache teacher teacher1
teacup teams teamwork teapot teaser techie technics techno teddie teddy123 teddyb teddybea teddybear
teejay teen teenie teens teetime teflon teiubesc tekken telecast telecom telefon telemark telephon
teleport televisi televizor telnet temp temp1234 tempest templar temporar temporary temppass temptress
tempus tenchi tenchu tenerife teng tennesse tenni tennis tenpin teodor tequier tequiero tequila tequila1
tercel terefon teres terminat terminator termite terran terrapin terrier terriers terror test test1234
teste tester testibil testing testing1 testing123 testme testpass tetris tetsuo teufel texaco texans
texass tgbyhn thailand thales thanatos thankyou thanos thatsit thatsme thebear thebeast thebes thebest
thebomb theboss theboy theboys thecat theclash thecrow thecure thedog thedon thedoors thedude theduke
theedge theend theflash theforce thegame thegreat thejoker thekid theking thelast1 thelema theman
themaster thematri thematrix theone theraven therion therock therock1 thesaint thesims thetachi thething
thetick thetruth thewall theway thewho theworld thierry thinker thinkpad thirdeye thirteen thisisit
thisisme thisone thissuck thistle thoma thomas01 thomas12 thomas123 thong thongs thor thor5200 thorsten
thrawn threesom thuglife thumbnils thumbs thumper thumper1 thunde thunder thunder1 thunder2 thunderb
thunderbird thunders thursday tiamat tian tiao tiberian tiberius tiburon tical tickle tickler tickling
ticklish ticktock tictac tiedup tiesto tiffan tiffany1 tiger tiger123 tigercat tigerlil tigerman tigers
tigerwoo tigge tigger tigger01 tigger12 tigger69 tightass tights tigran tigre tigress timber timbo
timebomb timelord timeout timeport timex timmie timoha timosha timothy1 timoxa94 timur tincup ting tinker
tinkerbe tinkerbel tinkerbell tinman tintin tinytim tipper tippy tiptop tiramisu tissot titan titanic
titanic1 titanium titans tities titleist titlover titman titten titties titts titty tittys tkbpfdtnf
tkfkdg tkfkdgo tmjxn151 tmoney toaster toasty tobydog toejam toffee toggle tokenbad tokiohotel tokyo tolik
tolkien tolstoy tomahawk tomate tomato tomboy tombston tomcat tommy123 tommyboy tommygun tommys tommyt
tomservo tonino tonka tonto tonyhawk toobad toocool toodles toohot tookie toolbox toolman toolshed
tooltime toomuch toon toonarmy toonces toons tooshort toosweet tooter tootie tootsie topaz topcat topdog
topeka topfuel topgun tophat topher topman topolino topper topsecre topsecret topspin torana toriamos
torino tornado tornado1 toronto toronto1 torrent torsten tortoise tortuga toshiba toshiba1 tosser totem
totoro tottenha tottenham touchdow touchme toughguy toulouse towing toyot toyota tracer tracker tractor
trader trader12 trafford trailers trainer traktor tralala trample trance tranmere tranny transam transam1
transfor translator transpor trapper trashman tratata travel traveler travelle travesti treacle treasure
treble trebor treefrog treeman treetop treetops trek trekker tremere trfnthbyf triangle trickle tricky
trident triforce trigger trigger1 trigun trinitro trinitron trinity trinity1 trinket tripleh triplets
triplex tripod tripper trippy tristan1 tristar tristen triton triumph triumph1 trivia trixie trogdor
trojan trojans trojans1 troll trombone trooper trooper1 troopers tropic trotsky trouble trouble1 trousers
trouts truck trucker trucker1 truckers truckin trucking trucks trueblue truelove truffle truffles trumpet
trumpet1 trunks trustme trustn01 trustno trustno1 trustnoo trustnoone tryagain tsunami tubitzen tuborg
tucson tuesday tuffy tugboat tugger tujhrf tulane tulip tulips tunafish tundra tuning tupac tupelo turbo
turbos turkey turkey50 turnip turtle turtles tuscan tuscl tuxedo tweeker tweet tweeter tweety twiggy
twilight twingo twinkie twinkle twisted twisted1 twister twiztid twodogs twostep tycoon tyler123 tylers
typhoon tyrant tyvugq tzpvaw ubnfhf udacha udbwsk ufhvjybz ufkbyf ugejvp uhbujhbq uhbyuj ukflbfnjh
ukflbjkec ukraina ulisse ultima ultimate ultra ultraman ultras ulysse umberto umbrella umpire uncencored
undead underdog undergro underpar undertak undertaker undertow unicorn unicorn1 uniden universa universi
university unreal updown upnfmc uptown upyours uranus urchin urlaub ursitesux usarmy username usmarine
usmc usmc0311 usmc1775 usnavy usuckballz1 utahjazz utjhubq utopia utvols utyyflbq uyxnyd uzumaki uzumymw
vacation vader vadim vadimka vagabond valdemar valdepen valentin valentina valera valerie1 valeriya
valerka valhalla valkyrie valleywa valter vampir vampire vampire1 vampiro vampyre vancouve vandal vandam
vander vaness vanessa1 vangogh vanguard vanhalen vanilla vanille vantage vanyarespekt varvara vaseline
vasilek vasileva vasilii vasilisa vasiliy vasya vatech vatoloco vauxhall vavilon vaz21099 vbhevbh vbienrf
vbifyz vbkbwbz vbkfirf vbkfyf vbktyf vbrjkf vcradq vector vectra vedder vegas123 vegeta vegita vegitta
vegitto vehpbkrf vehpbr velcro velvet vendetta venera venezuel venkat venom venom121293 vepsrf verbatim
verdun vergeten veritas veritech verity verizon verizon1 vermont vermont1 veronic veronika versace vertigo
verygood vespa vesper vestax vette vfcnth vfczyz vfhbirf vfhbyf vfhbyjxrf vfhbyrf vfhcbr vfhecz vfhnsirf
vfhrbp vfhufhbnf vfhujif vfhvtkfl vfibyf vfiekz vfitymrf vfkbyf vfkmdbyf vfksirf vflfufcrfh vfnbkmlf
vfndtq vfnhbwf vfntvfnbrf vfpfafrf vfrcbr vfrcbv vfrcbvec vfrcbvrf vfrfhjdf vfrfhjys vfvekz vfvfbgfgf
vfvfgfgf vfvfgfgfz vfvfvskfhfve vfvjxrf vfylfhby vgirl viagra vibrate vibrator vicecity victo victori
victoria1 victory victory1 videoes vides viewsoni viewsonic viking vikings vikings1 viktor viktoria
viktoriya vincen vincent1 vinny vintage violator violetta violin viper viper123 vipergts vipers virago
virgin virgini virginie virgo virtua visa vision vitali vitalik vitaliy vitalya vitamin vittoria vittorio
vivaldi vivid vivitron vixen vjcrdf vjhjpjdf vjhrjdrf vjkjltw vjkjrj vjqgfhjkm vjybnjh vkaxcs vkontakte
vlad vlad1996 vlad1997 vlad7788 vladik vladimir vladislav vladvlad vodafone vodoley voetbal voiture voland
volcom volition volkodav volkov volkova volkswag volkswagen volley volleyba volodin volodya vologda
voltaire voltron volvo volvos vonnegut voodoo vorlon vorona vortex vostok vovchik voyager voyager1 voyeur
vqsablpzla vredina vsegda vsevolod vsijyjr vsjasnel12 vthctltc vtldtlm vulcan vulture vulva vwgolf
vyjujnjxbt w1w2w3w4 wabbit wachtwoord waffenss waffle wahoo wakeup waldorf walkman wallace1 walleye
walmart walnut walrus wanderer wanger wannabe wanrltw wantit wantsome wapapapa wapbbs warcraft warcraft1
warcraft3 wardog wareagle warehous warez wargames warhamme warhammer warhawk warhol warlock warlord
warpten warrior warrior1 warriors warthog warzone wasabi wasdwasd washere washingt wasser wassup watanabe
watashi watcher watchmen water123 waterboy waterfal waterloo watermel watermelon waterpol waterpolo
waterski watford wavpzt wayer wazzup wdtnjr wdtnjxtr weaponx weare138 weasel webcam webhompas webhompass
webmaste webmaster websol76 websolutions webster1 wednesda wednesday weeble weed weener weenie weezer
welcom welcome welcome1 welcome123 welcome2 welder welkom welkom01 wellcome welldone wellhung wellingt
wendys weng werder werdna werewolf weronika werter wertzu westbrom westcoas westcoast westham westham1
westie westlife westport westside westwind westwood wetone wetter wg8e3wjf whaler whales whateve whatever
whatever1 whatisit whatsup whatthe whatup wheels whiplash whiskers whiskey whiskey1 whisky whisper
whistler whiteboy whiteout whitepower whitesox whitey whitney1 whkzyc whoami whocares whodat whoknows
whoopass whopper whosyourdaddy whyme whynot wibble wiccan wicked widget wifes wifey wiggles wiking
wildbill wildblue wildcard wildcat wildcat1 wildcats wildfire wildman wildone wildroid wildrose wildthin
wildwood willem willi william1 william2 william3 willow willys wilso winamp winchest windex windmill
windows windows1 windsor windstar windsurf wingchun wingman wingnut wingzero winkie winky winner winsto
winston winston1 winston2 winter winter01 winter12 winter99 wipeout wisconsi wisdom wiseguy wishbone
withyou wizard wizards wizkid wizzard wladimir woaini wobble wojtek woland wolfen wolfer wolfgang wolfie
wolfman wolfpac wolfpack wolverin wolverine wolves wolvie womam womans wombat womens wonderboy wonderfu
wonkette wonton woobie woodduck woodie woodland woodstoc woodstock woodwork woody woodys woofer woofwoof
woogie woohoo wookie wordpass wordup worldcup wormix wormwood wotan wowser wp2003wp wraith wrangler wrench
wrest666 wrestle wrestlin wrinkle1 wrinkle5 wrinkles wrxsti wsxedc wsxqaz wsxzaq wtpfhm wtpmjgda wulfgar
wutang wxcvbn wysiwyg wyvern x72jhhu3z xaccess2 xakep1234 xanadu xantia xavier xboxlive xcountry xerxes
xfactor xfiles xian xiang xing xngwoj xqgann xrated xsw21qaz xsw23edc xterra xthtgfirf xtkjdtr xtreme
xwing xxxman xxxpass xxxzzz xyzzy xzsawq21 yackwin yahweh yakuza yamada yamaguchi yamah yamaha yamahar1
yamahar6 yamamoto yamato yankee yankees yankees1 yankees2 yanks yannick yanochka yardbird yaroslav yasmina
ybrbnf ybrbnjc ybrjkfq ybrjkftdbx yeahbaby year2000 year2005 yecgaa yeehaw yello yellow yendor yeshua
yesiam yessir yesterda yfafyz yfcntyf yfcntymrf yfcnz123 yfhenj yfnfif yfnfirf yfnfitymrf yfnfkb yfnfkbz
yfnfkmz yhntgb yingyang yinyang yitbos yjdsqgfhjkm yjdsqujl yngwie yoda yogibear yokohama yomama yomomma
yoohoo yorkie yorkshir yorktown yosemite yoshi yoshida youandme youknow yourmama yourmom yousuck youtube
youwish yoyoma yqlgr667 yssup ytcnjh ytngfhjkz ytrewq ytreza ytrhjvfyn ytyfdbcnm yugioh yuliya yummy
yvtte545 yxcvbn yxcvbnm yy5rbfsc yzerman z1x2c3v4 z1x2c3v4b5 zachary1 zafira zalupa zamboni zang zanoza
zanzibar zaphod zappa zapper zaq12345 zaq12wsx zaq1xsw2 zaq1xsw2cde3 zaqwsx zaqwsxcde zaqxsw zaqxswcde
zaratustra zaraza zardoz zarina zasada zaskar zaxscd zaxscdvf zcxfcnkbdf zealot zealots zebra zebras
zebulon zemfira zeng zenit2011 zenith zephyr zeppelin zepplin zerocool zeus zhai zhao zhei zheng zhenya
zhjckfd zhong zhou zhuai zhuan zhuang zhui zhun zhuo zidane zigazaga ziggy zigzag zildjian zinaida
zinedine zinger zipper zippo zippy zlzfrh zodiac zoloft zoloto zoltan zolushka zombie zong zonker zoomer
zooropa zorglub zorro zuan zujlrf zulu zvezda zx123456 zx123456789 zxasqw zxasqw12 zxcasd zxcasdqwe
zxcasdqwe123 zxccxz zxcv1234 zxcvasdf zxcvb123 zxcvb12345 zxcvbn zxcvbn12 zxcvbn123 zxcvbnm zxcvbnm1
zxcvbnm12 zxcvbnm123 zxcvbnmm zxcvvcxz zydfhm zyjxrf zz8807zpl zztop zzxxcc zzzxxx zzzzzzz1
`
    .trim()
    .split(/\s+/),
);
