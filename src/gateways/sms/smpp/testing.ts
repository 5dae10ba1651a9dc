import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { freePort, until } from '../../../kit/testing.ts';
import {
  openFramer,
  type Part,
  type Pdu,
  readPart,
  readPdu,
  type ShortMessage,
  status,
  writePdu,
} from '../../../wire/smpp/index.ts';
import type { CallState, Reports, TextGateway, TextOutcome, Which } from '../../gateway.ts';
import { openSmpp } from './gateway.ts';
import { type Patience, patienceOf, type SmppSettings, smppSettings } from './settings.ts';

/** A message that came to the centre. */
export interface Submit {
  readonly message: ShortMessage;
  readonly part: Part;
  readonly sequence: number;
  readonly session: CentreSession;
  /** how many came before, over all connections */
  readonly index: number;
}

export interface CentreSession {
  readonly socket: Socket;
  readonly as: string;
  write(pdu: Pdu): void;
}

/** A message centre that does what a test tells it, also what no centre should do. */
export interface Centre {
  readonly port: number;
  readonly submits: Submit[];
  readonly heard: Pdu[];
  readonly sessions: Set<CentreSession>;
  /** what it does with a submit; it accepts, at first */
  onSubmit: (submit: Submit) => void;
  /** status that binds are answered with, or silence */
  bindStatus: number | 'silent';
  answersEnquiries: boolean;
  accept(submit: Submit, messageId?: string): void;
  refuse(submit: Submit, why: number): void;
  /** a receipt to whoever hears them */
  receipt(id: string, stat: string, from: string, changes?: Partial<ShortMessage>): void;
  /** until a condition holds */
  until(what: () => boolean): Promise<unknown>;
  close(): Promise<void>;
}

/** @param port that of an earlier one, which was kept for it */
export async function openCentre(port?: number): Promise<Centre> {
  const sessions = new Set<CentreSession>();
  const sockets = new Set<Socket>();
  let sequence = 0;
  const server = createServer(socket => {
    sockets.add(socket);
    socket.setNoDelay(true);
    const framer = openFramer();
    const write = (pdu: Pdu): void => void socket.write(writePdu(pdu));
    let session: CentreSession | undefined;
    socket.on('error', () => undefined);
    socket.on('close', () => {
      sockets.delete(socket);
      if (session) sessions.delete(session);
    });
    socket.on('data', (chunk: Buffer) => {
      for (const framed of framer.push(chunk)) {
        if (framed.framed !== 'whole') throw new Error(`a client sent ${framed.framed}`);
        const found = readPdu(framed.bytes);
        if (!found.read) throw new Error(`a client sent ${found.reason}`);
        const { pdu } = found;
        centre.heard.push(pdu);
        switch (pdu.command) {
          case 'bind_transceiver':
          case 'bind_transmitter':
          case 'bind_receiver': {
            if (centre.bindStatus === 'silent') break;
            const answer = centre.bindStatus;
            if (answer === status.ok) {
              session = { socket, write, as: pdu.command };
              sessions.add(session);
            }
            write({
              command: `${pdu.command}_resp`,
              sequence: pdu.sequence,
              status: answer,
              systemId: 'centre',
            });
            break;
          }
          case 'submit_sm': {
            if (!session) throw new Error('a client submits unbound');
            const { message } = pdu;
            const part = readPart(message.content, message.dataCoding, (message.esmClass & 0x40) !== 0);
            const submit = {
              message,
              part,
              sequence: pdu.sequence,
              session,
              index: centre.submits.length,
            };
            centre.submits.push(submit);
            centre.onSubmit(submit);
            break;
          }
          case 'enquire_link':
            if (centre.answersEnquiries)
              write({ command: 'enquire_link_resp', sequence: pdu.sequence, status: 0 });
            break;
          case 'unbind':
            write({ command: 'unbind_resp', sequence: pdu.sequence, status: 0 });
            socket.end();
            break;
          default:
        }
      }
    });
  });
  server.listen(port ?? (await freePort()), '127.0.0.1');
  await once(server, 'listening');

  const centre: Centre = {
    port: (server.address() as AddressInfo).port,
    submits: [],
    heard: [],
    sessions,
    onSubmit: submit => centre.accept(submit),
    bindStatus: status.ok,
    answersEnquiries: true,
    accept({ session, sequence: of, index }, messageId = `m-${index}`) {
      session.write({ command: 'submit_sm_resp', sequence: of, status: status.ok, messageId });
    },
    refuse({ session, sequence: of }, why) {
      session.write({ command: 'submit_sm_resp', sequence: of, status: why, messageId: '' });
    },
    receipt(id, stat, from, changes = {}) {
      const hearing = [...sessions].find(({ as }) => as !== 'bind_transmitter');
      sequence += 1;
      const message: ShortMessage = {
        serviceType: '',
        source: { ton: 1, npi: 1, digits: from },
        destination: { ton: 5, npi: 0, digits: 'Genkan' },
        esmClass: 0x04,
        protocolId: 0,
        priority: 0,
        scheduleDeliveryTime: '',
        validityPeriod: '',
        registeredDelivery: 0,
        replaceIfPresent: 0,
        dataCoding: 0,
        defaultMessageId: 0,
        content: Buffer.from(
          `id:${id} sub:001 dlvrd:001 submit date:2604060000 done date:2604060000 stat:${stat} err:000 text:`,
        ),
        tlvs: new Map(),
        ...changes,
      };
      hearing?.write({ command: 'deliver_sm', sequence, message });
    },
    until: what => until(what, () => `waited in vain for ${what}`),
    async close() {
      const closed = once(server, 'close');
      server.close();
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
  return centre;
}

/** A gateway that is bound to a centre of the test, less patient than a real one, and what it reports. */
export function smppFor(
  port: number,
  settings: Partial<Omit<SmppSettings, 'source'>> & { source?: { address: string } } = {},
  patience: Partial<Patience> = {},
): {
  readonly gateway: TextGateway;
  readonly told: { readonly which: Which; readonly outcome: TextOutcome | CallState }[];
  readonly logged: string[];
} {
  const told: { which: Which; outcome: TextOutcome | CallState }[] = [];
  const logged: string[] = [];
  const read = smppSettings.parse({
    host: '127.0.0.1',
    port,
    systemId: 'genkan',
    password: 'secret',
    ...settings,
  });
  const gateway = openSmpp(
    'centre',
    read,
    { log: (level, message, detail) => logged.push(`${level} ${message} ${JSON.stringify(detail)}`) },
    {
      ...patienceOf(read),
      reconnect: { first: 20, most: 100 },
      refused: { first: 50, most: 100 },
      throttled: { first: 20, most: 80 },
      ...patience,
    },
  );
  const reports: Reports = {
    text: (which, outcome) => told.push({ which, outcome }),
    call: (which, outcome) => told.push({ which, outcome }),
  };
  gateway.listen(reports);
  return { gateway, told, logged };
}
