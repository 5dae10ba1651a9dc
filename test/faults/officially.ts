import { setTimeout as pause } from 'node:timers/promises';
import { isPassing } from '../../src/storage/index.ts';

/** The office does something, and does it again while the database is away. */
export async function officially<T>(work: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (!isPassing(error)) throw error;
      await pause(100);
    }
  }
}
