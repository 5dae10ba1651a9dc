import { randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { fastifyCookie } from '@fastify/cookie';
import type { FastifyReply } from 'fastify';
import { cookieName, cookieOptions } from '../http/browser.ts';
import { days } from '../kit/clock.ts';
import type { UserId } from '../kit/ids.ts';
import { hashSecret, keyedHash } from '../kit/secrets.ts';

/**
 * Whether a browser was signed in as a person before. It says so itself, by a mark and a proof that
 * only we could have given it. It opens nothing: guesses from elsewhere just do not lock a person out
 * of the browser they always use. The mark outlives the window, which the browser's own secret does not.
 */
export interface KnownBrowsers {
  /** What tells this browser from others, for the person it knows; absent for everybody else. */
  knows(request: IncomingMessage, user: UserId): Buffer | undefined;
  remember(request: IncomingMessage, reply: FastifyReply, user: UserId): void;
}

const mostPeople = 5;

export function openKnownBrowsers(options: { secure: boolean; key: Buffer }): KnownBrowsers {
  const name = cookieName('genkan-known', options.secure);
  const proofFor = (mark: string, user: UserId): string =>
    keyedHash(options.key, mark, user).subarray(0, 16).toString('base64url');
  const read = (request: IncomingMessage): { mark: string | undefined; proofs: string[] } => {
    const [mark, ...proofs] = (fastifyCookie.parse(request.headers.cookie ?? '')[name] ?? '').split('.');
    return { mark: mark || undefined, proofs: proofs.slice(0, mostPeople) };
  };
  return {
    knows(request, user) {
      const { mark, proofs } = read(request);
      return mark !== undefined && proofs.includes(proofFor(mark, user)) ? hashSecret(mark) : undefined;
    },
    remember(request, reply, user) {
      const { mark = randomBytes(16).toString('base64url'), proofs } = read(request);
      const mine = proofFor(mark, user);
      const people = [mine, ...proofs.filter(other => other !== mine)].slice(0, mostPeople);
      reply.setCookie(name, [mark, ...people].join('.'), cookieOptions(options.secure, days(365)));
    },
  };
}
