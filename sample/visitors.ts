import { randomBytes } from 'node:crypto';
import type { Pending, Tokens } from './relying-party.ts';

/** A browser, as this application knows it. In memory: a sample forgets when it is stopped. */
export interface Visitor {
  /** proves that a form is ours */
  readonly csrf: string;
  pending: Pending | undefined;
  tokens: Tokens | undefined;
  /** what to tell on the next page */
  notice: Told | undefined;
}

export type Told =
  | { readonly is: 'refused'; readonly error: string }
  | { readonly is: 'refreshed' | 'signed-out' | 'signed-out-elsewhere' | 'unreachable' };

export interface Visitors {
  of(cookie: string | undefined): { visitor: Visitor; newCookie: string | undefined };
  /** Signs out whoever a logout token speaks of. Returns how many. */
  signOut(who: { sub: string | undefined; sid: string | undefined }): number;
}

const most = 1_000;

export function openVisitors(): Visitors {
  const visitors = new Map<string, Visitor>();
  return {
    of(cookie) {
      const known = cookie === undefined ? undefined : visitors.get(cookie);
      if (known) return { visitor: known, newCookie: undefined };
      if (visitors.size >= most) visitors.delete(visitors.keys().next().value ?? '');
      const newCookie = randomBytes(32).toString('base64url');
      const visitor: Visitor = {
        csrf: randomBytes(32).toString('base64url'),
        pending: undefined,
        tokens: undefined,
        notice: undefined,
      };
      visitors.set(newCookie, visitor);
      return { visitor, newCookie };
    },
    signOut({ sub, sid }) {
      const gone = [...visitors.values()].filter(
        ({ tokens }) => tokens && (sid === undefined ? tokens.claims.sub === sub : tokens.claims.sid === sid),
      );
      for (const visitor of gone) {
        visitor.tokens = undefined;
        visitor.notice = { is: 'signed-out-elsewhere' };
      }
      return gone.length;
    },
  };
}
