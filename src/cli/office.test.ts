// What the office does at the counter.
import assert from 'node:assert/strict';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import type { PhoneNumber } from '../gateways/index.ts';
import { addPhone } from '../methods/phone/index.ts';
import { testCommandLine } from './testing.ts';

let office: Awaited<ReturnType<typeof testCommandLine>>;
before(async () => {
  office = await testCommandLine();
});
after(() => office.close());

test('whose methods the office removes is told of it, when there were any', async () => {
  const made = await office.genkan('users', 'create', 'told', '--name', 'Told', '--json');
  const waiting = async (): Promise<number> => {
    const messages = office.storage.db.selectFrom('outbox').select('id');
    return (await messages.where('kind', '=', 'security-info-notice').execute()).length;
  };
  await office.genkan('users', 'remove-methods', 'told');
  assert.equal(await waiting(), 0);
  await office.storage.tx(tx =>
    addPhone(tx, office.storage.sealer, {
      user: made.json.user.id,
      kind: 'mobile',
      number: '+819012345678' as PhoneNumber,
      way: 'text',
      createdAt: office.clock.now(),
    }),
  );
  assert.equal((await office.genkan('users', 'remove-methods', 'told')).status, 0);
  assert.equal(await waiting(), 1);
});

test('a pass is made for somebody, shown once, and taken away', async () => {
  await office.genkan('users', 'create', 's-pass', '--name', '中村 花子', '--language', 'ja');
  const made = await office.genkan('pass', 'create', 's-pass');
  assert.equal(made.status, 0, made.err);
  assert.match(made.out, /temporary access pass: [0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){2}\n/);
  const { json } = await office.genkan('pass', 'create', 's-pass', '--minutes', '10', '--json');
  const [pass] = json.passes;
  assert.equal(pass.endsAt - pass.startsAt, 600_000);
  for (const wrong of [
    ['--length', '7'],
    ['--minutes', '481'],
    ['--uses', 'some'],
    ['--starts', 'soon'],
  ])
    assert.equal((await office.genkan('pass', 'create', 's-pass', ...wrong)).status, 1, wrong.join(' '));
  assert.equal((await office.genkan('pass', 'delete', 's-pass')).status, 0);
  assert.equal((await office.genkan('pass', 'delete', 's-pass')).status, 1);
  const log = await office.genkan('audit', 'list', '--user', 's-pass', '--json');
  assert.match(JSON.stringify(log.json), /user\.pass-created.*|user\.pass-removed/);
  assert.ok(!JSON.stringify(log.json).includes(pass.pass.replaceAll('-', '')));
});

test('slips are one file for its owner alone, in both languages, and nothing but the file has the passes', async () => {
  await office.genkan('users', 'create', 's-slip', '--name', '中村 花子', '--language', 'ja');
  await office.genkan(
    'users',
    'create',
    's-evil',
    '--name',
    '<script>alert(1)</script>&"',
    '--language',
    'en',
  );
  const file = office.file('slips.html');
  const made = await office.genkan(
    ...['pass', 'create', 's-slip', 's-evil', 's-slip', '--uses', 'many', '--length', '16', '--slips', file],
  );
  assert.equal(made.status, 0, made.err);
  assert.equal(statSync(file).mode & 0o777, 0o600);
  const html = readFileSync(file, 'utf8');
  const printed = [...html.matchAll(/class="pass">([0-9A-HJKMNP-TV-Z-]+)</g)].map(([, pass]) => pass ?? '');
  assert.equal(printed.length, 2, 'each person once');
  for (const pass of printed) assert.ok(pass.length === 19 && !made.out.includes(pass));
  assert.match(
    html,
    /<html lang="ja">[\s\S]*中村 花子[\s\S]*期限まで何度でも使用できます[\s\S]*It can be used several times/,
  );
  const [, second = ''] = html.split('</section>');
  assert.ok(second.indexOf('lang="en"') < second.indexOf('lang="ja"'), 'their own language stands first');
  assert.ok(html.includes('&lt;script>alert(1)&lt;/script>&amp;'), second);
  assert.ok(!/<script|<link|<img|url\(|src=|href=/.test(html), 'nothing from anywhere else');
  assert.ok(html.includes('https://genkan.example/'));
});

test('where slips cannot be written, or one of the people is nobody, no pass is made and no file is left', async () => {
  await office.genkan('users', 'create', 's-kept', '--name', 'Kept');
  const passes = async (): Promise<number> =>
    (await office.storage.db.selectFrom('temporary_access_passes').select('id').execute()).length;
  const before = await passes();
  const file = office.file('taken.html');
  writeFileSync(file, 'mine');
  assert.match((await office.genkan('pass', 'create', 's-kept', '--slips', file)).err, /taken\.html/);
  assert.equal(readFileSync(file, 'utf8'), 'mine');
  const fresh = office.file('fresh.html');
  assert.equal((await office.genkan('pass', 'create', 's-kept', 'nobody', '--slips', fresh)).status, 1);
  const short = await office.genkan('pass', 'create', 's-kept', '--length', '7', '--slips', fresh);
  assert.equal(short.status, 1);
  assert.ok(!existsSync(fresh));
  assert.equal(await passes(), before);
});
