import {
  addressOf,
  branchOf,
  cseqOf,
  headerOf,
  linesOf,
  type SipRequest,
  type SipResponse,
  viaOf,
  writeAddress,
  writeMessage,
} from '../../../wire/sip/index.ts';
import { patience, T1, T2, T4, type Time } from './time.ts';
import { type Flow, isReliable } from './transport.ts';

/** Told to whoever sent a request. After 'failed' nothing follows. */
export interface Answers {
  response(response: SipResponse): void;
  failed(why: 'timeout' | 'transport'): void;
}

export interface ClientTransaction {
  readonly flow: Flow;
  receive(response: SipResponse): void;
  broken(): void;
}

interface Deps {
  readonly request: SipRequest;
  readonly flow: Flow;
  readonly time: Time;
  readonly answers: Answers;
  /** it can be forgotten */
  readonly ended: () => void;
}

/** A peer that said it rings and then nothing more, not even to a CANCEL, is forgotten: as Timer C of proxies. */
const longestRinging = 200_000;

/** RFC 3261 §17.1.1 with the state Accepted of RFC 6026: several 2xx may come, from several phones. */
export function inviteTransaction(deps: Deps): ClientTransaction {
  const { request, flow, time, answers } = deps;
  let state: 'calling' | 'proceeding' | 'accepted' | 'completed' | 'ended' = 'calling';
  const bytes = writeMessage(request);
  let ack: Buffer | undefined;
  let stopC = (): void => undefined;
  let stopA = (): void => undefined;

  const end = (): void => {
    state = 'ended';
    stopA();
    stopB();
    stopC();
    deps.ended();
  };
  const fail = (why: 'timeout' | 'transport'): void => {
    end();
    answers.failed(why);
  };
  const timerA = (wait: number): void => {
    stopA = time.after(wait, () => {
      flow.send(bytes);
      timerA(wait * 2);
    });
  };
  const stopB = time.after(patience, () => {
    if (state === 'calling') fail('timeout');
  });
  if (!isReliable(flow)) timerA(T1);
  flow.send(bytes);

  function receive(response: SipResponse): void {
    if (state === 'ended') return;
    if (response.status < 200) {
      if (state !== 'calling' && state !== 'proceeding') return;
      state = 'proceeding';
      stopA();
      stopC();
      stopC = time.after(longestRinging, () => fail('timeout'));
      answers.response(response);
      return;
    }
    stopC();
    if (response.status < 300) {
      if (state === 'completed') return;
      if (state !== 'accepted') time.after(patience, end);
      state = 'accepted';
      stopA();
      answers.response(response);
    } else if (state === 'completed') {
      if (ack) flow.send(ack);
    } else if (state !== 'accepted') {
      state = 'completed';
      stopA();
      ack = writeMessage(ackOf(request, response));
      flow.send(ack);
      time.after(isReliable(flow) ? 0 : patience, end);
      answers.response(response);
    }
  }

  return {
    flow,
    receive,
    broken() {
      if (state === 'ended') return;
      const waits = state === 'calling' || state === 'proceeding';
      if (waits) fail('transport');
      else end();
    },
  };
}

/** The ACK of an answer that is not 2xx: part of the transaction, on its branch (RFC 3261 §17.1.1.3). */
function ackOf(request: SipRequest, response: SipResponse): SipRequest {
  const [via = ''] = linesOf(request, 'via');
  const to = addressOf(response, 'to');
  return {
    is: 'request',
    method: 'ACK',
    uri: request.uri,
    headers: [
      { name: 'via', value: via },
      { name: 'max-forwards', value: '70' },
      ...linesOf(request, 'route').map(value => ({ name: 'route', value })),
      { name: 'from', value: headerOf(request, 'from') ?? '' },
      { name: 'to', value: to ? writeAddress(to) : (headerOf(request, 'to') ?? '') },
      { name: 'call-id', value: headerOf(request, 'call-id') ?? '' },
      { name: 'cseq', value: `${cseqOf(request)?.number ?? 1} ACK` },
    ],
    body: Buffer.alloc(0),
  };
}

/** RFC 3261 §17.1.2. */
export function otherTransaction(deps: Deps): ClientTransaction {
  const { request, flow, time, answers } = deps;
  let state: 'trying' | 'proceeding' | 'completed' | 'ended' = 'trying';
  const bytes = writeMessage(request);
  let stopE = (): void => undefined;

  const end = (): void => {
    state = 'ended';
    stopE();
    stopF();
    deps.ended();
  };
  const timerE = (wait: number): void => {
    stopE = time.after(wait, () => {
      flow.send(bytes);
      timerE(state === 'proceeding' ? T2 : Math.min(wait * 2, T2));
    });
  };
  const stopF = time.after(patience, () => {
    if (state !== 'trying' && state !== 'proceeding') return;
    end();
    answers.failed('timeout');
  });
  if (!isReliable(flow)) timerE(T1);
  flow.send(bytes);

  return {
    flow,
    receive(response) {
      if (state !== 'trying' && state !== 'proceeding') return;
      if (response.status < 200) {
        state = 'proceeding';
        return answers.response(response);
      }
      state = 'completed';
      stopE();
      time.after(isReliable(flow) ? 0 : T4, end);
      answers.response(response);
    },
    broken() {
      if (state === 'ended') return;
      const waits = state !== 'completed';
      end();
      if (waits) answers.failed('transport');
    },
  };
}

/** What an answer is matched by (RFC 3261 §17.1.3). */
export function keyOf(message: SipRequest | SipResponse): string | undefined {
  const via = viaOf(message);
  const cseq = cseqOf(message);
  return via && cseq ? `${branchOf(via) ?? ''} ${cseq.method}` : undefined;
}
