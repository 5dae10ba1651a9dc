// The other ends of the calls: each speaks without a pause, and presses # once. They answer to nothing.
import { randomBytes } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { openPacer } from '../src/gateways/voice/media/pacer.ts';
import {
  eventFrames,
  muLaw,
  openReception,
  openSrtpReceiver,
  openSrtpSender,
  type Reception,
  readRtp,
  type SrtpKey,
  toneSamples,
  writeRtp,
} from '../src/wire/rtp/index.ts';
import type { Call, Key, Plan, Pressed, TelephonesTold } from './voice.ts';

const [plan] = (await once(process, 'message')) as [Plan & { readonly agents: readonly Call[] }];
const pacer = openPacer(() => performance.now());
const now = (): number => Number(process.hrtime.bigint()) / 1e6;
const silence = Buffer.alloc(160, muLaw.silence);
const tone = Buffer.from(muLaw.encode(toneSamples('#', 160)));
const events = eventFrames('#');
const keyOf = (key: Key): SrtpKey => ({ suite: key.suite, key: Buffer.from(key.key, 'base64') });

const pressed: Pressed[] = [];
const leaves: (() => void)[] = [];
const heard: { reception: Reception; last: number; gaps: number[] }[] = [];
const ours: Call[] = [];
const starts: (() => void)[] = [];

for (const [call, agent] of plan.agents.entries()) {
  const socket = createSocket({ type: 'udp4', lookup: (host, _options, found) => found(null, host, 4) });
  await new Promise<void>(bound => socket.bind(0, '127.0.0.1', bound));
  const key: Key | undefined = agent.key && {
    suite: agent.key.suite,
    key: randomBytes(30).toString('base64'),
  };
  const protect = key ? openSrtpSender(keyOf(key)).rtp : (packet: Buffer): Buffer => packet;
  const opened = agent.key && openSrtpReceiver(keyOf(agent.key));
  ours.push({ port: socket.address().port, ...(key ? { key } : {}) });
  socket.on('message', datagram => {
    const plain = opened ? opened.rtp(datagram) : datagram;
    if (!Buffer.isBuffer(plain)) return;
    const packet = readRtp(plain);
    if ('malformed' in packet) return;
    const at = now();
    const known = heard[call];
    if (known) known.gaps.push(at - known.last);
    const listener = known ?? { reception: openReception(packet), last: at, gaps: [] };
    listener.last = at;
    listener.reception.take(packet, at * 8);
    heard[call] = listener;
  });

  let sequence = 0;
  const pressAt = Math.round(((0.2 + 0.6 * (call / plan.agents.length)) * plan.seconds * 1000) / 20);
  const send = (payloadType: number, payload: Buffer, timestamp: number): void => {
    const packet = {
      marker: false,
      payloadType,
      sequence: sequence & 0xffff,
      timestamp,
      ssrc: call + 1,
      csrc: [],
      payload,
    };
    socket.send(protect(writeRtp(packet)), agent.port, '127.0.0.1');
  };
  const tick = (): void => {
    const since = sequence - pressAt;
    if (since === 0) pressed.push({ call, key: '#', at: now() });
    const event = plan.inBand ? undefined : events[since];
    if (event) send(101, event.payload, pressAt * 160);
    else if (plan.inBand && since >= 0 && since < 8)
      send(0, tone.subarray(since * 160, (since + 1) * 160), sequence * 160);
    else send(0, silence, sequence * 160);
    sequence++;
  };
  starts.push(() => leaves.push(pacer.join({ tick, missed: () => undefined })));
}

const tell = (what: TelephonesTold): void => void process.send?.(what);
tell({ is: 'open', calls: ours });
await once(process, 'message');
for (const start of starts) start();
await once(process, 'message');
for (const leave of leaves) leave();
tell({
  is: 'done',
  pressed,
  jitters: heard.map(one => one.reception.heard().jitter / 8),
  gaps: heard.flatMap(one => one.gaps),
  lost: heard.reduce((sum, one) => sum + one.reception.heard().lost, 0),
});
process.once('disconnect', () => process.exit(0));
