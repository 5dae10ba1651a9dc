import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { after, test } from 'node:test';
import type { PhoneNumber } from '../gateway.ts';
import { driverDeps, never, openProvider, openWebhooks } from '../http/testing.ts';
import { httpText } from './http.ts';
import { requestOf } from './http-request.ts';
import { settings } from './http-settings.ts';

const to = '+819012345678' as string as PhoneNumber;
/** Everything that could mean something to a format. */
const nasty = '"}],\\"{{id}}&x=1<b>\r\nX-Evil: 1\u2028%0a\u0000確認 $& $1';
const now = Date.UTC(2026, 3, 6);
const make = (more: object, text = nasty) =>
  requestOf(settings.parse({ url: 'https://api.example/send', ...more }), { id: 'd1', to, text }, now);

test('a text stays what it is, wherever the template puts it', () => {
  const json = make({ json: { to: '{{to.national}}', list: [{ body: 'code: {{text}}' }], n: 3, on: true } });
  assert.deepEqual(JSON.parse(json.body ?? ''), {
    to: '09012345678',
    list: [{ body: `code: ${nasty}` }],
    n: 3,
    on: true,
  });
  const form = new URLSearchParams(make({ form: { msisdn: '{{to.digits}}', body: '{{text}}' } }).body);
  assert.deepEqual(
    [...form],
    [
      ['msisdn', '819012345678'],
      ['body', nasty],
    ],
  );
  const { url } = make({ method: 'GET', url: 'https://api.example/{{to}}/send?a={{text}}&b={{id}}' });
  assert.equal(url.pathname, '/%2B819012345678/send');
  assert.deepEqual(
    [...url.searchParams],
    [
      ['a', nasty],
      ['b', 'd1'],
    ],
  );
  assert.equal(url.host, 'api.example');
  const xml = make({ xml: '<sms to="{{to}}">{{text}}</sms>' }).body ?? '';
  assert.ok(!xml.includes('<b>') && xml.includes('&#60;b&#62;'));
  assert.equal((make({ text: '{{to}}\n{{text}}' }).body ?? '').split('\n').length, 2);
});

test('a request is signed over its time and body, or over its address when it has no body', () => {
  const sign = { secret: 'a secret of 16 or more' };
  const mac = (text: string) => createHmac('sha256', sign.secret).update(text).digest('hex');
  const time = String(now / 1000);
  const post = make({ json: { t: '{{text}}' }, sign });
  assert.equal(post.headers?.['X-Signature'], mac(`${time}.${post.body}`));
  assert.equal(post.headers?.['X-Timestamp'], time);
  const get = make({ method: 'GET', url: 'https://api.example/send?t={{text}}', sign });
  assert.equal(get.headers?.['X-Signature'], mac(`${time}.${get.url.pathname}${get.url.search}`));
});

test('a template that could be turned against its provider is not a setting', () => {
  for (const wrong of [
    { url: 'https://{{to}}.example/' },
    { url: 'https://api.example/{{text}}' },
    { url: 'http://api.example/' },
    { url: 'https://api.example/', headers: { 'X-Text': '{{text}}' } },
    { url: 'https://api.example/', headers: { 'X Text': 'a' } },
    { url: 'https://api.example/', json: { a: '{{txet}}' } },
    { url: 'https://api.example/', json: {}, form: {} },
    { url: 'https://api.example/', method: 'GET', form: {} },
    { url: 'https://api.example/', success: { matches: '(' } },
    { url: 'https://api.example/', success: { matches: '^OK\\-' } },
    { url: 'https://api.example/', username: 'only' },
    { url: 'https://api.example/', receipts: { state: 's', states: {}, id: 'i' } },
  ])
    assert.ok(!settings.safeParse(wrong).success, JSON.stringify(wrong));
});

const answers: { status: number; body: string }[] = [];
const provider = await openProvider((heard, response) => {
  const { status, body } = (heard.method === 'POST' && answers.shift()) || { status: 200, body: '{}' };
  response.writeHead(status).end(body);
});
const closing: (() => Promise<void>)[] = [];
after(async () => {
  for (const close of closing) await close();
  await provider.close();
});
const open = (more: object) => {
  const gateway = httpText.open(
    'jp',
    settings.parse({ url: provider.url, ...more }),
    driverDeps({ clock: { now: () => now } }),
  );
  closing.push(() => gateway.close());
  return gateway;
};

test('the answer decides: its status, a field of it, and the name that the provider gives', async () => {
  const gateway = open({
    json: { t: '{{text}}' },
    success: { status: [200], path: 'result.code', matches: '^0$' },
    reference: 'messages.0.id',
  });
  const send = (status: number, body: string) => {
    answers.push({ status, body });
    return gateway.send({ id: 'd', to, text: 'x' }, never);
  };
  assert.deepEqual(await send(200, '{"result":{"code":0},"messages":[{"id":77}]}'), {
    taken: true,
    reference: '77',
  });
  assert.deepEqual(await send(200, '{"result":{"code":9}}'), {
    taken: false,
    reason: 'the answer is no success',
  });
  assert.deepEqual(await send(200, '{"error":"no such number"}'), {
    taken: false,
    reason: 'the answer is no success',
  });
  assert.deepEqual(await send(302, ''), { taken: false, reason: 'status 302' });
  assert.deepEqual(await send(429, ''), { taken: false, reason: 'status 429' });
  for (const status of [500, 502, 504, 520, 524])
    assert.deepEqual(await send(status, ''), { taken: 'perhaps', reason: `status ${status}` });
  assert.deepEqual(await send(403, ''), { taken: false, reason: 'status 403' });
  assert.equal(gateway.state().is, 'down');
});

test('an answer of success that cannot be read says neither yes nor no: the text may be on its way', async () => {
  const unreadable = { taken: 'perhaps', reason: 'the answer cannot be read' };
  const refused = { taken: false, reason: 'the answer is no success' };
  const answer = async (success: object, body: string) => {
    answers.push({ status: 200, body });
    return open({ json: { t: '{{text}}' }, success }).send({ id: 'd', to, text: 'x' }, never);
  };
  const code = { path: 'result.code', matches: '^0$' };
  for (const body of ['', '<html>', '{"result":{"co']) assert.deepEqual(await answer(code, body), unreadable);
  const words = { matches: '^OK' };
  for (const body of ['', ' \n', '<!DOCTYPE html><p>OK', '\ufeff<html lang="ja">'])
    assert.deepEqual(await answer(words, body), unreadable);
  assert.deepEqual(await answer(words, 'NG 12'), refused);
  assert.deepEqual(await answer(words, '<result>NG</result>'), refused);
  assert.deepEqual(await answer(words, 'OK 77'), { taken: true });
});

test('receipts are believed by their signature and their time, or by the token', async () => {
  const secret = 'the secret of receipts';
  const mapping = { state: 'st', states: { DELIVRD: 'delivered', EXPIRED: 'undelivered' } };
  const signed = await openWebhooks(
    open({ receipts: { secret, timestampHeader: 'X-Time', reference: 'msg.id', ...mapping } }),
  );
  const body = '{"msg":{"id":77},"st":"DELIVRD"}';
  const tell = (time: number, payload = body, key = secret) =>
    signed.server.inject({
      method: 'POST',
      url: '/gateways/jp/receipt',
      payload,
      headers: {
        'content-type': 'application/json',
        'x-time': String(time),
        'x-signature': `sha256=${createHmac('sha256', key).update(`${time}.${body}`).digest('hex')}`,
      },
    });
  const time = now / 1000;
  assert.equal((await tell(time, body, 'another secret, as long')).statusCode, 403);
  assert.equal((await tell(time, body.replace('DELIVRD', 'EXPIRED'))).statusCode, 403);
  assert.equal((await tell(time - 301)).statusCode, 403);
  assert.equal((await tell(Number.NaN)).statusCode, 403);
  assert.deepEqual(signed.reported, []);
  assert.equal((await tell(time)).statusCode, 200);
  assert.deepEqual(signed.reported, [{ which: { gateway: 'jp', reference: '77' }, state: 'delivered' }]);

  const token = 'a token of 16 or more';
  const shared = await openWebhooks(
    open({ receipts: { token, tokenField: 'key', format: 'form', id: 'ref', ...mapping } }),
  );
  const ask = (key: string, state: string) =>
    shared.server.inject(`/gateways/jp/receipt?${new URLSearchParams({ key, ref: 'd9', st: state })}`);
  assert.equal((await ask('wrong', 'EXPIRED')).statusCode, 403);
  assert.equal((await ask(token, 'ENROUTE')).statusCode, 200);
  assert.equal((await ask(token, 'constructor')).statusCode, 200);
  assert.deepEqual(shared.reported, []);
  await ask(token, 'EXPIRED');
  assert.deepEqual(shared.reported, [{ which: { delivery: 'd9' }, state: 'undelivered' }]);
});

test('of a signed receipt only what was signed counts, not what somebody wrote into its address', async () => {
  const secret = 'the secret of receipts';
  const { server, reported } = await openWebhooks(
    open({
      receipts: {
        secret,
        format: 'form',
        id: 'ref',
        state: 'st',
        states: { NO: 'undelivered', OK: 'delivered' },
      },
    }),
  );
  const payload = 'ref=d1&st=OK';
  const answered = await server.inject({
    method: 'POST',
    url: '/gateways/jp/receipt?ref=d2&st=NO',
    payload,
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      'x-signature': createHmac('sha256', secret).update(payload).digest('hex'),
    },
  });
  assert.equal(answered.statusCode, 200);
  assert.deepEqual(reported, [{ which: { delivery: 'd1' }, state: 'delivered' }]);
});
