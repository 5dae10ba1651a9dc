import { z } from 'zod';
import type { UserId } from '../../kit/ids.ts';
import { readTypedCode } from '../../kit/typed-code.ts';
import type { Storage } from '../../storage/index.ts';
import type { AuthenticationMethod, Tell } from '../method.ts';
import { paper, type SlowHashing, signs } from './codes.ts';
import { codePages } from './page.tsx';
import * as store from './store.ts';

export {
  few,
  inSet,
  type NewCodes,
  openRecoveryCodes,
  type RecoveryCodes,
  type SlowHashing,
} from './codes.ts';
export { NewCodesPage } from './page.tsx';

/** Which set was asked for. */
interface Challenge {
  readonly set: string;
}

const answer = z.object({ code: z.string().max(200) });

/** A paper that one has. It leads to a new method, and into applications where the organisation says so (policies/proof.ts). */
const shown = { factors: ['possession'], traits: [], amr: ['otp'] } as const;

/** 回復コード: ten codes on paper, each good once. */
export function openRecoveryCode(deps: {
  storage: Storage;
  hashing: SlowHashing;
  readonly tell: Tell;
}): AuthenticationMethod<Challenge, z.output<typeof answer>> {
  const { storage, hashing } = deps;
  const codesOf = (user: UserId) => store.find(storage.db, storage.sealer, user);
  return {
    id: 'recovery-code',
    offers: shown,
    answer,
    table: 'recovery_codes',
    async credentials(user) {
      const codes = await codesOf(user);
      if (!codes) return [];
      return [
        {
          id: codes.set,
          method: 'recovery-code',
          detail: String(codes.left.length),
          createdAt: codes.createdAt,
          lastUsedAt: undefined,
          ways: ['code'],
        },
      ];
    },
    begin: async credential => ({ begun: true, challenge: { set: credential.id } }),
    async verify(challenge, { code }, context) {
      const codes = await codesOf(context.user);
      if (codes?.set !== challenge.set) return { verdict: 'refused', refusal: { reason: 'not-allowed' } };
      const typed = readTypedCode(code);
      const slot = Number(typed?.slice(0, 1));
      if (typed?.length !== 1 + signs || Number.isNaN(slot))
        return { verdict: 'refused', refusal: { reason: 'misread' } };
      const kept = codes.left.find(one => one.slot === slot);
      if (!kept) return { verdict: 'refused', refusal: { reason: 'spent' } };
      if (!(await hashing.verifyPassword(kept.hash, typed)))
        return { verdict: 'refused', refusal: { reason: 'wrong' } };
      return {
        verdict: 'proved',
        evidence: { ...shown, method: 'recovery-code', at: context.now },
        async spend(tx) {
          if (!(await store.spend(tx, context.user, codes.set, slot))) return false;
          await deps.tell(tx, { user: context.user, what: 'used', credential: paper });
          return true;
        },
      };
    },
    used: async () => undefined,
    remove: (tx, credential, user) => store.remove(tx, user, credential),
    page: codePages,
  };
}
