import assert from 'node:assert/strict';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import iconv from 'iconv-lite';
import { passwordPlace } from '../directory/index.ts';
import type { UserId } from '../kit/ids.ts';
import { testCommandLine } from './testing.ts';

let office: Awaited<ReturnType<typeof testCommandLine>>;
before(async () => {
  office = await testCommandLine();
  await office.genkan('groups', 'create', '学生');
});
after(() => office.close());

function csv(name: string, text: string | Buffer): string {
  const file = office.file(name);
  writeFileSync(file, text);
  return file;
}

const countUsers = async (): Promise<number> =>
  (await office.storage.db.selectFrom('users').select('id').execute()).length;

const encodedOf = async (user: UserId): Promise<string> => {
  const person = await office.directory.users.forSignIn({ id: user });
  assert.ok(person?.password);
  return office.storage.sealer.open(passwordPlace(user), person.password.hashSealed).toString();
};

test('a list as Japanese Excel writes it: Shift_JIS, CRLF, ～ and ㈱ and 髙, and a note in two lines', async () => {
  const text =
    '学籍番号,氏名,メール,グループ\r\ns2025001,髙橋　花子,hanako@example.ac.jp,学生\r\n"s2025002","㈱～\r\n太郎",,\r\n';
  const broken = await office.genkan(
    'users',
    'import',
    csv('sjis.csv', iconv.encode(text, 'cp932')),
    '--dry-run',
    '--json',
  );
  assert.deepEqual(broken.json.problems, [
    { line: 3, field: 'displayName', problem: 'control-characters', value: '㈱～\n太郎' },
  ]);
  const file = csv('sjis2.csv', iconv.encode(text.replace('～\r\n', '～'), 'cp932'));
  const passwords = office.file('sjis-passwords.csv');
  const done = await office.genkan('users', 'import', file, '--passwords', passwords, '--json');
  assert.equal(done.status, 0, done.out);
  const hanako = await office.directory.users.byLoginName('S2025001');
  assert.equal(hanako?.displayName, '髙橋　花子');
  assert.equal((await office.directory.users.byLoginName('s2025002'))?.displayName, '㈱～太郎');
  assert.equal((await office.directory.groups.byName('学生'))?.members, 1);
});

test('UTF-8 with and without a byte order mark, any line end, English headings, tabs from a sheet', async () => {
  for (const [name, text] of [
    ['bom', '\ufeffLogin name,Display Name,E-mail\nbom.user,Bom User,bom@example.com\n'],
    ['plain', 'login_name,displayName,mail\nplain.user,Plain User,plain@example.com'],
    ['cr', 'ログイン名,氏名\rcr.user,CR User\r'],
    ['tabs', 'ユーザー名\t氏名\ntab.user\tTab, User\n'],
    ['semicolon', 'ログイン名,氏名,グループ\nwide.user,　全角　空白　,学生； 学生\n,,\n'],
  ] as const) {
    const done = await office.genkan(
      'users',
      'import',
      csv(`${name}.csv`, text),
      '--passwords',
      office.file(`${name}.out`),
    );
    assert.equal(done.status, 0, done.err);
  }
  assert.equal((await office.directory.users.byLoginName('tab.user'))?.displayName, 'Tab, User');
  assert.equal((await office.directory.users.byLoginName('wide.user'))?.displayName, '全角　空白');
});

test('a dry run names every problem by its line, shows no password, and writes nothing', async () => {
  await office.member('exists');
  const users = await countUsers();
  const file = csv(
    'problems.csv',
    [
      'ログイン名,氏名,メール,言語,グループ,有効,パスワード',
      'ok,OK,ok@example.com,ja,学生,はい,',
      'EXISTS,Somebody,,,,,',
      'twice,One,,,,,',
      'Ｔｗｉｃｅ,Two,,,,,',
      ',No Name,,,,,',
      'noname,,,,,,',
      'badmail,Bad,nowhere,,,,',
      'badlang,Bad,,fr,,,',
      'nogroup,Bad,,,教員;学生,,',
      'maybe,Bad,,,,perhaps,',
      'weak,Bad,,,,,P@ssw0rd2026',
      'own,Bad,,,,,short',
      'oldhash,Bad,,,,,$2b$12$abcdefghijklmnopqrstuv',
      'sshahash,Bad,,,,,{SSHA}W6ph5Mm5Pz8GgiULbPgzG37mj9g=',
      `${'x'.repeat(257)},Long,,,,,`,
      'control,a\u0007b,,,,,',
      'with space,Bad,,,,,',
      'extra,Bad,,,,,,surplus',
    ].join('\n'),
  );
  const { status, json, out } = await office.genkan('users', 'import', file, '--dry-run', '--json');
  assert.equal(status, 1);
  const short = json.problems.map((p: { line: number; field?: string; problem: string; because?: string }) =>
    [p.line, p.field, p.problem, p.because].filter(part => part !== undefined).join(' '),
  );
  assert.deepEqual(short, [
    '3 loginName taken',
    '5 loginName twice-in-file',
    '6 loginName empty',
    '7 displayName empty',
    '8 mail malformed',
    '9 language unknown-language',
    '10 groups unknown-group',
    '11 enabled not-yes-or-no',
    '12 password weak-password common',
    '13 password weak-password too-short',
    '14 password hash-not-accepted',
    '15 password hash-not-accepted',
    '16 loginName too-long',
    '17 displayName control-characters',
    '18 loginName has-spaces',
    '19 too-many-cells',
  ]);
  assert.ok(!/P@ssw0rd2026|"short"|\{SSHA\}|\$2b\$/.test(out));
  assert.equal(await countUsers(), users);
  const told = await office.genkan('users', 'import', file, '--dry-run', '--language', 'ja');
  assert.match(told.err, /5 行目: ログイン名「Twice」は 4 行目にもあります/);
  assert.match(told.err, /12 行目: パスワード: /);
  assert.match(told.err, /次の手順: /);
  for (const line of told.err.split('\n')) assert.ok(!line.includes('undefined'), line);
});

test('headings that mean nothing are named with a guess, and can be explained or passed over', async () => {
  const file = csv('headings.csv', 'ログイン名,氏名,メイル,学部\nmapped,Mapped,mapped@example.com,文学部\n');
  const { json } = await office.genkan('users', 'import', file, '--dry-run', '--json');
  assert.deepEqual(json.problems, [
    { line: 1, problem: 'unknown-column', column: 'メイル', guess: 'メール' },
    { line: 1, problem: 'unknown-column', column: '学部' },
  ]);
  const mapped = await office.genkan(
    ...[
      'users',
      'import',
      file,
      '--map',
      'メイル=mail',
      '--map',
      '学部=-',
      '--passwords',
      office.file('mapped.out'),
    ],
  );
  assert.equal(mapped.status, 0, mapped.err);
  assert.equal((await office.directory.users.byLoginName('mapped'))?.mail, 'mapped@example.com');
  const wrong = await office.genkan('users', 'import', file, '--map', 'メイル=post');
  assert.match(wrong.err, /--map "メイル=post" is not column=field/);
  const missing = await office.genkan('users', 'import', csv('missing.csv', 'mail\na@b.example\n'), '--json');
  assert.deepEqual(
    missing.json.problems.map((p: { problem: string; column: string }) => `${p.problem} ${p.column}`),
    ['missing-column loginName', 'missing-column displayName'],
  );
});

test('what is no CSV of ours is refused with a sentence that says what to do', async () => {
  const problem = async (name: string, content: Buffer | string) =>
    (await office.genkan('users', 'import', csv(name, content), '--dry-run', '--json')).json.problems[0];
  const text = 'ログイン名,氏名\nx,X\n';
  assert.deepEqual(
    await problem('utf16le.csv', Buffer.concat([Buffer.of(0xff, 0xfe), iconv.encode(text, 'utf-16le')])),
    {
      line: 1,
      problem: 'utf-16',
    },
  );
  assert.deepEqual(await problem('utf16.csv', iconv.encode('login,name\nx,X\n', 'utf-16be')), {
    line: 1,
    problem: 'utf-16',
  });
  assert.deepEqual(await problem('binary.csv', Buffer.from([0x6c, 0x0a, 0x0a, 0xff, 0xfd, 0x80])), {
    line: 3,
    problem: 'undecodable',
  });
  // What Excel saves when nobody chose CSV, under whatever name: a ZIP archive, or the older format.
  for (const begins of ['504b0304140006000800000021', 'd0cf11e0a1b11ae10000000000'])
    assert.deepEqual(await problem(`${begins}.csv`, Buffer.from(`${begins}${'00ff42'.repeat(200)}`, 'hex')), {
      line: 1,
      problem: 'spreadsheet',
    });
  assert.deepEqual(await problem('joined.csv', `${text}y,Y\n ログイン名 ,氏名\nz,Z\n`), {
    line: 4,
    problem: 'heading-again',
  });
  assert.deepEqual(await problem('empty.csv', ''), { line: 1, problem: 'nothing-in-it' });
  assert.deepEqual(await problem('headings-only.csv', text.split('\n')[0] ?? ''), {
    line: 1,
    problem: 'nothing-in-it',
  });
  assert.deepEqual(await problem('quote.csv', 'ログイン名,氏名\na,A\nb,"B\nc,C\n'), {
    line: 3,
    problem: 'broken-quotes',
  });
  assert.deepEqual(await problem('quote2.csv', 'ログイン名,氏名\na,A\nb,"B" x\nc,C\n'), {
    line: 3,
    problem: 'broken-quotes',
  });
  const absent = await office.genkan('users', 'import', office.file('absent.csv'));
  assert.equal(absent.status, 1);
  assert.match(absent.err, /cannot be read/);
});

test('signs that Windows writes by bytes of its own come in as what they are, and find the groups that a Mac named', async () => {
  await office.genkan('groups', 'create', '1〜2年−院');
  const file = Buffer.concat([
    Buffer.from('login,name,groups\r\nwave,'),
    // 〜 − ① ㈱ Ⅲ in the code page 932
    Buffer.from('8160817c8740878a8756', 'hex'),
    Buffer.from(','),
    iconv.encode('1～2年－院', 'cp932'),
    Buffer.from('\r\n'),
  ]);
  const passwords = office.file('signs-passwords.csv');
  const done = await office.genkan('users', 'import', csv('signs.csv', file), '--passwords', passwords);
  assert.equal(done.status, 0, done.err);
  assert.equal((await office.directory.users.byLoginName('wave'))?.displayName, '～－①㈱Ⅲ');
  assert.equal((await office.directory.groups.byName('1〜2年−院'))?.members, 1);
});

test('the encoding that is given wins over the one that was found', async () => {
  const ambiguous = Buffer.concat([
    Buffer.from('login,name\nx,'),
    iconv.encode('ﾃ･', 'cp932'),
    Buffer.from('\n'),
  ]);
  const found = await office.genkan(
    'users',
    'import',
    csv('ambiguous.csv', ambiguous),
    '--dry-run',
    '--json',
  );
  assert.equal(found.json.encoding, 'utf-8');
  const given = await office.genkan(
    'users',
    'import',
    csv('ambiguous.csv', ambiguous),
    '--dry-run',
    '--json',
    '--encoding',
    'shift_jis',
  );
  assert.equal(given.json.encoding, 'shift_jis');
  const wrong = await office.genkan(
    'users',
    'import',
    csv('x.csv', 'login,name\nx,X'),
    '--encoding',
    'shift-jis',
  );
  assert.match(wrong.err, /Did you mean shift_jis\?/);
});

test('generated passwords go to a new file that only its owner reads, open once, and must be changed', async () => {
  const file = csv('generated.csv', 'login,name\ngen.a,A\ngen.b,=cmd\n');
  const without = await office.genkan('users', 'import', file);
  assert.equal(without.status, 1);
  assert.match(without.err, /nobody would know them/);
  assert.equal(await office.directory.users.byLoginName('gen.a'), undefined);

  const output = office.file('generated.out.csv');
  assert.equal((await office.genkan('users', 'import', file, '--passwords', output)).status, 0);
  assert.equal(statSync(output).mode & 0o777, 0o600);
  const [head = '', first = '', second = ''] = readFileSync(output, 'utf8').split('\r\n');
  assert.ok(head.startsWith('\ufeff'));
  assert.match(second, /^gen\.b,'=cmd,/, 'a spreadsheet computes nothing');
  const [login = '', , password = ''] = first.split(',');
  const user = await office.directory.users.byLoginName(login);
  assert.ok(user);
  const encoded = await encodedOf(user.id);
  assert.ok(await office.hashing.verifyPassword(encoded, password));
  assert.ok(!(await office.hashing.verifyPassword(encoded, `${password}x`)));
  const person = await office.directory.users.forSignIn({ id: user.id });
  assert.equal(person?.mustChangePassword, true);

  const again = csv('generated2.csv', 'login,name\ngen.c,C\n');
  const refused = await office.genkan('users', 'import', again, '--passwords', output);
  assert.equal(refused.status, 1);
  assert.match(refused.err, /exists already/);
  assert.equal(await office.directory.users.byLoginName('gen.c'), undefined);
});

test('passwords in the clear are hashed and must be changed; hashes of argon2id are taken over as they are', async () => {
  const hash = await office.hashing.hashPassword('brought from elsewhere');
  const file = csv(
    'clear.csv',
    `login,name,password\nclear,C,"quiet ""river"" stones"\nhashed,H,"${hash}"\n`,
  );
  const dry = await office.genkan('users', 'import', file, '--dry-run', '--json');
  assert.deepEqual(dry.json.passwords, { generated: 0, clear: 1, hash: 1 });
  assert.ok(dry.json.hashesASecond > 0);
  assert.equal(
    (await office.genkan('users', 'import', file)).status,
    0,
    'no file is needed when nothing is generated',
  );
  const clear = await office.directory.users.forSignIn({ loginName: 'clear' });
  const hashed = await office.directory.users.forSignIn({ loginName: 'hashed' });
  assert.ok(clear && hashed);
  assert.ok(await office.hashing.verifyPassword(await encodedOf(clear.id), 'quiet "river" stones'));
  assert.equal(clear.mustChangePassword, true);
  assert.equal(await encodedOf(hashed.id), hash);
  assert.equal(hashed.mustChangePassword, false);
});

test('all or nothing: when a name is taken in the meantime nothing is imported and the password file is gone', async () => {
  const rows = Array.from({ length: 2_500 }, (_, i) => `bulk${i},Bulk ${i},学生;新設`).join('\n');
  const file = csv('bulk.csv', `login,name,groups\n${rows}\n`);
  const output = office.file('bulk.out.csv');
  const before = await countUsers();
  const racing = office.genkan('users', 'import', file, '--create-groups', '--passwords', output, '--json');
  // Between the check and the end of the transaction someone takes the last name.
  while (!existsSync(output)) await new Promise(resolve => setImmediate(resolve));
  const rival = office.directory.users.create(
    { loginName: 'BULK2499', displayName: 'Rival' },
    { is: 'system' },
  );
  const { status, json } = await racing;
  await rival;
  assert.equal(status, 1);
  assert.deepEqual(json.taken, ['bulk2499']);
  assert.equal(await countUsers(), before + 1);
  assert.equal(await office.directory.groups.byName('新設'), undefined);
  assert.ok(!existsSync(output));

  await office.genkan('users', 'delete', 'bulk2499', '--yes');
  const done = await office.genkan(
    'users',
    'import',
    file,
    '--create-groups',
    '--passwords',
    output,
    '--json',
  );
  assert.equal(done.status, 0, done.out);
  assert.equal(done.json.users, 2_500);
  assert.equal((await office.directory.groups.byName('新設'))?.members, 2_500);
  const logged = await office.audit.list({ correlation: done.json.correlation, limit: 3_000 });
  assert.equal(logged.records.length, 2_501);
});

test('progress is a line for every tenth when nobody watches a terminal', async () => {
  const rows = Array.from({ length: 3_000 }, (_, i) => `progress${i},P`).join('\n');
  const done = await office.genkan(
    'users',
    'import',
    csv('progress.csv', `login,name\n${rows}`),
    '--passwords',
    office.file('p.out'),
  );
  assert.match(
    done.err,
    /Writing users: 30 % \(1000\/3000\)\nWriting users: 60 % \(2000\/3000\)\nWriting users: 100 % \(3000\/3000\)\n/,
  );
});

test('what is exported opens nothing in a spreadsheet, and can be imported again', async () => {
  const evil = '=HYPERLINK("http://evil.example","click")';
  await office.genkan('users', 'create', '+plus', '--name', evil, '--group', '学生', '--no-password');
  const { out } = await office.genkan('users', 'export');
  assert.ok(out.startsWith('\ufeff'));
  const line = out.split('\r\n').find(row => row.includes('HYPERLINK')) ?? '';
  assert.equal(line, `'+plus,"'=HYPERLINK(""http://evil.example"",""click"")",,,学生,true`);
  await office.genkan('users', 'delete', '+plus', '--yes');
  const file = csv('roundtrip.csv', `${out.split('\r\n')[0]}\r\n${line}\r\n`);
  assert.equal(
    (await office.genkan('users', 'import', file, '--passwords', office.file('roundtrip.out'))).status,
    0,
  );
  assert.equal((await office.directory.users.byLoginName('+plus'))?.displayName, evil);
});
