import type { IncomingMessage } from 'node:http';
import { fastifyCookie } from '@fastify/cookie';
import type { FastifyReply } from 'fastify';
import type { Actor, Audit } from '../audit/index.ts';
import { cookieName, cookieOptions } from '../http/browser.ts';
import type { Clock, Instant } from '../kit/clock.ts';
import { isId, newId, type SessionId, type UserId } from '../kit/ids.ts';
import { hashSecret, newSecret } from '../kit/secrets.ts';
import type { Granted, SignIn } from '../sign-in/index.ts';
import type { Part, Storage, Tx } from '../storage/index.ts';
import { expiryOf, isIdle, limits, type Session } from './session.ts';
import * as store from './store.ts';

export { type KnownBrowsers, openKnownBrowsers } from './known-browsers.ts';
export type { Session } from './session.ts';
export type { ListedSession } from './store.ts';

/** What a browser is given when its sign-in was granted. The token exists here and in its cookie only. */
export interface StartedSession {
  readonly token: string;
  readonly maxAge: number | undefined;
}

export interface Sessions {
  /** The session of this request, looked up once a request; undefined when there is none that counts. */
  current(request: IncomingMessage): Promise<Session | undefined>;
  /**
   * Nothing but a granted sign-in becomes a session: by these parts of the change that spends the sign-in,
   * which is not made when the person was disabled or revoked meanwhile.
   */
  start(
    granted: SignIn<Granted>,
    visit: { address: string | undefined; userAgent: string | undefined; sessionCookie: string | undefined },
  ): Promise<{ readonly session: StartedSession; readonly parts: readonly Part[] }>;
  give(reply: FastifyReply, started: StartedSession): void;
  cookieOf(request: IncomingMessage): string | undefined;
  /** Signs this browser out. */
  end(request: IncomingMessage, reply: FastifyReply | undefined, actor: Actor): Promise<Session | undefined>;
  /** A part by which a change is made only while this session is there: whoever ends it is waited for. */
  holding(user: UserId, id: string): Part;
  /** Signs out one of a person's own sessions, by its id in the list. */
  endOne(user: UserId, id: string, actor: Actor): Promise<boolean>;
  removeExpired(now: Instant): Promise<void>;
  list(user: UserId): Promise<readonly store.ListedSession[]>;
}

export function openSessions(deps: {
  storage: Storage;
  audit: Audit;
  clock: Clock;
  secure: boolean;
  stayDays: () => Promise<number>;
  /** ends what applications hold of a session that somebody ends: here, or from the list of devices */
  signedOut(tx: Tx, session: SessionId): Promise<void>;
}): Sessions {
  const { storage, audit, clock } = deps;
  const name = cookieName('genkan-session', deps.secure);
  const tokenOf = (request: IncomingMessage): string | undefined =>
    fastifyCookie.parse(request.headers.cookie ?? '')[name];
  const looked = new WeakMap<IncomingMessage, Promise<Session | undefined>>();

  async function look(request: IncomingMessage): Promise<Session | undefined> {
    const token = tokenOf(request);
    if (!token) return undefined;
    const now = clock.now();
    const session = await store.find(storage.db, hashSecret(token), now);
    if (!session || isIdle(session, now)) return undefined;
    if (session.lastSeenAt + limits.seenEvery < now) await store.markSeen(storage.db, session.tokenHash, now);
    return session;
  }

  async function ended(tx: Tx, tokenHash: Buffer, user: UserId, actor: Actor): Promise<boolean> {
    const removed = await store.remove(tx, tokenHash);
    if (!removed) return false;
    await store.endAttempts(tx, user);
    await deps.signedOut(tx, removed.id);
    await audit.record(tx, { kind: 'session.ended', user, actor, detail: { session: removed.id } });
    return true;
  }

  return {
    cookieOf: tokenOf,
    current(request) {
      const known = looked.get(request) ?? look(request);
      looked.set(request, known);
      return known;
    },
    async start(granted, visit) {
      const { user, evidence, createdAt: signInBegan } = granted;
      if (!user) throw new Error('a sign-in was granted to nobody');
      const now: Instant = clock.now();
      const token = newSecret();
      const { persistent } = granted.step;
      const ends = evidence.flatMap(({ until }) => (until === undefined ? [] : [until]));
      const expiresAt = Math.min(expiryOf(persistent, now, await deps.stayDays()), ...ends);
      const parts = store.starting(
        {
          id: newId(now),
          tokenHash: hashSecret(token),
          user,
          evidence,
          persistent,
          startedAt: now,
          expiresAt,
        },
        // A new token at each rise in assurance: one that was planted or seen before is worth nothing.
        { ...visit, signInBegan, before: visit.sessionCookie ? hashSecret(visit.sessionCookie) : undefined },
      );
      return { session: { token, maxAge: persistent ? expiresAt - now : undefined }, parts };
    },
    give(reply, started) {
      reply.setCookie(name, started.token, cookieOptions(deps.secure, started.maxAge));
    },
    async end(request, reply, actor) {
      const session = await this.current(request);
      reply?.clearCookie(name, cookieOptions(deps.secure));
      looked.set(request, Promise.resolve(undefined));
      if (session) await storage.tx(tx => ended(tx, session.tokenHash, session.user, actor));
      return session;
    },
    holding: store.holding,
    async endOne(user, id, actor) {
      if (!isId(id)) return false;
      return storage.tx(async tx => {
        const tokenHash = await store.tokenHashOf(tx, user, id as SessionId);
        return tokenHash !== undefined && ended(tx, tokenHash, user, actor);
      });
    },
    removeExpired: now => store.removeExpired(storage.db, now),
    list: user => store.list(storage.db, user, clock.now()),
  };
}
