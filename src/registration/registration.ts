import { type Instant, minutes, seconds } from '../kit/clock.ts';
import type { CredentialId, Id, UserId } from '../kit/ids.ts';
import type { Credential, Refusal } from '../methods/method.ts';
import type { Evidence, MethodId } from '../policies/evidence.ts';
import type { Language } from '../words/index.ts';

export type RegistrationId = Id<'registration'>;

/** A wizard that nobody finishes is over after this time, and leaves nothing behind. */
export const lifetime = minutes(15);

/** What can be added: a method, and which of its kinds. */
export interface Offered {
  readonly method: MethodId;
  readonly kind: string;
}

export type Step =
  /** アカウントをセキュリティ保護しよう: the first of the list is offered, the others behind a link and below */
  | { readonly is: 'choose'; readonly offered: readonly Offered[] }
  | {
      readonly is: 'form';
      readonly adding: Offered;
      readonly draft?: object;
      readonly fields: Readonly<Record<string, string>>;
      readonly problems: Readonly<Record<string, string>>;
      readonly refusal?: Refusal;
    }
  | {
      readonly is: 'verify';
      readonly adding: Offered;
      readonly draft: object;
      readonly challenge: object;
      readonly refusal?: Refusal;
    }
  | {
      readonly is: 'added';
      readonly adding: Offered;
      readonly credential: Credential;
      readonly evidence: Evidence;
    };

/** One person adding one way to prove who they are. Nothing is stored before it was proved. */
export interface Registration<S extends Step = Step> {
  readonly id: RegistrationId;
  readonly version: number;
  readonly user: UserId;
  readonly loginName: string;
  /** a sign-in that waits for this, or the account pages */
  readonly within: 'sign-in' | 'account';
  readonly returnTo: string;
  /** what the application asked for, whose sign-in waits */
  readonly language?: Language | undefined;
  /** the credential whose place the new one takes, in the same moment */
  readonly replacing?: CredentialId;
  /** nothing was registered when it began: a password was enough, and only while that is so */
  readonly first: boolean;
  readonly offered: readonly Offered[];
  /** the last question of each method, so that a new code inherits the tries of the old one */
  readonly asked: Readonly<Partial<Record<MethodId, object>>>;
  readonly step: S;
  /** since when a text is being sent or a call placed: of two presses one sends */
  readonly asking?: Instant | undefined;
  readonly createdAt: Instant;
  readonly expiresAt: Instant;
}

/** All gateways together take less; after that nobody is asking any more, or the process died that was. */
export const askingTakes = seconds(15);

export const isBeingAsked = ({ asking }: Registration, now: Instant): boolean =>
  asking !== undefined && now < asking + askingTakes;

export type RegistrationEvent =
  | { readonly is: 'chosen'; readonly adding: Offered; readonly draft?: object }
  | {
      readonly is: 'misfilled';
      readonly fields: Readonly<Record<string, string>>;
      readonly problems: Readonly<Record<string, string>>;
      readonly refusal?: Refusal;
    }
  | { readonly is: 'asked'; readonly draft: object; readonly challenge: object }
  | { readonly is: 'refused'; readonly refusal: Refusal; readonly challenge?: object }
  | { readonly is: 'added'; readonly credential: Credential; readonly evidence: Evidence }
  | { readonly is: 'went-back' };

export class MovedOn extends Error {
  constructor(step: Step['is'], event: RegistrationEvent['is']) {
    super(`a registration at step ${step} cannot be ${event}`);
    this.name = 'MovedOn';
  }
}

/** The wizard's order of pages. Pure. */
export function advance(registration: Registration, event: RegistrationEvent): Registration {
  const { step } = registration;
  const moved = (next: Step): Registration => ({
    ...registration,
    asked:
      next.is === 'verify'
        ? { ...registration.asked, [next.adding.method]: next.challenge }
        : registration.asked,
    step: next,
    asking: undefined,
    version: registration.version + 1,
  });
  const misfit = (): never => {
    throw new MovedOn(step.is, event.is);
  };
  if (step.is === 'added') return misfit();

  switch (event.is) {
    case 'went-back':
      return moved({ is: 'choose', offered: registration.offered });
    case 'chosen':
      return moved({
        is: 'form',
        adding: event.adding,
        ...(event.draft ? { draft: event.draft } : {}),
        fields: {},
        problems: {},
      });
    case 'misfilled':
      if (step.is !== 'form') return misfit();
      return moved({
        is: 'form',
        adding: step.adding,
        ...(step.draft ? { draft: step.draft } : {}),
        fields: event.fields,
        problems: event.problems,
        ...(event.refusal ? { refusal: event.refusal } : {}),
      });
    case 'asked':
      if (step.is !== 'form' && step.is !== 'verify') return misfit();
      return moved({ is: 'verify', adding: step.adding, draft: event.draft, challenge: event.challenge });
    case 'refused':
      if (step.is !== 'verify') return misfit();
      return moved({ ...step, refusal: event.refusal, challenge: event.challenge ?? step.challenge });
    case 'added':
      if (step.is !== 'verify') return misfit();
      return moved({
        is: 'added',
        adding: step.adding,
        credential: event.credential,
        evidence: event.evidence,
      });
  }
}
