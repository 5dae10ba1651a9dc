import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { openProvider } from '../../src/gateways/http/testing.ts';
import { signatureOf } from '../../src/gateways/twilio/signature.ts';
import { password } from '../cast/given.ts';
import { until, untilPage } from '../cast/until.ts';
import type { Visitor } from '../cast/visitor.ts';
import { openWiredHouse, type WiredHouse } from '../cast/wired-house.ts';

type Mood = 'takes' | 'hangs' | 'full' | 'late' | 'broken' | 'twice';
type Provider = Awaited<ReturnType<typeof openProvider>> & { mood: Mood };

const secret = 'the secret of receipts';
const token = 'the token of the account';
let house: WiredHouse;
let first: Provider;
let second: Provider;
let twilio: Provider;

/** A provider that answers as its mood is, and names what it took. */
async function provider(): Promise<Provider> {
  const opened = await openProvider(async ({ method }, response) => {
    const { mood } = self;
    const name = JSON.stringify({ id: `m${self.heard.length}`, sid: `CA${self.heard.length}` });
    // Whoever looks after it does not find it well before it is: the next person would be made to wait again.
    if (method === 'GET' && mood !== 'takes' && mood !== 'full') return void response.destroy();
    if (method === 'GET') return void response.end('{}');
    if (mood === 'hangs') return;
    if (mood === 'full') return void response.writeHead(429).end('the queue is full');
    if (mood === 'broken') return void response.writeHead(502).end('<html>');
    if (mood === 'late') await pause(1_500);
    response.writeHead(201).end(name);
  });
  const self: Provider = Object.assign(opened, { mood: 'takes' as Mood });
  return self;
}

before(async () => {
  first = await provider();
  second = await provider();
  twilio = await provider();
  const http = (id: string, { url }: Provider) => ({
    id,
    driver: 'http',
    url,
    timeout: 1_000,
    json: { to: '{{to}}', text: '{{text}}', id: '{{id}}' },
    reference: 'id',
    receipts: { token: secret, id: 'id', state: 'state', states: { ok: 'delivered', no: 'undelivered' } },
  });
  house = await openWiredHouse(() => ({
    text: [http('first', first), http('second', second)],
    voice: [
      {
        id: 'phone',
        driver: 'twilio',
        accountSid: `AC${'a'.repeat(32)}`,
        authToken: token,
        api: twilio.url,
        from: '+81312345678',
      },
    ],
  }));
  await house.given.multiFactorEverywhere();
});
beforeEach(() => {
  for (const one of [first, second, twilio]) {
    one.mood = 'takes';
    one.heard.length = 0;
  }
});
after(async () => {
  await house.close();
  for (const one of [first, second, twilio]) await one.close();
});

let born = 0;
async function someone() {
  const phone = `+8190${20_000_000 + ++born * 10_000}`;
  const user = await house.given.user(`Person${born}`, { phone });
  return { ...user, phone };
}

async function asks(who: { loginName: string }, way: 'text' | 'call'): Promise<Visitor> {
  const visitor = house.visitor();
  await visitor.open('/account');
  await visitor.send('/identify', { account: who.loginName });
  await visitor.send('/password', { password });
  await visitor.send('/ask', { way: `mobile ${way}` });
  return visitor;
}

const isIn = async (visitor: Visitor): Promise<boolean> => (await visitor.request('/account')).status === 200;
const textsOf = (provider: Provider) =>
  provider.heard.filter(({ method }) => method === 'POST').map(({ body }) => JSON.parse(body));
const codeIn = (text: string): string => /#(\d{6})/.exec(text)?.[1] ?? '';

async function answers(visitor: Visitor, code: string): Promise<boolean> {
  await visitor.send('/answer', { code });
  for (let i = 0; i < 5 && !(await isIn(visitor)); i++) {
    const stay = visitor.page.forms.find(({ action }) => action.endsWith('/stay'));
    if (stay) await visitor.send('/stay', {});
    else await visitor.open('/account');
  }
  return isIn(visitor);
}

/** What a provider tells is written a moment after it was thanked. */
const shows = (visitor: Visitor, said: RegExp): Promise<void> =>
  untilPage(visitor, ({ text }) => said.test(text));

const receipt = (gateway: string, body: object, authorization = `Bearer ${secret}`) =>
  fetch(`${house.url}/gateways/${gateway}/receipt`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization },
    body: JSON.stringify(body),
  });

test('a provider whose queue is full: the next one sends, once, and the person signs in', async () => {
  const who = await someone();
  first.mood = 'full';
  const visitor = await asks(who, 'text');
  assert.equal(textsOf(first).length, 1);
  const [sent] = textsOf(second);
  assert.equal(textsOf(second).length, 1);
  assert.equal(await isIn(visitor), false);
  assert.ok(await answers(visitor, codeIn(sent.text)));
});

for (const mood of ['hangs', 'late', 'broken'] as const)
  test(`a provider that ${mood === 'broken' ? 'breaks' : mood === 'late' ? 'answers late' : mood}: nobody sends it again, the page says what is not known, and the code works if it came`, async () => {
    const who = await someone();
    first.mood = mood;
    const began = Date.now();
    const visitor = await asks(who, 'text');
    assert.ok(Date.now() - began < 20_000, 'the person waited');
    assert.equal(textsOf(first).length, 1);
    assert.equal(textsOf(second).length, 0, 'a second text for one press');
    await visitor.open(visitor.page.url);
    assert.match(visitor.page.text, /not certain that the text went out/);
    assert.match(visitor.page.text, /Call me instead/);
    assert.equal(await isIn(visitor), false);
    assert.ok(await answers(visitor, codeIn(textsOf(first)[0].text)));
    // The next person is not made to wait for it as well.
    const next = await asks(await someone(), 'text');
    if (mood !== 'broken') assert.equal(textsOf(second).length, 1, next.page.text);
    first.mood = 'takes';
    await untilUp('first');
  });

async function untilUp(id: string): Promise<void> {
  await until(async () => {
    const { gateways } = await (await fetch(`${house.url}/readyz`)).json();
    return gateways.find((gateway: { id: string }) => gateway.id === id)?.state === 'up';
  });
}

test('receipts: forged ones are refused, late and doubled ones change nothing, and the page tells', async () => {
  const who = await someone();
  const visitor = await asks(who, 'text');
  const [sent] = textsOf(first);
  assert.equal((await receipt('first', { id: sent.id, state: 'no' }, 'Bearer wrong')).status, 403);
  await shows(visitor, /The text is on its way/);
  await receipt('first', { id: sent.id, state: 'ok' });
  await shows(visitor, /has arrived at the phone/);
  for (let i = 0; i < 3; i++) await receipt('first', { id: sent.id, state: 'no' });
  await pause(300);
  await shows(visitor, /has arrived at the phone/);
  assert.equal(await isIn(visitor), false, 'a receipt is no proof');
  assert.ok(await answers(visitor, codeIn(sent.text)));
  const lost = await asks(await someone(), 'text');
  await receipt('first', { id: textsOf(first)[1].id, state: 'no' });
  await shows(lost, /could not be delivered\. Choose another way/);
});

test('every provider down: the person is told, other ways are offered, nothing is spent', async () => {
  const who = await someone();
  first.mood = 'full';
  second.mood = 'full';
  for (let i = 0; i < 4; i++) {
    const visitor = await asks(who, 'text');
    assert.ok(
      visitor.page.forms.some(({ action }) => action.endsWith('/ask')),
      visitor.page.text,
    );
    assert.equal(await isIn(visitor), false);
  }
  first.mood = 'takes';
  const visitor = await asks(who, 'text');
  const sent = textsOf(first).at(-1);
  assert.ok(await answers(visitor, codeIn(sent.text)));
});

test('a call by a provider: only its signed word moves it, and what was pressed twice counts once', async () => {
  const who = await someone();
  const visitor = await asks(who, 'call');
  const placed = twilio.heard.findLast(({ method }) => method === 'POST');
  const form = new URLSearchParams(placed?.body);
  assert.equal(form.get('To'), who.phone);
  const keys = /action="([^"]+)"/.exec(form.get('Twiml') ?? '')?.[1]?.replaceAll('&#38;', '&') ?? '';
  const post = (url: string, fields: Record<string, string>, signature?: string) => {
    const body = new URLSearchParams(fields);
    return fetch(url, {
      method: 'POST',
      headers: { 'x-twilio-signature': signature ?? signatureOf(token, url, body) },
      body,
    });
  };
  const told = form.get('StatusCallback') ?? '';
  assert.equal((await post(keys, { Digits: '#' }, 'forged')).status, 403);
  await post(told, { CallStatus: 'ringing' });
  await shows(visitor, /Ringing/);
  assert.equal(await isIn(visitor), false);
  await post(told, { CallStatus: 'in-progress' });
  const thanked = await post(keys, { Digits: '#' });
  assert.match(await thanked.text(), /<Hangup\/>/);
  await post(keys, { Digits: '#' });
  await post(told, { CallStatus: 'completed' });
  await shows(visitor, /Stay signed in\?/);
  await visitor.send('/stay', { stay: 'no' });
  assert.ok(await isIn(visitor));
  const busy = await asks(await someone(), 'call');
  const again = new URLSearchParams(twilio.heard.findLast(({ method }) => method === 'POST')?.body);
  await post(again.get('StatusCallback') ?? '', { CallStatus: 'busy' });
  await shows(busy, /The line was busy/);
  assert.equal(await isIn(busy), false);
});

test('zero and pound: nobody is let in, nothing more goes to this person, and the office is mailed', async () => {
  await house.given.setting('notices', { office: ['office@example.ac.jp'] });
  await pause(1_100);
  const who = await someone();
  const visitor = await asks(who, 'call');
  const form = new URLSearchParams(twilio.heard.findLast(({ method }) => method === 'POST')?.body);
  let keys = /action="([^"]+)"/.exec(form.get('Twiml') ?? '')?.[1] ?? '';
  for (const Digits of ['0', '#']) {
    const url = keys.replaceAll('&#38;', '&');
    const body = new URLSearchParams({ Digits });
    const headers = { 'x-twilio-signature': signatureOf(token, url, body) };
    const answer = await (await fetch(url, { method: 'POST', headers, body })).text();
    keys = /action="([^"]+)"/.exec(answer)?.[1] ?? '';
  }
  await shows(visitor, /Someone answered/);
  assert.equal(await isIn(visitor), false);
  const again = await asks(who, 'text');
  assert.equal(textsOf(first).length, 0, again.page.text);
  await until(() => house.letters().some(letter => letter.includes('To: office@example.ac.jp')));
});

test('no number, text or secret is in the log', () => {
  const log = house.log.join('\n');
  assert.doesNotMatch(log, /\+8190|6 digits|#\d{6}/);
  for (const hidden of [secret, token]) assert.ok(!log.includes(hidden));
});
