import type { Actor } from '../audit/index.ts';
import type { Instant } from '../kit/clock.ts';
import type { UserId } from '../kit/ids.ts';
import type { SpokenLanguage } from '../words/index.ts';
import type { CallScript, PhoneNumber } from './gateway.ts';
import type { PauseEnd } from './pauses.ts';
import type { NumberRules } from './phone-number.ts';

/** What administrators decide about phones; asked anew for every send. */
export type DeliverySettings = NumberRules;

export interface Send {
  /** names this one send; a second send of the same name sends nothing */
  readonly id: string;
  readonly user: UserId;
  /** whoever has it sent, when that is not the person: the office, which tries out a gateway */
  readonly actor?: Actor;
  readonly to: PhoneNumber;
  readonly address: string | undefined;
  readonly trustedNetwork: boolean;
  readonly correlation: string;
  /** to add a phone: whoever answers there is not yet known to be the person. Absent in a sign-in */
  readonly of?: 'registration';
  readonly language: SpokenLanguage;
}

export interface TextSend extends Send {
  readonly text: string;
}

export interface CallSend extends Send {
  readonly extension?: string;
  readonly expect: CallScript['expect'];
}

export type NotSent =
  | { readonly reason: 'too-many-sends'; readonly until: Instant }
  /** others were sent too much in that country, or to numbers beside this one; the end is told to the office only */
  | { readonly reason: 'not-sent-there'; readonly until: Instant }
  /** they reported a sign-in that was not theirs */
  | { readonly reason: 'paused'; readonly until: PauseEnd }
  /** whoever answers there reported a registration of this person */
  | { readonly reason: 'number-reported'; readonly until: PauseEnd }
  | { readonly reason: 'not-allowed' | 'gateway-down' };

export type Sent =
  | { readonly sent: true; readonly delivery: string }
  | { readonly sent: false; readonly refusal: NotSent };
