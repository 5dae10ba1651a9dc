import type { Person } from './person.ts';

/** What people were promised, and what they saw that must not be. */
export interface History {
  /** the browser got this session */
  signedIn(who: Person, token: string | undefined): void;
  revoked(who: Person): void;
  /** what a page said that this person now has */
  has(who: Person, what: 'phone' | 'nothing'): void;
  /** something is under way: until a page says how it ended, nothing was promised */
  mayHave(who: Person): void;
  typed(who: Person, code: string): void;
  codesOf(who: Person): readonly string[];
  /** a code or token was taken; the same one is taken once */
  spent(what: string): void;
  broken(rule: string): void;
  readonly sessions: ReadonlyMap<string, Person>;
  readonly holdings: ReadonlyMap<Person, 'phone' | 'nothing'>;
  readonly typedCodes: ReadonlyMap<Person, ReadonlySet<string>>;
  readonly problems: readonly string[];
}

export function openHistory(): History {
  const sessions = new Map<string, Person>();
  const holdings = new Map<Person, 'phone' | 'nothing'>();
  const typedCodes = new Map<Person, Set<string>>();
  const taken = new Set<string>();
  const problems: string[] = [];
  return {
    sessions,
    holdings,
    typedCodes,
    problems,
    signedIn(who, token) {
      if (token) sessions.set(token, who);
      else problems.push(`${who.loginName} arrived without a session`);
    },
    revoked(who) {
      for (const [token, owner] of sessions) if (owner === who) sessions.delete(token);
    },
    has: (who, what) => void holdings.set(who, what),
    mayHave: who => void holdings.delete(who),
    typed: (who, code) => void typedCodes.set(who, (typedCodes.get(who) ?? new Set()).add(code)),
    codesOf: who => [...(typedCodes.get(who) ?? [])],
    spent(what) {
      if (taken.has(what)) problems.push(`taken twice: ${what}`);
      taken.add(what);
    },
    broken: rule => void problems.push(rule),
  };
}
