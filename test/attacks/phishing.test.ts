// A page that looks like ours at another address, and hands everything on: it takes codes along, and no passkey.
import assert from 'node:assert/strict';
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { after, before, test } from 'node:test';
import { type Chromium, openChromium, type Person } from '../cast/chromium.ts';
import { doNotStay, openSecurityInfo, signIn } from '../cast/steps.ts';
import { virtualAuthenticator } from '../cast/virtual-authenticator.ts';
import { assertNotSignedIn, assertSignedIn, type Resident, scene } from './scene.ts';

/** Somebody's copy of us: every request goes on to the house, every cookie that comes back is kept. */
interface Phishing {
  readonly url: string;
  readonly cookies: Map<string, string>;
  close(): Promise<void>;
}

async function openPhishing(name: string): Promise<Phishing> {
  const house = new URL(at.house.url);
  const cookies = new Map<string, string>();
  const server = createServer((asked, answer) => {
    relay(asked, answer).catch((error: unknown) => answer.writeHead(502).end(String(error)));
  });
  await new Promise<void>(resolve => server.listen(0, resolve));
  const url = `http://${name}:${(server.address() as AddressInfo).port}`;
  const into = (text: string): string => text.replaceAll(url, house.origin);
  const outOf = (text: string): string => text.replaceAll(house.origin, url);

  async function relay(asked: IncomingMessage, answer: ServerResponse): Promise<void> {
    const body = await buffer(asked);
    const headers = Object.fromEntries(
      Object.entries(asked.headers).map(([key, value]) => [key, into(String(value))]),
    );
    const said = await new Promise<IncomingMessage>((resolve, reject) => {
      request(new URL(asked.url ?? '/', house), {
        method: asked.method ?? 'GET',
        headers: { ...headers, host: house.host, 'accept-encoding': 'identity' },
      })
        .once('response', resolve)
        .once('error', reject)
        .end(body);
    });
    for (const line of said.headers['set-cookie'] ?? []) {
      const [pair = ''] = line.split(';');
      const [cookie = '', ...value] = pair.split('=');
      cookies.set(cookie, value.join('='));
    }
    const { location, 'content-length': _, ...kept } = said.headers;
    const page = await buffer(said);
    const isText = /^text|json|javascript/.test(String(said.headers['content-type']));
    answer
      .writeHead(said.statusCode ?? 500, { ...kept, ...(location ? { location: outOf(location) } : {}) })
      .end(isText ? outOf(page.toString()) : page);
  }

  return {
    url,
    cookies,
    async close() {
      server.closeAllConnections();
      await new Promise(resolve => server.close(resolve));
    },
  };
}

/** Whoever runs the copy, with the cookies that came by, at the real house. */
function thief({ cookies }: Phishing) {
  const visitor = at.house.visitor();
  for (const [name, value] of cookies) visitor.cookies.set(name, value);
  return visitor;
}

const at = scene();
let chromium: Chromium;
before(async () => {
  chromium = await openChromium();
});
after(() => chromium?.close());

const browserAt = (url: string): Promise<Person> =>
  chromium.openBrowser({ house: { ...at.house, url }, story: 'phishing' });

async function byText(person: Person, who: Resident): Promise<void> {
  await person.press(`+81 XX-XXXX-XX${who.phone.number.slice(-2)} にSMSを送信`);
  await person.fill('コード', await who.phone.code());
  await person.press('検証');
}

test('a code by text is handed on like a password, and whoever runs the copy is in', async () => {
  const who = await at.resident('Careless');
  const copy = await openPhishing('localhost');
  const victim = await browserAt(copy.url);
  await victim.open('/');
  await signIn(victim, who.loginName);
  await byText(victim, who);
  await doNotStay(victim);
  await victim.sees('マイ アプリ');
  await assertSignedIn(thief(copy));
  await victim.page.context().close();
  await copy.close();
});

/** The passkey is made at the house; then its person, with the same device, comes to the copy. */
async function lured(name: string, host: string): Promise<{ victim: Person; copy: Phishing }> {
  const who = await at.resident(name);
  const victim = await browserAt(at.house.url);
  const device = await virtualAuthenticator(victim);
  await victim.open('/');
  await signIn(victim, who.loginName);
  await byText(victim, who);
  await doNotStay(victim);
  await openSecurityInfo(victim);
  await victim.press('+ サインイン方法の追加');
  await victim.press('パスキー');
  await victim.press('次へ');
  await victim.sees('パスキーが追加されました');
  await victim.page.context().clearCookies();
  await device.isTouched(false);
  const copy = await openPhishing(host);
  await victim.open(copy.url);
  await signIn(victim, who.loginName);
  await victim.sees('ID の確認');
  await device.isTouched(true);
  await victim.press('パスキーを使用する：端末のパスキー');
  return { victim, copy };
}

test('what a passkey signs names the copy, and is refused', async () => {
  const { victim, copy } = await lured('Lured', 'localhost');
  await victim.sees('このパスキーは、ここでは使用できません');
  await assertNotSignedIn(thief(copy));
  assert.equal(await at.count('audit', `kind = 'sign-in.step' and detail->>'reason' = 'wrong'`), 1);
  await victim.page.context().close();
  await copy.close();
});

test('at another name the browser does not even ask the device', async () => {
  const { victim, copy } = await lured('Led', 'login.localhost');
  await victim.sees('このアドレスではパスキーを使用できませんでした');
  await assertNotSignedIn(thief(copy));
  await victim.page.context().close();
  await copy.close();
});
