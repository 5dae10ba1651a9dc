import { driverDeps } from '../../../src/gateways/http/testing.ts';
import type { CallScript, CallState, PhoneNumber, VoiceGateway } from '../../../src/gateways/index.ts';
import { sipVoice } from '../../../src/gateways/voice/sip.ts';
import { newId } from '../../../src/kit/ids.ts';
import { freePorts, until } from '../../../src/kit/testing.ts';

const mediaPorts = await freePorts(400);

export const pound: CallScript = { language: 'ja', expect: { keys: '#' } };

export interface Placed {
  readonly states: CallState[];
  /** its last state, when it is over */
  end(): Promise<CallState>;
  hangUp(): void;
}

/** The gateway as the configuration would open it, its agent a process of its own. */
export interface Caller {
  readonly gateway: VoiceGateway;
  readonly log: string[];
  up(): Promise<unknown>;
  call(script?: CallScript, to?: string): Placed;
  close(): Promise<void>;
}

const isOver = (state: CallState | undefined): state is CallState =>
  state !== undefined && !['dialling', 'ringing', 'answered'].includes(state);

export function openCaller(settings: object): Caller {
  const log: string[] = [];
  const parsed = sipVoice.settings.parse({
    user: 'genkan',
    calls: 100,
    mediaPorts,
    ...settings,
  });
  const gateway = sipVoice.open(
    'peer',
    parsed,
    driverDeps({ log: (_, message, detail) => log.push(`${message} ${JSON.stringify(detail ?? {})}`) }),
  );
  const calls = new Map<string, CallState[]>();
  gateway.listen({
    text: () => undefined,
    call: (which, state) => 'delivery' in which && calls.get(which.delivery)?.push(state),
  });
  return {
    gateway,
    log,
    up: () =>
      until(
        () => gateway.state().is === 'up',
        () => `${JSON.stringify(gateway.state())} ${log.join('\n')}`,
      ),
    call(script = pound, to = '+819012345678') {
      const id = newId();
      const states: CallState[] = [];
      const hangUp = new AbortController();
      calls.set(id, states);
      void gateway.call({ id, to: to as PhoneNumber, script }, hangUp.signal).then(taken => {
        if (taken.taken !== true) states.push('failed');
      });
      return {
        states,
        hangUp: () => hangUp.abort(),
        async end() {
          await until(
            () => isOver(states.at(-1)),
            () => `${states.join(', ')}\n${log.join('\n')}`,
            80_000,
          );
          const last = states.at(-1);
          if (!isOver(last)) throw new Error('it is not over');
          return last;
        },
      };
    },
    close: () => gateway.close(),
  };
}
