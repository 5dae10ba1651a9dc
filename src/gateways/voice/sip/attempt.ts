import {
  type Agreed,
  agree,
  type Name,
  type Ours,
  offerOf,
  readSession,
  writeSession,
} from '../../../wire/sdp/index.ts';
import {
  type Address,
  addressOf,
  cseqOf,
  type Header,
  hasOption,
  numberOf,
  type SipRequest,
  type SipResponse,
  tagOf,
  writeAddress,
  writeMessage,
} from '../../../wire/sip/index.ts';
import { ask } from './asking.ts';
import { allowed, cancelOf, contactOf, requestOver } from './compose.ts';
import type { Proving } from './credentials.ts';
import { type Dialog, dialogFrom } from './dialog.ts';
import type { Names } from './resolve.ts';
import type { Stack } from './stack.ts';
import type { Flow, Target } from './transport.ts';

/** How one INVITE to one address ended. */
export type Outcome =
  | { readonly is: 'accepted'; readonly answer: SipResponse; readonly dialog: Dialog; readonly terms: Agreed }
  /** answered, but with a voice that we do not have: hung up */
  | { readonly is: 'unspeakable'; readonly detail: string }
  /** `because`: why we did not prove who we are, when that was asked */
  | { readonly is: 'refused'; readonly response: SipResponse; readonly because?: string }
  | { readonly is: 'timeout' | 'transport' | 'silent' };

export interface Attempt {
  readonly outcome: Promise<Outcome>;
  readonly request: SipRequest;
  /** Takes it back: at once, or as soon as it may be (RFC 3261 §9.1). An answer that comes anyway is hung up. */
  cancel(): void;
  /** Nobody said a word so far; whoever does later is told that it is too late. */
  giveUp(): void;
  /** the 2xx of the accepted phone came again */
  onRepeated(listener: () => void): void;
}

/** What may be proven to whoever stands at an address. */
export type ProvingTo = (target: Target) => Proving;

export interface AttemptDeps {
  readonly stack: Stack;
  readonly names: Names;
  readonly provingTo: ProvingTo;
  readonly flow: Flow;
  readonly ours: Ours;
  readonly name: Name;
  readonly from: Address;
  readonly uri: string;
  readonly callId: string;
  readonly sequence: number;
  readonly user: string;
  readonly more: readonly Header[];
  readonly ringing: () => void;
}

/** RFC 3261 §18.1.1: what is longer than this goes over TCP where the peer has it. */
export const longestDatagram = 1300;

export async function flowFor(stack: Stack, target: Target, bytes: number): Promise<Flow | undefined> {
  if (target.protocol === 'udp' && bytes > longestDatagram) {
    const stream = await stack.flow({ ...target, protocol: 'tcp' });
    if (stream) return stream;
  }
  return stack.flow(target);
}

export function inviteOf(deps: Omit<AttemptDeps, 'ringing'>): SipRequest {
  const { flow, from, uri } = deps;
  return requestOver(flow, {
    method: 'INVITE',
    uri,
    from: writeAddress(from),
    to: writeAddress({ uri, params: [] }),
    callId: deps.callId,
    sequence: deps.sequence,
    more: [
      { name: 'contact', value: contactOf(flow, deps.stack.seen(flow), deps.user) },
      { name: 'allow', value: allowed },
      { name: 'supported', value: '100rel, timer' },
      ...deps.more,
    ],
    content: { type: 'application/sdp', body: writeSession(offerOf(deps.ours, deps.name)) },
  });
}

export function openAttempt(request: SipRequest, deps: AttemptDeps): Attempt {
  const { stack, flow, ours } = deps;
  const early = new Map<string, { readonly dialog: Dialog; acknowledged: number; terms?: Agreed }>();
  let state: 'waiting' | 'proceeding' | 'accepted' | 'refused' = 'waiting';
  let unwanted = false;
  let cancelled = false;
  let accepted: string | undefined;
  let repeated = (): void => undefined;
  let settle: (outcome: Outcome) => void = () => undefined;
  const outcome = new Promise<Outcome>(resolve => {
    settle = resolve;
  });

  stack.send(request, flow, {
    response: response => {
      if (response.status < 200) progress(response);
      else if (response.status < 300) answered(response);
      else {
        state = 'refused';
        settle({ is: 'refused', response });
      }
    },
    failed: is => settle({ is }),
  });

  function dialogOf(response: SipResponse) {
    const to = addressOf(response, 'to');
    const tag = to && tagOf(to);
    if (tag === undefined) return undefined;
    const known = early.get(tag);
    if (known) return known;
    const dialog = dialogFrom(response, { ...deps, sequence: deps.sequence, flow }, deps);
    if (!dialog || early.size >= mostPhones) return undefined;
    const begun: { readonly dialog: Dialog; acknowledged: number; terms?: Agreed } = {
      dialog,
      acknowledged: 0,
    };
    early.set(tag, begun);
    return begun;
  }

  function progress(response: SipResponse): void {
    if (state === 'waiting') state = 'proceeding';
    if (unwanted) takeBack();
    else if (response.status > 100) rings(response);
  }

  function rings(response: SipResponse): void {
    const phone = dialogOf(response);
    if (phone && response.body.length > 0) learn(phone, response);
    if (phone && hasOption(response, 'require', '100rel')) acknowledge(phone, response);
    if (state === 'proceeding') deps.ringing();
  }

  /** An answer to our offer may come early; the 2xx need not repeat it (RFC 3262 §5). */
  function learn(phone: { terms?: Agreed }, response: SipResponse): string | undefined {
    const read = readSession(response.body.toString());
    if (!read.read) return read.reason;
    const agreement = agree(read.session, ours);
    if (!agreement.agreed) return agreement.reason;
    phone.terms = agreement.terms;
    return undefined;
  }

  /** PRACK, in the order of RSeq; a repetition is acknowledged by the transaction that is under way (RFC 3262 §4). */
  function acknowledge(
    phone: { readonly dialog: Dialog; acknowledged: number },
    response: SipResponse,
  ): void {
    const number = numberOf(response, 'rseq');
    if (number === undefined) return;
    if (phone.acknowledged > 0 && number !== phone.acknowledged + 1) return;
    phone.acknowledged = number;
    phone.dialog.refresh(response);
    const rack = { name: 'rack', value: `${number} ${cseqOf(request)?.number} INVITE` };
    void send(phone.dialog, 'PRACK', [rack]);
  }

  async function send(dialog: Dialog, method: string, more: readonly Header[] = []): Promise<void> {
    const way = await dialog.flow();
    if (!way) return;
    await ask(stack, way, deps.provingTo(way.target), proof =>
      dialog.request(way, { method, more: [...more, ...proof] }),
    );
  }

  function answered(response: SipResponse): void {
    const phone = dialogOf(response);
    if (!phone) return;
    const { dialog } = phone;
    if (accepted === dialog.remoteTag) {
      repeated();
      return;
    }
    dialog.refresh(response);
    state = 'accepted';
    const detail = response.body.length > 0 ? learn(phone, response) : undefined;
    const { terms } = phone;
    if (unwanted || accepted !== undefined || detail !== undefined || !terms) {
      // Another phone that answered too, or one that came too late: it is told that nobody wants to talk.
      void hangUpOn(dialog);
      if (accepted === undefined)
        settle({ is: 'unspeakable', detail: detail ?? 'it said nothing of its voice' });
      return;
    }
    accepted = dialog.remoteTag;
    settle({ is: 'accepted', answer: response, dialog, terms });
  }

  const goodbyes = new Set<string>();

  async function hangUpOn(dialog: Dialog): Promise<void> {
    const way = await dialog.flow();
    if (!way) return;
    stack.sendOnce(dialog.request(way, { method: 'ACK', sequence: deps.sequence }), way);
    if (goodbyes.has(dialog.remoteTag)) return;
    goodbyes.add(dialog.remoteTag);
    await send(dialog, 'BYE');
  }

  function takeBack(): void {
    if (state !== 'proceeding' || cancelled) return;
    cancelled = true;
    stack.send(cancelOf(request), flow, { response: () => undefined, failed: () => undefined });
  }

  return {
    outcome,
    request,
    cancel() {
      unwanted = true;
      takeBack();
    },
    giveUp() {
      unwanted = true;
      takeBack();
      settle({ is: 'silent' });
    },
    onRepeated(listener) {
      repeated = listener;
    },
  };
}

/** phones that one call rings at; more is nonsense */
const mostPhones = 32;

export const bytesOf = (request: SipRequest): number => writeMessage(request).length;
