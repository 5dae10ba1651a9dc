import type { Actor, Audit, AuditKind } from '../../audit/index.ts';
import type { Clock } from '../../kit/clock.ts';
import type { UserId } from '../../kit/ids.ts';
import type { Storage, Tx } from '../../storage/index.ts';
import { type Delivered, type FileProblem, readSerial } from './delivered.ts';
import { matchTwo } from './match.ts';
import { readCsv } from './read-csv.ts';
import { readPskc } from './read-pskc.ts';
import * as store from './store.ts';

export type Imported =
  | { readonly imported: true; readonly n: number }
  | { readonly imported: false; readonly problems: readonly FileProblem[] };

/** What the office did to somebody's token. */
export type Told = 'assigned' | 'changed' | 'removed';

export type Done = 'done' | 'no-token' | 'wrong-codes' | 'held' | 'withdrawn';

/** The inventory of the office: the tokens that there are, and who has them. */
export interface Tokens {
  list(): Promise<readonly Omit<store.Token, 'secret'>[]>;
  /** All of a file (Entra's CSV, or PSKC) or nothing of it. @param key opens an encrypted PSKC */
  import(text: string, key: Buffer | undefined, actor: Actor): Promise<Imported>;
  /** Keeps it for somebody, who proves with a code that they have it. */
  assign(serial: string, user: UserId, actor: Actor): Promise<Done>;
  /** Puts it into stock: given back, or found again after it was lost. */
  unassign(serial: string, actor: Actor): Promise<Done>;
  /** Lost may be found again; retired is for good. */
  withdraw(serial: string, as: 'lost' | 'retired', actor: Actor): Promise<Done>;
  /** Finds a token again whose clock or counter went astray, by two codes in a row. */
  resync(serial: string, codes: readonly [string, string], actor: Actor): Promise<Done>;
}

class Unimportable extends Error {
  readonly problems: readonly FileProblem[];
  constructor(problems: readonly FileProblem[]) {
    super('nothing of this file is imported');
    this.name = 'Unimportable';
    this.problems = problems;
  }
}

export function openTokens(deps: {
  storage: Storage;
  audit: Audit;
  clock: Clock;
  userNamed(loginName: string): Promise<UserId | undefined>;
  /** says to the person what became of their token */
  tell(tx: Tx, user: UserId, what: Told, serial: string): Promise<void>;
}): Tokens {
  const { storage, audit, clock } = deps;
  const { sealer } = storage;

  /** Takes the token, does it, and writes it down. */
  const act = (
    typed: string,
    kind: AuditKind,
    actor: Actor,
    detail: Record<string, string>,
    work: (tx: Tx, token: store.Token) => Promise<Done>,
  ): Promise<Done> =>
    storage.tx(async tx => {
      const token = await store.take(tx, sealer, readSerial(typed) ?? '');
      if (!token) return 'no-token';
      const done = await work(tx, token);
      if (done === 'done')
        await audit.record(tx, {
          kind,
          user: token.user,
          actor,
          detail: { serial: token.serial, ...detail },
        });
      return done;
    });

  /** Whose it was and answered for them hears that it does not any more. */
  async function tellHolder(tx: Tx, { user, state, serial }: store.Token, what: Told): Promise<void> {
    if (user !== undefined && state === 'active') await deps.tell(tx, user, what, serial);
  }

  async function importAll(tx: Tx, tokens: readonly Delivered[], actor: Actor): Promise<void> {
    const now = clock.now();
    const problems: FileProblem[] = [];
    for (const token of tokens) {
      const { line, serial, loginName } = token;
      const user = loginName === undefined ? undefined : await deps.userNamed(loginName);
      if (loginName !== undefined && user === undefined)
        problems.push({ line, problem: 'nobody', value: loginName });
      else if (!(await store.insert(tx, sealer, token, { user, now })))
        problems.push({ line, problem: 'there-already', value: serial });
      else if (user !== undefined) await deps.tell(tx, user, 'assigned', serial);
    }
    if (problems.length > 0) throw new Unimportable(problems);
    await audit.record(tx, { kind: 'token.imported', actor, detail: { tokens: tokens.length } });
  }

  return {
    async list() {
      const all = await store.list(storage.db, sealer);
      return all.map(({ secret: _, ...token }) => token);
    },
    async import(text, key, actor) {
      const { tokens, problems } = text
        .trimStart()
        .replace(/^\ufeff/, '')
        .startsWith('<')
        ? readPskc(text, key)
        : readCsv(text);
      const seen = new Set<string>();
      const twice = tokens.flatMap(({ line, serial }): FileProblem[] => {
        if (seen.has(serial)) return [{ line, problem: 'twice', value: serial }];
        seen.add(serial);
        return [];
      });
      if (problems.length + twice.length > 0) return { imported: false, problems: [...problems, ...twice] };
      try {
        await storage.tx(tx => importAll(tx, tokens, actor));
      } catch (error) {
        if (error instanceof Unimportable) return { imported: false, problems: error.problems };
        throw error;
      }
      return { imported: true, n: tokens.length };
    },
    assign: (serial, user, actor) =>
      act(serial, 'token.assigned', actor, { to: user }, async (tx, token) => {
        if (token.state === 'active') return 'held';
        if (isWithdrawn(token)) return 'withdrawn';
        await store.put(tx, token.serial, { user });
        await deps.tell(tx, user, 'assigned', token.serial);
        return 'done';
      }),
    unassign: (serial, actor) =>
      act(serial, 'token.unassigned', actor, {}, async (tx, token) => {
        if (token.state === 'retired') return 'withdrawn';
        await store.put(tx, token.serial, {});
        await tellHolder(tx, token, 'removed');
        return 'done';
      }),
    withdraw: (serial, as, actor) =>
      act(serial, 'token.withdrawn', actor, { as }, async (tx, token) => {
        if (token.state === 'retired') return 'withdrawn';
        await store.put(tx, token.serial, { withdrawn: as });
        await tellHolder(tx, token, 'removed');
        return 'done';
      }),
    resync: (serial, codes, actor) =>
      act(serial, 'token.resynced', actor, {}, async (tx, token) => {
        if (isWithdrawn(token)) return 'withdrawn';
        const found = matchTwo(token, codes, clock.now());
        if (!found || !(await store.spend(tx, token.serial, found))) return 'wrong-codes';
        await tellHolder(tx, token, 'changed');
        return 'done';
      }),
  };
}

const isWithdrawn = ({ state }: store.Token): boolean => state === 'lost' || state === 'retired';
