import { createHash } from 'node:crypto';

/** A codec to be fed with nonsense. `run` throws, or takes too long, when the codec has a fault. */
export interface Fuzzed {
  readonly name: string;
  /** messages that are well formed: nonsense is made from them */
  readonly seeds: readonly Buffer[];
  run(input: Buffer): void;
}

export interface Fault {
  readonly codec: string;
  readonly input: Buffer;
  readonly because: string;
}

export interface Round {
  readonly inputs: number;
  /** most memory that was held beyond the start, in bytes */
  readonly grown: number;
  readonly fault?: Fault;
}

/** An input that takes longer is a fault: nobody may keep a process busy with one message. */
const longest = 250;

/** Numbers that a seed repeats: a fault is found again by its seed (mulberry32). */
export function numbersFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Feeds one codec for `ms`, or until it fails. Lets the process breathe ten times a second. */
export async function fuzz(
  codec: Fuzzed,
  options: { readonly ms: number; readonly seed: number; readonly progress?: (inputs: number) => void },
): Promise<Round> {
  const random = numbersFrom(options.seed);
  const pool = [...codec.seeds];
  const before = process.memoryUsage.rss();
  const end = performance.now() + options.ms;
  let inputs = 0;
  let grown = 0;
  let breath = performance.now() + 100;
  const first = codec.seeds.map(seed => feed(codec, seed)).find(fault => fault);
  if (first) return { inputs, grown, fault: first };
  while (performance.now() < end) {
    const input = mutate(pick(pool, random), pool, random);
    inputs += 1;
    const fault = feed(codec, input);
    if (fault) return { inputs, grown, fault };
    // A pool that grows reaches what one change cannot; what it can hold is limited.
    if (random() < 0.02) pool[pool.length < 200 ? pool.length : below(pool.length, random)] = input;
    if (performance.now() > breath) {
      grown = Math.max(grown, process.memoryUsage.rss() - before);
      options.progress?.(inputs);
      await new Promise(resolve => setImmediate(resolve));
      breath = performance.now() + 100;
    }
  }
  return { inputs, grown };
}

function feed(codec: Fuzzed, input: Buffer): Fault | undefined {
  const began = process.cpuUsage();
  try {
    codec.run(input);
  } catch (error) {
    return {
      codec: codec.name,
      input,
      because: error instanceof Error ? (error.stack ?? error.message) : String(error),
    };
  }
  const { user, system } = process.cpuUsage(began);
  const ms = (user + system) / 1000;
  return ms > longest ? { codec: codec.name, input, because: `took ${ms} ms` } : undefined;
}

const below = (limit: number, random: () => number): number => Math.floor(random() * limit);

const pick = <T>(of: readonly T[], random: () => number): T => {
  const one = of[below(of.length, random)];
  if (one === undefined) throw new Error('a codec without seeds');
  return one;
};

const interesting = [0, 1, 9, 10, 13, 32, 34, 44, 58, 59, 60, 62, 64, 91, 92, 127, 128, 255];

const changes: readonly ((input: Buffer, pool: readonly Buffer[], random: () => number) => Buffer)[] = [
  (input, _, random) => {
    const out = Buffer.from(input);
    if (out.length > 0) out[below(out.length, random)] = below(256, random);
    return out;
  },
  (input, _, random) => {
    const out = Buffer.from(input);
    if (out.length > 0) out[below(out.length, random)] = pick(interesting, random);
    return out;
  },
  (input, _, random) => input.subarray(0, below(input.length + 1, random)),
  (input, _, random) => {
    const at = below(input.length + 1, random);
    return Buffer.concat([input.subarray(0, at), input.subarray(at + 1 + below(16, random))]);
  },
  (input, _, random) => {
    const at = below(input.length + 1, random);
    const piece = input.subarray(at, at + 1 + below(40, random));
    return Buffer.concat([
      input.subarray(0, at),
      ...Array(1 + below(60, random)).fill(piece),
      input.subarray(at),
    ]);
  },
  (input, pool, random) => {
    const other = pick(pool, random);
    return Buffer.concat([
      input.subarray(0, below(input.length + 1, random)),
      other.subarray(below(other.length, random)),
    ]);
  },
  (input, _, random) => {
    const at = below(input.length + 1, random);
    const more = Buffer.from(Array.from({ length: 1 + below(8, random) }, () => pick(interesting, random)));
    return Buffer.concat([input.subarray(0, at), more, input.subarray(at)]);
  },
  (input, _, random) => {
    const out = Buffer.from(input);
    if (out.length < 4) return out;
    out.writeInt32BE(pick([0, -1, 1, 0x7fffffff, 0x10000, 0xff], random), below(out.length - 3, random));
    return out;
  },
];

function mutate(input: Buffer, pool: readonly Buffer[], random: () => number): Buffer {
  let out = input;
  for (let n = 1 + below(4, random); n > 0; n--) out = pick(changes, random)(out, pool, random);
  return out.subarray(0, 70_000);
}

/** The name of the file that keeps an input. */
export const nameOf = ({ codec, input }: Fault): string =>
  `${codec}-${createHash('sha256').update(input).digest('hex').slice(0, 12)}.bin`;
