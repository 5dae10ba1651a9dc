import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { errorCode } from './failure.ts';

/** One process for good: its number, and when it began, since numbers are used again. */
export type ProcessIdentity = string & { readonly of: 'process' };

const boot = read('/proc/sys/kernel/random/boot_id')?.trim() ?? '';

/** Undefined when no such process runs; one that has ended and only waits to be collected does not run. */
export function identityOf(pid: number): ProcessIdentity | undefined {
  if (!existsSync('/proc/self/stat')) return answersSignals(pid) ? (`${pid}` as ProcessIdentity) : undefined;
  const stat = read(`/proc/${pid}/stat`);
  if (stat === undefined) return undefined;
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  if (fields[0] === 'Z' || fields[0] === 'X') return undefined;
  return `${pid} ${fields[19]} ${boot}` as ProcessIdentity;
}

export const isRunning = (identity: ProcessIdentity): boolean => identityOf(pidOf(identity)) === identity;

export const pidOf = (identity: ProcessIdentity): number => Number.parseInt(identity, 10);

/** Waits until the process has ended; false when it still runs after `ms`. */
export async function ends(identity: ProcessIdentity, ms: number): Promise<boolean> {
  const giveUp = Date.now() + ms;
  while (isRunning(identity)) {
    if (Date.now() > giveUp) return false;
    await pause(20);
  }
  return true;
}

/** The words of a process's command line; empty where the system does not tell. */
export const commandOf = (pid: number): string[] => (read(`/proc/${pid}/cmdline`) ?? '').split('\0');

/** Whether any process carries `title` in its command line. */
export const someoneIsCalled = (title: string): boolean =>
  existsSync('/proc') &&
  readdirSync('/proc').some(name => /^\d+$/.test(name) && read(`/proc/${name}/cmdline`)?.includes(title));

function answersSignals(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return errorCode(error) === 'EPERM';
  }
}

function read(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
