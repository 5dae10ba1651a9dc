import assert from 'node:assert/strict';
import { randomBytes, webcrypto } from 'node:crypto';
import type {
  Answer,
  Answered,
  Asked,
  Pulled,
  Registered,
  Signed,
  Subscription,
  Wrong,
} from '../../src/methods/authenticator/api.ts';
import { registering, requesting, signing } from '../../src/methods/authenticator/statement.ts';
import { hotp, stepOf } from '../../src/methods/otp.ts';
import type { House } from './house.ts';
import type { Visitor } from './visitor.ts';

/** What the server said: its status, and what was in it. */
export interface Said<T> {
  readonly status: number;
  readonly body: T & Partial<Wrong>;
}

/** A telephone with Genkan Authenticator on it, without screen: it says what its person would press. */
export interface Device {
  readonly id: string;
  readonly user: string;
  readonly secret: Buffer;
  /** One signed request, or what a cheat makes of it. */
  ask<T>(act: string, body?: unknown, cheat?: Partial<Signed> & { readonly as?: string }): Promise<Said<T>>;
  /** What it has to answer: one, or nothing. */
  pull(): Promise<Asked | undefined>;
  answer(asked: Asked, given: Partial<Answer>): Promise<Said<Answered>>;
  /** The signed request of an answer, for sending it more than once. */
  signed(act: string, body: unknown, cheat?: Partial<Signed> & { readonly as?: string }): Promise<Signed>;
  code(steps?: number): string;
}

export async function post<T>(house: House, path: string, body: unknown): Promise<Said<T>> {
  const response = await fetch(`${house.url}/authenticator/api/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-forwarded-for': '198.51.100.77' },
    body: JSON.stringify(body),
  });
  return { status: response.status, body: (await response.json()) as T & Partial<Wrong> };
}

export const newKey = () =>
  webcrypto.subtle.generateKey(signing, false, ['sign', 'verify']) as Promise<webcrypto.CryptoKeyPair>;

export const pointOf = async (key: webcrypto.CryptoKeyPair): Promise<string> =>
  Buffer.from(await webcrypto.subtle.exportKey('raw', key.publicKey)).toString('base64url');

export const signWith = async (
  key: webcrypto.CryptoKeyPair,
  text: Uint8Array<ArrayBuffer>,
): Promise<string> =>
  Buffer.from(await webcrypto.subtle.sign(signing, key.privateKey, text)).toString('base64url');

/** Brings a new key to the server, for a token. */
export async function bringKey(
  house: House,
  token: string,
  has: { name?: string; subscription?: Subscription; key?: webcrypto.CryptoKeyPair } = {},
): Promise<{ key: webcrypto.CryptoKeyPair; said: Said<Registered> }> {
  const key = has.key ?? (await newKey());
  const to = { token, publicKey: await pointOf(key), name: has.name ?? 'Pixel' };
  const said = await post<Registered>(house, 'register', {
    ...to,
    ...(has.subscription ? { subscription: has.subscription } : {}),
    signature: await signWith(key, registering(house.url, to)),
  });
  return { key, said };
}

export function deviceOf(house: House, key: webcrypto.CryptoKeyPair, registered: Registered): Device {
  const signed: Device['signed'] = async (act, body, { as, ...cheat } = {}) => {
    const said = {
      device: registered.device,
      at: house.clock.now(),
      nonce: randomBytes(16).toString('base64url'),
      body: JSON.stringify(body),
    };
    const signature = await signWith(key, requesting(as ?? house.url, act, said));
    return { ...said, signature, ...cheat };
  };
  const ask: Device['ask'] = async (act, body = {}, cheat = {}) =>
    post(house, `device/${act}`, await signed(act, body, cheat));
  return {
    id: registered.device,
    user: registered.user,
    secret: Buffer.from(registered.secret, 'base64url'),
    ask,
    signed,
    async pull() {
      const { status, body } = await ask<Pulled>('pull');
      assert.equal(status, 200, JSON.stringify(body));
      return body.requests[0];
    },
    answer: (asked, given) => ask<Answered>('answer', answerTo(asked, given)),
    code: (steps = 0) => hotp(Buffer.from(registered.secret, 'base64url'), stepOf(house.clock.now()) + steps),
  };
}

/** What an honest app says about what it showed. */
export const answerTo = (asked: Asked, given: Partial<Answer>): Answer => ({
  request: asked.request,
  challenge: asked.challenge,
  user: asked.user,
  application: asked.application,
  address: asked.place.address,
  trusted: asked.place.trusted,
  askedAt: asked.askedAt,
  decision: 'approve',
  number: '',
  ...given,
});

/** The token in the address on the page of the wizard. */
export function tokenOn(visitor: Visitor): string {
  const [, token] = /\/authenticator#register=([\w-]+)/.exec(visitor.page.html) ?? [];
  assert.ok(token, visitor.page.text);
  return token;
}

/** The two digits on the page. */
export function numberOn(visitor: Visitor): string {
  const [, number] = /big-number">[\s\S]*?<\/span>\s*(\d\d)\s*</.exec(visitor.page.html) ?? [];
  assert.ok(number, visitor.page.text);
  return number;
}

/** Asks for the page anew, as one does that waits. */
export const look = (visitor: Visitor) => visitor.open(new URL(visitor.page.url).pathname);

/** From the list of what can be added to the page with the code. */
export async function startWizard(visitor: Visitor): Promise<void> {
  await visitor.open('/account/security-info/add');
  await visitor.send('/choose', { adding: 'authenticator authenticator' });
  await visitor.send('/fill');
}

/** Goes through the wizard with a device; the visitor may change security info. */
export async function addDevice(
  house: House,
  visitor: Visitor,
  has: Parameters<typeof bringKey>[2] = {},
): Promise<Device> {
  await startWizard(visitor);
  const { key, said } = await bringKey(house, tokenOn(visitor), has);
  assert.equal(said.status, 200, JSON.stringify(said.body));
  const device = deviceOf(house, key, said.body);
  await look(visitor);
  const asked = await device.pull();
  assert.ok(asked, 'the first question');
  const { body } = await device.answer(asked, { number: numberOn(visitor) });
  assert.equal(body.outcome, 'approved');
  await look(visitor);
  assert.ok(visitor.page.text.includes('追加されました'), visitor.page.text);
  await visitor.send('/done');
  return device;
}
