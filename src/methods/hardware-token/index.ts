import { z } from 'zod';
import type { CredentialId } from '../../kit/ids.ts';
import type { Storage } from '../../storage/index.ts';
import type { AuthenticationMethod, Credential, Registration } from '../method.ts';
import { match, wasUsed } from './match.ts';
import { tokenPages } from './page.tsx';
import { shown, tokenRegistration } from './registration.tsx';
import * as store from './store.ts';

export { type FileProblem, readSerial } from './delivered.ts';
export { type Done, type Imported, openTokens, type Tokens } from './tokens.ts';

/** Which token was asked for. */
interface Challenge {
  readonly serial: string;
}

const answer = z.object({
  code: z
    .string()
    .transform(typed => typed.normalize('NFKC').replace(/[\s-]/g, ''))
    .pipe(z.string().regex(/^\d{6,8}$/)),
});

/** A device that shows codes: OATH TOTP and HOTP (RFC 6238, RFC 4226). */
export function openHardwareToken(deps: {
  storage: Storage;
}): AuthenticationMethod<Challenge, z.output<typeof answer>> {
  const { storage } = deps;
  const { sealer } = storage;
  return {
    id: 'hardware-token',
    offers: shown,
    answer,
    table: 'hardware_token_holders',
    credentials: async user => (await store.heldBy(storage.db, sealer, user)).map(credentialOf),
    begin: async credential => ({ begun: true, challenge: { serial: credential.id } }),
    async verify(challenge, { code }, context) {
      const held = await store.heldBy(storage.db, sealer, context.user);
      const token = held.find(({ serial, state }) => serial === challenge.serial && state === 'active');
      if (!token) return { verdict: 'refused', refusal: { reason: 'not-allowed' } };
      const found = match(token, code, context.now);
      if (!found)
        return {
          verdict: 'refused',
          refusal: { reason: wasUsed(token, code, context.now) ? 'spent' : 'wrong' },
        };
      return {
        verdict: 'proved',
        evidence: { ...shown, method: 'hardware-token', at: context.now },
        spend: tx => store.spend(tx, token.serial, found),
      };
    },
    used: (tx, credential, _user, now) => store.markUsed(tx, credential, now),
    remove: (tx, credential, user) => store.giveBack(tx, credential, user),
    page: tokenPages,
    registration: tokenRegistration(deps) as Registration,
  };
}

const credentialOf = (token: store.Token): Credential => ({
  id: token.serial as string as CredentialId,
  method: 'hardware-token',
  kind: 'hardware-token',
  detail: token.serial,
  createdAt: token.activatedAt ?? 0,
  lastUsedAt: token.lastUsedAt,
  ways: ['code'],
});
