import { seconds } from '../../../kit/clock.ts';
import type { CallScript, CallState, GatewayState } from '../../gateway.ts';
import { openMediaEngine } from '../media/index.ts';
import { openRecordings, shippedRecordings } from '../recordings.ts';
import { type LineSettings, openUserAgent } from '../sip/index.ts';
import { openCall, type PhoneCall } from './call.ts';
import { dialled } from './dialled.ts';
import type { VoiceLine } from './settings.ts';

/** One line and all calls on it. */
export interface Exchange {
  state(): GatewayState;
  /** Places a call, unless there is no room: false. Its states come by `tell`. */
  call(id: string, to: string, script: CallScript): boolean;
  hangUp(id: string): void;
  /** Hangs up all calls and lets go of the line. */
  close(): Promise<void>;
}

export interface Told {
  state(state: GatewayState): void;
  call(id: string, state: CallState): void;
  /** there is room for another one */
  gone(id: string): void;
  /** for the log: never a number, never a code */
  note(text: string): void;
}

/** Some phones send nothing while nobody speaks: a silence that is longer than thinking is a line that is dead. */
const longestSilence = seconds(45);

export function openExchange(line: VoiceLine, tell: Told): Exchange {
  const { username, password, realm, extensionDigits } = line;
  const calls = new Map<string, PhoneCall>();
  const media = openMediaEngine({
    ports: line.mediaPorts,
    quietAfter: longestSilence,
    voiceFrom: line.voiceFrom,
    note: tell.note,
  });
  const recordings = openRecordings({ shipped: shippedRecordings(), own: line.prompts });
  for (const { file, problem } of recordings.unusable) tell.note(`${file} is not played: ${problem.is}`);
  let nonsense = 0;
  const agent = openUserAgent(
    {
      ...settingsOf(line),
      ...(password === undefined
        ? {}
        : {
            credentials: {
              username: username ?? line.user,
              password,
              ...(realm === undefined ? {} : { realms: [realm].flat() }),
            },
          }),
    },
    {
      onChange: tell.state,
      onNonsense(reason) {
        // Whoever knocks at a SIP port must not fill the disk: the first is told, then every thousandth.
        if (nonsense++ % 1000 === 0) tell.note(`something came that is not for us: ${reason}`);
      },
    },
  );

  return {
    state: agent.state,
    call(id, to, script) {
      if (calls.has(id)) return true;
      if (calls.size >= line.calls) return false;
      const call = openCall(
        { agent, media, recordings, srtp: line.srtp, now: () => performance.now(), note: tell.note },
        {
          digits: dialled(to, line.numbers),
          script,
          ...(script.extension === undefined
            ? {}
            : { extension: extensionDigits.replace('{extension}', script.extension) }),
          tell: state => tell.call(id, state),
          gone() {
            calls.delete(id);
            tell.gone(id);
          },
        },
      );
      calls.set(id, call);
      return true;
    },
    hangUp: id => calls.get(id)?.hangUp(),
    async close() {
      for (const call of calls.values()) call.hangUp();
      await agent.close();
      media.close();
    },
  };
}

/** The line without what is only for calls. A setting that was not said is left out, not said as nothing. */
function settingsOf(line: VoiceLine): LineSettings {
  const { proxies, user, domain, caller, address, port, tls } = line;
  const { number, name, asserted } = caller ?? {};
  return {
    proxies,
    user,
    register: line.register,
    every: seconds(line.keepalive),
    port,
    ...(domain === undefined ? {} : { domain }),
    ...(address === undefined ? {} : { address }),
    ...(caller
      ? {
          caller: {
            ...(number === undefined ? {} : { number }),
            ...(name === undefined ? {} : { name }),
            asserted: asserted ?? false,
          },
        }
      : {}),
    ...(tls
      ? {
          tls: {
            ...(tls.ca === undefined ? {} : { ca: tls.ca }),
            ...(tls.cert === undefined ? {} : { cert: tls.cert }),
            ...(tls.key === undefined ? {} : { key: tls.key }),
          },
        }
      : {}),
  };
}
