import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { closeSync, openSync, readSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type Binaries, findBinaries } from './binaries.ts';
import { greet } from './connection.ts';
import { createCluster, lastWords, madeBy, sweep } from './create.ts';
import { EmbeddedFailure } from './failure.ts';
import { own, type Place, socketFolder } from './place.ts';
import { clearStalePidFile, type Postmaster, runningOn } from './postmaster.ts';
import { ends, identityOf, isRunning, type ProcessIdentity, pidOf } from './process.ts';
import { settings } from './settings.ts';
import { bareEnvironment, mustHaveName } from './user.ts';

/** A server that answers. */
export interface Running {
  identity: ProcessIdentity;
  socketFolder: string;
  version: string;
  /** Whether it was found running, or started now. */
  adopted: boolean;
  /** Calls back once, when the server has ended for whatever reason. Keeps no process alive. */
  whenGone(then: () => void): void;
  /** The fast shutdown: sessions end, everything is written, then the server is gone. */
  stop(): Promise<void>;
  /** What it last wrote to its log that sounds like a reason. */
  lastWords(): string;
}

export interface Wish {
  place: Place;
  say(line: string): void;
  durable: boolean;
  /** The socket folder that clients already know, when the server is started again. */
  socketFolder?: string;
}

/** The server of this place: the one that runs, else a new one. Called by one process at a time. */
export async function startOrAdopt(wish: Wish): Promise<Running> {
  for (;;) {
    const there = runningOn(wish.place.data);
    if (!there) return start(wish);
    if (there.state === 'ready') return adopt(wish, there);
    await pause(25);
  }
}

async function adopt({ place }: Wish, there: Postmaster): Promise<Running> {
  const version = await greet(there.socketFolder, place.data);
  const mark = logSize(place.log);
  return {
    identity: there.identity,
    socketFolder: there.socketFolder,
    version,
    adopted: true,
    whenGone(then) {
      const look = setInterval(() => {
        if (isRunning(there.identity)) return;
        clearInterval(look);
        then();
      }, 500).unref();
    },
    stop: () => stop(place, there.identity, there.socketFolder),
    lastWords: () => lastWords(logSince(place.log, mark)),
  };
}

async function start(wish: Wish): Promise<Running> {
  const { place, durable } = wish;
  sweep(place);
  const binaries = findBinaries(place, madeBy(place.data));
  if (madeBy(place.data) === undefined) {
    mustHaveName(place.user);
    wish.say(
      `Creating the database in ${place.data} with PostgreSQL ${binaries.version}, user ${place.user.name}.`,
    );
    await createCluster(place, binaries, durable);
  }
  const folder = wish.socketFolder ?? socketFolder(place);
  own(folder, place.user);
  const title = `genkan-${createHash('sha256').update(place.data).digest('hex').slice(0, 12)}`;
  clearStalePidFile(place.data, title);

  const mark = logSize(place.log);
  const child = spawnServer(place, binaries, settings(binaries.major, folder, title, durable));
  const identity = child.pid === undefined ? undefined : identityOf(child.pid);
  const tail = () => lastWords(logSince(place.log, mark));
  const state: { gone: boolean; refused?: string } = { gone: false };
  child.once('error', error => {
    state.refused = error.message;
  });
  child.once('exit', () => {
    state.gone = true;
  });
  const began = Date.now();
  for (let told = false; ; ) {
    await pause(15);
    if (state.gone || !identity) {
      throw new EmbeddedFailure(
        /No space left/.test(tail()) ? 'disk-full' : 'does-not-start',
        `The database in ${place.data} did not start: ${state.refused ?? tail()}.`,
      );
    }
    const there = runningOn(place.data);
    if (there?.identity === identity && there.state === 'ready') break;
    if (!told && Date.now() - began > 5000) {
      told = true;
      wish.say('The database was interrupted and is putting itself in order; this can take a while.');
    }
  }
  return {
    identity,
    socketFolder: folder,
    version: await greet(folder, place.data),
    adopted: false,
    whenGone(then) {
      if (state.gone) then();
      else child.once('exit', then);
    },
    stop: () => stop(place, identity, folder),
    lastWords: tail,
  };
}

/**
 * In a session of its own, so that Ctrl-C in a terminal stops us first and the database after us; its output goes
 * to a file, since it may outlive us.
 */
function spawnServer(place: Place, { bin }: Binaries, how: string[]) {
  if (logSize(place.log) > 5_000_000) renameSync(place.log, `${place.log}.1`);
  const log = openSync(place.log, 'a', 0o600);
  const child = spawn(join(bin, 'postgres'), ['-D', place.data, ...how], {
    cwd: '/',
    env: bareEnvironment,
    detached: true,
    stdio: ['ignore', log, log],
    ...place.user.become,
  });
  closeSync(log);
  child.unref();
  return child;
}

async function stop(place: Place, identity: ProcessIdentity, socketFolder: string): Promise<void> {
  const waits: [NodeJS.Signals, number][] = [
    ['SIGINT', 20_000],
    ['SIGQUIT', 5000],
    ['SIGKILL', 5000],
  ];
  for (const [signal, ms] of waits) {
    if (!isRunning(identity)) break;
    process.kill(pidOf(identity), signal);
    if (await ends(identity, ms)) break;
  }
  if (!socketFolder.startsWith(place.home)) rmSync(socketFolder, { recursive: true, force: true });
}

const logSize = (log: string): number => statSync(log, { throwIfNoEntry: false })?.size ?? 0;

function logSince(log: string, mark: number): string {
  const size = logSize(log);
  if (size <= mark) return '';
  const from = Math.max(mark, size - 8000);
  const buffer = Buffer.alloc(size - from);
  const file = openSync(log, 'r');
  readSync(file, buffer, 0, buffer.length, from);
  closeSync(file);
  return buffer.toString('utf8');
}
