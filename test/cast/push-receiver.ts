import assert from 'node:assert/strict';
import { createDecipheriv, createECDH, hkdfSync, randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { importJWK, jwtVerify } from 'jose';
import type { Subscription } from '../../src/methods/authenticator/api.ts';

/** One message as the push service took it, and as only its browser can read it. */
export interface PushMessage {
  readonly headers: IncomingMessage['headers'];
  /** what stands in the clear for the push service */
  readonly body: Buffer;
  readonly text: string;
}

/** A push service on this machine: it looks at who sends (RFC 8292), and plays the browser that decrypts (RFC 8291). */
export interface PushService {
  /** A subscription of a new browser. */
  subscribe(): Subscription;
  readonly messages: readonly PushMessage[];
  /** how it answers from now on; by itself with 201 */
  answer: (request: IncomingMessage, response: ServerResponse) => void;
  readonly origin: string;
  close(): Promise<void>;
}

const derive = (input: Buffer, salt: Buffer, info: Buffer, length: number): Buffer =>
  Buffer.from(hkdfSync('sha256', input, salt, info, length));

export async function openPushService(clock: { now(): number }): Promise<PushService> {
  const browsers = new Map<string, { key: ReturnType<typeof createECDH>; auth: Buffer }>();
  const messages: PushMessage[] = [];

  async function take(request: IncomingMessage): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks);
    const browser = browsers.get(request.url ?? '');
    assert.ok(browser, request.url);
    await isVouchedFor(request.headers.authorization ?? '');
    messages.push({ headers: request.headers, body, text: decrypt(body, browser) });
  }

  /** RFC 8292 §2: an ES256 JWT for our origin, by the key that stands beside it. */
  async function isVouchedFor(header: string): Promise<void> {
    const [, token = '', k = ''] = /^vapid t=([\w.-]+), k=([\w-]+)$/.exec(header) ?? [];
    const point = Buffer.from(k, 'base64url');
    assert.equal(point.length, 65);
    const jwk = {
      kty: 'EC',
      crv: 'P-256',
      x: point.toString('base64url', 1, 33),
      y: point.toString('base64url', 33),
    };
    const { payload } = await jwtVerify(token, await importJWK(jwk, 'ES256'), {
      audience: origin(),
      algorithms: ['ES256'],
      currentDate: new Date(clock.now()),
    });
    assert.ok((payload.exp ?? 0) * 1000 <= clock.now() + 24 * 3_600_000);
    assert.match(payload.sub ?? '', /^(mailto|https):/);
  }

  const service: PushService = {
    messages,
    answer: (_request, response) => response.writeHead(201).end(),
    get origin() {
      return origin();
    },
    subscribe() {
      const key = createECDH('prime256v1');
      key.generateKeys();
      const auth = randomBytes(16);
      const path = `/push/${randomBytes(12).toString('hex')}`;
      browsers.set(path, { key, auth });
      return {
        endpoint: `${origin()}${path}`,
        keys: { p256dh: key.getPublicKey('base64url'), auth: auth.toString('base64url') },
      };
    },
    async close() {
      server.closeAllConnections();
      await new Promise(resolve => server.close(resolve));
    },
  };
  const server = createServer((request, response) => {
    take(request).then(
      () => service.answer(request, response),
      error => response.writeHead(400).end(String(error)),
    );
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const origin = (): string => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return service;
}

/** RFC 8188 §2.1 and RFC 8291 §3.4, from the side of the browser. */
function decrypt(body: Buffer, { key, auth }: { key: ReturnType<typeof createECDH>; auth: Buffer }): string {
  const salt = body.subarray(0, 16);
  const theirs = body.subarray(21, 21 + body.readUInt8(20));
  const sealed = body.subarray(21 + theirs.length);
  const info = Buffer.concat([Buffer.from('WebPush: info\0'), key.getPublicKey(), theirs]);
  const input = derive(key.computeSecret(theirs), auth, info, 32);
  const opening = createDecipheriv(
    'aes-128-gcm',
    derive(input, salt, Buffer.from('Content-Encoding: aes128gcm\0'), 16),
    derive(input, salt, Buffer.from('Content-Encoding: nonce\0'), 12),
  ).setAuthTag(sealed.subarray(-16));
  const plain = Buffer.concat([opening.update(sealed.subarray(0, -16)), opening.final()]);
  assert.equal(plain.at(-1), 2);
  return plain.toString('utf8', 0, plain.length - 1);
}
