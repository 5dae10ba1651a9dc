import { Button, Copyable, Form, LiveState, Notice, QrCode, useWords } from '../../../web/ui/index.ts';
import type { Audit } from '../../audit/index.ts';
import { type CredentialId, newId, type UserId } from '../../kit/ids.ts';
import type { Storage } from '../../storage/index.ts';
import type { Begun, Context, Registration, RegistrationQuestionProps, Verdict } from '../method.ts';
import { stepOf } from '../otp.ts';
import { firstRequest, newNumber, shownOf, takeBack } from './ask.ts';
import { credentialOf, evidenceOf } from './credential.ts';
import * as enrolments from './enrolments.ts';
import { NumberToType } from './page.tsx';
import * as requests from './requests.ts';

interface Draft {
  /** each time that the app is chosen in the wizard, there is another code for another device */
  readonly attempt: string;
  /** once one has connected and approved */
  readonly device?: { readonly id: CredentialId; readonly name: string };
}

interface Challenge {
  readonly attempt: string;
  readonly enrolment: string;
  /** base64url of the sealed token: the wizard's row is kept like any other */
  readonly token: string;
  readonly number: string;
  /** why there is nothing more to wait for */
  readonly ended?: 'over' | Exclude<requests.Standing, 'waiting' | 'approved'>;
}

/** A device is named by a QR code or a link, brings its key, and is proved by approving something. */
export function authenticatorRegistration(deps: {
  storage: Storage;
  issuer: string;
  audit: Audit;
  offered(): boolean;
}): Registration<Draft, Challenge> & {
  waits(challenge: object): boolean;
  leave(challenge: object): Promise<void>;
} {
  const { storage, issuer, audit } = deps;
  const { db, sealer } = storage;
  const placeOf = (id: string) => ({ table: 'registrations', column: 'state', row: `authenticator ${id}` });
  const linkOf = ({ enrolment, token }: Challenge): string => {
    const opened = sealer.open(placeOf(enrolment), Buffer.from(token, 'base64url')).toString();
    return `${issuer}/authenticator#register=${opened}`;
  };

  /** Whatever was on its way before is nothing any more: its answer was lost, or it was the wrong device. */
  async function openNew(
    { attempt }: Draft,
    context: Context,
    previous: Challenge | undefined,
  ): Promise<Begun<Challenge>> {
    const number = newNumber();
    const { user, correlation, now } = context;
    const about = { user, correlation, number, shown: shownOf(context) };
    const { id, token } = await storage.tx(async tx => {
      if (previous) await enrolments.forget(tx, previous.enrolment, user);
      return enrolments.open(tx, about, now);
    });
    const sealed = sealer.seal(placeOf(id), token).toString('base64url');
    return { begun: true, challenge: { attempt, enrolment: id, token: sealed, number } };
  }

  async function latestOf(enrolment: string, user: UserId): Promise<requests.Request | undefined> {
    const request = await requests.latest(db, user);
    return request?.device === enrolment && request.purpose === 'registration' ? request : undefined;
  }

  return {
    kinds: () => (deps.offered() ? ['authenticator'] : []),
    card: ({ approval: t }) => ({ title: t.name, line: t.line, icon: 'app' }),
    formTitle: ({ approval: t }) => t.setUpTitle,
    form: ({ action, error }) => <Introduction action={action} error={error} />,
    start: async (_kind, { now }) => ({ attempt: newId(now) }),
    async read(_fields, _kind, draft) {
      if (!draft) throw new Error('the draft of a device is made before its form is shown');
      return { ok: true, draft };
    },

    async begin(draft, context, previous) {
      const known =
        previous?.attempt === draft.attempt && (await enrolments.find(db, previous.enrolment, context.user));
      if (!known || known.expiresAt <= context.now || known.correlation !== context.correlation)
        return openNew(draft, context, previous);
      if (known.name === undefined) {
        const { ended: _, ...waiting } = previous;
        return { begun: true, challenge: waiting };
      }
      // The device is there already: it is asked once more, with another number.
      const number = newNumber();
      await storage.tx(tx => requests.putFirst(tx, firstRequest({ ...known, number }, context.now)));
      const { attempt, enrolment, token } = previous;
      return { begun: true, challenge: { attempt, enrolment, token, number } };
    },

    waits: challenge => (challenge as Challenge).ended === undefined,
    /** Nobody finishes this set-up any more. Whoever has connected may still say that it was not them. */
    async leave(challenge) {
      const { enrolment } = challenge as Challenge;
      await storage.tx(async tx => {
        const user = await enrolments.shut(tx, enrolment);
        const request = user && (await requests.latest(tx, user));
        if (request?.device === enrolment) await takeBack(tx, audit, request);
      });
    },
    questionTitle: ({ approval: t }) => t.setUpTitle,
    question: props => <Connect {...props} link={linkOf(props.challenge)} />,
    added: ({ approval: t }) => ({ title: t.added, line: t.addedLine }),

    async verify({ attempt }, challenge, _answer, context) {
      const { user, now } = context;
      if (challenge.ended) return over(challenge, challenge.ended);
      const [enrolment, request] = await Promise.all([
        enrolments.find(db, challenge.enrolment, user),
        latestOf(challenge.enrolment, user),
      ]);
      if (!enrolment && request?.state === 'reported') return over(challenge, 'reported');
      if (!enrolment || enrolment.expiresAt <= now) return over(challenge, 'over');
      if (enrolment.name === undefined) return { verdict: 'waiting', state: 'scan' };
      const standing = request ? requests.standingOf(request.id, request, now) : 'replaced';
      if (standing === 'waiting') return { verdict: 'waiting', state: `${connected}${enrolment.name}` };
      if (!request || standing !== 'approved')
        return over(challenge, standing === 'approved' ? 'replaced' : standing);
      return {
        verdict: 'proved',
        evidence: evidenceOf('push', now),
        spend: tx => requests.spend(tx, request),
        draft: { attempt, device: { id: enrolment.id, name: enrolment.name } },
      };
    },

    async prepare({ device }, { now }) {
      if (!device) return { added: false, refusal: { reason: 'expired' } };
      return {
        added: true,
        credential: credentialOf({ ...device, createdAt: now, lastUsedAt: now }),
      };
    },

    add: (tx, _draft, credential, { user, now }) =>
      enrolments.become(tx, { id: credential.id, user, step: stepOf(now) - 1 }, now),
  };
}

/** Before the name of the device that brought its key, in what is said of where the question stands. */
const connected = 'connected: ';

const refusals = {
  over: 'expired',
  ignored: 'expired',
  replaced: 'expired',
  withdrawn: 'expired',
  declined: 'declined',
  reported: 'fraud',
  wrong: 'wrong',
} as const;

const over = (challenge: Challenge, ended: NonNullable<Challenge['ended']>): Verdict<Challenge> => ({
  verdict: 'refused',
  refusal: { reason: refusals[ended] },
  challenge: { ...challenge, ended },
});

function Introduction({ action, error }: { readonly action: string; readonly error: string | undefined }) {
  const { approval: t, registration } = useWords();
  return (
    <>
      {error && <Notice kind="error">{error}</Notice>}
      <p>{t.introduction}</p>
      <p class="quiet">{t.noStore}</p>
      <Form action={action}>
        <Button>{registration.next}</Button>
      </Form>
    </>
  );
}

function Connect({
  challenge,
  link,
  action,
  again,
  state,
}: RegistrationQuestionProps<Draft, Challenge> & { readonly link: string }) {
  const { approval: t } = useWords();
  if (challenge.ended !== undefined) {
    const isGone = challenge.ended === 'over' || challenge.ended === 'reported';
    return (
      <>
        <Notice kind="error">{challenge.ended === 'over' ? t.codeOver : t.ended[challenge.ended]}</Notice>
        <Form action={again}>
          <Button>{isGone ? t.newCode : t.askAgain}</Button>
        </Form>
      </>
    );
  }
  if (state?.startsWith(connected)) {
    const lead = t.tryIt({ name: state.slice(connected.length) });
    return <NumberToType number={challenge.number} lead={lead} action={action} state={state} />;
  }
  return (
    <>
      <p>{t.scan}</p>
      <QrCode text={link} label={t.scan} />
      <p>
        <a href={link} target="_blank" rel="noopener">
          {t.openHere}
        </a>
      </p>
      <details>
        <summary>{t.cannotScan}</summary>
        <p>{t.copyThis}</p>
        <Copyable label={t.address} text={link} />
      </details>
      <LiveState state="scan" sentences={{ scan: t.waitingForApp }} />
      <Form action={action}>
        <Button kind="secondary">{t.connected}</Button>
      </Form>
    </>
  );
}
