import type { Agreed, Ours } from '../../../wire/sdp/index.ts';

/** Why a call is over. `status` is what the network said, for the log. */
export type EndReason =
  | 'busy'
  | 'no-answer'
  | 'rejected'
  | 'unreachable'
  | 'hung-up'
  /** we hung up or took it back */
  | 'ended-here'
  | 'failed';

export type LegEvent =
  | { readonly is: 'ringing' }
  | { readonly is: 'answered'; readonly terms: Agreed }
  /** the peer moved its media, or put us on hold */
  | { readonly is: 'changed'; readonly terms: Agreed }
  /** SIP INFO: how some phones tell keys */
  | { readonly is: 'info'; readonly type: string; readonly body: string }
  | { readonly is: 'ended'; readonly because: EndReason; readonly detail: string };

/** One call that we place. */
export interface Leg {
  /** Ends it in whatever state it is: takes it back, or hangs up. */
  hangUp(): void;
  /** SIP INFO to a peer that understands no telephone-event. */
  info(type: string, body: string): void;
}

export interface LegOptions {
  /** the user part of whom to call, such as `+819012345678` or `0312345678` */
  readonly to: string;
  /** Our end of the voice, of the family of `address`, which the call will be heard from. */
  ours(address: string): Promise<Ours>;
  /** how long it may take to be answered, from the first word on and not from when it rings, in ms */
  readonly ringFor: number;
  on(event: LegEvent): void;
}

const meanings: readonly (readonly [readonly number[], EndReason])[] = [
  [[486, 600], 'busy'],
  [[487], 'no-answer'],
  [[603, 607, 608], 'rejected'],
  [[404, 410, 480, 484, 485, 604], 'unreachable'],
];

/** What a final answer says of the person (RFC 3261 §21). That a proxy does not let us call is our failure. */
export function reasonOf(status: number, rang: boolean): EndReason {
  if (status === 408) return rang ? 'no-answer' : 'unreachable';
  return meanings.find(([statuses]) => statuses.includes(status))?.[1] ?? 'failed';
}

const longestWords = 80;

/** A final answer in words for the log: the peer's, but in one short line, and with nothing to call anybody by. */
export const wordsOf = ({ status, reason }: { readonly status: number; readonly reason: string }): string =>
  `${status} ${reason}`
    .slice(0, longestWords)
    .replace(/\p{C}+/gu, ' ')
    .replace(/\d{4,}/g, '…')
    .trimEnd();
