// What is measured: the sound of many calls in one process, which plays the Japanese question and listens for keys.
import { once } from 'node:events';
import { type MediaSession, openMediaEngine, type SrtpKey } from '../src/gateways/voice/media/index.ts';
import { openRecordings, shippedRecordings } from '../src/gateways/voice/recordings.ts';
import type { AgentTold, Call, Plan, Pressed, TelephonePorts } from './voice.ts';

const [plan] = (await once(process, 'message')) as [Plan];
const engine = openMediaEngine({ ports: plan.ports, quietAfter: 5_000 });
const recordings = openRecordings({ shipped: shippedRecordings() });
const question = recordings.question({ language: 'ja', expect: { keys: '#' } });
const sessions: MediaSession[] = [];
for (let n = 0; n < plan.calls; n++)
  sessions.push(await engine.open({ family: 4, address: '127.0.0.1', srtp: plan.srtp }));

const tell = (what: AgentTold): void => void process.send?.(what);
const keyOf = ({ suite, key }: SrtpKey) => ({ suite, key: key.toString('base64') });
tell({
  is: 'open',
  calls: sessions.map(({ local }): Call => {
    const [ours] = local.crypto;
    return { port: local.port, ...(ours ? { key: keyOf(ours) } : {}) };
  }),
});

const [telephones] = (await once(process, 'message')) as [TelephonePorts];
const pressed: Pressed[] = [];
sessions.forEach((session, call) => {
  session.onKey(key => void pressed.push({ call, key, at: Number(process.hrtime.bigint()) / 1e6 }));
  const { port, key } = telephones.calls[call] ?? { port: 0 };
  session.connect({
    address: '127.0.0.1',
    port,
    codec: 'PCMU',
    ...(plan.inBand ? {} : { telephoneEvent: 101 }),
    ...(key ? { crypto: { suite: key.suite, key: Buffer.from(key.key, 'base64') } } : {}),
    inBand: plan.inBand,
  });
  void session.play(question, { pause: 1_000 });
});
const before = process.cpuUsage();
const began = performance.now();

await once(process, 'message');
const { user, system } = process.cpuUsage(before);
const cpu = (user + system) / 1000 / (performance.now() - began);
const lost = sessions.reduce((sum, session) => sum + session.statistics().received.lost, 0);
tell({ is: 'done', pressed, cpu, memory: process.memoryUsage.rss() / 1e6, lost });
engine.close();
process.disconnect();
