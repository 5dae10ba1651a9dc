import { join } from 'node:path';
import { EmbeddedFailure, errorCode } from './failure.ts';
import { waitForLock } from './lock.ts';
import type { Place } from './place.ts';

export interface Options {
  /** The folder for the database and all that belongs to it; created when missing. */
  folder: string;
  /** Told in one line what happens: the first start, an adoption, a restart. */
  say(line: string): void;
  /** False only in tests: faster, and a power cut may lose everything. */
  durable?: boolean;
}

/** Held by the process that serves, for as long as it does. */
export const servingLock = (place: Place): string => join(place.folder, 'serving.lock');

/** Names the server that a command started; whoever serves removes it. */
export const forCommands = (place: Place): string => join(place.folder, 'for-commands');

/** One process at a time creates, starts, adopts or stops. */
export async function inTurn<T>(place: Place, work: () => Promise<T>): Promise<T> {
  const turn = await waitForLock(join(place.folder, 'starting.lock'), 120_000);
  if (!turn.taken) {
    throw new EmbeddedFailure(
      'does-not-start',
      `Process ${turn.holder} has been starting the database in ${place.folder} for two minutes: look what it waits for, or stop it.`,
    );
  }
  try {
    return await work();
  } finally {
    turn.release();
  }
}

/** Turns what the file system refuses into a sentence. */
export async function plainly<T>(folder: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const code = errorCode(error);
    if (code === 'ENOSPC' || code === 'EDQUOT') {
      throw new EmbeddedFailure(
        'disk-full',
        `The disk that holds ${folder} is full: free some space and try again.`,
      );
    }
    if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') {
      throw new EmbeddedFailure(
        'not-writable',
        `This user may not write ${folder}: run as the user who started Genkan first, or choose another data folder.`,
      );
    }
    throw error;
  }
}
