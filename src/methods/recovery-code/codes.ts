import type { Audit } from '../../audit/index.ts';
import type { Rules } from '../../directory/index.ts';
import type { Clock } from '../../kit/clock.ts';
import { isId, newId, type UserId } from '../../kit/ids.ts';
import { inGroups, newTypedCode } from '../../kit/typed-code.ts';
import type { LeadTo } from '../../policies/index.ts';
import type { Storage } from '../../storage/index.ts';
import type { Tell } from '../method.ts';
import * as store from './store.ts';

/** How many codes a set has: the first sign of each says which it is. */
export const inSet = 10;
/** 80 random bits, in five-bit signs. */
export const signs = 16;
/** With so many left, new ones are offered. */
export const few = 3;

/** As notices speak of them. */
export const paper = { method: 'recovery-code', detail: '' } as const;

/** How secrets with fewer than 112 bits are kept (NIST SP 800-63B §3.1.2.2). */
export interface SlowHashing {
  hashPassword(text: string): Promise<string>;
  verifyPassword(encoded: string, text: string): Promise<boolean>;
}

/** A set of codes, shown this once. */
export interface NewCodes {
  readonly set: string;
  readonly codes: readonly string[];
}

/** The codes that a person prints, for the day on which the phone is gone. */
export interface RecoveryCodes {
  /** where a code leads now, as the organisation says */
  leadTo(): Promise<LeadTo>;
  left(user: UserId): Promise<number>;
  /** Makes a set. It counts, and the one before does not, when it is said to be saved. */
  make(user: UserId): Promise<NewCodes>;
  /** False: another set was made meanwhile. */
  saved(user: UserId, set: string, visit: { readonly address: string | undefined }): Promise<boolean>;
}

export function openRecoveryCodes(deps: {
  storage: Storage;
  clock: Clock;
  audit: Audit;
  hashing: SlowHashing;
  rules(): Promise<Pick<Rules, 'recoveryCodes'>>;
  readonly tell: Tell;
}): RecoveryCodes {
  const { storage, clock, audit, hashing } = deps;
  return {
    leadTo: async () => (await deps.rules()).recoveryCodes.leadTo,
    left: async user => (await store.find(storage.db, storage.sealer, user))?.left.length ?? 0,
    async make(user) {
      const now = clock.now();
      const set = newId<'credential'>(now);
      const codes = Array.from({ length: inSet }, (_, slot) => `${slot}${newTypedCode(signs)}`);
      const hashes = await Promise.all(codes.map(code => hashing.hashPassword(code)));
      await storage.tx(tx => store.draft(tx, storage.sealer, { user, set, hashes, now }));
      return { set, codes: codes.map(printed) };
    },
    saved: (user, set, { address }) =>
      storage.tx(async tx => {
        if (!isId(set) || !(await store.save(tx, user, set))) return false;
        await audit.record(tx, {
          kind: 'credential.added',
          user,
          actor: { is: 'user', id: user },
          address,
          detail: { method: 'recovery-code', codes: inSet },
        });
        await deps.tell(tx, { user, what: 'added', credential: paper });
        return true;
      }),
  };
}

/** `3-7WK3-9QTB-…`: the first sign stands for itself. */
const printed = (code: string): string => `${code.slice(0, 1)}-${inGroups(code.slice(1))}`;
