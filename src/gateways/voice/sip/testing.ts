import { createSocket, type RemoteInfo, type Socket } from 'node:dgram';
import { setTimeout as sleep, setImmediate as turn } from 'node:timers/promises';
import { freePort } from '../../../kit/testing.ts';
import {
  addressOf,
  cseqOf,
  type Header,
  headerOf,
  parseMessage,
  type SipMessage,
  type SipRequest,
  type SipResponse,
  writeMessage,
} from '../../../wire/sip/index.ts';
import { type Reply, replyTo } from './compose.ts';
import type { LegEvent } from './leg.ts';
import type { Time } from './time.ts';
import type { Endpoint } from './transport.ts';
import { type LineSettings, openUserAgent, type UserAgent } from './user-agent.ts';

/** Time that stands still until it is moved; then everything that is due happens in its order. */
export function movableTime(): Time & { move(ms: number): Promise<void> } {
  let now = 1_000_000;
  let due: { at: number; work: () => void }[] = [];
  return {
    now: () => now,
    after(ms, work) {
      const one = { at: now + ms, work };
      due.push(one);
      return () => {
        due = due.filter(other => other !== one);
      };
    },
    async move(ms) {
      const end = now + ms;
      for (;;) {
        const [next] = due.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at);
        if (!next) break;
        due = due.filter(one => one !== next);
        now = Math.max(now, next.at);
        next.work();
        await settle();
      }
      now = end;
      await settle();
    },
  };
}

/** Lets what was sent over the loopback arrive. */
export async function settle(): Promise<void> {
  for (let n = 0; n < 12; n++) await turn();
}

/** A peer whose every word the test says. */
export interface Peer {
  readonly port: number;
  readonly got: SipMessage[];
  /** the requests of one method so far */
  requests(method: string): readonly SipRequest[];
  /** waits for the next message that was not waited for yet */
  next(method?: string): Promise<SipRequest>;
  response(): Promise<SipResponse>;
  /** @param more.seen where the request is said to have come from, as if a NAT stood between */
  reply(request: SipRequest, status: number, more?: Partial<Reply> & { readonly seen?: Endpoint }): void;
  /** a request in the call that `invite` began, from the called side */
  ask(
    invite: SipRequest,
    tag: string,
    method: string,
    more?: { sequence?: number; headers?: readonly Header[]; body?: string },
  ): void;
  close(): void;
}

export async function openPeer(address = '127.0.0.1'): Promise<Peer> {
  const port = await freePort();
  const socket: Socket = createSocket(address.includes(':') ? 'udp6' : 'udp4');
  await new Promise<void>(resolve => socket.bind(port, address, resolve));
  const got: SipMessage[] = [];
  const unseen: SipMessage[] = [];
  const from = new Map<SipMessage, RemoteInfo>();
  let last: RemoteInfo | undefined;
  let sequence = 100;
  socket.on('message', (bytes, info) => {
    const parsed = parseMessage(bytes);
    if (!parsed.parsed) throw new Error(parsed.reason);
    last = info;
    from.set(parsed.message, info);
    got.push(parsed.message);
    unseen.push(parsed.message);
  });

  async function find<M extends SipMessage>(fits: (message: SipMessage) => message is M): Promise<M> {
    const end = performance.now() + 60_000;
    for (let n = 0; performance.now() < end; n++) {
      const at = unseen.findIndex(fits);
      const [found] = at === -1 ? [] : unseen.splice(at, 1);
      if (found && fits(found)) return found;
      // A test that moves the time needs no patience; one in which time passes does.
      await (n < 400 ? turn() : sleep(25));
    }
    throw new Error(`it did not come; there is ${unseen.map(nameOf).join(', ') || 'nothing'}`);
  }

  return {
    port: socket.address().port,
    got,
    requests: method =>
      got.filter((message): message is SipRequest => message.is === 'request' && message.method === method),
    next: method =>
      find(
        (message): message is SipRequest =>
          message.is === 'request' && (method ?? message.method) === message.method,
      ),
    response: () => find((message): message is SipResponse => message.is === 'response'),
    reply(request, status, more = {}) {
      const info = from.get(request);
      if (!info) throw new Error('a request that did not come here');
      const withContact = [
        {
          name: 'contact',
          value: `<sip:phone@${address.includes(':') ? `[${address}]` : address}:${socket.address().port}>`,
        },
      ];
      const response = replyTo(request, more.seen ?? info, {
        status,
        reason: 'Said',
        ...(status > 100 ? { tag: 'phone' } : {}),
        ...more,
        more: [...(status < 300 && !saysContact(more) ? withContact : []), ...(more.more ?? [])],
      });
      socket.send(writeMessage(response), info.port, info.address);
    },
    ask(invite, tag, method, { sequence: number, headers = [], body = '' } = {}) {
      if (!last) throw new Error('nobody called');
      const contact = addressOf(invite, 'contact');
      const to = addressOf(invite, 'to');
      const request: SipRequest = {
        is: 'request',
        method,
        uri: contact?.uri ?? '',
        headers: [
          {
            name: 'via',
            value: `SIP/2.0/UDP ${address}:${socket.address().port};branch=z9hG4bK${Math.random()};rport`,
          },
          { name: 'from', value: `<${to?.uri}>;tag=${tag}` },
          { name: 'to', value: headerOf(invite, 'from') ?? '' },
          { name: 'call-id', value: headerOf(invite, 'call-id') ?? '' },
          { name: 'cseq', value: `${number ?? ++sequence} ${method}` },
          ...headers,
        ],
        body: Buffer.from(body),
      };
      socket.send(writeMessage(request), last.port, last.address);
    },
    close: () => socket.close(),
  };
}

const saysContact = ({ more = [] }: Partial<Reply>): boolean => more.some(({ name }) => name === 'contact');

const nameOf = (message: SipMessage): string =>
  message.is === 'request' ? message.method : `${message.status} ${cseqOf(message)?.method}`;

export const voice = (...more: readonly string[]): { type: string; body: string } => ({
  type: 'application/sdp',
  body: [
    'v=0',
    'o=- 1 1 IN IP4 127.0.0.1',
    's=-',
    'c=IN IP4 127.0.0.1',
    't=0 0',
    'm=audio 7000 RTP/AVP 0 101',
    'a=rtpmap:101 telephone-event/8000',
    ...more,
    '',
  ].join('\r\n'),
});

export const callee = '+819012345678';

export interface Placed {
  readonly events: LegEvent[];
  hangUp(): void;
  info(type: string, body: string): void;
}

/** Our side, without media: it only says where that would be. */
export function openCaller(
  time: Time,
  proxies: readonly string[],
  more: Partial<LineSettings> = {},
): { readonly agent: UserAgent; readonly states: string[]; call(): Placed } {
  const states: string[] = [];
  const agent = openUserAgent(
    { port: 0, proxies, user: 'genkan', register: false, every: 1_000_000, ...more },
    {
      time,
      names: { srv: async () => [], addresses: async host => (host === 'localhost' ? ['127.0.0.1'] : []) },
      onChange: state => states.push(state.is === 'down' ? state.because : state.is),
    },
  );
  return {
    agent,
    states,
    call() {
      const events: LegEvent[] = [];
      const leg = agent.call({
        to: callee,
        ringFor: 45_000,
        ours: async address => ({ address, port: 4000, codecs: ['PCMU', 'PCMA'] }),
        on: event => events.push(event),
      });
      return { events, hangUp: () => leg.hangUp(), info: (type, body) => leg.info(type, body) };
    },
  };
}
