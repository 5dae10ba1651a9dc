import { randomBytes, randomInt } from 'node:crypto';
import type { RemoteInfo, Socket } from 'node:dgram';
import { SocketAddress } from 'node:net';
import {
  isRtcp,
  openSrtpReceiver,
  openSrtpSender,
  readRtcp,
  readRtp,
  type SrtpKey,
  type SrtpReceiver,
  type SrtpSender,
  writeRtp,
} from '../../../wire/rtp/index.ts';
import { pressesIn } from '../keys.ts';
import { isExpected, openHearing } from './hearing.ts';
import { type Endpoint, type Latch, openLatch, type VoiceFrom } from './latch.ts';
import type { LocalMedia, MediaSession, RemoteMedia } from './media.ts';
import type { Pacer } from './pacer.ts';
import type { Pair } from './ports.ts';
import { openReports, untilNextReport } from './reports.ts';
import { frameLength } from './sound.ts';
import { openSpeaker } from './speaker.ts';

export interface SessionDeps {
  readonly pair: Pair;
  readonly local: LocalMedia;
  readonly family: 4 | 6;
  readonly pacer: Pacer;
  readonly quietAfter: number;
  readonly monotonic: () => number;
  readonly voiceFrom: VoiceFrom;
  readonly note: (text: string) => void;
  readonly closed: () => void;
}

/** What was agreed with the peer. */
interface Agreed {
  readonly remote: RemoteMedia;
  readonly announced: Endpoint;
  readonly latch: Latch;
  readonly safe: Safety | undefined;
}

interface Safety {
  readonly sender: SrtpSender;
  readonly receiver: SrtpReceiver;
}

const payloadTypes = { PCMU: 0, PCMA: 8 } as const;
const header = 12;
/** packets: half a second of somebody's voice, which is no accident */
const aVoice = 25;

export function openSession(deps: SessionDeps): MediaSession {
  const { pair, local, pacer, monotonic, quietAfter } = deps;
  const speaker = openSpeaker();
  const hearing = openHearing(() => ({
    telephoneEvent: agreed?.remote.telephoneEvent,
    inBand: agreed?.remote.inBand ?? false,
  }));
  const ssrc = randomBytes(4).readUInt32BE(0);
  const reports = openReports({ ssrc, cname: randomBytes(12).toString('base64'), hearing, monotonic });
  const onKeys: Parameters<MediaSession['onKey']>[0][] = [];
  const onQuiets: (() => void)[] = [];
  const sent = { packets: 0, octets: 0, failed: 0 };
  const received = { packets: 0, octets: 0 };
  const refused = { malformed: 0, stranger: 0, forged: 0, replayed: 0 };

  // kept for the whole call: a key that comes back must neither use a number nor let a packet in again
  const senders = new Map<string, SrtpSender>();
  const receivers = new Map<string, SrtpReceiver>();

  let agreed: Agreed | undefined;
  let leave: (() => void) | undefined;
  // the first half of the numbers, so that SRTP's first packets cannot be lost over a wrap (RFC 3711 §3.3.1)
  let sequence = randomInt(0x8000);
  let timestamp = randomBytes(4).readUInt32BE(0);
  let afterPause = true;
  let lastHeard = 0;
  let isQuiet = false;
  let nextReport = 0;
  let rtcpFrom: Endpoint | undefined;
  let isClosed = false;

  const countFailed = (error: Error | null): void => {
    if (error) sent.failed++;
  };
  const send = (socket: Socket, datagram: Buffer, to: Endpoint, then = countFailed): void =>
    socket.send(datagram, 0, datagram.length, to.port, to.address, then);

  const sendFrame = ({ remote, latch, safe }: Agreed): void => {
    const { telephoneEvent } = remote;
    const frame = speaker.next(remote.codec, telephoneEvent !== undefined);
    const isEvent = frame.is === 'event';
    const packet = writeRtp({
      marker: isEvent ? frame.marker : afterPause,
      payloadType: isEvent ? (telephoneEvent ?? 0) : payloadTypes[remote.codec],
      sequence,
      timestamp: isEvent ? (timestamp - frame.framesAgo * frameLength) >>> 0 : timestamp,
      ssrc,
      csrc: [],
      payload: Buffer.from(frame.payload.buffer, frame.payload.byteOffset, frame.payload.length),
    });
    if (!isEvent) afterPause = false;
    sequence = (sequence + 1) & 0xffff;
    timestamp = (timestamp + frameLength) >>> 0;
    sent.packets++;
    sent.octets += packet.length - header;
    send(pair.rtp, safe ? safe.sender.rtp(packet) : packet, latch.target());
  };

  /** Where reports go: to where the peer's come from, else where it said, else next to RTP. */
  const reportTo = ({ remote, latch, announced }: Agreed): Endpoint => {
    if (remote.rtcpMux) return latch.target();
    const { address, port } = latch.target();
    if (rtcpFrom?.address === address) return rtcpFrom;
    if (address === announced.address && port === announced.port && remote.rtcpPort !== undefined)
      return { address, port: remote.rtcpPort };
    return { address, port: Math.min(port + 1, 65_535) };
  };

  const sendReport = (now: Agreed, goodbye?: 'goodbye', then = countFailed): void => {
    const report = reports.write({ packets: sent.packets, octets: sent.octets, timestamp }, goodbye);
    const to = reportTo(now);
    send(
      now.remote.rtcpMux ? pair.rtp : pair.rtcp,
      now.safe ? now.safe.sender.rtcp(report) : report,
      to,
      then,
    );
  };

  const tick = (): void => {
    if (!agreed) return;
    if (agreed.remote.onHold) {
      afterPause = true;
      timestamp = (timestamp + frameLength) >>> 0;
    } else sendFrame(agreed);
    const now = monotonic();
    if (now >= nextReport) {
      nextReport = now + untilNextReport(Math.random);
      sendReport(agreed);
    }
    if (!isQuiet && now - lastHeard >= quietAfter) {
      isQuiet = true;
      for (const tell of onQuiets) tell();
    }
  };

  const missed = (ticks: number): void => {
    timestamp = (timestamp + ticks * frameLength) >>> 0;
    speaker.skip(ticks);
    afterPause = true;
  };

  const alive = (): void => {
    lastHeard = monotonic();
    isQuiet = false;
  };

  const takeReport = (datagram: Buffer, from: RemoteInfo): void => {
    if (!agreed) return;
    const plain = agreed.safe ? agreed.safe.receiver.rtcp(datagram) : datagram;
    if (!Buffer.isBuffer(plain)) return void refused[plain]++;
    if (!agreed.safe && !agreed.latch.isPeer(from.address)) return void refused.stranger++;
    const read = readRtcp(plain);
    if ('malformed' in read) return void refused.malformed++;
    rtcpFrom = { address: from.address, port: from.port };
    reports.read(read);
    alive();
  };

  const takePacket = (datagram: Buffer, from: RemoteInfo): void => {
    if (!agreed) return;
    const { remote, latch, safe } = agreed;
    const plain = safe ? safe.receiver.rtp(datagram) : datagram;
    if (!Buffer.isBuffer(plain)) return void refused[plain]++;
    const packet = readRtp(plain);
    if ('malformed' in packet) return void refused.malformed++;
    const listening = { telephoneEvent: remote.telephoneEvent, inBand: remote.inBand };
    if (!isExpected(packet.payloadType, listening)) return void refused.malformed++;
    const judged = latch.judge(from, packet, monotonic(), safe !== undefined);
    if (judged === 'stranger') return void refused.stranger++;
    if (judged === 'not-yet') return;
    alive();
    received.packets++;
    received.octets += packet.payload.length;
    for (const key of hearing.take(packet, monotonic() * 8))
      for (const press of pressesIn(key) ?? []) for (const tell of onKeys) tell(press);
  };

  const safety = (remote: RemoteMedia): Safety | undefined => {
    if (local.crypto.length === 0) {
      if (remote.crypto) throw new Error('The peer encrypts, which was not offered.');
      return undefined;
    }
    const theirs = remote.crypto;
    const ours = local.crypto.find(one => one.suite === theirs?.suite);
    if (!theirs || !ours) throw new Error('The peer does not encrypt with what was offered.');
    return {
      sender: remembered(senders, ours, openSrtpSender),
      receiver: remembered(receivers, theirs, openSrtpReceiver),
    };
  };

  pair.rtp.on('message', (datagram, from) => {
    if (isNobody(from)) refused.stranger++;
    else if (agreed?.remote.rtcpMux && isRtcp(datagram)) takeReport(datagram, from);
    else takePacket(datagram, from);
  });
  pair.rtcp.on('message', (datagram, from) => {
    if (isNobody(from)) refused.stranger++;
    else takeReport(datagram, from);
  });
  for (const socket of [pair.rtp, pair.rtcp]) socket.on('error', countFailed);

  return {
    local,
    connect(remote) {
      const address = new SocketAddress({ address: remote.address, family: `ipv${deps.family}` }).address;
      const announced = { address, port: remote.port };
      // A hold of the old way names no address (RFC 3264 §8.4): whom we listen to stays the same.
      const isSame = agreed?.announced.address === address && agreed.announced.port === remote.port;
      const kept = isSame || unspecified.includes(address) ? agreed : undefined;
      agreed = {
        remote,
        announced: kept?.announced ?? announced,
        latch: kept?.latch ?? openLatch(announced, deps.voiceFrom),
        safe: safety(remote),
      };
      alive();
      if (leave) return;
      nextReport = monotonic() + untilNextReport(Math.random) / 2;
      leave = pacer.join({ tick, missed });
    },
    play: speaker.play,
    stop: speaker.stop,
    sendDigits: speaker.digits,
    onKey: listener => void onKeys.push(listener),
    onQuiet: listener => void onQuiets.push(listener),
    voiceRun: hearing.voiceRun,
    statistics() {
      const peer = reports.peer();
      return {
        sent: { ...sent },
        received: { ...received, lost: hearing.lost(), jitter: hearing.jitter() / 8 },
        refused: { ...refused },
        ...(peer ? { peer } : {}),
      };
    },
    close() {
      if (isClosed) return;
      isClosed = true;
      leave?.();
      speaker.close();
      if (received.packets === 0 && refused.stranger >= aVoice)
        deps.note('a voice came from another address than was said, and was not heard: see voiceFrom');
      const last = agreed;
      agreed = undefined;
      const free = (): void => {
        pair.rtp.close();
        pair.rtcp.close(deps.closed);
      };
      if (last && sent.packets > 0) sendReport(last, 'goodbye', free);
      else free();
    },
  };
}

const unspecified: readonly string[] = ['0.0.0.0', '::'];

/** Port 0 can be written into a datagram, and nothing can be sent to it: to try would throw. */
const isNobody = ({ port }: Endpoint): boolean => port === 0;

function remembered<Made>(made: Map<string, Made>, key: SrtpKey, make: (key: SrtpKey) => Made): Made {
  const name = `${key.suite} ${key.key.toString('base64')}`;
  const known = made.get(name) ?? make(key);
  made.set(name, known);
  return known;
}
