import { z } from 'zod';
import type { Clock } from '../../kit/clock.ts';
import { inGroups, readTypedCode } from '../../kit/typed-code.ts';
import type { Trait } from '../../policies/index.ts';
import type { Storage } from '../../storage/index.ts';
import type { AuthenticationMethod, Credential } from '../method.ts';
import { passPages } from './page.tsx';
import { isPass } from './passes.ts';
import * as store from './store.ts';

export { bounds, type NewPass, openPasses, type Passes, type PassMade } from './passes.ts';
export { type Slip, slipsPage } from './slips.tsx';
export { removeOver as removePassesOver } from './store.ts';

/** A pass as it is printed. */
export const printedPass = inGroups;

/** Which pass was asked for. */
interface Challenge {
  readonly pass: string;
}

const answer = z.object({ code: z.string().max(200) });

/** It was handed to a person whom the office looked at; the policies know what that is worth (policies/proof.ts). */
const shown = { factors: ['knowledge'], amr: ['otp'] } as const;

/** 一時アクセス パス: made by the office, for whoever has nothing to prove themselves with. */
export function openTemporaryAccessPass(deps: {
  storage: Storage;
  clock: Clock;
}): AuthenticationMethod<Challenge, z.output<typeof answer>> {
  const { storage } = deps;
  const liveOf = (user: store.Pass['user'], now: number) => store.findLive(storage.db, user, now);
  return {
    id: 'temporary-access-pass',
    offers: { ...shown, traits: [] },
    answer,
    table: 'temporary_access_passes',
    async credentials(user) {
      const pass = await liveOf(user, deps.clock.now());
      return pass ? [credentialOf(pass)] : [];
    },
    begin: async credential => ({ begun: true, challenge: { pass: credential.id } }),
    async verify(challenge, { code }, context) {
      const pass = await liveOf(context.user, context.now);
      if (pass?.id !== challenge.pass) return { verdict: 'refused', refusal: { reason: 'expired' } };
      const typed = readTypedCode(code);
      if (typed?.length !== pass.signs) return { verdict: 'refused', refusal: { reason: 'misread' } };
      const triesLeft = await store.takeTry(storage.db, pass);
      if (triesLeft === undefined) return { verdict: 'refused', refusal: { reason: 'too-many-tries' } };
      if (!isPass(storage.sealer, pass, typed))
        return { verdict: 'refused', refusal: { reason: 'wrong', triesLeft } };
      return {
        verdict: 'proved',
        evidence: {
          ...shown,
          method: 'temporary-access-pass',
          traits: traitsOf(pass),
          at: context.now,
          until: pass.endsAt,
        },
        spend: tx => store.spend(tx, pass),
      };
    },
    used: async () => undefined,
    remove: (tx, credential, user) => store.remove(tx, user, credential),
    lent: true,
    page: passPages,
  };
}

const traitsOf = ({ uses }: store.Pass): readonly Trait[] => (uses === 'one' ? ['single-use-pass'] : []);

const credentialOf = (pass: store.Pass): Credential => ({
  id: pass.id,
  method: 'temporary-access-pass',
  detail: '',
  createdAt: pass.createdAt,
  lastUsedAt: undefined,
  ways: ['pass'],
  traits: traitsOf(pass),
});
