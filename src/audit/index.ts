import { createSecretKey } from 'node:crypto';
import type { Clock, Instant } from '../kit/clock.ts';
import type { UserId } from '../kit/ids.ts';
import type { Sought } from '../kit/reference.ts';
import type { Part, Storage, Tx } from '../storage/index.ts';
import { append, recording } from './append.ts';
import { checkpointOf } from './checkpoint.ts';
import type { Actor, AuditEvent } from './event.ts';
import { type ExportFormat, written } from './export.ts';
import { prune } from './prune.ts';
import { type AuditPage, type AuditQuery, all, correlationsCalled, list, type PageQuery } from './read.ts';
import { batch, headOf, type Sealing, sealBatch, startSealing } from './seal.ts';
import { type RecentSignIn, signInsOf } from './sign-ins.ts';
import { type Verification, type VerifyOptions, verify } from './verify.ts';

export { type Actor, type AuditEvent, type AuditKind, auditKinds } from './event.ts';
export type { ExportFormat } from './export.ts';
export type { AuditPage, AuditQuery, PageQuery } from './read.ts';
export type { AuditRecord } from './record.ts';
export type { Sealing } from './seal.ts';
export type { RecentSignIn } from './sign-ins.ts';
export type { Finding, Verification, VerifyOptions } from './verify.ts';

/** What happened, in rows that nobody can alter unnoticed. */
export interface Audit {
  /**
   * Writes events in the transaction of their effect, in one statement, in this order.
   * Throws, and so undoes the effect, when an event carries what looks like a secret or a whole phone number.
   */
  record(tx: Tx, ...events: readonly AuditEvent[]): Promise<void>;
  /** The same as a part of the change that is their effect. One of a change, and not of no events. */
  recording(...events: readonly AuditEvent[]): Part;

  /** One page, newest first. */
  list(query: PageQuery): Promise<AuditPage>;
  /** The correlations that a reference stands for: none when it was read wrongly, seldom more than one. */
  correlationsCalled(sought: Sought): Promise<readonly string[]>;
  /** The latest attempts to become this user, newest first, at most a month old. */
  signInsOf(user: UserId, limit?: number): Promise<readonly RecentSignIn[]>;
  /** All that match, oldest first, as text to be written out piece by piece. The export is itself recorded. */
  export(options: AuditQuery & { format: ExportFormat; actor: Actor }): AsyncIterable<string>;

  /** Chains the oldest unsealed records. Returns how many; a full batch means that there may be more. */
  seal(now?: Instant): Promise<number>;
  /** Seals every two seconds, on one node at a time. */
  startSealing(options: { onError: (error: Error) => void; every?: number }): Sealing;
  /** Looks for the first record that is not as it was written. */
  verify(options?: VerifyOptions): Promise<Verification>;
  /** Seals what is left, and gives `number:hash` of the newest seal: to be kept where this database's administrator cannot write. */
  checkpoint(): Promise<string | undefined>;
  /** Removes what was sealed before an instant. The seals stay, so the rest can still be verified. */
  prune(before: Instant, actor: Actor): Promise<{ readonly seals: number; readonly records: number }>;
}

export function openAudit({ storage, clock }: { storage: Storage; clock: Clock }): Audit {
  const [newest, ...older] = storage.sealer.keys('audit');
  const key = createSecretKey(newest);
  const keys = [key, ...older.map(one => createSecretKey(one))];
  const seal = (now: Instant = clock.now()): Promise<number> => sealBatch(storage, key, now);
  return {
    record: (tx, ...events) => append(tx, key, clock.now(), events),
    recording: (...events) => recording(key, clock.now(), events),
    list: query => list(storage.db, query),
    correlationsCalled: sought => correlationsCalled(storage.db, sought),
    signInsOf: (user, limit) => signInsOf(storage.db, user, { now: clock.now(), limit }),
    async *export({ format, actor, ...query }) {
      const now = clock.now();
      await storage.tx(tx =>
        append(tx, key, now, [{ kind: 'audit.exported', actor, detail: { format, ...query } }]),
      );
      yield* written(all(storage.db, query), format);
    },
    seal,
    startSealing: options => startSealing(storage, seal, { ...options, now: clock.now }),
    verify: options => verify(storage, keys, options ?? {}),
    checkpoint: async () => {
      while ((await seal()) === batch);
      const head = await headOf(storage.db);
      return head && checkpointOf(head);
    },
    prune: (before, actor) => prune(storage, key, { before, now: clock.now(), actor }),
  };
}
