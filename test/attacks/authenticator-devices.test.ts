import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { requesting } from '../../src/methods/authenticator/statement.ts';
import { hotp, stepOf } from '../../src/methods/otp.ts';
import { wordsFor } from '../../src/words/index.ts';
import { fromBase32 } from '../cast/base32.ts';
import {
  addDevice,
  bringKey,
  deviceOf,
  look,
  newKey,
  numberOn,
  pointOf,
  post,
  signWith,
  startWizard,
  tokenOn,
} from '../cast/device.ts';
import { approvalScene, asked } from './approval-scene.ts';
import { assertNotSignedIn, signInByText } from './scene.ts';

const { at, owner, askPush } = approvalScene();
const t = wordsFor('ja').approval;

const other = (number: string): string => String(((Number(number) - 10 + 1) % 90) + 10);

test('a device is known by its key, lately, and each of its requests once', async () => {
  const { device } = await owner('Known');
  const bare = (body: unknown) => post(at.house, 'device/pull', body);
  for (const body of [
    {},
    null,
    [],
    { device: device.id },
    'x',
    { ...(await device.signed('pull', {})), more: 1 },
  ])
    assert.equal((await bare(body)).status, 400, JSON.stringify(body));
  const signed = await device.signed('pull', {});
  assert.equal((await bare({ ...signed, signature: 'A'.repeat(86) })).status, 401);
  assert.equal((await bare(signed)).status, 200);
  assert.equal((await bare(signed)).body.error, 'replayed');
  const old = await device.signed('pull', {});
  at.house.clock.pass(61_000);
  assert.equal((await bare(old)).body.error, 'stale');
  const said = {
    device: device.id,
    at: at.house.clock.now() + 62_000,
    nonce: randomBytes(16).toString('base64url'),
    body: '{}',
  };
  const early = await newKey();
  const signature = await signWith(early, requesting(at.house.url, 'pull', said));
  assert.equal((await bare({ ...said, signature })).body.error, 'stale');
  const nobody = await device.ask('pull', {}, { device: '01980000-0000-7000-8000-000000000000' });
  assert.equal(nobody.body.error, 'unknown-device');
  // Fifty at once with one nonce.
  const once = await device.signed('pull', {});
  const all = await Promise.all(Array.from({ length: 50 }, () => bare(once)));
  assert.equal(all.filter(({ status }) => status === 200).length, 1);
});

test('a code on the page registers one device, within ten minutes, for whoever opened it', async () => {
  const who = await at.resident('Enrolled');
  const visitor = at.house.visitor();
  await signInByText(visitor, who);
  await startWizard(visitor);
  const token = tokenOn(visitor);
  assert.equal((await post(at.house, 'register/look', { token })).status, 200);
  const all = await Promise.all(Array.from({ length: 10 }, () => bringKey(at.house, token)));
  const won = all.filter(({ said }) => said.status === 200);
  assert.equal(won.length, 1, 'one device gets it');
  assert.equal((await bringKey(at.house, token)).said.body.error, 'token-over');
  assert.equal((await post(at.house, 'register/look', { token })).body.error, 'token-over');
  // Nothing is a device before it approved: the number stands on the page, and nowhere else.
  assert.equal(await at.count('authenticator_devices', `user_id = '${who.id}'`), 0);
  const [{ key, said } = await bringKey(at.house, token)] = won;
  const device = deviceOf(at.house, key, said.body);
  await look(visitor);
  assert.equal(
    (await device.answer(await asked(device), { number: other(numberOn(visitor)) })).body.outcome,
    'wrong-number',
  );
  await look(visitor);
  assert.ok(visitor.page.text.includes(t.ended.wrong), visitor.page.text);
  await visitor.send('/again');
  assert.equal(
    (await device.answer(await asked(device), { number: numberOn(visitor) })).body.outcome,
    'approved',
  );
  await look(visitor);
  assert.ok(visitor.page.text.includes(t.added), visitor.page.text);

  await startWizard(visitor);
  const late = tokenOn(visitor);
  at.house.clock.pass(10 * 60_000 + 1);
  assert.equal((await bringKey(at.house, late)).said.body.error, 'token-over');
  for (const token of ['A'.repeat(64), randomBytes(48).toString('base64url'), `${late.slice(0, -4)}AAAA`])
    assert.equal((await bringKey(at.house, token)).said.body.error, 'token-over');
});

test('a key must be a key, and whoever brings it must hold it', async () => {
  const who = await at.resident('KeyBringer');
  const visitor = at.house.visitor();
  await signInByText(visitor, who);
  await startWizard(visitor);
  const token = tokenOn(visitor);
  const mine = await newKey();
  const theirs = await newKey();
  const publicKey = await pointOf(theirs);
  const stolen = { token, publicKey, name: 'x', signature: await signWith(mine, new Uint8Array(1)) };
  assert.equal((await post(at.house, 'register', stolen)).body.error, 'signature');
  const off = Buffer.concat([Buffer.of(4), Buffer.alloc(64, 7)]).toString('base64url');
  assert.equal((await post(at.house, 'register', { ...stolen, publicKey: off })).body.error, 'signature');
  for (const name of ['', '   ', 'x'.repeat(51), '+81 90 1234 5678'])
    assert.equal((await bringKey(at.house, token, { name })).said.body.error, 'name', name);
  assert.equal((await bringKey(at.house, token)).said.status, 200, 'none of that used the code up');
});

test('messages go to push services and nowhere else', async () => {
  const { device, visitor } = await owner('Pushed');
  const keys = { p256dh: await pointOf(await newKey()), auth: randomBytes(16).toString('base64url') };
  const subscribe = (endpoint: string, made = keys) =>
    device.ask('subscribe', { subscription: { endpoint, keys: made } });
  for (const endpoint of [
    'https://169.254.169.254/latest/meta-data',
    'http://10.0.0.1/',
    'https://localhost/',
    'https://fcm.googleapis.com.evil.example/x',
    'https://fcm.googleapis.com@evil.example/x',
    'https://evil.example/?fcm.googleapis.com',
    'http://fcm.googleapis.com/x',
    'file:///etc/passwd',
    'x',
  ])
    assert.equal((await subscribe(endpoint)).body.error, 'push-service', endpoint);
  assert.equal((await subscribe('https://fcm.googleapis.com/fcm/send/x')).status, 200);
  const off = Buffer.concat([Buffer.of(4), Buffer.alloc(64, 7)]).toString('base64url');
  assert.equal(
    (await subscribe('https://fcm.googleapis.com/fcm/send/x', { ...keys, p256dh: off })).body.error,
    'push-service',
  );
  assert.equal((await device.ask('subscribe', { subscription: null })).status, 200);
  await startWizard(visitor);
  const { said } = await bringKey(at.house, tokenOn(visitor), {
    subscription: { endpoint: 'https://192.168.0.1/', keys },
  });
  assert.equal(said.body.error, 'push-service');
});

test('a device that was removed approves nothing any more, not even what was asked before', async () => {
  const { who, device, visitor: owners } = await owner('Remover');
  const visitor = await askPush(who, device);
  const request = await asked(device);
  const number = numberOn(visitor);
  await owners.open(`/account/security-info/remove?method=authenticator&credential=${device.id}`);
  await owners.send('/remove');
  assert.equal((await device.answer(request, { number })).body.error, 'unknown-device');
  assert.equal((await device.ask('pull')).body.error, 'unknown-device');
  await look(visitor);
  await assertNotSignedIn(visitor);
});

test('whichever comes first, the answer or the removal: after the removal nobody gets in', async () => {
  const { who, visitor: owners } = await owner('Racer');
  for (let i = 0; i < 6; i++) {
    const device = await addDevice(at.house, owners, { name: `race ${i}` });
    const visitor = await askPush(who, device);
    const request = await asked(device);
    const number = numberOn(visitor);
    await owners.open(`/account/security-info/remove?method=authenticator&credential=${device.id}`);
    await Promise.all([owners.send('/remove'), device.answer(request, { number })]);
    await look(visitor);
    assert.ok(!visitor.page.forms.some(({ action }) => action.endsWith('/stay')), visitor.page.text);
    await assertNotSignedIn(visitor);
    assert.equal((await device.answer(request, { number })).body.error, 'unknown-device');
    at.house.clock.pass(31 * 60_000);
    const again = at.house.visitor();
    await signInByText(again, who);
    owners.cookies.clear();
    for (const [name, value] of again.cookies) owners.cookies.set(name, value);
  }
});

test('apps and tokens are five together, also when two are added at once', async () => {
  const { who, visitor } = await owner('Collector');
  for (let i = 0; i < 3; i++) await addDevice(at.house, visitor, { name: `${i}` });
  const first = visitor.copy();
  await startWizard(first);
  const { key, said } = await bringKey(at.house, tokenOn(first));
  await look(first);
  const device = deviceOf(at.house, key, said.body);
  await device.answer(await asked(device), { number: numberOn(first) });
  const second = visitor.copy();
  await second.open('/account/security-info/add');
  await second.send('/choose', { adding: 'totp app' });
  const secret = fromBase32(/secret=([A-Z2-7]+)/.exec(second.page.html)?.[1] ?? '');
  await second.send('/fill', { name: 'app' });
  const code = hotp(secret, stepOf(at.house.clock.now()));
  await Promise.all([look(first), second.send('/answer', { code })]);
  const held = ['authenticator_devices', 'totp_credentials'].map(table =>
    at.count(table, `user_id = '${who.id}'`),
  );
  assert.equal(
    (await Promise.all(held)).reduce((a, b) => a + b),
    5,
  );
  assert.notEqual(first.page.text.includes('追加されました'), second.page.text.includes('追加されました'));
  await visitor.open('/account/security-info/add');
  assert.ok(!visitor.page.text.includes(t.name), visitor.page.text);
});

test('nothing that a device or a push service could be known by is in the log or in the clear', async () => {
  const { visitor } = await owner('Quiet');
  const endpoint = `https://fcm.googleapis.com/fcm/send/${randomBytes(12).toString('hex')}`;
  const keys = { p256dh: await pointOf(await newKey()), auth: randomBytes(16).toString('base64url') };
  const device = await addDevice(at.house, visitor, { name: 'Quiet one', subscription: { endpoint, keys } });
  const log = at.house.log.join('\n');
  assert.ok(!log.includes(endpoint));
  assert.ok(!log.includes('#register='));
  const rows = `(select row_to_json(d)::text || coalesce((select string_agg(r.record, '') from audit_records r), '') as text from authenticator_devices d where id = '${device.id}') x`;
  for (const secret of [
    endpoint.slice(-24),
    keys.auth,
    device.secret.toString('hex'),
    device.secret.toString('base64url'),
  ])
    assert.equal(await at.count(rows, `position('${secret}' in text) > 0`), 0, secret);
});
