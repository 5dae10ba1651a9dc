import {
  addressOf,
  callIdOf,
  type SipMessage,
  type SipRequest,
  type SipResponse,
  tagOf,
  viaOf,
  writeMessage,
} from '../../../wire/sip/index.ts';
import {
  type Answers,
  type ClientTransaction,
  inviteTransaction,
  keyOf,
  otherTransaction,
} from './client-transactions.ts';
import { allowed, newToken, replyTo, seenIn } from './compose.ts';
import { type ServerTransaction, serverTransaction } from './server-transactions.ts';
import { openStreams } from './stream.ts';
import type { Time } from './time.ts';
import {
  type Arrivals,
  type Endpoint,
  type Flow,
  isReliable,
  type Target,
  type TransportSettings,
} from './transport.ts';
import { openUdp } from './udp.ts';

/** Takes the requests of one call. An ACK has no transaction and no answer. */
export type DialogHandler = (request: SipRequest, transaction: ServerTransaction | undefined) => void;

/** Transports and transactions: requests go out and are answered, requests come in and find their call. */
export interface Stack {
  flow(target: Target): Promise<Flow | undefined>;
  send(request: SipRequest, flow: Flow, answers: Answers): void;
  /** The 2xx's ACK, which no transaction repeats. */
  sendOnce(request: SipRequest, flow: Flow): void;
  /** Our end of a flow as the peer sees it, beyond a NAT. */
  seen(flow: Flow): Endpoint;
  /** Gives requests of a call, found by its name and our tag, to `handler` until the result is called. */
  join(callId: string, tag: string, handler: DialogHandler): () => void;
  close(): void;
}

/** more at once is an attack, or a loop */
const mostServerTransactions = 5000;

export function openStack(deps: {
  readonly settings: TransportSettings;
  readonly time: Time;
  readonly onNonsense: (reason: string) => void;
}): Stack {
  const { settings, time } = deps;
  const clients = new Map<string, ClientTransaction>();
  const servers = new Map<string, ReturnType<typeof serverTransaction>>();
  const calls = new Map<string, DialogHandler>();
  const views = new Map<string, Endpoint>();

  const arrivals: Arrivals = {
    message: (message, flow) => (message.is === 'response' ? answered(message, flow) : asked(message, flow)),
    nonsense: deps.onNonsense,
    broken(flow) {
      for (const transaction of [...clients.values()]) if (transaction.flow === flow) transaction.broken();
    },
  };
  const udp = openUdp(settings, arrivals);
  const streams = openStreams(settings, arrivals);

  function answered(response: SipResponse, flow: Flow): void {
    const key = keyOf(response);
    const transaction = key === undefined ? undefined : clients.get(key);
    // An answer is taken only from whom the request went to, whatever its branch says.
    if (!transaction || transaction.flow.target.address !== flow.target.address) return;
    const view = seenIn(response);
    if (view && settings.address === undefined) views.set(nameOf(flow), view);
    transaction.receive(response);
  }

  function asked(request: SipRequest, flow: Flow): void {
    const back = isReliable(flow) ? flow : whereVia(request, flow);
    const key = serverKey(request);
    const known = servers.get(key);
    if (request.method === 'ACK') {
      if (known) known.acknowledged();
      else callOf(request)?.(request, undefined);
      return;
    }
    if (known) known.again();
    // Strangers who knock without end do not keep us from hearing a person press a key, or hang up.
    else if (servers.size < mostServerTransactions || callOf(request)) begun(request, back, key);
  }

  function begun(request: SipRequest, flow: Flow, key: string): void {
    const transaction = serverTransaction({ request, flow, time, ended: () => servers.delete(key) });
    servers.set(key, transaction);
    const call = request.method === 'CANCEL' ? undefined : callOf(request);
    if (call) call(request, transaction);
    else if (request.method === 'CANCEL')
      reply(transaction, servers.has(inviteKey(request)) ? ok : noSuchCall);
    else {
      reply(transaction, answerOutside(request));
      // Once, and again only when asked again: repeated to an address that was forged, it would be an attack on that.
      transaction.acknowledged();
    }
  }

  /** An answer over UDP goes to where the request came from; the port is that of Via unless rport asks (RFC 3581). */
  function whereVia(request: SipRequest, flow: Flow): Flow {
    const via = viaOf(request);
    if (!via || via.params.some(({ name }) => name === 'rport')) return flow;
    const port = via.port ?? 5060;
    if (port === flow.target.port) return flow;
    const target = { ...flow.target, port };
    return {
      target,
      local: flow.local,
      send: bytes => void udp.flow(target).then(other => other?.send(bytes)),
    };
  }

  function callOf(request: SipRequest): DialogHandler | undefined {
    const to = addressOf(request, 'to');
    return calls.get(`${callIdOf(request)} ${to && tagOf(to)}`);
  }

  return {
    flow: target => (target.protocol === 'udp' ? udp : streams).flow(target),
    send(request, flow, answers) {
      const key = keyOf(request) ?? newToken();
      const begin = request.method === 'INVITE' ? inviteTransaction : otherTransaction;
      clients.set(key, begin({ request, flow, time, answers, ended: () => clients.delete(key) }));
    },
    sendOnce: (request, flow) => flow.send(writeMessage(request)),
    seen: flow => views.get(nameOf(flow)) ?? flow.local,
    join(callId, tag, handler) {
      const key = `${callId} ${tag}`;
      calls.set(key, handler);
      return () => calls.delete(key);
    },
    close() {
      for (const transaction of [...clients.values()]) transaction.broken();
      for (const transaction of [...servers.values()]) transaction.forget();
      udp.close();
      streams.close();
    },
  };
}

const nameOf = ({ target, local }: Flow): string =>
  `${target.protocol} ${target.address} ${target.port} ${local.port}`;

const ok = { status: 200, reason: 'OK' } as const;
const noSuchCall = { status: 481, reason: 'Call/Transaction Does Not Exist' } as const;

/** What a request gets that belongs to no call: we are asked whether we live, and take no calls. */
function answerOutside(request: SipRequest): { readonly status: number; readonly reason: string } {
  const to = addressOf(request, 'to');
  if (to && tagOf(to) !== undefined) return noSuchCall;
  if (request.method === 'OPTIONS') return ok;
  if (request.method === 'INVITE') return { status: 403, reason: 'Nobody To Call Here' };
  return { status: 405, reason: 'Method Not Allowed' };
}

function reply(
  transaction: ServerTransaction,
  answer: { readonly status: number; readonly reason: string },
): void {
  const { request, flow } = transaction;
  const more = [
    { name: 'allow', value: allowed },
    { name: 'accept', value: 'application/sdp' },
  ];
  transaction.respond(replyTo(request, flow.target, { ...answer, tag: newToken(), more }));
}

/** What a repeated request is known by (RFC 3261 §17.2.3); an ACK belongs to its INVITE. */
const serverKey = (request: SipRequest): string =>
  keyAs(request, request.method === 'ACK' ? 'INVITE' : request.method);

const inviteKey = (request: SipRequest): string => keyAs(request, 'INVITE');

function keyAs(message: SipMessage, method: string): string {
  const via = viaOf(message);
  const branch = via?.params.find(({ name }) => name === 'branch')?.value;
  return `${branch} ${via?.host} ${via?.port} ${callIdOf(message)} ${method}`;
}
