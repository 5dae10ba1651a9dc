import type { DeliveryState, PauseEnd, Stands } from '../../gateways/index.ts';
import { type Instant, seconds } from '../../kit/clock.ts';
import { newDigits } from '../../kit/secrets.ts';
import type { Refusal } from '../method.ts';
import type { Texts } from './code.ts';

/** A call that was placed. Its answer comes by the telephone; the page only waits. */
export interface CallChallenge {
  readonly way: 'call';
  readonly id: string;
  readonly delivery: string;
  /** masked */
  readonly to: string;
  readonly placedAt: Instant;
  readonly expiresAt: Instant;
  /** the digits on the page, to be keyed in before `#`; absent where `#` alone is asked for */
  readonly number?: string;
  /** where the texts before it stood: a call in between makes neither tries nor texts anew */
  readonly texts?: Texts;
  /** how the call ended, once it did: there is nothing more to wait for */
  readonly ended?: DeliveryState | 'unattended';
}

/** A page that waits asks every second, and every half a minute at worst where its network is away. */
const attendedWithin = seconds(45);

/** Two digits, never those of a fraud report or of a habit. */
export function newNumber(): string {
  const number = newDigits(2);
  return number.startsWith('0') ? newNumber() : number;
}

export type CallJudged =
  | { readonly is: 'confirmed' }
  | { readonly is: 'waiting'; readonly state: string }
  | { readonly is: 'refused'; readonly refusal: Refusal; readonly challenge: CallChallenge };

/** Why what was sent may be worth nothing by now. */
export interface HeldBack {
  readonly of?: 'registration' | undefined;
  /** until when the person's phones are */
  readonly paused: PauseEnd | undefined;
  /** until when the number is that is being added */
  readonly reported: PauseEnd | undefined;
}

/** What the state of a call means for the question. An old call confirms nothing, and none that nobody waited for. */
export function judgeCall(
  challenge: CallChallenge,
  stands: Stands | undefined,
  now: Instant,
  held: HeldBack,
): CallJudged {
  const state = stands?.state;
  const refused = (refusal: Refusal, ended: CallChallenge['ended'] = state ?? 'failed'): CallJudged => ({
    is: 'refused',
    refusal,
    challenge: { ...challenge, ended },
  });
  const { of, paused, reported } = held;
  if (state === 'fraud')
    return refused({
      reason: 'fraud',
      ...(of ? { of } : {}),
      ...(paused === undefined ? {} : { pausedUntil: paused }),
    });
  if (paused !== undefined) return refused({ reason: 'paused', until: paused }, 'failed');
  if (reported !== undefined) return refused({ reason: 'number-reported', until: reported }, 'failed');
  if (now > challenge.expiresAt || stands === undefined) return refused({ reason: 'expired' });
  switch (stands.state) {
    case 'confirmed':
      return now - stands.since <= attendedWithin
        ? { is: 'confirmed' }
        : refused({ reason: 'unattended' }, 'unattended');
    case 'dialling':
    case 'ringing':
    case 'answered':
      return { is: 'waiting', state: stands.state };
    default:
      return refused({ reason: 'undelivered', outcome: stands.state });
  }
}
