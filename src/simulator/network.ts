import { setTimeout as sleep } from 'node:timers/promises';
import type {
  CallState,
  GatewayState,
  PhoneNumber,
  Press,
  Reports,
  TextGateway,
  VoiceGateway,
} from '../gateways/index.ts';
import { type Clock, type Instant, seconds } from '../kit/clock.ts';
import { type CallSeen, type Line, patience, placeCall, type SimulatedCall } from './call.ts';

/** What is the matter with the whole network. */
export const faults = ['none', 'undelivered', 'refused', 'slow'] as const;
export type Fault = (typeof faults)[number];

export interface MessageSeen {
  readonly id: string;
  readonly at: Instant;
  readonly text: string;
}

/** A telephone as it can be looked at. Oldest first. */
export interface PhoneSeen {
  readonly number: PhoneNumber;
  readonly messages: readonly MessageSeen[];
  readonly calls: readonly CallSeen[];
  readonly line: Line;
}

export type Done = 'done' | 'no-such-call' | 'not-now';

/** Every telephone of the world, in memory, each made when it is first thought of. */
export interface Network {
  readonly text: TextGateway;
  readonly voice: VoiceGateway;
  /** those that were used, the latest first */
  phones(): readonly PhoneSeen[];
  phone(number: PhoneNumber): PhoneSeen;
  answer(number: PhoneNumber, call: string): Done;
  press(number: PhoneNumber, call: string, keys: readonly Press[]): Done;
  hangUp(number: PhoneNumber, call: string): Done;
  setLine(number: PhoneNumber, line: Line): void;
  empty(number: PhoneNumber): void;
  fault(): Fault;
  setFault(fault: Fault): void;
  /** grows whenever something can be seen anew; a key that decides nothing cannot */
  version(): number;
  now(): Instant;
}

const most = { phones: 500, messages: 50, calls: 20 };
const plain: Line = { analog: false, busy: false, voicemail: false };

interface Telephone {
  readonly number: PhoneNumber;
  messages: MessageSeen[];
  calls: SimulatedCall[];
  line: Line;
}

export function openNetwork(options: { clock: Clock; patience?: typeof patience }): Network {
  const telephones = new Map<PhoneNumber, Telephone>();
  let fault: Fault = 'none';
  let version = 0;
  let reports: Reports | undefined;
  const listen = (to: Reports): void => {
    reports = to;
  };
  const state = (): GatewayState =>
    fault === 'refused' ? { is: 'down', because: 'the simulator was told to refuse' } : { is: 'up' };
  const now = () => options.clock.now();

  function telephone(number: PhoneNumber): Telephone {
    const known = telephones.get(number);
    const it: Telephone = known ?? { number, messages: [], calls: [], line: plain };
    // Moved to the end, so that the first is the one that was used longest ago.
    telephones.delete(number);
    telephones.set(number, it);
    if (telephones.size > most.phones) forgetOne();
    return it;
  }
  function forgetOne(): void {
    for (const [number, { calls }] of telephones)
      if (calls.every(call => call.see().endedAt !== undefined)) {
        telephones.delete(number);
        return;
      }
  }
  const see = ({ number, messages, calls, line }: Telephone): PhoneSeen => ({
    number,
    messages,
    calls: calls.map(call => call.see()),
    line,
  });
  const onCall = (number: PhoneNumber, id: string, act: (call: SimulatedCall) => boolean): Done => {
    const call = telephones.get(number)?.calls.find(c => c.see().id === id);
    if (!call) return 'no-such-call';
    return act(call) ? 'done' : 'not-now';
  };

  /** Waits as a slow network does. False: whoever asked gave up meanwhile, or it refuses anyway. */
  async function accepts(signal: AbortSignal): Promise<boolean> {
    if (fault === 'slow') await sleep(seconds(10), undefined, { signal, ref: false }).catch(() => undefined);
    return !signal.aborted && fault !== 'refused';
  }
  const refused = { taken: false, reason: 'the simulator was told to refuse' } as const;

  return {
    text: {
      kind: 'text',
      id: 'simulator',
      listen,
      state,
      async send({ id, to, text }, signal) {
        if (!(await accepts(signal))) return refused;
        if (fault === 'undelivered') {
          reports?.text({ delivery: id }, 'undelivered');
          return { taken: true };
        }
        const it = telephone(to);
        it.messages = [...it.messages, { id, at: now(), text }].slice(-most.messages);
        version += 1;
        reports?.text({ delivery: id }, 'delivered');
        return { taken: true };
      },
      close: async () => undefined,
    },
    voice: {
      kind: 'voice',
      id: 'simulator',
      listen,
      state,
      async call({ id, to, script }, signal) {
        if (!(await accepts(signal))) return refused;
        const it = telephone(to);
        const call = placeCall({
          id,
          script,
          now,
          line: () => it.line,
          busy: it.line.busy || isTalking(it),
          patience: options.patience ?? patience,
          changed(to: CallState) {
            version += 1;
            reports?.call({ delivery: id }, to);
          },
        });
        it.calls = [...it.calls, call].slice(-most.calls);
        signal.addEventListener('abort', () => call.fail(), { once: true });
        return { taken: true };
      },
      async close() {
        for (const { calls } of telephones.values()) for (const call of calls) call.fail();
      },
    },
    phones: () => [...telephones.values()].toReversed().map(see),
    phone: number => {
      const known = telephones.get(number);
      return known ? see(known) : { number, messages: [], calls: [], line: plain };
    },
    answer: (number, id) => onCall(number, id, call => call.answer()),
    press: (number, id, keys) => onCall(number, id, call => call.press(keys)),
    hangUp: (number, id) => onCall(number, id, call => call.hangUp()),
    setLine(number, line) {
      telephone(number).line = line;
      version += 1;
    },
    empty(number) {
      const it = telephone(number);
      for (const call of it.calls) call.hangUp();
      it.messages = [];
      it.calls = [];
      version += 1;
    },
    fault: () => fault,
    setFault(next) {
      fault = next;
      version += 1;
    },
    version: () => version,
    now,
  };
}

const isTalking = ({ calls }: Telephone): boolean => calls.some(call => call.see().endedAt === undefined);
