import { type CallScript, type CallState, isEnd, type Press, pressed } from '../gateways/index.ts';
import { type Instant, seconds } from '../kit/clock.ts';

/** How a telephone stands on the wall: what kind of line it has, and what is the matter with it. */
export interface Line {
  /** pulse dialling: keys do not reach us as tones until `*` was pressed */
  readonly analog: boolean;
  readonly busy: boolean;
  /** nobody is there, and a machine answers */
  readonly voicemail: boolean;
}

export interface CallSeen {
  readonly id: string;
  readonly at: Instant;
  readonly state: CallState;
  readonly script: CallScript;
  /** what was pressed on the telephone, whether or not it reached us */
  readonly keys: string;
  readonly endedAt: Instant | undefined;
}

export interface SimulatedCall {
  see(): CallSeen;
  /** False: it cannot be answered, or no key can be pressed, in this state. */
  answer(): boolean;
  press(keys: readonly Press[]): boolean;
  hangUp(): boolean;
  /** The side that called gives up, or this process ends. */
  fail(): void;
}

/** Real ones: it rings for 45 s; who answered has a minute. */
export const patience = { ringing: seconds(45), voicemail: seconds(3), answered: seconds(60) };

/** One call to one telephone. Every change is reported once, in order; the last one is an end. */
export function placeCall(options: {
  id: string;
  script: CallScript;
  now: () => Instant;
  line: () => Line;
  /** whether the telephone is in use, or off the hook */
  busy: boolean;
  patience: typeof patience;
  changed(state: CallState): void;
}): SimulatedCall {
  const at = options.now();
  let state: CallState = 'dialling';
  let keys = '';
  let endedAt: Instant | undefined;
  let toned = false;
  const heard: Press[] = [];
  let timer: NodeJS.Timeout | undefined;

  function become(next: CallState): void {
    clearTimeout(timer);
    state = next;
    if (isEnd(next)) endedAt = options.now();
    options.changed(next);
  }
  function later(wait: number, next: CallState): void {
    timer = setTimeout(() => become(next), wait).unref();
  }
  const isOver = (): boolean => endedAt !== undefined;

  if (options.busy) become('busy');
  else {
    become('ringing');
    if (options.line().voicemail) later(options.patience.voicemail, 'voicemail');
    else later(options.patience.ringing, 'no-answer');
  }

  return {
    see: () => ({ id: options.id, at, state, script: options.script, keys, endedAt }),
    answer() {
      if (state !== 'ringing') return false;
      become('answered');
      later(options.patience.answered, 'no-key');
      return true;
    },
    press(presses) {
      if (state !== 'answered') return false;
      for (const key of presses) {
        keys += key;
        if (options.line().analog && !toned) {
          toned = key === '*';
          continue;
        }
        heard.push(key);
        const amounts = pressed(heard, options.script.expect);
        if (amounts !== 'listening') {
          become(amounts);
          break;
        }
      }
      return true;
    },
    hangUp() {
      if (isOver()) return false;
      become(state === 'answered' ? 'hung-up' : 'rejected');
      return true;
    },
    fail() {
      if (!isOver()) become('failed');
    },
  };
}
