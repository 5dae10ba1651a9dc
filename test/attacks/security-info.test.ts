import assert from 'node:assert/strict';
import { test } from 'node:test';
import decode from 'qr/decode.js';
import { days, seconds } from '../../src/kit/clock.ts';
import { hotp, stepOf } from '../../src/methods/otp.ts';
import { wordsFor } from '../../src/words/index.ts';
import { addDevice, bringKey, deviceOf, look, numberOn, startWizard, tokenOn } from '../cast/device.ts';
import type { Visitor } from '../cast/visitor.ts';
import {
  arrive,
  assertNotSignedIn,
  assertSignedIn,
  enter,
  post,
  query,
  type Resident,
  scene,
  signInByApp,
  signInByRegistering,
  signInByText,
} from './scene.ts';

const at = scene();
const t = wordsFor('ja');

async function inside(person: Resident) {
  const visitor = at.house.visitor();
  await signInByApp(visitor, person);
  return visitor;
}

test('where the last method stays, it stays, also when all are removed in the same moment', async () => {
  const methodsOf = async ({ id }: Resident) =>
    (await at.count('phones', `user_id = '${id}'`)) +
    (await at.count('totp_credentials', `user_id = '${id}'`));
  await at.house.given.setting('securityInfo', { lastMethod: 'stays' });
  for (const name of ['Remover', 'Remover2', 'Remover3', 'Remover4']) {
    const person = await at.resident(name, { app: true });
    const visitor = await inside(person);
    await visitor.open('/account/security-info');
    const all = [
      { method: 'phone', credential: 'mobile' },
      { method: 'totp', credential: person.app?.credential ?? '' },
    ];
    const answers = await Promise.all(all.map(one => post(visitor, '/account/security-info/remove', one)));
    assert.deepEqual(answers.map(({ status }) => status).sort(), [303, 409]);
    assert.equal(await methodsOf(person), 1);
    const refused = await Promise.all(all.map(one => post(visitor, '/account/security-info/remove', one)));
    for (const { status } of refused) assert.ok(status === 404 || status === 409, String(status));
    assert.equal(await methodsOf(person), 1);
  }
  await at.house.given.setting('securityInfo', {});
  const person = await at.resident('Free', { app: true, phoneless: true });
  const visitor = await inside(person);
  await visitor.open(`/account/security-info/remove?method=totp&credential=${person.app?.credential}`);
  assert.ok(visitor.page.text.includes(t.account.removeLast), visitor.page.text);
  await visitor.send('/remove');
  assert.equal(await methodsOf(person), 0);
});

test('the page says of each way whether it was used, and when it was used last', async () => {
  const { clock } = at.house;
  const person = await at.resident('LastUse', { app: true });
  const visitor = at.house.visitor();
  await signInByText(visitor, person);
  /** What the row of a way says. */
  const use = async (name: string): Promise<string> => {
    await visitor.open('/account/security-info');
    const rows = visitor.page.html.split('<tr').map(row => row.replace(/<[^>]*>/g, ' '));
    return rows.find(row => row.includes(name)) ?? assert.fail(`no row of ${name}: ${visitor.page.text}`);
  };
  const when = (): string => {
    const form = { dateStyle: 'medium', timeStyle: 'short', timeZone: 'Asia/Tokyo' } as const;
    return t.account.lastUsed({ when: new Intl.DateTimeFormat('ja', form).format(clock.now()) });
  };
  assert.ok((await use('app')).includes(t.account.neverUsed), visitor.page.text);
  // The minute that is written does not pass meanwhile.
  clock.stand();
  clock.pass(days(3));
  await signInByApp(visitor, person);
  assert.ok((await use('app')).includes(when()), `${when()}: ${visitor.page.text}`);
  const number = `XX-XXXX-XX${person.phone.number.slice(-2)}`;
  assert.ok(!(await use(number)).includes(when()), visitor.page.text);
  clock.goOn();
});

test('whoever chooses the app again gets another code, and the device that was on its way is nothing', async () => {
  const person = await at.resident('Again', { app: true });
  const visitor = await inside(person);
  await startWizard(visitor);
  const token = tokenOn(visitor);
  // It brought its key, and the answer was lost on the way; or somebody else had looked at the code.
  const { key, said } = await bringKey(at.house, token, { name: 'Stranger' });
  const stranger = deviceOf(at.house, key, said.body);
  const asked = await stranger.pull();
  assert.ok(asked);
  await look(visitor);
  const number = numberOn(visitor);
  await visitor.send('/back');
  await visitor.send('/choose', { adding: 'authenticator authenticator' });
  await visitor.send('/fill');
  assert.notEqual(tokenOn(visitor), token);
  assert.equal((await stranger.answer(asked, { number })).body.error, 'unknown-device');
  await addDevice(at.house, visitor, { name: 'Mine' });
  await visitor.open('/account/security-info');
  assert.ok(visitor.page.text.includes('Mine') && !visitor.page.text.includes('Stranger'), visitor.page.text);
});

test('a device is renamed in its app by its own person, and the log says so', async () => {
  const person = await at.resident('Namer', { app: true });
  const visitor = await inside(person);
  const device = await addDevice(at.house, visitor, { name: 'Before' });
  assert.equal((await device.ask('rename', { name: 'After' })).status, 200);
  const { rows } = await query(
    at.house,
    `select record::jsonb->'detail' as detail from audit_records
      where user_id = '${person.id}' and kind = 'credential.changed'`,
  );
  assert.deepEqual(
    rows.map(({ detail }) => detail),
    [{ method: 'authenticator', credential: 'Before', name: 'After' }],
  );
  await visitor.open('/account/security-info');
  assert.ok(visitor.page.text.includes('After'), visitor.page.text);
});

test('a wizard that a leaked password opened adds nothing beside what its owner registered meanwhile', async () => {
  const person = await at.resident('Raced', { phoneless: true });
  const open = async () => {
    const visitor = at.house.visitor();
    await enter(visitor, person);
    return visitor;
  };
  const appOf = async (visitor: Visitor) => {
    await visitor.send('/choose', { adding: 'totp app' });
    const [key = ''] = /[A-Z2-7]{4}(?: [A-Z2-7]{4}){7}/.exec(visitor.page.text) ?? [];
    await visitor.send('/fill', { name: 'thief' });
    return hotp(fromBase32(key.replaceAll(' ', '')), stepOf(at.house.clock.now()));
  };
  const [early, ready] = [await open(), await open()];
  await ready.send('/register');
  const code = await appOf(ready);

  const owner = await open();
  await signInByRegistering(owner, person);
  await assertSignedIn(owner);

  await ready.send('/answer', { code });
  assert.ok(!ready.page.text.includes(t.registration.appAdded), ready.page.text);
  await assertNotSignedIn(ready);
  await early.send('/register');
  assert.ok(early.page.text.includes(t.signIn.proveTitle), early.page.text);
  assert.equal(await at.count('totp_credentials', `user_id = '${person.id}'`), 0);
  assert.equal(await at.count('phones', `user_id = '${person.id}'`), 1);
});

test('the picture of a new app, read by another decoder, holds the key that can be typed; its codes sign in', async () => {
  const person = await at.resident('Scanner', { app: true, phoneless: true });
  const visitor = await inside(person);
  await visitor.open('/account/security-info/add');
  await visitor.send('/choose', { adding: 'totp app' });
  const uri = new URL(decode(pictureOn(visitor.page.html)));
  const [typed = ''] = /[A-Z2-7]{4}(?: [A-Z2-7]{4}){7}/.exec(visitor.page.text) ?? [];
  assert.equal(
    `${uri.protocol}//${uri.host}${decodeURIComponent(uri.pathname)}`,
    `otpauth://totp/Genkan:${person.loginName}`,
  );
  assert.deepEqual(Object.fromEntries(uri.searchParams), {
    secret: typed.replaceAll(' ', ''),
    issuer: 'Genkan',
    algorithm: 'SHA1',
    digits: '6',
    period: '30',
  });
  const secret = fromBase32(uri.searchParams.get('secret') ?? '');
  const code = () => hotp(secret, stepOf(at.house.clock.now()));
  await visitor.send('/fill', { name: 'scanned' });
  const first = code();
  await visitor.send('/answer', { code: first });
  assert.ok(visitor.page.text.includes(t.registration.appAdded), visitor.page.text);

  const { rows } = await query(
    at.house,
    `select id from totp_credentials where user_id = '${person.id}' order by created_at desc limit 1`,
  );
  const again = at.house.visitor();
  await enter(again, person);
  await again.send('/ask', { way: `${rows[0]?.id} code` });
  await again.send('/answer', { code: first });
  assert.ok(again.page.text.includes(t.signIn.codeSpent), again.page.text);
  // Whoever has just set it up signs in elsewhere: by the next code.
  at.house.clock.pass(seconds(30));
  await again.send('/answer', { code: code() });
  await arrive(again);
  await assertSignedIn(again);
});

/** The picture as a camera sees it: eight dots a module. */
function pictureOn(html: string) {
  const [, sizeText = ''] = /class="qr" viewBox="0 0 (\d+) \1"/.exec(html) ?? [];
  const [, path = ''] = /class="qr-modules" d="([^"]*)"/.exec(html) ?? [];
  const dots = 8;
  const [size, width] = [Number(sizeText), Number(sizeText) * dots];
  const data = new Uint8ClampedArray(width * width * 4).fill(255);
  for (const [, x, y, length] of path.matchAll(/M(\d+) (\d+)h(\d+)v1h-\3z/g))
    for (let row = Number(y) * dots; row < (Number(y) + 1) * dots; row++) {
      const from = (row * width + Number(x) * dots) * 4;
      data.fill(0, from, from + Number(length) * dots * 4);
    }
  assert.ok(size > 20, html);
  // Dark is as opaque as light is.
  for (let i = 3; i < data.length; i += 4) data[i] = 255;
  return { width, height: width, data };
}

function fromBase32(text: string): Buffer {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  const bits = [...text].map(sign => alphabet.indexOf(sign).toString(2).padStart(5, '0')).join('');
  return Buffer.from((bits.match(/.{8}/g) ?? []).map(byte => Number.parseInt(byte, 2)));
}
