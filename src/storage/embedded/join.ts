import { randomBytes } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { connectionTo, urlOf } from './connection.ts';
import { forCommands, inTurn, type Options, plainly, servingLock } from './house.ts';
import { liveHolder } from './lock.ts';
import { openPlace, type Place } from './place.ts';
import { identityOf, isRunning, type ProcessIdentity, pidOf } from './process.ts';
import type { EmbeddedDatabase } from './serve.ts';
import { startOrAdopt } from './server.ts';

/**
 * The private database for one command: the one that runs, else started for as long as commands need it.
 * `stop` leaves a server that someone serves, or that another command still uses; the last command stops its own.
 */
export const joinEmbedded = (options: Options): Promise<EmbeddedDatabase> =>
  plainly(options.folder, async () => {
    const place = openPlace(options.folder, options.say);
    const { running, leave } = await inTurn(place, async () => {
      const running = await startOrAdopt({ place, say: options.say, durable: options.durable ?? true });
      if (!running.adopted) writeFileSync(forCommands(place), running.identity, { mode: 0o600 });
      return { running, leave: enter(place) };
    });
    const connection = connectionTo(running.socketFolder);
    return {
      connection,
      url: urlOf(connection),
      version: running.version,
      pid: () => pidOf(running.identity),
      stop: () =>
        inTurn(place, async () => {
          leave();
          const startedByCommand = readIdentity(forCommands(place)) === running.identity;
          if (!startedByCommand || liveHolder(servingLock(place)) !== undefined || othersIn(place)) return;
          await running.stop();
          rmSync(forCommands(place), { force: true });
        }),
    };
  });

const guests = (place: Place): string => join(place.folder, 'guests');

/** Signs this command in; the result signs it out. */
function enter(place: Place): () => void {
  mkdirSync(guests(place), { recursive: true, mode: 0o700 });
  const file = join(guests(place), `${process.pid}-${randomBytes(4).toString('hex')}`);
  writeFileSync(file, identityOf(process.pid) ?? '', { mode: 0o600 });
  return () => rmSync(file, { force: true });
}

/** Whether another command is here; those that died without signing out are forgotten. */
function othersIn(place: Place): boolean {
  let others = false;
  for (const name of readdirSync(guests(place))) {
    const guest = readIdentity(join(guests(place), name));
    if (guest && isRunning(guest)) others = true;
    else rmSync(join(guests(place), name), { force: true });
  }
  return others;
}

function readIdentity(file: string): ProcessIdentity | undefined {
  try {
    return readFileSync(file, 'utf8') as ProcessIdentity;
  } catch {
    return undefined;
  }
}
