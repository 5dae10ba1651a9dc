import { z } from 'zod';
import type { Person } from '../../directory/index.ts';
import type { Delivery } from '../../gateways/index.ts';
import { change, type Storage } from '../../storage/index.ts';
import type { AuthenticationMethod, Context, Registration } from '../method.ts';
import { amrOf, openAsking, type PhoneChallenge } from './ask.ts';
import { digitsOf } from './code.ts';
import { credentialOf } from './credential.ts';
import { phonePages } from './page.tsx';
import { type PhoneDraft, phoneRegistration } from './registration.tsx';
import type { PhoneSettings } from './settings.ts';
import * as store from './store.ts';

export type { PhoneChallenge } from './ask.ts';
export type { PhoneDraft } from './registration.tsx';
export type { PhoneSettings } from './settings.ts';
export {
  add as addPhone,
  importAll as importPhones,
  type Line,
  list as phonesOf,
  type Phone,
  type PhoneKind,
  type PhoneWay,
  phoneKinds,
  remove as removePhone,
} from './store.ts';

/** A call answers by itself, so its form sends no code. */
const answer = z.object({ code: z.string().max(200).default('') });
type PhoneAnswer = z.output<typeof answer>;

export interface PhoneMethod extends AuthenticationMethod<PhoneChallenge, PhoneAnswer> {
  readonly registration: Registration<PhoneDraft, PhoneChallenge>;
}

/** A phone in someone's hand: a code in a text message, or a call that is answered with a key. */
export function openPhone(deps: {
  storage: Storage;
  delivery: Delivery;
  settings: () => PhoneSettings;
}): PhoneMethod {
  const { storage, delivery, settings } = deps;
  const how = {
    delivery,
    settings,
    key: storage.sealer.key('phone code'),
    ownLanguage: async ({ user, person }: Context) =>
      person?.id === user ? person.language : store.languageOf(storage.db, user),
  } satisfies Parameters<typeof openAsking>[0];
  const asking = openAsking(how);
  const adding = openAsking({ ...how, of: 'registration' });
  const phonesOf = async (user: store.Phone['user'], person: Person | undefined) =>
    person?.id === user ? store.opened(storage.sealer, person) : store.list(storage.db, storage.sealer, user);

  return {
    id: 'phone',
    offers: { factors: ['possession'], traits: ['phone-network'], amr: [...amrOf.text, ...amrOf.call] },
    answer,
    table: 'phones',
    credentials: async (user, person) => (await phonesOf(user, person)).map(credentialOf),

    async begin(credential, way, context, previous) {
      const phone = (await phonesOf(context.user, context.person)).find(
        ({ kind }) => kind === credential.kind,
      );
      const asked = phone && credentialOf(phone).ways.find((known): known is store.PhoneWay => known === way);
      if (!phone || !asked) return { begun: false, refusal: { reason: 'not-allowed' } };
      return asking.ask(phone, asked, context, previous);
    },

    verify: (challenge, { code }, context) => asking.verify(challenge, digitsOf(code), context),
    waits: challenge => challenge.way === 'call' && challenge.ended === undefined,
    leave: challenge => asking.leave(challenge),
    standing: async challenge =>
      challenge.way === 'text' ? delivery.outcome(challenge.delivery) : undefined,
    using: (credential, user, now) => store.using(user, credential, now),
    async used(tx, credential, user, now) {
      await change(tx, [store.using(user, credential, now)]);
    },
    remove: (tx, credential, user) => store.remove(tx, user, credential),

    page: phonePages(settings),
    registration: phoneRegistration({ storage, asking: adding, settings }),
  };
}
