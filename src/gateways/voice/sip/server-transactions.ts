import { type SipRequest, type SipResponse, writeMessage } from '../../../wire/sip/index.ts';
import { patience, T1, T2, T4, type Time } from './time.ts';
import { type Flow, isReliable } from './transport.ts';

/** A request of the peer that is to be answered once; its repetitions are answered here. */
export interface ServerTransaction {
  readonly request: SipRequest;
  readonly flow: Flow;
  respond(response: SipResponse): void;
  /** sends the answer once more */
  again(): void;
}

interface Held extends ServerTransaction {
  /** the ACK of an answer that is not 2xx */
  acknowledged(): void;
  forget(): void;
}

/** RFC 3261 §17.2, with RFC 6026: 2xx to INVITE are repeated by whoever gave them, until their ACK. */
export function serverTransaction(deps: {
  readonly request: SipRequest;
  readonly flow: Flow;
  readonly time: Time;
  readonly ended: () => void;
}): Held {
  const { request, flow, time } = deps;
  const isInvite = request.method === 'INVITE';
  let state: 'open' | 'answered' | 'ended' = 'open';
  let bytes: Buffer | undefined;
  let stopG = (): void => undefined;

  const end = (): void => {
    if (state === 'ended') return;
    state = 'ended';
    stopG();
    deps.ended();
  };
  const timerG = (wait: number): void => {
    stopG = time.after(wait, () => {
      if (bytes) flow.send(bytes);
      timerG(Math.min(wait * 2, T2));
    });
  };

  return {
    request,
    flow,
    respond(response) {
      if (state !== 'open') return;
      state = 'answered';
      bytes = writeMessage(response);
      flow.send(bytes);
      if (isInvite && response.status >= 300 && !isReliable(flow)) timerG(T1);
      const absorb = isInvite || !isReliable(flow);
      time.after(absorb ? patience : 0, end);
    },
    again() {
      if (state === 'answered' && bytes) flow.send(bytes);
    },
    acknowledged() {
      stopG();
      time.after(isReliable(flow) ? 0 : T4, end);
    },
    forget: end,
  };
}
