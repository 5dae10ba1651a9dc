import { Agent } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { password } from '../test/cast/given.ts';
import { bareSignIns } from './bare.ts';
import { hashesPerCpuSecond } from './hashes.ts';
import { atOnce, type Cost, costOf, median, percentile } from './measure.ts';
import { memory } from './processes.ts';
import { type SignedIn, signIn, steps } from './sign-in.ts';
import { texts } from './sms.ts';
import { statementsOf } from './statements.ts';
import { introspect, refresh, type TokenWork } from './tokens.ts';
import { fill, openTown, type Person } from './town.ts';
import { voice } from './voice.ts';
import { wholeCalls } from './whole-calls.ts';

/** What needs no product. */
const alone: readonly string[] = ['sms', 'voice'];
const parts = ['start', 'statements', 'sign-in', 'tokens', 'latency', 'users', 'sms', 'voice'] as const;
type Part = (typeof parts)[number];

const say = (line: string): void => void process.stdout.write(`${line}\n`);
const fixed = (n: number, digits = 1): string => n.toFixed(digits).padStart(8);

const wanted = process.argv.slice(2);
const unknown = wanted.find(word => !(parts as readonly string[]).includes(word));
if (unknown !== undefined) {
  say(`${unknown} is not a part of this: ${parts.join(', ')}`);
  process.exit(2);
}
const runs = (part: Part): boolean => wanted.length === 0 || wanted.includes(part);

if (runs('sms')) await texts(say);
if (runs('voice')) {
  await voice(say);
  await wholeCalls(say);
}
if (wanted.length > 0 && wanted.every(word => alone.includes(word))) process.exit(0);

const town = await openTown();
const { exchange, application } = town;
let product = await town.open(profiling());

try {
  if (runs('start')) await start();
  say('Warming up.');
  const warm = await many(8, await town.people(150));
  if (runs('statements')) say(await statementsOf(town, product));
  const signedIn = runs('sign-in') ? [...warm, ...(await signIns())] : warm;
  if (runs('tokens')) await tokens(signedIn);
  if (runs('latency')) await latency();
  if (runs('start')) await idle();
  if (runs('users')) await users();
} finally {
  await product.stop();
  await town.close();
}

function profiling(): { node?: readonly string[] } {
  const folder = process.env.BENCH_PROFILE;
  return folder ? { node: ['--cpu-prof', `--cpu-prof-dir=${folder}`] } : {};
}

async function many(concurrent: number, people: readonly Person[]): Promise<SignedIn[]> {
  const done: SignedIn[] = [];
  await atOnce(concurrent, people, async person => {
    done.push(await signIn(product.url, person, application, exchange, password));
  });
  return done;
}

/** Raw hashes and whole sign-ins in turn, so that whatever else the machine does hits both. */
async function signIns(rounds = 5, each = 60): Promise<SignedIn[]> {
  const all: SignedIn[] = [];
  const measured: { hashes: number; cost: Cost }[] = [];
  for (let round = 0; round < rounds; round++) {
    const people = await town.people(each);
    const before = await hashesPerCpuSecond(30);
    const cost = await costOf(product.pid, each, async () => {
      all.push(...(await many(8, people)));
    });
    measured.push({ hashes: (before + (await hashesPerCpuSecond(30))) / 2, cost });
  }
  const hashes = median(measured.map(m => m.hashes));
  const whole = median(measured.map(m => m.cost.perCpuSecond));
  const share = median(measured.map(m => m.cost.perCpuSecond / m.hashes)) * 100;
  const database = median(measured.map(m => m.cost.database));
  say(`${fixed(hashes)} raw argon2id hashes per CPU-second`);
  say(`${fixed(whole)} complete sign-ins per CPU-second`);
  say(`${fixed(share)} % of raw hashes (aim 70)`);
  say(
    `${fixed(1000 / whole - 1000 / hashes, 2)} ms of CPU beside the hash, of it PostgreSQL ${database.toFixed(2)}`,
  );
  const bare = await bareSignIns();
  say(
    `${fixed(bare.share * 100)} % of raw hashes: bare oidc-provider with everything in memory, a password and no second proof (${bare.perCpuSecond.toFixed(1)} per CPU-second)`,
  );
  return all;
}

async function tokens(signedIn: readonly SignedIn[]): Promise<void> {
  const agent = new Agent({ keepAlive: true, maxSockets: 16 });
  const work: TokenWork = { agent, url: product.url, application };
  const holders = signedIn.slice(-16);
  const refreshes = async (times: number, of: TokenWork, started: readonly string[]): Promise<string[]> => {
    const last = [...started];
    await Promise.all(
      last.map(async (_, i) => {
        for (let n = 0; n < times; n++) last[i] = await refresh(of, last[i] ?? '');
      }),
    );
    return last;
  };
  let held = await refreshes(
    10,
    work,
    holders.map(one => one.refreshToken),
  );
  const grants: Cost[] = [];
  for (let round = 0; round < 3; round++)
    grants.push(
      await costOf(product.pid, 16 * 25, async () => {
        held = await refreshes(25, work, held);
      }),
    );
  sayRate(grants, 'refresh grants per CPU-second, ES256 (aim 300)');

  const old = { ...work, application: town.oldApplication };
  let oldTokens: string[] = [];
  await atOnce(8, await town.people(16), async person => {
    const { refreshToken } = await signIn(product.url, person, old.application, exchange, password);
    oldTokens.push(refreshToken);
  });
  oldTokens = await refreshes(10, old, oldTokens);
  const oldGrants: Cost[] = [];
  for (let round = 0; round < 3; round++)
    oldGrants.push(
      await costOf(product.pid, 16 * 25, async () => {
        oldTokens = await refreshes(25, old, oldTokens);
      }),
    );
  sayRate(oldGrants, 'refresh grants per CPU-second, RS256 (aim 300)');

  const asked = Array.from({ length: 3_000 }, (_, i) => holders[i % holders.length]?.accessToken ?? '');
  await atOnce(16, asked.slice(0, 500), token => introspect(work, token));
  const asks: Cost[] = [];
  for (let round = 0; round < 3; round++)
    asks.push(
      await costOf(product.pid, asked.length, () => atOnce(16, asked, token => introspect(work, token))),
    );
  sayRate(asks, 'introspections per CPU-second (aim 1500)');
  agent.destroy();
}

function sayRate(costs: readonly Cost[], what: string): void {
  const { each, database } = costs.toSorted((a, b) => a.each - b.each)[Math.floor(costs.length / 2)] ?? {
    each: 0,
    database: 0,
  };
  say(
    `${fixed(1000 / each, 0)} ${what}; ms each ${each.toFixed(2)}, of it PostgreSQL ${database.toFixed(2)}`,
  );
}

async function latency(): Promise<void> {
  for (const [concurrent, number] of [
    [1, 40],
    [8, 120],
    [32, 240],
  ] as const) {
    const done = await many(concurrent, await town.people(number));
    say(`\n${concurrent} at once, ms                p50      p99`);
    for (const step of steps) {
      const took = done.map(one => one.took[step]);
      say(`  ${step.padEnd(22)}${fixed(percentile(took, 50))} ${fixed(percentile(took, 99))}`);
    }
  }
  say('');
}

async function start(): Promise<void> {
  const took: number[] = [];
  for (let n = 0; n < 3; n++) {
    await product.stop();
    product = await town.open(profiling());
    took.push(product.startedIn);
  }
  say(`${fixed(median(took), 0)} ms from starting the process to being ready, database included (aim 2000)`);
  await pause(3_000);
  sayMemory('after the start');
}

async function idle(): Promise<void> {
  await pause(15_000);
  sayMemory('idle, some while after the load');
}

function sayMemory(when: string): void {
  const { all, server, processes } = memory(product.pid);
  say(
    `${fixed(all)} MB PSS of ${processes} processes ${when}, of it the server ${server.toFixed(1)} (aim 150)`,
  );
}

/** The same sign-in with few and with very many users. */
async function users(): Promise<void> {
  const cost = async (all: number): Promise<number> => {
    await fill(town.foundation, all);
    await many(8, await town.people(40));
    const rates: number[] = [];
    for (let round = 0; round < 5; round++) {
      const people = await town.people(40);
      rates.push((await costOf(product.pid, 40, async () => void (await many(8, people)))).each);
    }
    return median(rates);
  };
  const few = await cost(1_000);
  const very = await cost(1_000_000);
  say(`${fixed(few, 2)} ms of CPU per sign-in with 1,000 users`);
  say(`${fixed(very, 2)} ms with 1,000,000; ratio ${(very / few).toFixed(3)} (aim 1.15)`);
}
