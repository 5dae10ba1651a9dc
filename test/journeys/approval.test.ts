// Genkan Authenticator from the wizard to the sign-in, with a device that has no screen and a push service of its own.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { newId } from '../../src/kit/ids.ts';
import type { Pulled } from '../../src/methods/authenticator/api.ts';
import { forgiveRequests } from '../../src/methods/authenticator/index.ts';
import { wordsFor } from '../../src/words/index.ts';
import { bringKey, type Device, deviceOf, look, numberOn, startWizard, tokenOn } from '../cast/device.ts';
import { campus, type House, openHouse, password } from '../cast/house.ts';
import { openPushService, type PushService } from '../cast/push-receiver.ts';
import { until } from '../cast/until.ts';
import type { Visitor } from '../cast/visitor.ts';

const t = wordsFor('ja').approval;
let house: House;
let service: PushService;

before(async () => {
  house = await openHouse();
  service = await openPushService(house.clock);
  await house.given.multiFactorEverywhere();
});
after(async () => {
  await house.close();
  await service.close();
});

async function enter(visitor: Visitor, loginName: string): Promise<void> {
  await visitor.open('/account/security-info');
  await visitor.send('/identify', { account: loginName });
  await visitor.send('/password', { password });
}

async function registered(called: string, has: Parameters<typeof bringKey>[2] = {}) {
  const { loginName } = await house.given.user(called);
  const visitor = house.visitor();
  await enter(visitor, loginName);
  await visitor.send('/register');
  return { loginName, visitor, device: await finish(visitor, has) };
}

/** From the list of ways to the end of the wizard. */
async function finish(visitor: Visitor, has: Parameters<typeof bringKey>[2]): Promise<Device> {
  await visitor.send('/choose', { adding: 'authenticator authenticator' });
  assert.ok(visitor.page.text.includes(t.introduction), visitor.page.text);
  await visitor.send('/fill');
  assert.ok(visitor.page.text.includes(t.waitingForApp), visitor.page.text);
  const { key, said } = await bringKey(house, tokenOn(visitor), has);
  assert.equal(said.status, 200, JSON.stringify(said.body));
  const device = deviceOf(house, key, said.body);
  await look(visitor);
  const first = await device.pull();
  assert.equal(first?.purpose, 'registration');
  assert.ok(first);
  await device.answer(first, { number: numberOn(visitor) });
  await look(visitor);
  assert.ok(visitor.page.text.includes(t.added), visitor.page.text);
  return device;
}

test('the app is offered first, is set up in an interrupted sign-in, and lets the person in', async () => {
  const { loginName } = await house.given.user('First');
  const visitor = house.visitor();
  await enter(visitor, loginName);
  await visitor.send('/register');
  const page = visitor.page.text;
  assert.ok(page.indexOf(t.name) < page.indexOf(wordsFor('ja').registration.appTitle), page);
  await finish(visitor, {});
  await visitor.send('/done');
  assert.ok(
    visitor.page.forms.some(({ action }) => action.endsWith('/stay')),
    visitor.page.text,
  );
  await visitor.send('/stay', { stay: 'no' });
  await visitor.moveOn();
  assert.equal((await visitor.open('/account/security-info')).status, 200);
  assert.ok(visitor.page.text.includes('Pixel'), visitor.page.text);
});

test('a request arrives by push, encrypted for the device and vouched for by us, and says nothing but its name', async () => {
  const { loginName, device } = await registered('Pushed', { subscription: service.subscribe() });
  const before = service.messages.length;
  const visitor = house.visitor({ address: campus });
  await enter(visitor, loginName);
  assert.ok(visitor.page.text.includes(t.choicePush({ name: 'Pixel' })), visitor.page.text);
  await visitor.send('/ask', { way: `${device.id} push` });
  const message = await until(() => service.messages[before]);
  const request = await device.pull();
  assert.ok(request);
  assert.deepEqual(JSON.parse(message.text), { request: request.request });
  assert.ok(!message.body.includes(request.request));
  const { ttl, urgency, topic, 'content-encoding': encoding } = message.headers;
  assert.deepEqual(
    { ttl, urgency, topic, encoding },
    { ttl: '60', urgency: 'high', topic: 'sign-in', encoding: 'aes128gcm' },
  );
  assert.equal(request.place.address, campus);
  await device.answer(request, { number: numberOn(visitor) });
  await look(visitor);
  assert.ok(
    visitor.page.forms.some(({ action }) => action.endsWith('/stay')),
    visitor.page.text,
  );
});

test('of twenty sign-ins at once three reach the push service, each with a message of its own', async () => {
  const { loginName, device } = await registered('Pestered', { subscription: service.subscribe() });
  const before = service.messages.length;
  const visitors = Array.from({ length: 20 }, () => house.visitor());
  for (const visitor of visitors) await enter(visitor, loginName);
  await Promise.all(visitors.map(visitor => visitor.send('/ask', { way: `${device.id} push` })));
  const named = () => new Set(service.messages.slice(before).map(({ text }) => text));
  await until(() => named().size === 3);
  // Whatever else was sent before this one has arrived as well.
  house.clock.pass(31 * 60_000);
  const next = house.visitor();
  await enter(next, loginName);
  await next.send('/ask', { way: `${device.id} push` });
  const request = await device.pull();
  assert.ok(request);
  const last = JSON.stringify({ request: request.request });
  await until(() => named().has(last));
  assert.equal(service.messages.length - before, 4);
});

test('a subscription that is over is forgotten, a redirect leads nowhere, and the sign-in goes on without', async () => {
  const { loginName, device } = await registered('Moved', { subscription: service.subscribe() });
  const kept = () =>
    house.foundation.storage.db
      .selectFrom('authenticator_devices')
      .select('subscription_sealed')
      .where('id', '=', device.id)
      .executeTakeFirst();
  const ask = async () => {
    const before = service.messages.length;
    const visitor = house.visitor();
    await enter(visitor, loginName);
    await visitor.send('/ask', { way: `${device.id} push` });
    await until(() => service.messages[before]);
    const request = await device.pull();
    assert.ok(request);
    assert.equal((await device.answer(request, { number: numberOn(visitor) })).body.outcome, 'approved');
    await look(visitor);
    assert.ok(visitor.page.forms.some(({ action }) => action.endsWith('/stay')));
  };
  let led = 0;
  service.answer = (request, response) => {
    if (request.url === '/elsewhere') led++;
    response.writeHead(307, { location: `${service.origin}/elsewhere` }).end();
  };
  await ask();
  assert.equal(led, 0);
  assert.ok((await kept())?.subscription_sealed);
  service.answer = (_request, response) => response.writeHead(410).end();
  await ask();
  await until(async () => (await kept())?.subscription_sealed === null);
  service.answer = (_request, response) => response.writeHead(201).end();
});

test('an app that is open is told within a second, by a stream that is signed like everything else', async () => {
  const { loginName, device } = await registered('Open');
  const stream = await fetch(`${house.url}/authenticator/api/device/stream`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(await device.signed('stream', {})),
  });
  assert.equal(stream.headers.get('content-type'), 'text/event-stream; charset=utf-8');
  assert.equal(stream.headers.get('access-control-allow-origin'), '*');
  const told: Pulled[] = [];
  const reading = (async () => {
    let text = '';
    for await (const piece of stream.body ?? []) {
      text += Buffer.from(piece).toString();
      const events = text.split('\n\n');
      text = events.pop() ?? '';
      for (const event of events) {
        const [, data] = /^event: requests\ndata: (.*)$/.exec(event) ?? [];
        if (data) told.push(JSON.parse(data));
      }
    }
  })();
  await until(() => told[0]);
  assert.deepEqual(told[0]?.requests, []);
  const visitor = house.visitor();
  await enter(visitor, loginName);
  await visitor.send('/ask', { way: `${device.id} push` });
  const asked = performance.now();
  const request = (await until(() => told[1])).requests[0];
  assert.ok(performance.now() - asked < 1500);
  assert.ok(request);
  await device.answer(request, { number: numberOn(visitor) });
  assert.deepEqual((await until(() => told[2])).requests, []);
  // A second stream of the same device takes the place of the first.
  const next = await fetch(`${house.url}/authenticator/api/device/stream`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(await device.signed('stream', {})),
  });
  await reading;
  await next.body?.cancel();
});

test('a device has a name that its person changes, here and in the app', async () => {
  const { visitor, device } = await registered('Namer');
  await visitor.send('/done');
  await visitor.send('/stay', { stay: 'no' });
  await visitor.moveOn();
  await visitor.open(`/account/security-info/rename?method=authenticator&credential=${device.id}`);
  await visitor.send('/rename', { name: '+81 90 1234 5678' });
  assert.ok(visitor.page.text.includes(t.nameProblems['is-number']), visitor.page.text);
  await visitor.send('/rename', { name: ' わたしの電話 ' });
  assert.ok(visitor.page.text.includes(t.renamed), visitor.page.text);
  assert.ok(visitor.page.text.includes('わたしの電話'));
  assert.equal((await device.ask('rename', { name: 'Phone' })).status, 200);
  assert.equal((await device.ask('rename', { name: '' })).body.error, 'name');
  await visitor.open('/account/security-info');
  assert.ok(visitor.page.text.includes('Phone'), visitor.page.text);
  assert.equal(
    (await visitor.open(`/account/security-info/rename?method=authenticator&credential=${newId()}`)).status,
    404,
  );
});

test('the office takes devices away like every other method, and knows what a person has', async () => {
  const { loginName, device } = await registered('Lost');
  const { directory } = house.foundation;
  const user = await directory.users.byLoginName(loginName);
  assert.ok(user);
  assert.deepEqual(await directory.reports.methodsOf(user.id), [{ method: 'authenticator', n: 1 }]);
  await directory.office.removeMethods(user.id, { is: 'office', name: 'test' });
  assert.equal((await device.ask('pull')).body.error, 'unknown-device');
});

test('the office ends the pause of whoever was pestered', async () => {
  const { loginName, device } = await registered('Helped');
  const user = await house.foundation.directory.users.byLoginName(loginName);
  assert.ok(user);
  const ask = async () => {
    const visitor = house.visitor();
    await enter(visitor, loginName);
    await visitor.send('/ask', { way: `${device.id} push` });
    return visitor.page.html.includes('big-number');
  };
  for (const asked of [true, true, true, false]) assert.equal(await ask(), asked);
  await house.foundation.storage.tx(tx => forgiveRequests(tx, user.id));
  assert.equal(await ask(), true);
});

test('an organisation that does not want the app does not offer it, and what people have goes on working', async () => {
  const { device } = await registered('Kept');
  await house.given.setting('authenticator', { offered: false });
  const { loginName } = await house.given.user('Offerless');
  const visitor = house.visitor();
  await enter(visitor, loginName);
  await visitor.send('/register');
  assert.ok(!visitor.page.text.includes(t.name), visitor.page.text);
  assert.equal((await device.ask('pull')).status, 200);
  await house.given.setting('authenticator', {});
});

test('the wizard waits without script, and says when the code is over', async () => {
  const { visitor } = await registered('Waiting');
  await visitor.send('/done');
  await visitor.send('/stay', { stay: 'no' });
  await visitor.moveOn();
  await startWizard(visitor);
  assert.match(visitor.page.html, /http-equiv="refresh" content="3/);
  house.clock.pass(10 * 60_000 + 1);
  await look(visitor);
  assert.ok(visitor.page.text.includes(t.codeOver), visitor.page.text);
  await visitor.send('/again');
  assert.ok(visitor.page.text.includes(t.waitingForApp), visitor.page.text);
  assert.ok(tokenOn(visitor));
});
