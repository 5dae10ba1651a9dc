import { type Instant, minutes, seconds } from '../../kit/clock.ts';
import { keyedHash, newDigits, sameSecret } from '../../kit/secrets.ts';
import type { Refusal } from '../method.ts';

export const lifetime = minutes(5);
const tries = 5;
const mostSends = 4;
/** how long after the first, second, third sending another may follow */
const waits = [seconds(30), seconds(60), seconds(120)];
/** after the last sending, a new round begins; the tries stay what they are */
const rest = minutes(10);

/** A code that was sent. It is not in here: only a hash that nobody can try without the key. */
export interface TextChallenge {
  readonly way: 'text';
  readonly id: string;
  readonly delivery: string;
  readonly hash: string;
  /** masked */
  readonly to: string;
  readonly sentAt: Instant;
  readonly expiresAt: Instant;
  readonly triesLeft: number;
  /** how often a code was sent for this question, this time included */
  readonly sends: number;
  /** when another may be sent */
  readonly againAt: Instant;
}

/** What a later text inherits of those before it. */
export type Texts = Pick<TextChallenge, 'triesLeft' | 'sends' | 'againAt'>;

/** What a code is good for, and for nothing else: one question to one person in one sign-in or registration. */
export interface Bound {
  readonly challenge: string;
  readonly user: string;
  readonly correlation: string;
}

export const newCode = (): string => newDigits(6);

export const hashOf = (key: Buffer, code: string, bound: Bound): string =>
  keyedHash(key, bound.challenge, bound.user, bound.correlation, code).toString('base64url');

/** Whether another code may be sent after this one, and with what it begins: the tries are inherited. */
export function sendingAfter(
  previous: Texts | undefined,
  now: Instant,
):
  | { readonly may: true; readonly triesLeft: number; readonly sends: number; readonly againAt: Instant }
  | { readonly may: false; readonly refusal: Refusal } {
  const { triesLeft, sends, againAt } = previous ?? { triesLeft: tries, sends: 0, againAt: now };
  if (triesLeft <= 0) return { may: false, refusal: { reason: 'too-many-tries' } };
  if (now < againAt) return { may: false, refusal: { reason: 'too-many-sends', until: againAt } };
  const next = sends >= mostSends ? 1 : sends + 1;
  return { may: true, triesLeft, sends: next, againAt: now + (waits[next - 1] ?? rest) };
}

export type Judged =
  | { readonly is: 'right' }
  | { readonly is: 'refused'; readonly refusal: Refusal; readonly challenge?: TextChallenge };

/** Judges a typed code. A wrong one costs a try; one that is no code costs nothing. */
export function judge(
  challenge: TextChallenge,
  typed: string,
  bound: Omit<Bound, 'challenge'>,
  key: Buffer,
  now: Instant,
): Judged {
  if (now > challenge.expiresAt) return { is: 'refused', refusal: { reason: 'expired' } };
  if (challenge.triesLeft <= 0) return { is: 'refused', refusal: { reason: 'too-many-tries' } };
  if (!/^\d{6}$/.test(typed)) return { is: 'refused', refusal: { reason: 'malformed' } };
  const hash = hashOf(key, typed, { ...bound, challenge: challenge.id });
  if (sameSecret(Buffer.from(hash), Buffer.from(challenge.hash))) return { is: 'right' };
  const triesLeft = challenge.triesLeft - 1;
  return {
    is: 'refused',
    refusal: { reason: 'wrong', triesLeft },
    challenge: { ...challenge, triesLeft },
  };
}

/** The digits of what was typed or pasted: full-width, with spaces, with the words around them. */
export const digitsOf = (typed: string): string => typed.normalize('NFKC').replace(/\D/g, '');
