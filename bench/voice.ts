import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { SrtpSuite } from '../src/wire/rtp/index.ts';
import { captureFrom } from './capture.ts';
import { percentile } from './measure.ts';

/** One run: so many calls at once, for so long. */
export interface Plan {
  readonly calls: number;
  readonly seconds: number;
  readonly srtp: boolean;
  readonly inBand: boolean;
  readonly ports: { readonly from: number; readonly to: number };
}

export interface Key {
  readonly suite: SrtpSuite;
  /** base64 */
  readonly key: string;
}

export interface Call {
  readonly port: number;
  readonly key?: Key;
}

export interface TelephonePorts {
  readonly calls: readonly Call[];
}

/** `at` is of the clock that all processes of the machine share, in milliseconds. */
export interface Pressed {
  readonly call: number;
  readonly key: string;
  readonly at: number;
}

export type AgentTold =
  | { readonly is: 'open'; readonly calls: readonly Call[] }
  | {
      readonly is: 'done';
      readonly pressed: readonly Pressed[];
      /** of one core */
      readonly cpu: number;
      readonly memory: number;
      readonly lost: number;
    };

export type TelephonesTold =
  | { readonly is: 'open'; readonly calls: readonly Call[] }
  | {
      readonly is: 'done';
      readonly pressed: readonly Pressed[];
      readonly jitters: readonly number[];
      readonly gaps: readonly number[];
      readonly lost: number;
    };

const ports = { from: 20_000, to: 20_999 };

/** Calls held by one process, over UDP on this machine: what it costs, what it hears, and how evenly it speaks. */
export async function voice(say: (line: string) => void, seconds = 20): Promise<void> {
  say(
    '  calls  how                # heard   CPU  memory   jitter p50 / p95   gap p99   # to event p50 / p99  ',
  );
  for (const how of [
    { calls: 100, srtp: false, inBand: false },
    { calls: 300, srtp: false, inBand: false },
    { calls: 300, srtp: false, inBand: true },
    { calls: 200, srtp: true, inBand: false },
  ])
    say(await held({ ...how, seconds, ports }));
}

const part = (name: string): ChildProcess => fork(join(import.meta.dirname, name));

async function told<Told extends { readonly is: string }, Is extends Told['is']>(
  process: ChildProcess,
  is: Is,
): Promise<Extract<Told, { readonly is: Is }>> {
  const [said] = (await once(process, 'message')) as [Told];
  if (said.is !== is) throw new Error(`${said.is} was said, not ${is}`);
  return said as Extract<Told, { readonly is: Is }>;
}

async function held(plan: Plan): Promise<string> {
  const agent = part('voice-agent.ts');
  const telephones = part('voice-telephones.ts');
  try {
    agent.send(plan);
    const agents = (await told<AgentTold, 'open'>(agent, 'open')).calls;
    telephones.send({ ...plan, agents });
    const { calls } = await told<TelephonesTold, 'open'>(telephones, 'open');
    const capture = await captureFrom(plan.ports);
    agent.send({ calls } satisfies TelephonePorts);
    telephones.send('start');
    await pause(plan.seconds * 1000);
    agent.send('end');
    const heard = await told<AgentTold, 'done'>(agent, 'done');
    telephones.send('end');
    const spoken = await told<TelephonesTold, 'done'>(telephones, 'done');
    return lineOf(plan, heard, spoken, (await capture?.stop()) ?? spoken, capture !== undefined);
  } finally {
    for (const process of [agent, telephones]) if (process.connected) process.disconnect();
  }
}

function lineOf(
  { calls, srtp, inBand }: Plan,
  heard: Extract<AgentTold, { is: 'done' }>,
  { pressed, lost }: Extract<TelephonesTold, { is: 'done' }>,
  { jitters, gaps }: { readonly jitters: readonly number[]; readonly gaps: readonly number[] },
  onTheWire: boolean,
): string {
  const latencies = heard.pressed.map(
    ({ call, at }) => at - (pressed.find(one => one.call === call)?.at ?? Number.NaN),
  );
  const right = heard.pressed.filter(({ key }) => key === '#').length;
  const ms = (numbers: readonly number[], p: number): string => percentile(numbers, p).toFixed(2);
  return [
    String(calls).padStart(7),
    ` ${srtp ? 'SRTP' : inBand ? 'tones in the sound' : 'plain'}`.padEnd(20),
    `${right} of ${pressed.length}`.padStart(11),
    `${(heard.cpu * 100).toFixed(0)} %`.padStart(6),
    `${heard.memory.toFixed(0)} MB`.padStart(8),
    `${ms(jitters, 50)} / ${ms(jitters, 95)} ms`.padStart(18),
    `${ms(gaps, 99)} ms`.padStart(10),
    `${ms(latencies, 50)} / ${ms(latencies, 99)} ms`.padStart(18),
    ` lost ${heard.lost} in, ${lost} out; jitter ${onTheWire ? 'on the wire' : 'as the telephones heard it'}`,
  ].join('');
}
