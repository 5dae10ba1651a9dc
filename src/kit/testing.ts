import { randomInt } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { createServer, type Server } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Waits for what another program, or another part of ours, does in its own time: for as long as a busy machine may
 * need, and not a moment longer than that. Returns what was found. @param told what is said when it never comes
 */
export async function until<T>(
  find: () => T | Promise<T>,
  told: () => unknown = () => '',
  patience = 60_000,
): Promise<Exclude<T, undefined | false>> {
  const end = performance.now() + patience;
  for (let rest = 5; ; rest = Math.min(rest * 1.5, 50)) {
    const found = await find();
    if (found !== undefined && found !== false) return found as Exclude<T, undefined | false>;
    if (performance.now() > end) throw new Error(`it never came about. ${inWords(told()).slice(-3000)}`);
    await sleep(rest);
  }
}

const inWords = (told: unknown): string => (typeof told === 'string' ? told : JSON.stringify(told));

// Ports for tests lie below those that the system gives to whoever asks for any, from which another program, or a
// connection of anybody, could take one between its finding and its use. They come in blocks, and the first port of a
// block is its lock: the process that listens there has the others for as long as it lives. Browsers refuse 10080.
const [lowest, blocks, size] = [11_000, 210, 100];
let own: Promise<number> | undefined;
let given = size;

/** A port that nobody has, of TCP and of UDP, and that no other test is given while this process lives. */
export async function freePort(): Promise<number> {
  for (;;) {
    if (own === undefined || given === size) {
      own = claim(1);
      given = 1;
    }
    const place = given++;
    const port = (await own) + place;
    if (await isFree(port)) return port;
  }
}

/** So many ports of UDP in a row, for calls, which look for themselves which of them are free. */
export async function freePorts(count: number): Promise<{ readonly from: number; readonly to: number }> {
  const from = await claim(Math.ceil(count / size));
  return { from, to: from + count - 1 };
}

async function claim(count: number): Promise<number> {
  const first = randomInt(blocks);
  for (let tried = 0; tried < blocks; tried++) {
    const block = (first + tried) % blocks;
    if (block + count > blocks) continue;
    const from = lowest + block * size;
    const locks: Server[] = [];
    for (let n = 0; n < count; n++) {
      const lock = await listenAt(from + n * size, '127.0.0.1');
      if (lock) locks.push(lock);
    }
    if (locks.length === count) return from;
    for (const lock of locks) lock.close();
  }
  throw new Error('All ports for tests are in use.');
}

async function isFree(port: number): Promise<boolean> {
  const listening = await listenAt(port, '0.0.0.0');
  if (!listening) return false;
  await new Promise(resolve => listening.close(resolve));
  const socket = createSocket('udp4');
  return new Promise(resolve => {
    socket.once('error', () => {
      socket.close();
      resolve(false);
    });
    socket.bind(port, '0.0.0.0', () => socket.close(() => resolve(true)));
  });
}

function listenAt(port: number, address: string): Promise<Server | undefined> {
  const server = createServer(socket => socket.destroy()).unref();
  return new Promise(resolve => {
    server.once('error', () => resolve(undefined));
    server.listen(port, address, () => resolve(server));
  });
}
