import { readBack } from '../../gateways/index.ts';
import { newId, type UserId } from '../../kit/ids.ts';
import type { Storage } from '../../storage/index.ts';
import { wordsFor } from '../../words/index.ts';
import type { Registration } from '../method.ts';
import type { Asking, PhoneChallenge } from './ask.ts';
import { digitsOf } from './code.ts';
import { credentialOf } from './credential.ts';
import { NumberForm } from './form.tsx';
import { Question } from './page.tsx';
import { type FieldProblem, type NumberFields, readForm, readNumber } from './read.ts';
import type { PhoneSettings } from './settings.ts';
import {
  add,
  type Line,
  lineOf,
  lineText,
  ownersOf,
  type PhoneKind,
  type PhoneWay,
  phoneKinds,
} from './store.ts';

/** A phone that is about to be proved. The number is sealed: the wizard's row is kept like any other. */
export interface PhoneDraft {
  readonly id: string;
  readonly kind: PhoneKind;
  readonly way: PhoneWay;
  readonly sealed: string;
}

/** More people than these at one number need the office's approval. */
const mostOwners = 3;

export function phoneRegistration(deps: {
  storage: Storage;
  asking: Asking;
  settings: () => PhoneSettings;
}): Registration<PhoneDraft, PhoneChallenge> {
  const { storage, asking, settings } = deps;
  const { sealer } = storage;
  const placeOf = (id: string) => ({ table: 'registrations', column: 'state', row: `phone ${id}` });
  const lineIn = (draft: PhoneDraft): Line =>
    lineOf(sealer.open(placeOf(draft.id), Buffer.from(draft.sealed, 'base64url')).toString());

  async function problemOf(
    line: Line,
    user: UserId,
  ): Promise<'alreadyYours' | 'sharedByTooMany' | undefined> {
    const owners = await ownersOf(storage.db, sealer, line);
    if (owners.includes(user)) return 'alreadyYours';
    return new Set(owners).size >= mostOwners ? 'sharedByTooMany' : undefined;
  }

  return {
    kinds(existing) {
      const have = new Set(existing.map(credential => credential.kind));
      return phoneKinds.filter(kind => !have.has(kind) && (kind !== 'alternateMobile' || have.has('mobile')));
    },

    card({ registration: t }, kind) {
      const icon = 'phone';
      if (kind === 'alternateMobile')
        return { title: t.alternateMobileTitle, line: t.alternateMobileLine, icon };
      if (kind === 'office') return { title: t.officeTitle, line: t.officeLine, icon };
      return { title: t.mobileTitle, line: t.mobileLine, icon };
    },

    formTitle({ phone: t }, kind) {
      if (kind === 'alternateMobile') return t.addAlternateTitle;
      return kind === 'office' ? t.addOfficeTitle : t.addTitle;
    },

    form(props) {
      const fields: NumberFields = props.fields;
      const { allowedCountries, defaultCountry } = settings();
      const reading = props.problems.confirm === undefined ? undefined : readNumber(fields, settings());
      return (
        <NumberForm
          {...props}
          kind={kindOf(props.kind)}
          countries={[defaultCountry, ...allowedCountries.filter(country => country !== defaultCountry)]}
          confirm={reading?.ok ? { number: reading.number, shown: reading.international } : undefined}
        />
      );
    },

    async read(fields, kind, _draft, context) {
      const t = wordsFor(context.language).phone;
      const filled = readForm(fields, kindOf(kind), settings());
      if (!filled.ok) return { ok: false, problems: { [filled.field]: sentenceOf(t, filled.problem) } };
      const problem = await problemOf(filled.line, context.user);
      if (problem) return { ok: false, problems: { number: t[problem] } };
      const id = newId(context.now);
      const sealed = sealer.seal(placeOf(id), lineText(filled.line)).toString('base64url');
      return { ok: true, draft: { id, kind: kindOf(kind), way: filled.way, sealed } };
    },

    begin: (draft, context, previous) => asking.ask(lineIn(draft), draft.way, context, previous),

    questionTitle: ({ phone: t }, challenge) => (challenge.way === 'text' ? t.textTitle : t.callTitle),

    question: ({ draft, challenge, action, again, error, state, now }) => (
      <Question
        challenge={challenge}
        action={action}
        again={again}
        to={readBack(lineIn(draft).number)}
        callerNumber={settings().callerNumber}
        error={error}
        state={state}
        now={now}
        button="next"
      />
    ),

    added: ({ registration: t }) => ({ title: t.phoneAdded, line: t.phoneAddedLead }),

    verify(_draft, challenge, answer, context) {
      const { code } = answer as { code: string };
      return asking.verify(challenge, digitsOf(code), context);
    },

    async prepare(draft, context) {
      const line = lineIn(draft);
      if (await problemOf(line, context.user)) return { added: false, refusal: { reason: 'not-allowed' } };
      const phone = { ...line, user: context.user, kind: draft.kind, way: draft.way, createdAt: context.now };
      return { added: true, credential: credentialOf({ ...phone, lastUsedAt: context.now }) };
    },

    add: (tx, draft, _credential, { user, now }) =>
      add(tx, sealer, { ...lineIn(draft), user, kind: draft.kind, way: draft.way, createdAt: now }),
  };
}

const kindOf = (kind: string): PhoneKind => phoneKinds.find(known => known === kind) ?? 'mobile';

function sentenceOf(t: ReturnType<typeof wordsFor>['phone'], problem: FieldProblem): string {
  switch (problem) {
    case 'notAMobile':
    case 'notForMobile':
    case 'extensionInvalid':
    case 'chooseWay':
      return t[problem];
    case 'confirm':
      return t.willReach;
    default:
      return t.problems[problem];
  }
}
