import { createSocket, type RemoteInfo, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { setImmediate } from 'node:timers/promises';
import {
  eventFrames,
  isRtcp,
  muLaw,
  type RtcpPacket,
  type RtpPacket,
  readRtcp,
  readRtp,
  writeRtp,
} from '../../../wire/rtp/index.ts';

/** The other end of a call, without any clock: it sends when it is told, and remembers all that came. */
export interface Telephone {
  readonly address: string;
  readonly port: number;
  /** the packets that came, in order */
  readonly heard: RtpPacket[];
  readonly reports: RtcpPacket[];
  readonly from: RemoteInfo[];
  /** Sends sound of 20 ms packets, silence when nothing is given. */
  speak(packets: number, samples?: Int16Array): Promise<void>;
  /** Sends keys as events; `lost` says of each packet whether the network loses it. */
  press(keys: string, lost?: (packet: number) => boolean): Promise<void>;
  /** Sends just these octets. */
  send(datagram: Buffer): Promise<void>;
  /** Speaks as another source from now on. */
  becomeAnotherSource(): void;
  /** Waits until so many packets came in all. */
  untilHeard(packets: number): Promise<void>;
  close(): void;
}

export interface TelephoneHow {
  readonly address?: string;
  /** what protects and opens, when the call is encrypted */
  readonly protect?: (packet: Buffer) => Buffer;
  readonly open?: (datagram: Buffer) => Buffer;
  readonly telephoneEvent?: number;
}

export async function openTelephone(
  to: { readonly address: string; readonly port: number },
  how: TelephoneHow = {},
): Promise<Telephone> {
  const { address = '127.0.0.1', telephoneEvent = 101, protect = same, open = same } = how;
  const socket: Socket = createSocket(address.includes(':') ? 'udp6' : 'udp4');
  socket.bind(0, address);
  await once(socket, 'listening');
  const heard: RtpPacket[] = [];
  const reports: RtcpPacket[] = [];
  const from: RemoteInfo[] = [];
  let ssrc = 0x10000 + socket.address().port;
  let sequence = 0xfff0;
  let timestamp = 0xfffff000;

  socket.on('message', (datagram, sender) => {
    if (isRtcp(datagram)) {
      const read = readRtcp(datagram);
      if (!('malformed' in read)) reports.push(...read);
      return;
    }
    const packet = readRtp(open(datagram));
    if ('malformed' in packet) throw new Error(`A telephone was sent ${packet.malformed}`);
    heard.push(packet);
    from.push(sender);
    socket.emit('heard');
  });

  const send = (datagram: Buffer): Promise<void> =>
    new Promise((resolve, reject) => {
      socket.send(datagram, to.port, to.address, error => (error ? reject(error) : resolve()));
    });
  const sendPacket = (payloadType: number, payload: Buffer, at: number, marker = false): Promise<void> => {
    const packet = { marker, payloadType, sequence, timestamp: at, ssrc, csrc: [], payload };
    sequence = (sequence + 1) & 0xffff;
    return send(protect(writeRtp(packet)));
  };
  const later = (frames: number): void => {
    timestamp = (timestamp + frames * 160) >>> 0;
  };

  return {
    address,
    port: socket.address().port,
    heard,
    reports,
    from,
    async speak(packets, samples = new Int16Array(packets * 160)) {
      for (let i = 0; i < packets; i++) {
        await sendPacket(0, Buffer.from(muLaw.encode(samples.subarray(i * 160, (i + 1) * 160))), timestamp);
        later(1);
      }
    },
    async press(keys, lost = () => false) {
      let packets = 0;
      for (const key of keys) {
        for (const frame of eventFrames(key))
          if (lost(packets++)) sequence = (sequence + 1) & 0xffff;
          else await sendPacket(telephoneEvent, frame.payload, timestamp, frame.marker);
        later(20);
        // the other end is in this process, and must come to read before its buffer is full
        await setImmediate();
      }
    },
    send,
    becomeAnotherSource() {
      ssrc++;
      sequence = (sequence + 20_000) & 0xffff;
      timestamp = (timestamp + 1_000_000) >>> 0;
    },
    async untilHeard(packets) {
      while (heard.length < packets) await once(socket, 'heard', { signal: AbortSignal.timeout(60_000) });
    },
    close: () => void socket.close(),
  };
}

const same = (octets: Buffer): Buffer => octets;
