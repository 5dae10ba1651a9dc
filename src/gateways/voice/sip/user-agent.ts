import { seconds } from '../../../kit/clock.ts';
import {
  escapeUser,
  type Header,
  readUri,
  type SipUri,
  writeAddress,
  writeUri,
} from '../../../wire/sip/index.ts';
import {
  type Attendance,
  attendBlindly,
  attendRegistrar,
  attendTrunk,
  type LineState,
} from './attendance.ts';
import { type CallingDeps, openLeg } from './calling.ts';
import { type Credentials, openPassword } from './credentials.ts';
import type { Leg, LegOptions } from './leg.ts';
import { openProxies } from './proxies.ts';
import { type Names, protocolOf, systemNames } from './resolve.ts';
import { openStack } from './stack.ts';
import { systemTime, type Time } from './time.ts';
import type { TransportSettings } from './transport.ts';

export interface LineSettings extends TransportSettings {
  /** `sip:pbx.example.ac.jp;transport=tls`, in the order in which they are tried; a name without a port may have SRV */
  readonly proxies: readonly string[];
  /** the host in our address and in those of whom we call; that of the first proxy when not said */
  readonly domain?: string;
  /** our name at the proxies: an extension, or the number of the trunk */
  readonly user: string;
  readonly credentials?: Credentials;
  /** as an extension does; else the proxies know us by our address or our password */
  readonly register: boolean;
  /** seconds that a registration is asked for */
  readonly expires?: number;
  /** how often a proxy is asked whether it lives, in ms; 0: never, for those that do not answer OPTIONS */
  readonly every?: number;
  /** what the called phone shows, where the network lets us say it */
  readonly caller?: { readonly number?: string; readonly name?: string; readonly asserted?: boolean };
}

/** Our end of a telephone line. */
export interface UserAgent {
  state(): LineState;
  call(options: LegOptions): Leg;
  close(): Promise<void>;
}

export type { Leg, LegEvent, LegOptions } from './leg.ts';
export type { LineState, Names, Time };

/** Throws when there is no proxy whose address can be read. */
export function openUserAgent(
  settings: LineSettings,
  deps: {
    readonly time?: Time;
    readonly names?: Names;
    readonly onChange: (state: LineState) => void;
    readonly onNonsense?: (reason: string) => void;
  },
): UserAgent {
  const { time = systemTime, names = systemNames } = deps;
  const uris = settings.proxies.flatMap(proxy => readProxy(proxy) ?? []);
  const [first] = uris;
  if (!first) throw new Error('a SIP line needs the address of a proxy');
  const stack = openStack({ settings, time, onNonsense: deps.onNonsense ?? (() => undefined) });
  const proxies = openProxies({ uris, names, clock: time });
  const domain: SipUri = {
    // Also where TLS is used: `sips:` in addresses asks every hop for it, which telephone networks refuse.
    scheme: 'sip',
    host: settings.domain ?? first.host,
    ...(settings.domain === undefined && first.port !== undefined ? { port: first.port } : {}),
    params: [],
  };
  const number = settings.caller?.number ?? settings.user;
  const from = {
    ...(settings.caller?.name === undefined ? {} : { name: settings.caller.name }),
    uri: writeUri({ ...domain, user: escapeUser(number) }),
    params: [],
  };
  const identity: readonly Header[] = settings.caller?.asserted
    ? [{ name: 'p-asserted-identity', value: writeAddress(from) }]
    : [];
  const calling: CallingDeps = {
    stack,
    time,
    names,
    proxies,
    password: openPassword(settings.credentials),
    from,
    user: escapeUser(settings.user),
    identity,
    uriOf: to => ({ ...domain, user: escapeUser(to) }),
  };
  const attending = { ...calling, every: settings.every ?? seconds(25), onChange: deps.onChange };
  const attendance: Attendance = settings.register
    ? attendRegistrar({ ...attending, domain, expires: settings.expires ?? 300 })
    : attending.every === 0
      ? attendBlindly(attending)
      : attendTrunk(attending);
  const legs = new Set<Leg>();
  let lastGoodbye = Number.NEGATIVE_INFINITY;

  return {
    state: attendance.state,
    call(options) {
      const leg = openLeg(calling, {
        ...options,
        on(event) {
          if (event.is === 'ended') {
            legs.delete(leg);
            lastGoodbye = time.now();
          }
          options.on(event);
        },
      });
      legs.add(leg);
      return leg;
    },
    async close() {
      // A call that was hung up a moment ago has ended for us, and its goodbye may not have left yet.
      const hadCalls = legs.size > 0 || time.now() - lastGoodbye < seconds(1);
      for (const leg of legs) leg.hangUp();
      await attendance.close();
      // Goodbyes need a moment on their way: one round trip, and once more when the first was lost.
      if (hadCalls) await new Promise<void>(resolve => time.after(seconds(1), resolve));
      stack.close();
    },
  };
}

/** `pbx.example.ac.jp` is `sip:pbx.example.ac.jp`. Nothing for what is no address, or names a transport that we have not. */
function readProxy(text: string): SipUri | undefined {
  const uri = readUri(/^sips?:/i.test(text) ? text : `sip:${text}`);
  return uri && protocolOf(uri) ? uri : undefined;
}

export const isProxy = (text: string): boolean => readProxy(text) !== undefined;
