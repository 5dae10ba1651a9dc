import type { IncomingMessage } from 'node:http';
import { fastifyCookie } from '@fastify/cookie';
import type { FastifyReply } from 'fastify';
import { type Browser, cookieName, cookieOptions } from '../http/browser.ts';
import { days } from '../kit/clock.ts';
import type { UserId } from '../kit/ids.ts';
import { keyedHash } from '../kit/secrets.ts';

/**
 * Whether a browser was signed in as a person before. It says so itself, by a proof that only we
 * could have given it and that fits no other browser. It opens nothing: guesses from elsewhere just
 * do not lock a person out of the browser they always use.
 */
export interface KnownBrowsers {
  knows(request: IncomingMessage, browser: Browser, user: UserId): boolean;
  remember(request: IncomingMessage, reply: FastifyReply, browser: Browser, user: UserId): void;
}

const mostPeople = 5;

export function openKnownBrowsers(options: { secure: boolean; key: Buffer }): KnownBrowsers {
  const name = cookieName('genkan-known', options.secure);
  const proof = (browser: Browser, user: UserId): string =>
    keyedHash(options.key, browser.secret, user).subarray(0, 16).toString('base64url');
  const proofsOf = (request: IncomingMessage): string[] =>
    (fastifyCookie.parse(request.headers.cookie ?? '')[name] ?? '').split('.').slice(0, mostPeople);
  return {
    knows: (request, browser, user) => proofsOf(request).includes(proof(browser, user)),
    remember(request, reply, browser, user) {
      const mine = proof(browser, user);
      const others = proofsOf(request).filter(other => other !== mine && other !== '');
      const value = [mine, ...others].slice(0, mostPeople).join('.');
      reply.setCookie(name, value, cookieOptions(options.secure, days(365)));
    },
  };
}
