import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { test } from 'node:test';
import { pino } from 'pino';
import { loadConfiguration } from '../../src/config/index.ts';
import { freePort } from '../../src/kit/testing.ts';
import { start } from '../../src/main.ts';
import { base32 } from '../../src/methods/otp.ts';
import { openSimulator } from '../../src/simulator/index.ts';
import { testDatabase } from '../../src/storage/testing.ts';
import { assetFolders } from '../cast/pages.ts';
import { until } from '../cast/until.ts';
import type { Visitor } from '../cast/visitor.ts';
import { actionOf, arrive, askText, assertSignedIn, enter, otherThan, post, query, scene } from './scene.ts';

const at = scene();

/** Every row of every table, as text; bytes as hexadecimal digits. */
async function dump(): Promise<Map<string, string>> {
  const { rows } = await query(
    at.house,
    `select table_name as name from information_schema.tables where table_schema = 'public'`,
  );
  const tables = new Map<string, string>();
  for (const { name } of rows) {
    const all = await query(at.house, `select string_agg(t::text, E'\\n') as text from "${name}" t`);
    tables.set(String(name), String(all.rows[0]?.text ?? ''));
  }
  return tables;
}

/** A secret in the forms in which it might lie somewhere. */
const formsOf = (secret: string | Buffer): string[] => {
  const bytes = Buffer.from(secret);
  return [
    ...new Set([
      bytes.toString('utf8'),
      bytes.toString('hex'),
      bytes.toString('base64'),
      bytes.toString('base64url'),
      encodeURIComponent(bytes.toString('utf8')),
    ]),
  ].filter(form => form.length >= 6);
};

/** Ids and bytes are full of digits, and now and then they are those of a code or of a number. */
const withoutIds = (text: string): string =>
  text.replace(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{16,}/g, '…');

/** Whether it stands there; six digits do where they stand by themselves, and not within an instant or a duration. */
const holds = (text: string, form: string): boolean =>
  /^\d{6}$/.test(form) ? new RegExp(`(?<![\\d.])${form}(?!\\d)`).test(withoutIds(text)) : text.includes(form);

test('a secret that came by is nowhere afterwards: not in the log, not in a table, not in an address, not in a mail', async () => {
  const canaries: Record<string, string | Buffer> = {};
  const addresses: string[] = [];
  const watch = async (visitor: Visitor, page: Promise<unknown>): Promise<void> => {
    await page;
    addresses.push(visitor.page.url);
  };
  const password = 'kanariya no uta 4711';
  const person = await at.resident('Canary', { password, app: true });
  canaries.password = password;
  canaries['telephone number'] = person.phone.number.slice(3);
  canaries['secret of the app'] = person.app?.secret ?? '';
  canaries['secret of the app, as it is typed'] = base32(person.app?.secret ?? Buffer.alloc(0));
  const { secret } = await at.house.given.application('canary', { offlineAccess: true });
  canaries['secret of the application'] = secret ?? '';

  const visitor = at.house.visitor();
  canaries['wrong password'] = 'not the canary’s song 42';
  await watch(visitor, enter(visitor, person, undefined, String(canaries['wrong password'])));
  await watch(visitor, visitor.send('/password', { password }));
  await watch(visitor, visitor.send('/ask', { way: 'mobile text' }));
  const code = await person.phone.code();
  canaries['wrong code'] = otherThan(code, 111_111);
  await watch(visitor, visitor.send('/answer', { code: String(canaries['wrong code']) }));
  canaries.code = code;
  await watch(visitor, visitor.send('/answer', { code }));
  await watch(visitor, arrive(visitor));
  for (const [name, value] of visitor.cookies)
    if (/session|browser/.test(name)) canaries[`cookie ${name}`] = value;

  // A new app, and a number that is read back before anything is sent, and one that is refused.
  await watch(visitor, visitor.open('/account/security-info/add'));
  await watch(visitor, visitor.send('/choose', { adding: 'totp app' }));
  canaries['secret of the new app'] =
    /secret=([A-Z2-7]{32})/.exec(visitor.page.html)?.[1] ?? assert.fail(visitor.page.html);
  await visitor.open('/account/security-info/add');
  await visitor.send('/choose', { adding: 'phone office' });
  const fill = actionOf(visitor, '/fill');
  canaries['number that was refused'] = '0570987654';
  await post(visitor, fill, { country: 'JP', number: '0570-987654', way: 'call' });
  await post(visitor, fill, { country: 'JP', number: '0570987654', way: 'call' });
  canaries['number without a country'] = '81345678123';
  await post(visitor, fill, { country: 'JP', number: '81345678123', way: 'call', extension: '' });
  await watch(visitor, visitor.open(fill.replace('/fill', '')));

  const redirect = 'http://localhost:9/canary/callback';
  const verifier = 'v'.repeat(43);
  const asked = new URLSearchParams({
    client_id: 'canary',
    response_type: 'code',
    redirect_uri: redirect,
    scope: 'openid offline_access',
    prompt: 'consent',
    state: 'x',
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
  });
  let next = `/oidc/auth?${asked}`;
  let answer: URL | undefined;
  for (let hop = 0; hop < 10 && !answer; hop++) {
    const response = await visitor.request(next);
    const body = await response.text();
    const to =
      response.headers.get('location') ??
      /http-equiv="refresh" content="0;url=([^"]*)"/.exec(body)?.[1] ??
      '';
    const url = new URL(to.replaceAll('&amp;', '&'), at.house.url);
    if (url.port === '9') answer = url;
    else next = url.href;
  }
  canaries['authorization code'] = answer?.searchParams.get('code') ?? assert.fail('no code');
  const response = await fetch(`${at.house.url}/oidc/token`, {
    method: 'POST',
    headers: { authorization: `Basic ${Buffer.from(`canary:${secret}`).toString('base64')}` },
    body: new URLSearchParams({
      grant_type: 'authorization_code',
      code: String(canaries['authorization code']),
      redirect_uri: redirect,
      code_verifier: verifier,
    }),
  });
  const tokens = (await response.json()) as Record<string, string>;
  for (const kind of ['access_token', 'refresh_token', 'id_token'])
    canaries[kind] = tokens[kind] ?? assert.fail(JSON.stringify(tokens));
  for (const value of [String(canaries.access_token), 'made-up'])
    await (
      await fetch(`${at.house.url}/oidc/me?access_token=${value}`, {
        headers: { authorization: `Bearer ${value}` },
      })
    ).arrayBuffer();
  await (
    await fetch(`${at.house.url}/oidc/token`, {
      method: 'POST',
      headers: { authorization: `Basic ${Buffer.from('canary:wrong-secret-4711').toString('base64')}` },
      body: new URLSearchParams({ grant_type: 'refresh_token', refresh_token: tokens.refresh_token ?? '' }),
    })
  ).arrayBuffer();
  canaries['wrong secret of the application'] = 'wrong-secret-4711';

  // What was done to the account is told by mail; what could be used is not in it.
  const owner = at.house.visitor();
  at.house.clock.pass(61_000);
  await enter(owner, person, undefined, password);
  await owner.send('/ask', { way: `${person.app?.credential} code` });
  await owner.send('/answer', { code: person.app?.code() ?? '' });
  await arrive(owner);
  await owner.open('/account/security-info/remove?method=phone&credential=mobile');
  await owner.send('/remove');
  await until(() => at.house.letters().some(letter => letter.includes(person.loginName)));
  await assertSignedIn(owner);

  const tables = await dump();
  const places: [string, string][] = [
    ['the log', at.house.log.join('\n')],
    ['the addresses', addresses.join('\n')],
    ['the mails', at.house.letters().join('\n')],
    ...[...tables].map(([name, text]): [string, string] => [`the table ${name}`, text]),
  ];
  assert.ok(tables.size >= 15 && (tables.get('audit_records') ?? '').length > 1_000);
  for (const [canary, secret] of Object.entries(canaries)) {
    assert.ok(secret.length >= 6, `${canary} is missing`);
    for (const form of formsOf(secret))
      for (const [place, text] of places)
        assert.ok(!holds(text, form), `${canary} is in ${place}: …${around(text, form)}…`);
  }
});

const around = (text: string, form: string): string =>
  text.slice(Math.max(0, text.indexOf(form) - 200), text.indexOf(form) + 40);

test('the log of what happened has no whole number, no code and no password in it, and tells what happened all the same', async () => {
  const person = await at.resident('Masked');
  const visitor = at.house.visitor();
  const code = await askText(visitor, person);
  await visitor.send('/answer', { code });
  await arrive(visitor);
  const { rows } = await query(
    at.house,
    `select kind, record from audit_records where user_id = '${person.id}' order by id`,
  );
  const all = withoutIds(rows.map(row => String(row.record)).join('\n'));
  assert.doesNotMatch(all, /\+?81-?\s?\d{2}-?\d{4}-?\d{4}|090\d{8}/);
  assert.ok(!holds(all, code), all);
  assert.match(all, /XX-XXXX-XX/);
  for (const kind of [
    'sign-in.started',
    'sign-in.step',
    'sign-in.policies',
    'delivery.sent',
    'sign-in.granted',
  ])
    assert.ok(
      rows.some(row => row.kind === kind || kind === 'sign-in.started'),
      `${kind} is missing`,
    );
});

test('there is no telephone simulator outside of demo, development and tests, whatever anybody writes', async () => {
  for (const mode of [
    'production',
    'serve',
    '',
    'Demo',
    'demo ',
    undefined,
    null,
    true,
    ['demo'],
    { toString: () => 'demo' },
  ])
    assert.throws(
      () => openSimulator({ mode: mode as 'demo', clock: at.house.clock }),
      /no phone simulator/,
      String(mode),
    );
  for (const key of ['simulator', 'demo', 'mode'])
    assert.throws(
      () =>
        loadConfiguration({
          env: { [`GENKAN_${key.toUpperCase()}`]: 'true', GENKAN_URL: 'https://genkan.example' },
        }),
      key,
    );
});

test('a server that is started as in production has no simulator’s page and no window, whatever its surroundings say', async () => {
  const before = { ...process.env };
  Object.assign(process.env, { NODE_ENV: 'development', GENKAN_MODE: 'demo', DEMO: '1' });
  const database = await testDatabase();
  const folder = mkdtempSync(`${tmpdir()}/genkan-production-`);
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const running = await start({
    configuration: loadConfiguration({
      env: {},
      defaults: {
        url,
        listen: { host: '127.0.0.1', port },
        dataFolder: folder,
        databaseUrl: database.connectionString,
      },
    }),
    assets: await assetFolders(),
    say: () => undefined,
    logger: pino({ level: 'silent' }),
  });
  try {
    for (const path of [
      '/simulator',
      '/simulator/api/phones/+819012345678',
      '/simulator/wait',
      '/Simulator',
      '/simulator/',
    ])
      assert.equal((await fetch(url + path)).status, 404, path);
    assert.equal((await fetch(`${url}/livez`)).status, 200);
  } finally {
    await running.close();
    await database.drop();
    rmSync(folder, { recursive: true, force: true });
    for (const key of ['NODE_ENV', 'GENKAN_MODE', 'DEMO']) {
      if (before[key] === undefined) delete process.env[key];
      else process.env[key] = before[key];
    }
  }
});
