import { randomBytes } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { hashSecret, keyedHash, newSecret, sameSecret } from '../kit/secrets.ts';

/**
 * What we know of the browser that asks. Its cookie is a random secret and says nothing about a
 * person: it binds sign-ins and forms to the browser that began them.
 */
export interface Browser {
  readonly secret: string;
  /** what the database keeps of it */
  readonly hash: Buffer;
  /** whether the cookie came with this request; false for a first visit or refused cookies */
  readonly returned: boolean;
}

export interface BrowserCookies {
  /** The browser of this request; a new one gets its cookie with the reply. */
  of(request: FastifyRequest, reply: FastifyReply): Browser;
  formToken(browser: Browser): string;
  isFormToken(browser: Browser, token: string): boolean;
}

const known = new WeakMap<FastifyRequest, Browser>();
const shape = /^[\w-]{43}$/;

export function openBrowserCookies(options: { secure: boolean; key: Buffer }): BrowserCookies {
  const name = cookieName('genkan-browser', options.secure);
  const proof = (browser: Browser): Buffer => keyedHash(options.key, 'form', browser.secret);
  return {
    // Masked anew in each page: pages are compressed, and a constant could be guessed by their length (BREACH).
    formToken(browser) {
      const mask = randomBytes(32);
      return Buffer.concat([mask, xor(mask, proof(browser))]).toString('base64url');
    },
    isFormToken(browser, token) {
      const bytes = Buffer.from(token, 'base64url');
      if (bytes.length !== 64) return false;
      return sameSecret(xor(bytes.subarray(0, 32), bytes.subarray(32)), proof(browser));
    },
    of(request, reply) {
      const seen = known.get(request);
      if (seen) return seen;
      const value = request.cookies[name];
      const returned = value !== undefined && shape.test(value);
      const secret = returned ? value : newSecret();
      const browser = { secret, hash: hashSecret(secret), returned };
      known.set(request, browser);
      if (!returned) reply.setCookie(name, secret, cookieOptions(options.secure));
      return browser;
    },
  };
}

const xor = (a: Buffer, b: Buffer): Buffer => Buffer.from(a.map((byte, i) => byte ^ (b[i] ?? 0)));

/** `__Host-`: no other host and no subdomain can plant it. Only where the site is https can it be used. */
export const cookieName = (name: string, secure: boolean): string => (secure ? `__Host-${name}` : name);

export const cookieOptions = (secure: boolean, maxAge?: number) =>
  ({
    path: '/',
    httpOnly: true,
    sameSite: 'lax',
    secure,
    ...(maxAge === undefined ? {} : { maxAge: Math.floor(maxAge / 1000) }),
  }) as const;
