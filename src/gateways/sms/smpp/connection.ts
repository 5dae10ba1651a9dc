import { connect as connectPlain, isIP, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import {
  type BindCommand,
  type Framed,
  isResponse,
  openFramer,
  type Pdu,
  type Request,
  readPdu,
  type ShortMessage,
  status,
  statusName,
  writePdu,
} from '../../../wire/smpp/index.ts';
import { type Answered, type Heard, openPending } from './pending.ts';
import { isAnswer, replyTo } from './replies.ts';
import type { Patience, SmppSettings } from './settings.ts';

/** One bound connection to a centre, for as long as it lasts. */
export interface Connection {
  request(request: Request, heard?: Heard): Promise<Answered>;
  /** Waits for what is under way, unbinds, and lets go. */
  close(): Promise<void>;
}

export interface ConnectionEvents {
  bound(connection: Connection): void;
  /** a message came for us: a receipt, as a rule */
  message(message: ShortMessage): void;
  /** the centre takes nothing more; answers to what it took may still come */
  leaving(): void;
  /** it is over, or never came to be; told once. `refused`: the centre does not want this account */
  ended(why: { readonly because: string; readonly refused: boolean }): void;
  /** something to show to an operator */
  odd(what: string): void;
}

/** A peer that sends and does not read must not fill our memory. */
const mostUnread = 1_000_000;
/** how long a connection that says goodbye may take */
const farewell = 2_000;
/** The account is wrong, and asking again soon does not make it right. */
const refusals: readonly number[] = [
  status.bindFailed,
  status.invalidPassword,
  status.invalidSystemId,
  status.invalidSystemType,
];
const interfaceVersion = 0x34;
const anyAddress = { ton: 0, npi: 0, digits: '' };

/** Connects and binds in the background; all else is told by `events`. Returns how to give up. */
export function openConnection(
  settings: SmppSettings,
  patience: Patience,
  bind: BindCommand,
  events: ConnectionEvents,
): { destroy(): void } {
  const socket = openSocket(settings);
  const framer = openFramer();
  const pending = openPending(patience.response);
  let over = false;
  let leaving = false;
  let lastHeard = performance.now();
  const connecting = setTimeout(() => end('no connection in time'), patience.connect);
  let watch: NodeJS.Timeout | undefined;

  function end(because: string, refused = false): void {
    if (over) return;
    over = true;
    clearTimeout(connecting);
    clearInterval(watch);
    socket.destroy();
    pending.abandon();
    events.ended({ because, refused });
  }

  function write(pdu: Pdu): void {
    if (over) return;
    socket.write(writePdu(pdu));
    if (socket.writableLength > mostUnread) end('the centre does not read');
  }

  function ask(request: Request, heard?: Heard): Promise<Answered> {
    if (over || (leaving && request.command !== 'unbind')) return Promise.resolve({ is: 'unsent' });
    const { sequence, answered } = pending.add(request.command, heard);
    write({ ...request, sequence });
    return answered;
  }

  async function begin(): Promise<void> {
    const { systemId, password, systemType } = settings;
    const answered = await ask({
      command: bind,
      systemId,
      password,
      systemType,
      interfaceVersion,
      addressRange: anyAddress,
    });
    clearTimeout(connecting);
    if (over) return;
    if (answered.is !== 'answered') {
      end('no answer to the bind');
      return;
    }
    const { response } = answered;
    if (response.status !== status.ok) {
      end(`the bind was refused: ${statusName(response.status)}`, refusals.includes(response.status));
      return;
    }
    watch = setInterval(enquire, patience.enquireLink);
    events.bound({ request: ask, close });
  }

  async function enquire(): Promise<void> {
    if (performance.now() - lastHeard < patience.enquireLink / 2) return;
    const answered = await ask({ command: 'enquire_link' });
    if (answered.is === 'unanswered') end('no answer to enquire_link');
  }

  async function close(): Promise<void> {
    leaving = true;
    await inTime(pending.settled());
    await inTime(ask({ command: 'unbind' }));
    end('closed');
  }

  /** The centre says goodbye: answers that are under way may still come. */
  function leave(): void {
    leaving = true;
    events.leaving();
    socket.end();
    setTimeout(() => end('the centre unbound'), farewell).unref();
  }

  function take(pdu: Pdu): void {
    if (isAnswer(pdu)) {
      if (!pending.answer(pdu)) events.odd(`an answer to nothing: ${pdu.command}`);
    } else if (pdu.command === 'deliver_sm' || pdu.command === 'data_sm') events.message(pdu.message);
    else if (pdu.command === 'unbind') leave();
  }

  function hear(framed: Framed): void {
    if (over) return;
    if (framed.framed === 'lost') {
      end(`out of step: ${framed.reason}`);
      return;
    }
    const found = framed.framed === 'whole' ? readPdu(framed.bytes) : framed;
    const reply = replyTo(found);
    if (reply) write(reply);
    if (!('read' in found)) events.odd('a PDU that is too long');
    else if (found.read) take(found.pdu);
    else {
      // What cannot be read is refused, and the connection stays.
      events.odd(found.reason);
      if (isResponse(found.commandId)) pending.answerUnread(found.sequence, found.status);
    }
  }

  socket.setNoDelay(true);
  socket.setKeepAlive(true, 30_000);
  socket.once(settings.tls ? 'secureConnect' : 'connect', () => {
    begin().catch((error: unknown) => end(String(error)));
  });
  socket.on('data', (chunk: Buffer) => {
    lastHeard = performance.now();
    for (const framed of framer.push(chunk)) hear(framed);
  });
  socket.on('error', error => end(reasonOf(error)));
  socket.on('close', () => end(leaving ? 'the centre unbound' : 'the connection was closed'));
  return { destroy: () => end('closed') };
}

const inTime = (work: Promise<unknown>): Promise<unknown> =>
  Promise.race([work, new Promise(resolve => setTimeout(resolve, farewell).unref())]);

function openSocket({ host, port, tls }: SmppSettings): Socket {
  if (!tls) return connectPlain({ host, port });
  const { ca, serverName, certificate, key } = tls === true ? {} : tls;
  const name = serverName ?? (isIP(host) ? undefined : host);
  return connectTls({
    host,
    port,
    minVersion: 'TLSv1.2',
    ...(name ? { servername: name } : {}),
    ...(ca ? { ca } : {}),
    ...(certificate ? { cert: certificate } : {}),
    ...(key ? { key } : {}),
  });
}

/** `ECONNREFUSED`, `CERT_HAS_EXPIRED` …: a code says as much as a sentence, and names no address. */
const reasonOf = (error: Error): string =>
  'code' in error && typeof error.code === 'string' ? error.code : error.message;
