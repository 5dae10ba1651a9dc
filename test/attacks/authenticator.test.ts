import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import type { Answer, Asked } from '../../src/methods/authenticator/api.ts';
import { requesting } from '../../src/methods/authenticator/statement.ts';
import { hotp, stepOf } from '../../src/methods/otp.ts';
import { wordsFor } from '../../src/words/index.ts';
import {
  addDevice,
  answerTo,
  bringKey,
  type Device,
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
import { until } from '../cast/until.ts';
import type { Visitor } from '../cast/visitor.ts';
import {
  arrive,
  assertNotSignedIn,
  assertSignedIn,
  enter,
  type Resident,
  scene,
  signInByText,
} from './scene.ts';

const at = scene();
const t = wordsFor('ja').approval;

async function owner(called: string): Promise<{ who: Resident; device: Device; visitor: Visitor }> {
  const who = await at.resident(called);
  const visitor = at.house.visitor();
  await signInByText(visitor, who);
  return { who, visitor, device: await addDevice(at.house, visitor) };
}

/** A stranger or the owner knows the password, and has the app asked. */
async function askPush(who: Resident, device: Device, visitor = at.house.visitor()): Promise<Visitor> {
  await enter(visitor, who);
  await visitor.send('/ask', { way: `${device.id} push` });
  return visitor;
}

async function asked(device: Device): Promise<Asked> {
  const request = await device.pull();
  assert.ok(request, 'nothing was asked');
  return request;
}

function fromBase32(text: string): Buffer {
  const bits = [...text].map(sign =>
    'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(sign).toString(2).padStart(5, '0'),
  );
  return Buffer.from((bits.join('').match(/.{8}/g) ?? []).map(byte => Number.parseInt(byte, 2)));
}

const other = (number: string): string => String(((Number(number) - 10 + 1) % 90) + 10);

const proofs = (who: Resident): Promise<number> =>
  at.count(
    'audit',
    `user_id = '${who.id}' and kind = 'sign-in.step' and detail->>'method' = 'authenticator' and detail->>'verdict' = 'proved'`,
  );

test('a device that was added approves a sign-in by the number on its page, or shows a code', async () => {
  const { who, device } = await owner('Approver');
  const visitor = await askPush(who, device);
  const request = await asked(device);
  assert.equal(request.purpose, 'sign-in');
  assert.ok(!JSON.stringify(request).includes(`"${numberOn(visitor)}"`), 'the number is on the page only');
  const { body } = await device.answer(request, { number: numberOn(visitor) });
  assert.equal(body.outcome, 'approved');
  await look(visitor);
  await arrive(visitor);
  await assertSignedIn(visitor);
  const offline = at.house.visitor();
  await enter(offline, who);
  await offline.send('/ask', { way: `${device.id} code` });
  await offline.send('/answer', { code: device.code() });
  await arrive(offline);
  await assertSignedIn(offline);
  const again = at.house.visitor();
  await enter(again, who);
  await again.send('/ask', { way: `${device.id} code` });
  await again.send('/answer', { code: device.code() });
  await assertNotSignedIn(again);
});

test('a number can be guessed once: a wrong one ends the request, and counts as a failure', async () => {
  const { who, device } = await owner('Guesser');
  const visitor = await askPush(who, device);
  const request = await asked(device);
  const right = numberOn(visitor);
  assert.equal((await device.answer(request, { number: other(right) })).body.outcome, 'wrong-number');
  assert.equal((await device.answer(request, { number: right })).body.outcome, 'over');
  assert.equal(await device.pull(), undefined);
  await look(visitor);
  assert.ok(visitor.page.text.includes(t.ended.wrong), visitor.page.text);
  await assertNotSignedIn(visitor);
  assert.equal(await at.count('lockouts', `key = 'second:${who.id}' and failures = 1`), 1);
  await look(visitor);
  await look(visitor);
  assert.equal(await at.count('lockouts', `key = 'second:${who.id}' and failures = 1`), 1);
});

test('a hundred answers at once are one answer', async () => {
  const { who, device } = await owner('Hasty');
  const visitor = await askPush(who, device);
  const request = await asked(device);
  const right = numberOn(visitor);
  const numbers = Array.from({ length: 30 }, (_, i) => String(10 + i * 3));
  const said = await Promise.all(
    [right, ...numbers.filter(n => n !== right)].map(number => device.answer(request, { number })),
  );
  assert.equal(said.filter(({ body }) => body.outcome !== 'over').length, 1);
  const all = await Promise.all([look(visitor), look(visitor.copy()), visitor.copy().open(visitor.page.url)]);
  assert.equal(all.length, 3);
  assert.ok((await proofs(who)) <= 1);
});

test('a signed answer is good for its request, and once', async () => {
  const { who, device } = await owner('Replayed');
  const first = await askPush(who, device);
  const request = await asked(device);
  const answer = await device.signed('answer', answerTo(request, { number: numberOn(first) }));
  assert.equal((await post(at.house, 'device/answer', answer)).status, 200);
  assert.equal((await post(at.house, 'device/answer', answer)).body.error, 'replayed');
  await look(first);
  await arrive(first);
  await assertSignedIn(first);
  // The same words about another request: the challenge is the other one's, and so is the number.
  const second = await askPush(who, device);
  const next = await asked(device);
  const { request: id, ...words } = answerTo(request, { number: numberOn(second) });
  assert.equal((await device.ask('answer', { ...words, request: id })).body.error, undefined);
  assert.equal((await asked(device)).request, next.request, 'the old name closes nothing');
  const said = await device.answer({ ...request, request: next.request }, { number: numberOn(second) });
  assert.notEqual((said.body as { outcome: string }).outcome, 'approved');
  await look(second);
  await assertNotSignedIn(second);
});

test('an answer says what was shown: one about anything else approves nothing', async () => {
  const { device, who } = await owner('Misled');
  const lies: readonly Partial<Answer>[] = [
    { application: '図書館' },
    { address: '192.0.2.1' },
    { trusted: true },
    { askedAt: 1 },
    { user: '00000000-0000-7000-8000-000000000000' },
    { challenge: randomBytes(16).toString('base64url') },
  ];
  for (const lie of lies) {
    const visitor = await askPush(who, device);
    const request = await asked(device);
    const { body } = await device.answer(request, { number: numberOn(visitor), ...lie });
    assert.notEqual(body.outcome, 'approved', JSON.stringify(lie));
    await look(visitor);
    await assertNotSignedIn(visitor);
    at.house.clock.pass(31 * 60_000);
  }
});

test('what is signed for one place, act or device is nothing in another', async () => {
  const { who, device } = await owner('Aimed');
  const { device: strangers } = await owner('Stranger');
  const visitor = await askPush(who, device);
  const request = await asked(device);
  const body = answerTo(request, { number: numberOn(visitor) });
  for (const cheat of [
    { as: 'https://id.other.example' },
    { device: strangers.id },
    { at: at.house.clock.now() + 1 },
    { nonce: randomBytes(16).toString('base64url') },
    { body: JSON.stringify({ ...body, decision: 'deny' }) },
    { signature: randomBytes(64).toString('base64url') },
  ])
    assert.equal(
      (await device.ask('answer', body, cheat)).body.error,
      'unknown-device',
      JSON.stringify(cheat),
    );
  const pulled = await device.signed('pull', body);
  assert.equal((await post(at.house, 'device/answer', pulled)).body.error, 'unknown-device');
  // Another person's device, with its own good key.
  assert.equal((await strangers.answer(request, { number: numberOn(visitor) })).body.outcome, 'over');
  assert.equal(await strangers.pull(), undefined);
  await look(visitor);
  await assertNotSignedIn(visitor);
});

test('another device of the same person cannot answer for the one that was asked', async () => {
  const { who, device, visitor: owners } = await owner('TwoDevices');
  const second = await addDevice(at.house, owners, { name: 'iPad' });
  const visitor = await askPush(who, device);
  assert.equal(await second.pull(), undefined);
  const said = await second.answer(await asked(device), { number: numberOn(visitor) });
  assert.equal(said.body.outcome, 'over');
  await look(visitor);
  await assertNotSignedIn(visitor);
});

test('an answer comes in time, or not at all; and an approval waits for its page for some minutes', async () => {
  const { who, device } = await owner('Late');
  const visitor = await askPush(who, device);
  const request = await asked(device);
  const number = numberOn(visitor);
  at.house.clock.pass(60_500);
  assert.equal(await device.pull(), undefined);
  assert.equal((await device.answer(request, { number })).body.outcome, 'over');
  await look(visitor);
  assert.ok(visitor.page.text.includes(t.ended.ignored), visitor.page.text);
  const slow = await askPush(who, device);
  assert.equal(
    (await device.answer(await asked(device), { number: numberOn(slow) })).body.outcome,
    'approved',
  );
  at.house.clock.pass(7 * 60_000);
  await look(slow);
  await assertNotSignedIn(slow);
});

test('a newer request takes the place of the older one, and approves only its own page', async () => {
  const { who, device } = await owner('Replaced');
  const thief = await askPush(who, device);
  const old = await asked(device);
  const visitor = await askPush(who, device);
  const request = await asked(device);
  assert.notEqual(old.request, request.request);
  assert.equal((await device.answer(old, { number: numberOn(thief) })).body.outcome, 'over');
  assert.equal((await device.answer(request, { number: numberOn(visitor) })).body.outcome, 'approved');
  await look(thief);
  await assertNotSignedIn(thief);
  await look(visitor);
  await arrive(visitor);
  await assertSignedIn(visitor);
});

test('of twenty requests three are delivered, also when they come at once; then codes, and later again', async () => {
  const { who, device } = await owner('Pestered');
  const visitors = Array.from({ length: 20 }, () => at.house.visitor());
  for (const visitor of visitors) await enter(visitor, who);
  await Promise.all(visitors.map(visitor => visitor.send('/ask', { way: `${device.id} push` })));
  const sent = `user_id = '${who.id}' and kind = 'delivery.sent' and detail->>'way' = 'push'`;
  assert.equal(await at.count('audit', sent), 3);
  const last = at.house.visitor();
  await enter(last, who);
  await last.send('/ask', { way: `${device.id} push` });
  assert.ok(last.page.text.includes('30分'), last.page.text);
  await last.send('/ask', { way: `${device.id} code` });
  await last.send('/answer', { code: device.code() });
  await arrive(last);
  await assertSignedIn(last);
  at.house.clock.pass(29 * 60_000);
  await askPush(who, device);
  assert.equal(await at.count('audit', sent), 3);
  at.house.clock.pass(2 * 60_000);
  const visitor = await askPush(who, device);
  assert.equal(await at.count('audit', sent), 4);
  await device.answer(await asked(device), { number: numberOn(visitor) });
  await look(visitor);
  await arrive(visitor);
  await assertSignedIn(visitor);
  // Whoever approves is not being pestered: the count begins anew.
  for (let i = 0; i < 3; i++) await askPush(who, device);
  assert.equal(await at.count('audit', sent), 7);
});

test('"it was not me" ends the sign-in, is told, and shuts every door for an hour', async () => {
  const { who, device } = await owner('Reporter');
  await at.house.given.setting('notices', { office: ['counter@keyaki.example'] });
  const thief = await askPush(who, device);
  assert.equal((await device.answer(await asked(device), { decision: 'report' })).body.outcome, 'reported');
  await look(thief);
  assert.ok(thief.page.text.includes(wordsFor('ja').signIn.fraudReported), thief.page.text);
  assert.equal(await at.count('audit', `user_id = '${who.id}' and kind = 'user.fraud-reported'`), 1);
  const told = () => at.house.letters().filter(letter => letter.includes('To: counter@keyaki.example'));
  await until(() => told().length > 0);
  assert.equal(told().length, 1, 'the office is told at once');
  const again = await askPush(who, device);
  assert.equal(await device.pull(), undefined);
  assert.ok(!again.page.html.includes('big-number'));
  await again.send('/ask', { way: 'mobile text' });
  assert.ok(!again.page.forms.some(({ action }) => action.endsWith('/answer')), again.page.text);
  at.house.clock.pass(61 * 60_000);
  const visitor = await askPush(who, device);
  assert.equal((await device.answer(await asked(device), { decision: 'deny' })).body.outcome, 'denied');
  await look(visitor);
  assert.ok(visitor.page.text.includes(t.ended.declined), visitor.page.text);
  await assertNotSignedIn(visitor);
});

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
