import { rmSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { type Connection, connectionTo, urlOf } from './connection.ts';
import { EmbeddedFailure } from './failure.ts';
import { forCommands, inTurn, type Options, plainly, servingLock } from './house.ts';
import { takeLock } from './lock.ts';
import { openPlace } from './place.ts';
import { pidOf } from './process.ts';
import { type Running, startOrAdopt, type Wish } from './server.ts';

export interface EmbeddedDatabase {
  connection: Connection;
  /** The same as a connection string for `pg`. */
  url: string;
  version: string;
  /** The server's process now; another one after it had to be started again. */
  pid(): number;
  stop(): Promise<void>;
}

const longestPause = 30_000;

/**
 * The private database for whoever serves: started, or adopted when a killed parent left it running; started again
 * whenever it ends under us; stopped by `stop`. Refuses with an `EmbeddedFailure` when another process serves this folder.
 */
export const serveEmbedded = (options: Options): Promise<EmbeddedDatabase> =>
  plainly(options.folder, async () => {
    const place = openPlace(options.folder, options.say);
    const serving = takeLock(servingLock(place));
    if (!serving.taken) {
      throw new EmbeddedFailure(
        'already-served',
        `Another Genkan (process ${serving.holder}) already serves ${place.folder}: stop it first, or give this one another data folder.`,
      );
    }
    const wish: Wish = { place, say: options.say, durable: options.durable ?? true };
    try {
      const first = await inTurn(place, () => startOrAdopt(wish));
      rmSync(forCommands(place), { force: true });
      const supervisor = supervise(first, { ...wish, socketFolder: first.socketFolder });
      const connection = connectionTo(first.socketFolder);
      return {
        connection,
        url: urlOf(connection),
        version: first.version,
        pid: () => pidOf(supervisor.running().identity),
        async stop() {
          await supervisor.stop();
          serving.release();
        },
      };
    } catch (error) {
      serving.release();
      throw error;
    }
  });

function supervise(first: Running, wish: Wish) {
  const stopping = new AbortController();
  let running = first;
  let restarting: Promise<void> = Promise.resolve();
  let upSince = Date.now();
  let wait = 100;

  const watch = () =>
    running.whenGone(() => {
      if (stopping.signal.aborted) return;
      wish.say(`The database ended under us (${running.lastWords()}); starting it again.`);
      if (Date.now() - upSince > 60_000) wait = 100;
      restarting = restart();
    });

  async function restart(): Promise<void> {
    const began = Date.now();
    while (!stopping.signal.aborted) {
      await pause(wait, undefined, { signal: stopping.signal }).catch(() => {});
      if (stopping.signal.aborted) return;
      wait = Math.min(wait * 2, longestPause);
      try {
        running = await inTurn(wish.place, () => startOrAdopt(wish));
        upSince = Date.now();
        wish.say(`The database is back after ${((upSince - began) / 1000).toFixed(1)} s.`);
        return watch();
      } catch (error) {
        const reason = error instanceof Error ? error.message : String(error);
        wish.say(`${reason} Trying again in ${(wait / 1000).toFixed(1)} s.`);
      }
    }
  }

  watch();
  return {
    running: () => running,
    async stop() {
      stopping.abort();
      await restarting;
      await running.stop();
    },
  };
}
