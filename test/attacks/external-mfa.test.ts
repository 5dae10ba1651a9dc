import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { generateKeyPair } from 'jose';
import { minutes, seconds } from '../../src/kit/clock.ts';
import type { Refusal } from '../../src/protocols/external-mfa/refusal.ts';
import { wordsFor } from '../../src/words/index.ts';
import { arrive, entraFor, goBack, tenantOf } from '../cast/entra.ts';
import type { Visitor } from '../cast/visitor.ts';
import type { Entra, EntraTenant, EntraUser } from '../peers/entra/entra.ts';
import { actionOf, assertNotSignedIn, post, type Resident, scene } from './scene.ts';

let entra: Entra;
let tenant: EntraTenant;
const at = scene(async house => {
  entra = await entraFor(house);
  tenant = await tenantOf(house, entra);
});
const t = wordsFor('ja').externalMfa;

after(() => entra.close());

type Fields = Record<string, string>;

/** Sends a request as Entra makes it, after somebody changed it on the way. */
async function ask(
  user: EntraUser,
  change: (fields: Fields) => Fields = fields => fields,
  signed: Parameters<Entra['request']>[1] = {},
): Promise<Visitor> {
  const visitor = at.house.visitor();
  const { action, fields } = await entra.request(user, signed);
  await submit(visitor, action, change(fields));
  return visitor;
}

async function submit(visitor: Visitor, action: string, fields: Fields | URLSearchParams): Promise<void> {
  const body = new URLSearchParams(fields);
  const response = await visitor.request(action, { method: 'POST', body });
  visitor.page = { ...visitor.page, url: action, status: response.status, html: await response.text() };
}

async function refuses(visitor: Visitor, code: Refusal): Promise<void> {
  assert.equal(visitor.page.status, 400, visitor.page.html);
  assert.ok(visitor.page.html.includes(t.refusals[code]), visitor.page.html);
  assert.ok(visitor.page.html.includes(code));
  assert.ok(!visitor.page.html.includes('http-equiv="refresh"'), 'it goes on all the same');
}

async function prove(visitor: Visitor, who: Resident): Promise<void> {
  await visitor.send('/ask', { way: 'mobile text' });
  await visitor.send('/answer', { code: await who.phone.code() });
}

/** What must go on working after every attack. */
async function ownerGetsThrough(who: Resident, user: EntraUser): Promise<void> {
  at.house.clock.pass(seconds(61));
  const visitor = at.house.visitor();
  await arrive(visitor, entra, user);
  await prove(visitor, who);
  await goBack(visitor);
  assert.deepEqual(entra.judged.at(-1)?.faults, []);
  assert.equal(entra.judged.at(-1)?.error, undefined);
}

const without =
  (...names: string[]) =>
  (fields: Fields): Fields =>
    Object.fromEntries(Object.entries(fields).filter(([name]) => !names.includes(name)));

const withValue =
  (name: string, value: string) =>
  (fields: Fields): Fields => ({ ...fields, [name]: value });

test('a hint that somebody else signed is refused, under a new key and under the name of a known one', async () => {
  const who = await at.resident('Forged');
  const user = entra.user(tenant, who.loginName);
  const { privateKey } = await generateKeyPair('RS256');
  await refuses(await ask(user, undefined, { key: privateKey, kid: 'mine' }), 'hint-not-signed');
  await refuses(await ask(user, undefined, { key: privateKey }), 'hint-not-signed');
  await ownerGetsThrough(who, user);
});

test('a hint without a signature, with a broken one, or with other words under it is refused', async () => {
  const who = await at.resident('Unsigned');
  const user = entra.user(tenant, who.loginName);
  const [head = '', body = '', signature = ''] =
    (await entra.request(user)).fields.id_token_hint?.split('.') ?? [];
  const none = Buffer.from('{"alg":"none","kid":"x"}').toString('base64url');
  const symmetric = Buffer.from('{"alg":"HS256","kid":"x"}').toString('base64url');
  const other = Buffer.from(
    JSON.stringify({ ...JSON.parse(Buffer.from(body, 'base64url').toString()), oid: crypto.randomUUID() }),
  ).toString('base64url');
  for (const hint of [
    `${none}.${body}.`,
    `${symmetric}.${body}.${signature}`,
    `${head}.${body}`,
    'x',
    '.',
    `${head}.e30.${signature}`,
  ])
    await refuses(await ask(user, withValue('id_token_hint', hint)), 'hint-malformed');
  for (const hint of [`${head}.${other}.${signature}`, `${head}.${body}.AAAA`])
    await refuses(await ask(user, withValue('id_token_hint', hint)), 'hint-not-signed');
  await ownerGetsThrough(who, user);
});

test('a hint of a tenant that was not set up, or of one beside the one that it names, is refused', async () => {
  const who = await at.resident('Elsewhere');
  const stranger = entra.tenant();
  await refuses(await ask(entra.user(stranger, who.loginName)), 'unknown-tenant');
  const user = entra.user(tenant, who.loginName);
  const second = await tenantOf(at.house, entra, 'second');
  // Signed by Entra, and yet: the issuer is one tenant and tid another.
  await refuses(await ask(user, undefined, { hint: { tid: second.id } }), 'hint-for-another');
  await refuses(
    await ask(user, undefined, { hint: { iss: `${entra.authority}/${second.id}/v2.0` } }),
    'hint-for-another',
  );
  await refuses(await ask(user, undefined, { hint: { tid: 'common' } }), 'hint-malformed');
  await refuses(await ask(user, withValue('client_id', second.clientId)), 'unknown-client');
  await ownerGetsThrough(who, user);
});

test('a hint for another audience, of long ago or of tomorrow is refused; one that is expired is as documented', async () => {
  const who = await at.resident('Audience');
  const user = entra.user(tenant, who.loginName);
  const now = Math.floor(at.house.clock.now() / 1000);
  await refuses(await ask(user, undefined, { hint: { aud: crypto.randomUUID() } }), 'hint-for-another');
  await refuses(await ask(user, undefined, { hint: { aud: [tenant.clientId] } }), 'hint-malformed');
  await refuses(await ask(user, undefined, { hint: { iat: now - 601 } }), 'hint-too-old');
  await refuses(await ask(user, undefined, { hint: { iat: now + 400 } }), 'hint-too-old');
  await refuses(await ask(user, undefined, { hint: { iat: undefined } }), 'hint-malformed');
  await refuses(await ask(user, undefined, { hint: { sub: '' } }), 'hint-malformed');
  await refuses(await ask(user, undefined, { hint: { oid: undefined } }), 'hint-malformed');
  await ownerGetsThrough(who, user);
});

test('a hint is good for one request: replayed, at once or later, by anybody, it is refused', async () => {
  const who = await at.resident('Replayed');
  const user = entra.user(tenant, who.loginName);
  const { action, fields } = await entra.request(user);
  const visitors = Array.from({ length: 8 }, () => at.house.visitor());
  await Promise.all(visitors.map(visitor => submit(visitor, action, fields)));
  const went = visitors.filter(visitor => visitor.page.status === 200);
  assert.equal(went.length, 1, 'one of eight at once');
  const late = at.house.visitor();
  await submit(late, action, { ...fields, nonce: 'another', state: 'another' });
  await refuses(late, 'hint-replayed');
  await ownerGetsThrough(who, user);
});

test('a request is taken up once, and only from our own page', async () => {
  const who = await at.resident('Handed');
  const user = entra.user(tenant, who.loginName);
  const visitor = await ask(user);
  const [, address = ''] = /content="0;url=([^"]*)"/.exec(visitor.page.html) ?? [];
  const linked = await visitor.request(address, { headers: { 'sec-fetch-site': 'cross-site' } });
  assert.equal(linked.status, 403, 'a link from elsewhere puts nobody before a question');
  const [one, two] = [at.house.visitor(), at.house.visitor()];
  const answers = await Promise.all([one.request(address), two.request(address)]);
  assert.deepEqual(answers.map(({ status }) => status).sort(), [303, 410]);
  await ownerGetsThrough(who, user);
});

test('an answer goes to Microsoft’s address and nowhere else', async () => {
  const who = await at.resident('Redirected');
  const user = entra.user(tenant, who.loginName);
  const right = `${entra.authority}/common/federation/externalauthprovider`;
  for (const address of [
    'https://evil.example/common/federation/externalauthprovider',
    `${right}/`,
    `${right}?next=https://evil.example`,
    right.replace('127.0.0.1', '127.0.0.1.evil.example'),
    `${right}#`,
    right.toUpperCase(),
    'https://login.microsoftonline.com@evil.example/common/federation/externalauthprovider',
    'javascript:alert(1)',
    '',
  ]) {
    const visitor = await ask(user, withValue('redirect_uri', address));
    await refuses(visitor, 'redirect-not-allowed');
    assert.ok(!visitor.page.html.includes('<form method="post" action="http'), visitor.page.html);
  }
  // One of Microsoft's, and not this tenant's cloud.
  const china = 'https://login.partner.microsoftonline.cn/common/federation/externalauthprovider';
  const visitor = await ask(user, withValue('redirect_uri', china));
  await refuses(visitor, 'redirect-not-allowed');
  assert.ok(!visitor.page.html.includes(`action="${china}"`));
  await ownerGetsThrough(who, user);
});

test('a request without a nonce, with doubled or missing parameters, or with other claims is refused', async () => {
  const who = await at.resident('Tampered');
  const user = entra.user(tenant, who.loginName);
  await refuses(await ask(user, without('nonce')), 'nonce-missing');
  await refuses(await ask(user, withValue('nonce', '')), 'nonce-missing');
  for (const name of ['id_token_hint', 'client_id', 'scope', 'response_type', 'response_mode'])
    await refuses(await ask(user, without(name)), 'malformed');
  for (const [name, value] of [
    ['response_type', 'code'],
    ['response_type', 'id_token token'],
    ['response_mode', 'fragment'],
    ['scope', 'profile'],
    ['state', 'x'.repeat(9_000)],
  ] as const)
    await refuses(await ask(user, withValue(name, value)), 'malformed');
  await refuses(await ask(user, without('claims')), 'cannot-answer');
  for (const acr of ['knowledge', 'urn:none', ''])
    await refuses(
      await ask(user, withValue('claims', JSON.stringify({ id_token: { acr: { values: [acr] } } }))),
      'cannot-answer',
    );
  const { action, fields } = await entra.request(user);
  const doubled = new URLSearchParams(fields);
  doubled.append('nonce', 'second');
  const visitor = at.house.visitor();
  await submit(visitor, action, doubled);
  await refuses(visitor, 'nonce-missing');
  await ownerGetsThrough(who, user);
});

test('claims that leave out what a person has do not lead around it to a new phone', async () => {
  const who = await at.resident('Around');
  const user = entra.user(tenant, who.loginName);
  const claims = {
    id_token: { acr: { values: ['possessionorinherence'] }, amr: { values: ['fido', 'face'] } },
  };
  const visitor = await ask(user, withValue('claims', JSON.stringify(claims)));
  const [, address = ''] = /content="0;url=([^"]*)"/.exec(visitor.page.html) ?? [];
  await visitor.open(address);
  assert.ok(visitor.page.text.includes(wordsFor('ja').signIn.cannotSatisfy), visitor.page.text);
  assert.ok(!visitor.page.forms.some(({ action }) => action.endsWith('/register')));
  await ownerGetsThrough(who, user);
});

test('whoever is not known here, disabled here or has another account there comes no further', async () => {
  const nobody = await ask(entra.user(tenant, 'nobody@keyaki.example'));
  await nobody.open(addressIn(nobody));
  assert.equal(nobody.page.status, 400);
  assert.ok(nobody.page.text.includes(t.refusals['unknown-user']));

  const who = await at.resident('Namesake');
  const user = entra.user(tenant, who.loginName);
  await ownerGetsThrough(who, user);
  // The name was given to somebody else at Microsoft.
  const newcomer = await ask(entra.user(tenant, who.loginName));
  await newcomer.open(addressIn(newcomer));
  assert.ok(newcomer.page.text.includes(t.refusals['bound-to-another']));
  await newcomer.send('/externalauthprovider');
  assert.equal(entra.judged.at(-1)?.error, 'access_denied');

  // And the one who was bound may be called anything from now on.
  const renamed = { ...user, upn: 'renamed@keyaki.example' };
  const visitor = await ask(renamed);
  await visitor.open(addressIn(visitor));
  await prove(visitor, who);
  await goBack(visitor);
  assert.deepEqual(entra.judged.at(-1)?.faults, []);

  await at.house.foundation.directory.office.disable(who.id, { is: 'office', name: 'test' });
  const disabled = await ask(user);
  await disabled.open(addressIn(disabled));
  assert.ok(disabled.page.text.includes(t.refusals['user-disabled']), disabled.page.text);
});

const addressIn = (visitor: Visitor): string =>
  /content="0;url=([^"]*)"/.exec(visitor.page.html)?.[1] ?? assert.fail(visitor.page.html);

test('what one person proved is nobody else’s: not in another browser, not in another attempt, not twice', async () => {
  const [owner, thief] = [await at.resident('Owner'), await at.resident('Thief')];
  const [ownerAt, thiefAt] = [entra.user(tenant, owner.loginName), entra.user(tenant, thief.loginName)];
  const [visitor, other] = [at.house.visitor(), at.house.visitor()];
  await arrive(visitor, entra, ownerAt);
  await arrive(other, entra, thiefAt);
  const question = visitor.page.url;
  await other.open(question);
  assert.equal(other.page.status, 410, 'another browser does not see the question');

  await prove(visitor, owner);
  const [, answer = ''] = /content="0;url=([^"]*)"/.exec(visitor.page.html) ?? [];
  assert.match(answer, /\/answer$/);
  await other.open(answer);
  assert.equal(other.page.status, 410, 'nor fetches the answer');
  const windows = [visitor.copy(), visitor.copy(), visitor.copy()];
  const answers = await Promise.all(windows.map(window => window.request(answer)));
  assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 410, 410], 'told once');
  const texts = await Promise.all(answers.map(one => one.text()));
  assert.equal(texts.filter(text => text.includes('name="id_token"')).length, 1);
  await assertNotSignedIn(visitor);
  assert.equal(await at.count('sessions', `user_id = '${owner.id}'`), 0);
  await ownerGetsThrough(thief, thiefAt);
});

test('after five minutes there is no answer, whatever was proved by then', async () => {
  const who = await at.resident('Slow');
  const user = entra.user(tenant, who.loginName);
  const visitor = at.house.visitor();
  await arrive(visitor, entra, user);
  const [, left] = /残り時間は(\d+)秒/.exec(visitor.page.text) ?? [];
  assert.ok(Number(left) > 200 && Number(left) <= 300, visitor.page.text);
  await visitor.send('/ask', { way: 'mobile text' });
  const code = await who.phone.code();
  at.house.clock.pass(minutes(5));
  const refused = await post(visitor, actionOf(visitor, '/answer'), { code });
  assert.equal(refused.status, 410);

  const again = at.house.visitor();
  at.house.clock.pass(seconds(61));
  await arrive(again, entra, user);
  await prove(again, who);
  at.house.clock.pass(minutes(5));
  const answer = /content="0;url=([^"]*)"/.exec(again.page.html)?.[1] ?? '';
  assert.equal(
    (await again.request(answer)).status,
    410,
    'nor when it was proved in time and fetched too late',
  );
  await ownerGetsThrough(who, user);
});

test('the first proof that Microsoft saw opens nothing here: no account page, no application, no registration', async () => {
  const who = await at.resident('Halfway');
  const user = entra.user(tenant, who.loginName);
  const visitor = at.house.visitor();
  await arrive(visitor, entra, user);
  const id = /\/sign-in\/([^/?]+)/.exec(visitor.page.url)?.[1] ?? '';
  for (const act of ['password', 'identify', 'stay', 'change-password', 'register']) {
    const response = await post(visitor, `/sign-in/${id}/${act}`, { password: 'x', account: who.loginName });
    assert.equal(response.status, 303, act);
    assert.match(response.headers.get('location') ?? '', /\/sign-in\//);
  }
  await assertNotSignedIn(visitor);
  // “Another account” is a way back to Microsoft, and never a way to become somebody.
  await visitor.open(`/sign-in/${id}`);
  await visitor.send('/other-account');
  await visitor.moveOn();
  await visitor.send('/externalauthprovider');
  assert.equal(entra.judged.at(-1)?.error, 'access_denied');
  await ownerGetsThrough(who, user);
});

test('when the keys of Entra cannot be had, nobody is believed', async () => {
  const who = await at.resident('Keyless');
  const lonely = await entraFor(at.house);
  const there = await tenantOf(at.house, lonely, 'lonely');
  const { action, fields } = await lonely.request(lonely.user(there, who.loginName));
  await lonely.close();
  const visitor = at.house.visitor();
  await submit(visitor, action, fields);
  await refuses(visitor, 'keys-unavailable');
  assert.ok(visitor.page.html.includes('value="temporarily_unavailable"'));
});

test('neither hints nor tokens nor whole numbers of phones are in the log', async () => {
  const said = at.house.log.join('\n');
  assert.ok(!/eyJ[\w-]{20,}\./.test(said), 'a token was logged');
  assert.equal(await at.count('audit_records', `record like '%eyJ%'`), 0);
  assert.ok(
    (await at.count('audit', `kind = 'proof.answered' and detail->>'clientRequestId' is not null`)) > 5,
  );
});
