import type { CountryCode } from 'libphonenumber-js/max';
import type { Language } from '../../src/words/index.ts';

type ByCountry = Readonly<Partial<Record<CountryCode, string>>>;

/** Where Unicode's name is longer or less usual than what people look for. */
export const ownNames: Readonly<Record<Language, ByCountry>> = {
  ja: {
    CC: 'ココス諸島',
    CD: 'コンゴ民主共和国',
    CG: 'コンゴ共和国',
    HK: '香港',
    MM: 'ミャンマー',
    MO: 'マカオ',
    VC: 'セントビンセント・グレナディーン諸島',
  },
  en: { HK: 'Hong Kong', MM: 'Myanmar', MO: 'Macao', CD: 'Congo (DRC)', CG: 'Congo (Republic)' },
};

/** How the names that contain kanji are read. Collation of kanji would put 日本 last. */
export const readings: ByCountry = {
  AC: 'アセンションとう',
  AE: 'アラブしゅちょうこくれんぽう',
  AS: 'べいりょうサモア',
  AX: 'オーランドしょとう',
  BQ: 'オランダりょうカリブ',
  CC: 'ココスしょとう',
  CD: 'コンゴみんしゅきょうわこく',
  CF: 'ちゅうおうアフリカきょうわこく',
  CG: 'コンゴきょうわこく',
  CK: 'クックしょとう',
  CN: 'ちゅうごく',
  CX: 'クリスマスとう',
  DM: 'ドミニカこく',
  DO: 'ドミニカきょうわこく',
  EH: 'にしサハラ',
  FK: 'フォークランドしょとう',
  FM: 'ミクロネシアれんぽう',
  FO: 'フェローしょとう',
  GF: 'ふつりょうギアナ',
  GQ: 'せきどうギニア',
  HK: 'ほんこん',
  IM: 'マンとう',
  IO: 'えいりょうインドようちいき',
  JP: 'にほん',
  KP: 'きたちょうせん',
  KR: 'かんこく',
  KY: 'ケイマンしょとう',
  MH: 'マーシャルしょとう',
  MK: 'きたマケドニア',
  MP: 'きたマリアナしょとう',
  NF: 'ノーフォークとう',
  PF: 'ふつりょうポリネシア',
  PM: 'サンピエールとう・ミクロンとう',
  PS: 'パレスチナじちく',
  SB: 'ソロモンしょとう',
  SJ: 'スバールバルしょとう・ヤンマイエンとう',
  SS: 'みなみスーダン',
  TC: 'タークス・カイコスしょとう',
  TL: 'ひがしティモール',
  TW: 'たいわん',
  US: 'アメリカがっしゅうこく',
  VA: 'バチカンしこく',
  VC: 'セントビンセント・グレナディーンしょとう',
  VG: 'えいりょうヴァージンしょとう',
  VI: 'べいりょうヴァージンしょとう',
  ZA: 'みなみアフリカ',
};

/** What else people type, in any language. Names in Japanese and English are known to the browser. */
export const aliases: ByCountry = {
  AE: 'UAE',
  CI: 'Ivory Coast',
  CN: '中華人民共和国 PRC',
  CZ: 'Czech Republic',
  GB: 'UK 英国 えいこく England Britain',
  JP: 'にっぽん Nihon Nippon',
  KR: '大韓民国 だいかんみんこく',
  MM: 'Burma ビルマ',
  NL: 'Holland',
  TL: 'East Timor',
  TR: 'Turkey',
  US: 'USA 米国 べいこく America',
};
