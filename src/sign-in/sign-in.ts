import type { PauseEnd } from '../gateways/index.ts';
import type { Instant } from '../kit/clock.ts';
import { minutes, seconds } from '../kit/clock.ts';
import type { ApplicationId, CredentialId, SignInId, UserId } from '../kit/ids.ts';
import type { Refusal } from '../methods/method.ts';
import type { PasswordProblem } from '../methods/password/index.ts';
import type { Evidence, MethodId } from '../policies/evidence.ts';
import type { Language } from '../words/index.ts';

/** A sign-in that nobody finishes is over after this time. */
export const lifetime = minutes(15);

/** A message that was not sent after this time never will be: its node died, and one may ask again. */
export const askingTakes = seconds(15);

/** What is asked for: an application, the right to change one's own security info, or a proof alone. */
export type Target =
  | {
      readonly is: 'application';
      readonly application: ApplicationId;
      readonly name: string;
      /** it runs on a phone or desktop, and opened the browser for this */
      readonly native?: true;
    }
  | { readonly is: 'security-info' }
  | Proof;

/**
 * Whoever sent the person here knows who it is, and wants another kind of proof. It never becomes a
 * session of ours: what was shown is taken out once, by the protocol that asked.
 */
export interface Proof {
  readonly is: 'proof';
  readonly application: ApplicationId;
  readonly name: string;
  /** RFC 8176 values; a proof that is none of these says nothing to whoever asked */
  readonly accepts: readonly string[];
  /** when whoever asked stops waiting */
  readonly until: Instant;
}

/** What brought the browser here, and what it must be able to show when it leaves. */
export interface Aim {
  readonly target: Target;
  /** what the application itself demands, beyond the policies */
  readonly demanded: {
    readonly acr?: readonly string[];
    readonly maxAge?: number;
    /** the id of an authentication strength */
    readonly strength?: string;
  };
  /** evidence given before this instant does not count (`prompt=login`) */
  readonly notBefore: Instant;
  /** a path of ours; the browser goes there with a session, or with nothing when it gave up */
  readonly returnTo: string;
  /** where an application hears that there will be no session: refused, or what it demands cannot be shown */
  readonly refusedTo?: { readonly denied: string; readonly unmet: string };
  readonly loginHint: string | undefined;
  readonly language: Language | undefined;
  /** whether the session that must show more stays after the browser is closed; its answer stands */
  readonly persistent?: boolean;
}

/** One way to answer: a credential and how it is asked. Details are masked. */
export interface Way {
  readonly method: MethodId;
  readonly credential: CredentialId;
  readonly kind?: string;
  readonly way: string;
  readonly detail: string;
  /** when the credential was added: one that took its place since is another one */
  readonly since: Instant;
}

/** What is wrong with the password that was chosen; 'differ': with its second typing. */
export type NewPasswordProblem = PasswordProblem | { readonly problem: 'differ' };

export type Step =
  | { readonly is: 'identify'; readonly invalid?: true; readonly refusal?: Refusal }
  | { readonly is: 'password'; readonly refusal?: Refusal }
  | { readonly is: 'choose'; readonly ways: readonly Way[]; readonly refusal?: Refusal }
  | {
      readonly is: 'prove';
      readonly asked: Way;
      readonly challenge: object;
      readonly ways: readonly Way[];
      readonly refusal?: Refusal;
    }
  /** the text is being sent, the call placed; taken before, so that of two tabs one sends */
  | { readonly is: 'asking'; readonly asked: Way; readonly ways: readonly Way[]; readonly at: Instant }
  /** `methods`: those of which one is needed; where nothing is said, any */
  | { readonly is: 'register-first'; readonly methods?: readonly MethodId[] }
  | { readonly is: 'offer-passkey' }
  | { readonly is: 'change-password'; readonly problem?: NewPasswordProblem }
  | { readonly is: 'stay' }
  | Granted
  | { readonly is: 'refused'; readonly because: Exclude<Because, 'fraud-reported'> }
  /** and until when the phones and apps of the person are left alone, if they are */
  | { readonly is: 'refused'; readonly because: 'fraud-reported'; readonly pausedUntil?: PauseEnd };

export interface Granted {
  readonly is: 'granted';
  readonly persistent: boolean;
}

/** Why a sign-in ended without a session. */
export type Because = 'blocked-by-policy' | 'cannot-satisfy' | 'fraud-reported' | 'disabled' | 'gave-up';

/** One attempt by one browser to become one user. Plain JSON; kept in one row. */
export interface SignIn<S extends Step = Step> {
  readonly id: SignInId;
  /** two tabs cannot both win */
  readonly version: number;
  readonly aim: Aim;
  readonly loginName: string | undefined;
  /** absent while unknown, and for names that nobody has */
  readonly user: UserId | undefined;
  readonly evidence: readonly Evidence[];
  /** questions already put, by credential and way: a new code inherits the tries of the old one */
  readonly asked: Readonly<Record<string, object>>;
  readonly step: S;
  readonly createdAt: Instant;
  readonly expiresAt: Instant;
}

/**
 * Where a person stands after an event: what the policies say of the evidence so far, what could be
 * asked next, and what is owed. Judged afresh by the engine each time; the machine only obeys.
 */
export type Standing =
  | { readonly is: 'blocked' }
  | { readonly is: 'unsatisfiable' }
  | { readonly is: 'must-register'; readonly methods: readonly MethodId[] }
  /** what was known is too old, and the first question comes again */
  | { readonly is: 'password-first' }
  | { readonly is: 'more'; readonly ways: readonly [Way, ...Way[]] }
  | {
      readonly is: 'enough';
      /** `passkey` is not owed but offered: one may say "later" */
      readonly owes: 'registration' | 'password' | 'passkey' | 'nothing';
      /** whether to stay signed in is asked, or settled by policy */
      readonly stay: 'ask' | 'always' | 'never';
    };

export type SignInEvent =
  | { readonly is: 'identified'; readonly loginName: string; readonly user: UserId | undefined }
  | { readonly is: 'misnamed' }
  | {
      readonly is: 'recognised';
      readonly loginName: string;
      readonly user: UserId;
      readonly standing: Standing;
    }
  /** nobody said who they are: the passkey did, and is evidence already */
  | {
      readonly is: 'recognised-by-passkey';
      readonly loginName: string;
      readonly user: UserId;
      readonly evidence: Evidence;
      readonly standing: Standing;
    }
  | { readonly is: 'not-recognised'; readonly refusal: Refusal }
  /** `left`: the open question as it is kept, when it is taken back for another one */
  | { readonly is: 'asking'; readonly way: Way; readonly at: Instant; readonly left?: object }
  | { readonly is: 'asked'; readonly way: Way; readonly challenge: object }
  | { readonly is: 'not-asked'; readonly refusal: Refusal }
  | { readonly is: 'proved'; readonly evidence: Evidence; readonly standing: Standing }
  | { readonly is: 'refused'; readonly refusal: Refusal; readonly challenge?: object }
  | { readonly is: 'looked-elsewhere'; readonly left?: object }
  | { readonly is: 'registered'; readonly evidence: readonly Evidence[]; readonly standing: Standing }
  /** no passkey now */
  | { readonly is: 'postponed'; readonly standing: Standing }
  | { readonly is: 'password-changed'; readonly standing: Standing }
  | { readonly is: 'password-refused'; readonly problem: NewPasswordProblem }
  | { readonly is: 'stay-answered'; readonly persistent: boolean; readonly standing: Standing }
  | { readonly is: 'ended'; readonly because: Exclude<Because, 'fraud-reported'> };

/** The event does not fit the step: another tab was faster, or someone made the request up. */
export class MovedOn extends Error {
  constructor(step: Step['is'], event: SignInEvent['is']) {
    super(`a sign-in at step ${step} cannot be ${event}`);
    this.name = 'MovedOn';
  }
}

/** The whole state machine (drawn in sign-in.md). Pure: the engine does the asking, judging and saving. */
export function advance(signIn: SignIn, event: SignInEvent): SignIn {
  const { step } = signIn;
  const moved = (changes: Partial<Omit<SignIn, 'version'>>): SignIn => ({
    ...signIn,
    ...changes,
    version: signIn.version + 1,
  });
  const misfit = (): never => {
    throw new MovedOn(step.is, event.is);
  };
  const keeping = (left: object | undefined): Partial<SignIn> =>
    left && step.is === 'prove' ? { asked: { ...signIn.asked, [keyOf(step.asked)]: left } } : {};
  if (step.is === 'granted' || step.is === 'refused') return misfit();

  switch (event.is) {
    case 'ended':
      return moved({ step: { is: 'refused', because: event.because } });
    case 'identified':
      if (step.is !== 'identify') return misfit();
      return moved({ loginName: event.loginName, user: event.user, step: { is: 'password' } });
    case 'misnamed':
      if (step.is !== 'identify') return misfit();
      return moved({ step: { is: 'identify', invalid: true } });
    case 'recognised':
      if (step.is !== 'identify') return misfit();
      return moved({ loginName: event.loginName, user: event.user, step: stepAfter(event.standing) });
    case 'recognised-by-passkey':
      if (step.is !== 'identify') return misfit();
      return moved({
        loginName: event.loginName,
        user: event.user,
        evidence: [...signIn.evidence, event.evidence],
        step: stepAfter(event.standing),
      });
    case 'not-recognised':
      if (step.is !== 'identify') return misfit();
      return moved({ step: { is: 'identify', refusal: event.refusal } });
    case 'proved':
      if (step.is !== 'password' && step.is !== 'prove') return misfit();
      return moved({
        evidence: [...signIn.evidence, event.evidence],
        step: stepAfter(event.standing),
      });
    case 'refused':
      if (step.is === 'password') return moved({ step: { is: 'password', refusal: event.refusal } });
      if (step.is !== 'prove') return misfit();
      if (event.refusal.reason === 'fraud') {
        const { pausedUntil } = event.refusal;
        const paused = pausedUntil === undefined ? {} : { pausedUntil };
        return moved({ step: { is: 'refused', because: 'fraud-reported', ...paused } });
      }
      return moved({
        step: { ...step, refusal: event.refusal, challenge: event.challenge ?? step.challenge },
        asked: { ...signIn.asked, [keyOf(step.asked)]: event.challenge ?? step.challenge },
      });
    case 'asking':
      if (isBeingAsked(step, event.at)) return misfit();
      if (step.is !== 'choose' && step.is !== 'prove' && step.is !== 'asking') return misfit();
      return moved({
        ...keeping(event.left),
        step: { is: 'asking', asked: event.way, ways: step.ways, at: event.at },
      });
    case 'asked':
      if (step.is !== 'asking') return misfit();
      return moved({
        asked: { ...signIn.asked, [keyOf(event.way)]: event.challenge },
        step: { is: 'prove', asked: event.way, challenge: event.challenge, ways: step.ways },
      });
    case 'not-asked': {
      if (step.is !== 'asking') return misfit();
      const open = signIn.asked[keyOf(step.asked)];
      return moved({
        step: open
          ? { is: 'prove', asked: step.asked, challenge: open, ways: step.ways, refusal: event.refusal }
          : { is: 'choose', ways: step.ways, refusal: event.refusal },
      });
    }
    case 'looked-elsewhere':
      if (step.is !== 'prove' && step.is !== 'asking') return misfit();
      return moved({ ...keeping(event.left), step: { is: 'choose', ways: step.ways } });
    case 'registered':
      if (step.is !== 'register-first' && step.is !== 'offer-passkey') return misfit();
      return moved({ evidence: [...signIn.evidence, ...event.evidence], step: stepAfter(event.standing) });
    case 'postponed':
      if (step.is !== 'offer-passkey') return misfit();
      return moved({ step: stepAfter(event.standing) });
    case 'password-changed':
      if (step.is !== 'change-password') return misfit();
      return moved({ step: stepAfter(event.standing) });
    case 'password-refused':
      if (step.is !== 'change-password') return misfit();
      return moved({ step: { is: 'change-password', problem: event.problem } });
    case 'stay-answered':
      if (step.is !== 'stay') return misfit();
      return moved({
        step:
          event.standing.is === 'enough' && event.standing.owes === 'nothing'
            ? { is: 'granted', persistent: event.standing.stay === 'ask' && event.persistent }
            : stepAfter(event.standing),
      });
  }
}

function stepAfter(standing: Standing): Step {
  switch (standing.is) {
    case 'blocked':
      return { is: 'refused', because: 'blocked-by-policy' };
    case 'unsatisfiable':
      return { is: 'refused', because: 'cannot-satisfy' };
    case 'must-register':
      return { is: 'register-first', methods: standing.methods };
    case 'password-first':
      return { is: 'password' };
    case 'more':
      return { is: 'choose', ways: standing.ways };
    case 'enough':
      if (standing.owes === 'registration') return { is: 'register-first' };
      if (standing.owes === 'password') return { is: 'change-password' };
      if (standing.owes === 'passkey') return { is: 'offer-passkey' };
      if (standing.stay === 'ask') return { is: 'stay' };
      return { is: 'granted', persistent: standing.stay === 'always' };
  }
}

/** Whether a message is being sent just now. */
export const isBeingAsked = (step: Step, now: Instant): boolean =>
  step.is === 'asking' && now < step.at + askingTakes;

/** One sign-in as it stands: another one after every step. */
export const bindingOf = ({ id, version }: Pick<SignIn, 'id' | 'version'>): string => `${id} ${version}`;

/** One question is told from another by what is asked and how. */
export const keyOf = (way: Pick<Way, 'credential' | 'way'>): string => `${way.credential} ${way.way}`;

/** The application that policies judge and the log names. */
export const applicationOf = (target: Target): ApplicationId | undefined =>
  target.is === 'security-info' ? undefined : target.application;

/** Only this can become a session. */
export const isGranted = (signIn: SignIn): signIn is SignIn<Granted> => signIn.step.is === 'granted';
