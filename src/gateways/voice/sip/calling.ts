import { seconds } from '../../../kit/clock.ts';
import type { Name, Ours } from '../../../wire/sdp/index.ts';
import {
  type Address,
  addressOf,
  type Header,
  numberOf,
  paramOf,
  readAddress,
  readUri,
  type SipRequest,
  type SipResponse,
  type SipUri,
  valuesOf,
  writeUri,
} from '../../../wire/sip/index.ts';
import {
  type Attempt,
  type AttemptDeps,
  bytesOf,
  flowFor,
  inviteOf,
  type Outcome,
  openAttempt,
  type ProvingTo,
} from './attempt.ts';
import { newToken, replyTo } from './compose.ts';
import { type Conversation, openConversation } from './conversation.ts';
import { type LinePassword, noProof } from './credentials.ts';
import { type EndReason, type Leg, type LegOptions, reasonOf, wordsOf } from './leg.ts';
import type { Proxies } from './proxies.ts';
import { type Names, targetsOf } from './resolve.ts';
import type { ServerTransaction } from './server-transactions.ts';
import { shortestSession } from './session-timer.ts';
import type { Stack } from './stack.ts';
import type { Time } from './time.ts';
import { type Flow, isSamePlace, type Target } from './transport.ts';

export interface CallingDeps {
  readonly stack: Stack;
  readonly time: Time;
  readonly names: Names;
  readonly proxies: Proxies;
  readonly password: LinePassword;
  /** whom the call comes from; without a tag */
  readonly from: Address;
  readonly user: string;
  /** P-Asserted-Identity, Privacy … */
  readonly identity: readonly Header[];
  /** the request's address for a number */
  readonly uriOf: (to: string) => SipUri;
}

const mostRedirections = 5;
/** A proxy that says nothing for so long is passed over, while there is another one. */
const firstWordWithin = seconds(4);

/** One place to try. */
interface Next {
  readonly uri: string;
  readonly target: Target;
  /** whether our password may be proven there: not at wherever a redirection points */
  readonly isOurs: boolean;
}

export function openLeg(deps: CallingDeps, options: LegOptions): Leg {
  const { stack, time, proxies } = deps;
  const callId = newToken();
  const tag = newToken();
  const from: Address = { ...deps.from, params: [{ name: 'tag', value: tag }] };
  const name: Name = { id: String(time.now()), version: '1' };
  let attempt: Attempt | undefined;
  let conversation: Conversation | undefined;
  let partner = '';
  let over = false;
  let rang = false;
  let sequence = 0;

  const leave = stack.join(callId, tag, take);
  const stopRinging = time.after(options.ringFor, () =>
    end(rang ? 'no-answer' : 'unreachable', 'it rang too long'),
  );

  /** Ends the call for whoever placed it; what is left to say to the network is said behind their back. */
  function end(because: EndReason, detail: string): void {
    if (over) return;
    over = true;
    stopRinging();
    attempt?.cancel();
    conversation?.hangUp();
    time.after(seconds(64), leave);
    options.on({ is: 'ended', because, detail });
  }

  function take(request: SipRequest, transaction: ServerTransaction | undefined): void {
    const theirs = paramOf(addressOf(request, 'from')?.params ?? [], 'tag');
    if (conversation && theirs === partner) conversation.take(request, transaction);
    else if (transaction) answerEarly(request, transaction);
  }

  function answerEarly(request: SipRequest, transaction: ServerTransaction): void {
    // Before the answer a phone may only say what changes nothing: a key counts when there is someone to press it.
    const { status, reason } = earlyAnswer(request);
    transaction.respond(replyTo(request, transaction.flow.target, { status, reason }));
  }

  function ringing(): void {
    if (rang || over) return;
    rang = true;
    options.on({ is: 'ringing' });
  }

  async function run(): Promise<void> {
    const uri = writeUri(deps.uriOf(options.to));
    let places: readonly Next[] = (await proxies.targets()).map(target => ({ uri, target, isOurs: true }));
    let redirections = 0;
    let last = 'no proxy is known';
    sequence += 1;
    while (!over) {
      const [place, ...others] = places;
      if (!place) return end('unreachable', last);
      places = others;
      const outcome = await tryAt(place, others.length > 0);
      if (over) return;
      if (outcome.is === 'accepted') return;
      if (outcome.is === 'unspeakable') return end('failed', outcome.detail);
      if (outcome.is !== 'refused') {
        last = `${place.target.name}: ${outcome.is}`;
        if (place.isOurs) proxies.failed(place.target);
        continue;
      }
      const { response } = outcome;
      last = outcome.because === undefined ? wordsOf(response) : `${wordsOf(response)}: ${outcome.because}`;
      if (response.status === 503 && others.length > 0) {
        if (place.isOurs) proxies.failed(place.target);
      } else if (response.status >= 300 && response.status < 400 && redirections < mostRedirections) {
        redirections += 1;
        sequence += 1;
        places = await redirected(response, place, deps.names);
      } else return end(reasonOf(response.status, rang), last);
    }
  }

  /** One address, until it has nothing more to ask of us. */
  async function tryAt(place: Next, hasOthers: boolean): Promise<Outcome> {
    const provingTo = towards(place);
    const proving = provingTo(place.target);
    let more: readonly Header[] = deps.identity;
    let proof: readonly Header[] = [];
    for (;;) {
      const begun = await begin(place, provingTo, [...more, ...proof]);
      if (!begun) return { is: 'transport' };
      attempt = begun.attempt;
      const stopWaiting = hasOthers ? time.after(firstWordWithin, () => begun.attempt.giveUp()) : undefined;
      const outcome = await begun.attempt.outcome;
      stopWaiting?.();
      if (outcome.is === 'accepted') accept(outcome, begun);
      if (outcome.is !== 'refused' || over) return outcome;
      if (proving.challenged(outcome.response)) proof = proving.headers(begun.attempt.request);
      else if (outcome.response.status === 422 && more === deps.identity)
        more = [...more, ...longer(outcome.response)];
      else return withWhy(outcome, proving.refusal());
      sequence += 1;
    }
  }

  /** Whoever the phone says is to be asked next gets no proof of our password, unless it is where the call went. */
  const towards =
    (place: Next): ProvingTo =>
    target =>
      place.isOurs && (isSamePlace(target, place.target) || proxies.has(target))
        ? deps.password.inCalls()
        : noProof;

  async function begin(place: Next, provingTo: ProvingTo, more: readonly Header[]) {
    const first = await stack.flow(place.target);
    if (!first || over) return undefined;
    const ours = await options.ours(first.local.address);
    if (over) return undefined;
    const make = (flow: Flow): Omit<AttemptDeps, 'ringing'> => ({
      ...deps,
      provingTo,
      from,
      flow,
      ours,
      name,
      callId,
      sequence,
      more,
      uri: place.uri,
    });
    const short = inviteOf(make(first));
    const flow = (await flowFor(stack, place.target, bytesOf(short))) ?? first;
    // A connection for a long INVITE takes its time, in which somebody may have hung up.
    if (over) return undefined;
    const request = flow === first ? short : inviteOf(make(flow));
    return { attempt: openAttempt(request, { ...make(flow), ringing }), flow, ours, provingTo };
  }

  function accept(
    { answer, dialog, terms }: Outcome & { is: 'accepted' },
    begun: { attempt: Attempt; flow: Flow; ours: Ours; provingTo: ProvingTo },
  ): void {
    stopRinging();
    proxies.worked(begun.flow.target);
    partner = dialog.remoteTag;
    const opened = openConversation(answer, {
      ...deps,
      provingTo: begun.provingTo,
      dialog,
      flow: begun.flow,
      ours: begun.ours,
      name,
      inviteSequence: sequence,
      on(event) {
        if (event.is === 'ended') end(event.because, event.detail);
        else if (!over) options.on(event);
      },
    });
    conversation = opened;
    begun.attempt.onRepeated(() => opened.answeredAgain());
    if (over) opened.hangUp();
    else options.on({ is: 'answered', terms });
  }

  run().catch(error => end('failed', error instanceof Error ? error.message : String(error)));

  return {
    hangUp: () => end('ended-here', 'hung up here'),
    info: (type, body) => conversation?.info(type, body),
  };
}

/** An offer while ours has no answer is pending (RFC 3311 §5.2); what else a phone asks before it answers is premature. */
function earlyAnswer({ method, body }: SipRequest): { readonly status: number; readonly reason: string } {
  if (method === 'UPDATE' && body.length > 0) return { status: 491, reason: 'Request Pending' };
  if (method === 'INFO' || method === 'OPTIONS' || method === 'UPDATE') return { status: 200, reason: 'OK' };
  return { status: 481, reason: 'Call/Transaction Does Not Exist' };
}

const withWhy = (outcome: Outcome & { is: 'refused' }, because: string | undefined): Outcome =>
  because === undefined ? outcome : { ...outcome, because };

/** 422: the peer wants sessions that live longer (RFC 4028 §7.3). */
const longer = (response: SipResponse): readonly Header[] => {
  const least = String(Math.max(numberOf(response, 'min-se') ?? 1800, shortestSession));
  return [
    { name: 'session-expires', value: least },
    { name: 'min-se', value: least },
  ];
};

/**
 * Where a 3xx sends us, by its `q`. From TLS nobody is sent to anything less, and a number that belongs to
 * somebody else's telephone (`tel:`) is not dialled.
 */
async function redirected(response: SipResponse, from: Next, names: Names): Promise<readonly Next[]> {
  const contacts = valuesOf(response, 'contact')
    .flatMap(value => readAddress(value) ?? [])
    .map(contact => ({ contact, q: Number(paramOf(contact.params, 'q') ?? 1) || 0 }))
    .sort((a, b) => b.q - a.q)
    .slice(0, mostRedirections);
  const places = await Promise.all(
    contacts.map(async ({ contact }) => {
      const uri = readUri(contact.uri);
      if (!uri) return [];
      const targets = await targetsOf(uri, names);
      return targets
        .filter(target => from.target.protocol !== 'tls' || target.protocol === 'tls')
        .map(target => ({
          uri: contact.uri,
          target,
          isOurs: from.isOurs && isSamePlace(target, from.target),
        }));
    }),
  );
  return places.flat();
}
