import { seconds } from '../../../kit/clock.ts';
import {
  type Address,
  type Header,
  numberOf,
  paramOf,
  readAddress,
  readUri,
  type SipResponse,
  type SipUri,
  valuesOf,
  writeAddress,
  writeUri,
} from '../../../wire/sip/index.ts';
import { type Answer, ask } from './asking.ts';
import { allowed, contactOf, newToken, requestOver } from './compose.ts';
import type { LinePassword } from './credentials.ts';
import type { Proxies } from './proxies.ts';
import type { Stack } from './stack.ts';
import type { Time } from './time.ts';
import type { Flow, Target } from './transport.ts';

export type LineState =
  | { readonly is: 'up' }
  | { readonly is: 'starting' }
  | { readonly is: 'down'; readonly because: string };

/** Keeps us known to the proxies, and knows whether one of them answers. */
export interface Attendance {
  state(): LineState;
  /** Resolves when the registrar was told, or did not listen. */
  close(): Promise<void>;
}

interface Deps {
  readonly stack: Stack;
  readonly time: Time;
  readonly proxies: Proxies;
  readonly password: LinePassword;
  readonly from: Address;
  readonly user: string;
  /** how often the proxies are asked whether they live, in ms */
  readonly every: number;
  readonly onChange: (state: LineState) => void;
}

/** A line that is not watched: whether it works shows in calls. */
export function attendBlindly(deps: Pick<Deps, 'onChange' | 'time'>): Attendance {
  const stop = deps.time.after(0, () => deps.onChange({ is: 'up' }));
  return { state: () => ({ is: 'up' }), close: async () => stop() };
}

/** Trunk: every proxy is asked by OPTIONS; any answer but 503 shows that it lives. */
export function attendTrunk(deps: Deps): Attendance {
  const { proxies, time } = deps;
  const report = reporting(deps);
  let stop = (): void => undefined;
  let over = false;

  async function round(): Promise<void> {
    const targets = await proxies.targets();
    const answers = await Promise.all(
      targets.map(async target => ({ target, because: await lives(deps, target) })),
    );
    if (over) return;
    for (const { target, because } of answers) {
      if (because === undefined) proxies.worked(target);
      else proxies.failed(target);
    }
    const dead = answers.flatMap(({ target, because }) => (because ? [`${target.name}: ${because}`] : []));
    if (answers.length > dead.length) report.tell({ is: 'up' });
    else report.tell({ is: 'down', because: dead.join(', ') || 'no proxy was found by its name' });
    stop = time.after(
      report.state().is === 'up' ? deps.every : Math.min(deps.every, seconds(5)),
      () => void round(),
    );
  }
  void round();

  return {
    state: report.state,
    async close() {
      over = true;
      stop();
    },
  };
}

/** How long a proxy may take to say that it lives. */
const liveWithin = seconds(4);

async function lives(deps: Deps, target: Target): Promise<string | undefined> {
  const flow = await deps.stack.flow(target);
  if (!flow) return 'no connection';
  const asked = ask(deps.stack, flow, deps.password.toProvider(), more =>
    requestOver(flow, {
      method: 'OPTIONS',
      uri: uriOf(target),
      from: writeAddress({ ...deps.from, params: [{ name: 'tag', value: newToken() }] }),
      to: `<${uriOf(target)}>`,
      callId: newToken(),
      sequence: 1,
      more: [{ name: 'accept', value: 'application/sdp' }, ...more],
    }),
  );
  const answer = await within(asked, liveWithin, deps.time);
  if (answer.is !== 'response') return answer.is;
  return answer.response.status === 503 ? '503' : undefined;
}

const uriOf = ({ address, port }: Target): string =>
  writeUri({ scheme: 'sip', host: address, port, params: [] });

function within(asked: Promise<Answer>, ms: number, time: Time): Promise<Answer> {
  return new Promise(resolve => {
    const stop = time.after(ms, () => resolve({ is: 'timeout' }));
    void asked.then(answer => {
      stop();
      resolve(answer);
    });
  });
}

/** Extension: we register with the first proxy that takes us, anew before it forgets, and elsewhere when it dies. */
export function attendRegistrar(
  deps: Deps & { readonly domain: SipUri; readonly expires: number },
): Attendance {
  const { stack, time, proxies } = deps;
  const report = reporting(deps);
  const callId = newToken();
  const tag = newToken();
  const account = writeUri({ ...deps.domain, user: deps.user, params: [] });
  let sequence = 0;
  /** the address that we registered last, and how often in a row it turned out to be another one */
  let said = '';
  let moves = 0;
  let registered: Flow | undefined;
  let failures = 0;
  let over = false;
  let stop = (): void => undefined;

  function register(flow: Flow, expires: number): Promise<Answer> {
    said = contactOf(flow, stack.seen(flow), deps.user);
    const contact = said;
    const make = (seconds: number) => (more: readonly Header[]) =>
      requestOver(flow, {
        method: 'REGISTER',
        uri: writeUri({ ...deps.domain, params: [] }),
        from: writeAddress({ uri: account, params: [{ name: 'tag', value: tag }] }),
        to: `<${account}>`,
        callId,
        sequence: ++sequence,
        more: [
          { name: 'contact', value: `${contact};expires=${seconds}` },
          { name: 'expires', value: String(seconds) },
          { name: 'allow', value: allowed },
          ...more,
        ],
      });
    const asked = ask(stack, flow, deps.password.toProvider(), make(expires)).then(answer => {
      // 423: the registrar wants to hear from us less often (RFC 3261 §10.2.8).
      const least =
        answer.is === 'response' &&
        answer.response.status === 423 &&
        numberOf(answer.response, 'min-expires');
      return least ? ask(stack, flow, deps.password.toProvider(), make(least)) : answer;
    });
    return within(asked, registerWithin, time);
  }

  async function round(): Promise<void> {
    const targets = await proxies.targets();
    let because = 'no registrar was found by its name';
    for (const target of targets) {
      const flow = await stack.flow(target);
      const answer: Answer = flow ? await register(flow, deps.expires) : { is: 'transport' };
      if (over) return;
      if (flow && answer.is === 'response' && answer.response.status < 300)
        return taken(flow, answer.response);
      because = `${target.name}: ${answer.is === 'response' ? answer.response.status : answer.is}`;
      proxies.failed(target);
      // A password that is wrong here is wrong everywhere.
      if (answer.is === 'response' && [401, 403, 407].includes(answer.response.status)) break;
    }
    registered = undefined;
    failures += 1;
    report.tell({ is: 'down', because });
    stop = time.after(Math.min(seconds(2) * 2 ** Math.min(failures - 1, 5), seconds(60)), () => void round());
  }

  async function taken(flow: Flow, response: SipResponse): Promise<void> {
    // Beyond a NAT we learn our address from the first answer; the registrar must learn it too.
    const now = contactOf(flow, stack.seen(flow), deps.user);
    if (flow.target.protocol === 'udp' && said !== now && moves < 3) {
      moves += 1;
      return round();
    }
    moves = 0;
    proxies.worked(flow.target);
    registered = flow;
    failures = 0;
    report.tell({ is: 'up' });
    const granted = Math.max(grantedBy(response, deps.user) ?? deps.expires, 20);
    watch(flow, time.now() + seconds(granted) * 0.8);
  }

  /** Keeps the NAT open, and notices within one round that the registrar died. */
  function watch(flow: Flow, until: number): void {
    stop = time.after(Math.min(deps.every, Math.max(until - time.now(), 0)), async () => {
      if (time.now() >= until) return round();
      const because = await lives(deps, flow.target);
      if (over) return;
      // A connection that broke took our address with it.
      const same = (await stack.flow(flow.target)) === flow;
      if (because !== undefined || !same) return round();
      watch(flow, until);
    });
  }
  void round();

  return {
    state: report.state,
    async close() {
      over = true;
      stop();
      if (registered) await within(register(registered, 0), seconds(1), time);
    },
  };
}

const registerWithin = seconds(8);

/** Of several registrations of one account ours is the one with our user; the shortest is safe for all. */
function grantedBy(response: SipResponse, user: string): number | undefined {
  const ours = valuesOf(response, 'contact').flatMap(value => {
    const contact = readAddress(value);
    const given = contact && Number(paramOf(contact.params, 'expires') ?? Number.NaN);
    return contact && readUri(contact.uri)?.user === user && Number.isFinite(given) ? [Number(given)] : [];
  });
  return ours.length > 0 ? Math.min(...ours) : numberOf(response, 'expires');
}

function reporting({ onChange }: Deps) {
  let state: LineState = { is: 'starting' };
  return {
    state: (): LineState => state,
    tell(next: LineState): void {
      const isNews = JSON.stringify(next) !== JSON.stringify(state);
      state = next;
      if (isNews) onChange(next);
    },
  };
}
