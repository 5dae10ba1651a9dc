import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { errorCode } from './failure.ts';
import { socketFile } from './place.ts';
import { commandOf, identityOf, type ProcessIdentity, someoneIsCalled } from './process.ts';

/** What postmaster.pid says of the server that has these data open. */
export interface Postmaster {
  identity: ProcessIdentity;
  socketFolder: string;
  state: 'starting' | 'ready' | 'stopping';
}

/** The server that runs on `data`; undefined when none does, whatever a file left behind may say. */
export function runningOn(data: string): Postmaster | undefined {
  const file = readPidFile(data);
  if (!file) return undefined;
  const identity = identityOf(file.pid);
  if (!identity || !isPostgresOn(file.pid, data)) return undefined;
  return { identity, socketFolder: file.socketFolder, state: file.state };
}

/**
 * PostgreSQL clears a dead server's file by itself, but stops when the number it names has gone to another program
 * of the same user. Then, and when no process of that server is left (they carry `title`), we clear it.
 */
export function clearStalePidFile(data: string, title: string): void {
  const file = readPidFile(data);
  if (!file || !identityOf(file.pid) || isPostgresOn(file.pid, data) || someoneIsCalled(title)) return;
  rmSync(join(data, 'postmaster.pid'), { force: true });
  if (file.socketFolder) rmSync(`${socketFile(file.socketFolder)}.lock`, { force: true });
}

function readPidFile(
  data: string,
): { pid: number; socketFolder: string; state: Postmaster['state'] } | undefined {
  try {
    const lines = readFileSync(join(data, 'postmaster.pid'), 'utf8').split('\n');
    const pid = Number(lines[0]);
    if (!(pid > 0)) return undefined;
    const state = lines[7]?.trim();
    return {
      pid,
      socketFolder: lines[4] ?? '',
      state: state === 'ready' || state === 'stopping' ? state : 'starting',
    };
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}

function isPostgresOn(pid: number, data: string): boolean {
  const words = commandOf(pid);
  if (words[0] === '') return !existsSync('/proc/self/stat');
  return /\/postgres$/.test(words[0] ?? '') && words[words.indexOf('-D') + 1] === data;
}
