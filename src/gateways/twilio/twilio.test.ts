import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { until } from '../../kit/testing.ts';
import type { PhoneNumber } from '../gateway.ts';
import { unwrap } from '../http/signed-address.ts';
import { driverDeps, never, openProvider, openWebhooks } from '../http/testing.ts';
import { twilioText } from '../sms/twilio.ts';
import { twilioVoice } from '../voice/twilio.ts';
import { isSigned, signatureOf } from './signature.ts';

const sid = `AC${'a'.repeat(32)}`;
const token = 'the token of the account';
const to = '+819012345678' as string as PhoneNumber;
let status = 201;
let answer = '{"sid":"SM1"}';
const provider = await openProvider((_, response) => response.writeHead(status).end(answer));
const closing: (() => Promise<void>)[] = [];
after(async () => {
  for (const close of closing) await close();
  await provider.close();
});
const common = { accountSid: sid, authToken: token, api: provider.url };
const settingsOf = (driver: { settings: { parse(value: unknown): unknown } }, more: object): never =>
  driver.settings.parse({ ...common, ...more }) as never;
const posted = () => {
  const last = provider.heard.findLast(({ method }) => method === 'POST');
  assert.ok(last);
  return { ...last, form: new URLSearchParams(last.body) };
};
const pathOf = (url: string | null): string => (url ?? '').replace('https://id.example', '');
const sign = (path: string, form: URLSearchParams) => signatureOf(token, `https://id.example${path}`, form);

test('signatures are those of the published example', () => {
  const form = new URLSearchParams({
    CallSid: 'CA1234567890ABCDE',
    Caller: '+12349013030',
    Digits: '1234',
    From: '+12349013030',
    To: '+18005551212',
  });
  const url = 'https://mycompany.com/myapp.php?foo=1&bar=2';
  assert.equal(signatureOf('12345', url, form), '0/KCTR6DLpKmkAf8muzZqo1nDgQ=');
  const signature = signatureOf('12345', url.replace('.com/', '.com:443/'), form);
  assert.ok(isSigned('12345', signature, url, form), 'with the port, as Twilio may write it');
  for (const wrong of [undefined, '', 'x', ['a']]) assert.ok(!isSigned('12345', wrong, url, form));
});

test('a text goes to the Messages API, and receipts are believed by their signature only', async () => {
  const gateway = twilioText.open('tw', settingsOf(twilioText, { from: 'Genkan' }), driverDeps());
  closing.push(() => gateway.close());
  const { server, reported } = await openWebhooks(gateway);
  assert.deepEqual(await gateway.send({ id: 'd1', to, text: '確認コード 123456' }, never), {
    taken: true,
    reference: 'SM1',
  });
  const { url, form, headers } = posted();
  assert.equal(url, `/2010-04-01/Accounts/${sid}/Messages.json`);
  assert.equal(headers.authorization, `Basic ${Buffer.from(`${sid}:${token}`).toString('base64')}`);
  assert.equal(form.get('Body'), '確認コード 123456');
  const path = pathOf(form.get('StatusCallback'));
  const tell = (state: string, signature?: string) => {
    const body = new URLSearchParams({ MessageSid: 'SM1', MessageStatus: state });
    return server.inject({
      method: 'POST',
      url: path,
      payload: body.toString(),
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        'x-twilio-signature': signature ?? sign(path, body),
      },
    });
  };
  assert.equal((await tell('delivered', 'forged')).statusCode, 403);
  for (const none of ['sent', 'constructor']) assert.equal((await tell(none)).statusCode, 204);
  assert.equal(reported.length, 0);
  await tell('delivered');
  await tell('undelivered');
  assert.deepEqual(reported, [
    { which: { delivery: 'd1' }, state: 'delivered' },
    { which: { delivery: 'd1' }, state: 'undelivered' },
  ]);
  for (let i = 0; i < 25; i++) await tell('delivered', 'forged');
  assert.equal((await tell('delivered', 'forged')).statusCode, 429, 'who forges on and on waits');
});

test('a refusal is told by its number; what may have worked is not called a refusal', async () => {
  const gateway = twilioText.open('tw', settingsOf(twilioText, { from: 'Genkan' }), driverDeps());
  closing.push(() => gateway.close());
  const send = () => gateway.send({ id: 'd', to, text: 'x' }, never);
  [status, answer] = [400, '{"code":21211,"message":"The number +819012345678 is not valid"}'];
  assert.deepEqual(await send(), { taken: false, reason: 'status 400, error 21211' });
  assert.equal(gateway.state().is, 'up', 'that one number was refused');
  [status, answer] = [401, '{}'];
  assert.deepEqual(await send(), { taken: false, reason: 'status 401' });
  assert.deepEqual(gateway.state(), { is: 'down', because: 'Twilio does not accept the credentials' });
  [status, answer] = [500, 'oops'];
  assert.deepEqual(await send(), { taken: 'perhaps', reason: 'status 500' });
  [status, answer] = [201, 'not json'];
  assert.deepEqual(await send(), { taken: 'perhaps', reason: 'the answer cannot be read' });
});

test('a call asks, hears the keys, speaks our recordings, and is hung up by aborting', async () => {
  [status, answer] = [201, '{"sid":"CA1"}'];
  const gateway = twilioVoice.open('tv', settingsOf(twilioVoice, { from: '+81312345678' }), driverDeps());
  closing.push(() => gateway.close());
  const { server, reported } = await openWebhooks(gateway);
  const hangUp = new AbortController();
  const taken = await gateway.call(
    { id: 'd2', to, script: { language: 'ja', expect: { keys: 'number', number: '42' }, extension: '123' } },
    hangUp.signal,
  );
  assert.deepEqual(taken, { taken: true, reference: 'CA1' });
  const { form } = posted();
  assert.equal(form.get('SendDigits'), 'WW123');
  assert.deepEqual(form.getAll('StatusCallbackEvent'), ['initiated', 'ringing', 'answered', 'completed']);
  const twiml = form.get('Twiml') ?? '';
  assert.ok(twiml.length < 4000);
  const unescaped = twiml.replace(/&#(\d+);/g, (_, n) => String.fromCodePoint(+n));
  const recording = pathOf(/<Play>(.*?)<\/Play>/.exec(unescaped)?.[1] ?? '');
  const played = await server.inject(recording);
  assert.equal(played.statusCode, 200);
  assert.equal(played.rawPayload.subarray(0, 4).toString(), 'RIFF');
  assert.equal((await server.inject(recording.replace(/proof=.{4}/, 'proof=AAAA'))).statusCode, 403);
  assert.equal((await server.inject('/gateways/tv/prompts/..%2f..%2fpackage.json?proof=x')).statusCode, 403);

  const post = (path: string, fields: Record<string, string>, signed = true) => {
    const body = new URLSearchParams(fields);
    return server.inject({
      method: 'POST',
      url: path,
      payload: body.toString(),
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        'x-twilio-signature': signed ? sign(path, body) : 'forged',
      },
    });
  };
  const keys = pathOf(/action="(.*?)"/.exec(unescaped)?.[1] ?? '');
  assert.equal((await post(keys, { Digits: '42#' }, false)).statusCode, 403);
  assert.equal(reported.length, 0);
  const statusPath = pathOf(form.get('StatusCallback'));
  await post(statusPath, { CallStatus: 'ringing' });
  await post(statusPath, { CallStatus: 'in-progress' });
  const thanked = await post(keys, { Digits: '42#' });
  assert.match(thanked.body, /ja-confirmed-[0-9a-f]{8}\.wav/);
  assert.match(thanked.body, /<Hangup\/>/);
  await post(statusPath, { CallStatus: 'completed' });
  assert.deepEqual(
    reported.map(({ state }) => state),
    ['ringing', 'answered', 'confirmed', 'hung-up'],
  );
  assert.equal((await post('/gateways/tv/keys?call=AAAA', { Digits: '#' })).statusCode, 403);

  hangUp.abort();
  await until(() => posted().url.includes('/CA1.json'), posted);
  const ended = posted();
  assert.equal(ended.url, `/2010-04-01/Accounts/${sid}/Calls/CA1.json`);
  assert.equal(ended.form.get('Status'), 'completed');
  assert.equal(reported.at(-1)?.state, 'failed');
});

test('the number of the screen is not Twilio’s to read: it is in what is wrapped, and nowhere else', async () => {
  [status, answer] = [201, '{"sid":"CA1"}'];
  const deps = driverDeps();
  const gateway = twilioVoice.open('tn', settingsOf(twilioVoice, { from: '+81312345678' }), deps);
  closing.push(() => gateway.close());
  /** What Twilio is told: what is wrapped in it, and the rest. */
  const told = async (number: string) => {
    const script = { language: 'ja', expect: { keys: 'number', number } } as const;
    await gateway.call({ id: 'd6', to, script }, never);
    const all = JSON.stringify([...posted().form]);
    const call = /keys\?call=([\w-]+)/.exec(all)?.[1];
    assert.ok(call, all);
    return { call, rest: all.replaceAll(call, '') };
  };
  const [first, other] = [await told('42'), await told('97')];
  assert.equal(first.rest, other.rest, 'the rest knows no number');
  const wrapped = unwrap(deps.key('conversations'), first.call) as { expect: unknown };
  assert.deepEqual(wrapped.expect, { keys: 'number', number: '42' });
  assert.equal(unwrap(deps.key('another'), first.call), undefined);
  const octets = Buffer.from(first.call, 'base64url').toString('latin1');
  for (const clear of ['"number"', 'expect', 'delivery']) assert.ok(!octets.includes(clear), clear);
});

test('busy, nobody there, refused, and a machine that answers', async () => {
  const settings = settingsOf(twilioVoice, {
    from: '+81312345678',
    machineDetection: true,
    speech: 'spoken',
  });
  const gateway = twilioVoice.open('tm', settings, driverDeps());
  closing.push(() => gateway.close());
  const { server, reported } = await openWebhooks(gateway);
  await gateway.call({ id: 'd3', to, script: { language: 'en', expect: { keys: '#' } } }, never);
  const { form } = posted();
  assert.match(form.get('Twiml') ?? '', /<Say language="en-US">/);
  const tell = (path: string, fields: Record<string, string>) => {
    const body = new URLSearchParams(fields);
    return server.inject({
      method: 'POST',
      url: path,
      payload: body.toString(),
      headers: { 'content-type': 'x/y', 'x-twilio-signature': sign(path, body) },
    });
  };
  const path = pathOf(form.get('StatusCallback'));
  for (const CallStatus of ['busy', 'no-answer', 'failed', 'canceled', 'queued'])
    await tell(path, { CallStatus });
  await tell(pathOf(form.get('AsyncAmdStatusCallback')), { AnsweredBy: 'machine_start', CallSid: 'CA1' });
  await tell(pathOf(form.get('AsyncAmdStatusCallback')), { AnsweredBy: 'human', CallSid: 'CA1' });
  assert.deepEqual(
    reported.map(({ state }) => state),
    ['busy', 'no-answer', 'unreachable', 'failed', 'voicemail'],
  );
});

test('a call that was asked for in vain is hung up as soon as Twilio says that it rings, and no other is', async () => {
  [status, answer] = [500, 'oops'];
  const gateway = twilioVoice.open('tp', settingsOf(twilioVoice, { from: '+81312345678' }), driverDeps());
  closing.push(() => gateway.close());
  const { server, reported } = await openWebhooks(gateway);
  const script = { language: 'en', expect: { keys: '#' } } as const;
  const asked = async (id: string): Promise<string> => {
    await gateway.call({ id, to, script }, never);
    return pathOf(posted().form.get('StatusCallback'));
  };
  const rings = async (path: string, CallSid: string): Promise<void> => {
    const body = new URLSearchParams({ CallSid, CallStatus: 'ringing' });
    await server.inject({
      method: 'POST',
      url: path,
      payload: body.toString(),
      headers: { 'content-type': 'x/y', 'x-twilio-signature': sign(path, body) },
    });
  };
  const inVain = await asked('d4');
  [status, answer] = [201, '{"sid":"CA5"}'];
  const placed = await asked('d5');
  await rings(placed, 'CA5');
  await pause(100);
  assert.ok(!posted().url.includes('CA5'), 'it is wanted');
  await rings(inVain, 'CA4');
  await until(() => posted().url.includes('CA4'), posted);
  assert.equal(posted().url, `/2010-04-01/Accounts/${sid}/Calls/CA4.json`);
  assert.equal(posted().form.get('Status'), 'completed');
  assert.deepEqual(
    reported.map(({ state }) => state),
    ['ringing', 'ringing'],
  );
});
