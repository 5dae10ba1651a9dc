import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { openCaller, type Placed } from '../test/peers/voice/caller.ts';
import {
  answer,
  press,
  receive,
  reply,
  replyInside,
  sippIsMissing,
  pause as standsStill,
  startSipp,
} from '../test/peers/voice/sipp.ts';

/** From the answer to the key, in seconds: long enough for all to be on together, and shorter than a silence that is hung up on. */
const holds = 18;
const measuredFor = 8;
/** calls placed in a second: a switchboard takes no more */
const pace = 40;

/** Whole calls of one voice agent to SIPp: placed one after another, all on together, each confirmed by `#` in the end. */
export async function wholeCalls(say: (line: string) => void): Promise<void> {
  if (sippIsMissing) return say(`  whole calls need SIPp: ${sippIsMissing}`);
  say('  calls  on together   answered within   CPU of placing   CPU while on   memory   # seen');
  for (const calls of [100, 300]) say(await placed(calls));
}

async function placed(calls: number): Promise<string> {
  const thinks = [
    ...[receive('INVITE'), reply('180 Ringing'), answer(), receive('ACK'), standsStill(holds * 1000)],
    ...[press('pound'), receive('BYE'), replyInside('200 OK')],
  ].join('\n');
  const sipp = await startSipp(thinks, { calls, more: ['-l', '1000'] });
  const caller = openCaller({
    proxies: [`sip:127.0.0.1:${sipp.port}`],
    keepalive: 0,
    calls,
    mediaPorts: { from: 20_000, to: 20_999 },
  });
  try {
    await caller.up();
    const agent = agentOfThis();
    const [atFirst, began] = [cpuSeconds(agent), performance.now()];
    const all: Placed[] = [];
    while (all.length < calls) {
      const due = Math.min(calls, Math.ceil(((performance.now() - began) / 1000) * pace));
      while (all.length < due) all.push(caller.call());
      await pause(10);
    }
    const isOn = ({ states }: Placed): boolean => states.at(-1) === 'answered';
    while (!all.every(isOn) && performance.now() - began < (holds - measuredFor) * 1000) await pause(50);
    const [answered, within] = [cpuSeconds(agent), performance.now() - began];
    const together = all.filter(isOn).length;
    await pause(measuredFor * 1000);
    const cpu = (cpuSeconds(agent) - answered) / ((performance.now() - began - within) / 1000);
    const memory = Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${agent}/status`, 'utf8'))?.[1]) / 1024;
    const ends = await Promise.all(all.map(call => call.end()));
    const others = Object.entries(Object.groupBy(ends, end => end)).filter(([end]) => end !== 'confirmed');
    return [
      String(calls).padStart(7),
      String(together).padStart(13),
      `${(within / 1000).toFixed(1)} s`.padStart(18),
      `${(answered - atFirst).toFixed(1)} s`.padStart(17),
      `${(cpu * 100).toFixed(0)} %`.padStart(15),
      `${memory.toFixed(0)} MB`.padStart(9),
      `${ends.filter(end => end === 'confirmed').length} of ${calls}`.padStart(13),
      ...others.map(([end, those]) => `  ${those?.length} ${end}`),
    ].join('');
  } finally {
    await caller.close();
    await sipp.close();
  }
}

/** The agent that the gateway in this process started. */
function agentOfThis(): number {
  const children = execFileSync('ps', ['-o', 'pid=,args=', '--ppid', String(process.pid)]).toString();
  const line = children.split('\n').find(one => one.includes('voice/agent/main'));
  if (!line) throw new Error('there is no agent');
  return Number.parseInt(line.trim(), 10);
}

/** What a process used of the processor so far (proc_pid_stat(5): utime and stime, in hundredths). */
function cpuSeconds(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /s, '')
    .split(' ');
  return (Number(fields[11]) + Number(fields[12])) / 100;
}
