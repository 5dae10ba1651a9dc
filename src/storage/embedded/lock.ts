import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { errorCode } from './failure.ts';
import { identityOf, isRunning, type ProcessIdentity, pidOf } from './process.ts';

export type Taking = { taken: true; release(): void } | { taken: false; holder: number };

/** Takes the lock file `path` for this process, or tells who has it. A lock left by a dead process counts as free. */
export function takeLock(path: string): Taking {
  const self = identityOf(process.pid) ?? (`${process.pid}` as ProcessIdentity);
  const mine = `${path}.${process.pid}`;
  writeFileSync(mine, self, { mode: 0o600 });
  try {
    for (;;) {
      if (linked(mine, path)) return { taken: true, release: () => release(path, self) };
      const holder = holderOf(path);
      if (holder !== undefined && isRunning(holder)) return { taken: false, holder: pidOf(holder) };
      if (holder !== undefined) moveAside(path, `${mine}.dead`, holder);
    }
  } finally {
    rmSync(mine, { force: true });
  }
}

/** Waits its turn, at most `ms`. */
export async function waitForLock(path: string, ms: number): Promise<Taking> {
  const giveUp = Date.now() + ms;
  for (;;) {
    const taking = takeLock(path);
    if (taking.taken || Date.now() > giveUp) return taking;
    await pause(25);
  }
}

/** The process that holds the lock now; undefined when nobody does. */
export function liveHolder(path: string): number | undefined {
  const holder = holderOf(path);
  return holder !== undefined && isRunning(holder) ? pidOf(holder) : undefined;
}

/** Of several who notice a dead lock one moves it away, and looks again at what it has moved. */
function moveAside(path: string, aside: string, dead: ProcessIdentity): void {
  try {
    renameSync(path, aside);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return;
    throw error;
  }
  if (holderOf(aside) !== dead) linked(aside, path);
  rmSync(aside, { force: true });
}

function release(path: string, self: ProcessIdentity): void {
  if (holderOf(path) === self) rmSync(path, { force: true });
}

function linked(from: string, to: string): boolean {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return false;
    throw error;
  }
}

function holderOf(path: string): ProcessIdentity | undefined {
  try {
    return readFileSync(path, 'utf8') as ProcessIdentity;
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}
