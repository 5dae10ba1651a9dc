import type { CredentialId } from '../../kit/ids.ts';
import type { Storage } from '../../storage/index.ts';
import { wordsFor } from '../../words/index.ts';
import { tokenLock } from '../lockout.ts';
import type { Registration } from '../method.ts';
import { readSerial } from './delivered.ts';
import { match } from './match.ts';
import { Code, SerialForm } from './page.tsx';
import * as store from './store.ts';

interface Draft {
  readonly serial: string;
}

interface Challenge {
  readonly serial: string;
  readonly triesLeft: number;
}

const tries = 5;

export const shown = { factors: ['possession'], traits: [], amr: ['otp'] } as const;

/** A token is claimed by whoever types the number on its back, and then the code that it shows. */
export function tokenRegistration({ storage }: { storage: Storage }): Registration<Draft, Challenge> {
  const { sealer } = storage;
  return {
    kinds: async (_existing, user) => ((await store.isClaimable(storage.db, user)) ? ['hardware-token'] : []),
    card: ({ token: t }) => ({ title: t.name, line: t.line, icon: 'key' }),
    formTitle: words => words.token.serialTitle,
    form: props => <SerialForm {...props} />,
    async read(fields, _kind, _draft, { language, user }) {
      const serial = readSerial(fields.serial ?? '');
      const token = serial && (await store.find(storage.db, sealer, serial));
      // Whose it is, or that it was lost, is not for whoever tries numbers.
      const free = token && (token.state === 'stock' || (token.state === 'assigned' && token.user === user));
      return free
        ? { ok: true, draft: { serial: token.serial } }
        : { ok: false, problems: { serial: wordsFor(language).token.serialUnknown } };
    },
    async begin(draft, _context, previous) {
      const triesLeft = previous?.serial === draft.serial ? previous.triesLeft : tries;
      return triesLeft > 0
        ? { begun: true, challenge: { serial: draft.serial, triesLeft } }
        : { begun: false, refusal: { reason: 'too-many-tries' } };
    },
    guessedAt: ({ serial }) => tokenLock(serial),
    questionTitle: words => words.token.title,
    question: ({ action, error }) => <Code action={action} error={error} />,
    added: ({ token: t }) => ({ title: t.added, line: t.addedLine }),
    async verify(draft, challenge, given, context) {
      if (challenge.triesLeft <= 0) return { verdict: 'refused', refusal: { reason: 'too-many-tries' } };
      const token = await store.find(storage.db, sealer, draft.serial);
      if (!token) return { verdict: 'refused', refusal: { reason: 'not-allowed' } };
      const found = match(token, (given as { code: string }).code, context.now);
      if (!found) {
        const triesLeft = challenge.triesLeft - 1;
        return {
          verdict: 'refused',
          refusal: { reason: 'wrong', triesLeft },
          challenge: { ...challenge, triesLeft },
        };
      }
      return {
        verdict: 'proved',
        evidence: { ...shown, method: 'hardware-token', at: context.now },
        spend: tx => store.spend(tx, token.serial, found),
      };
    },
    async prepare(draft, { now, user }) {
      const token = await store.find(storage.db, sealer, draft.serial);
      const free = token && (token.state === 'stock' || (token.state === 'assigned' && token.user === user));
      if (!free) return { added: false, refusal: { reason: 'not-allowed' } };
      return {
        added: true,
        credential: {
          id: token.serial as string as CredentialId,
          method: 'hardware-token',
          kind: 'hardware-token',
          detail: token.serial,
          createdAt: now,
          lastUsedAt: undefined,
          ways: ['code'],
        },
      };
    },
    add: (tx, draft, _credential, { user, now }) => store.hold(tx, draft.serial, user, now),
  };
}
