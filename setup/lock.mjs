import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Stop, say } from './say.mjs';

/**
 * Runs `work` while holding the lock folder `path`: two set-ups of one checkout take turns.
 * A lock whose holder has died is taken over.
 */
export async function alone(path, work) {
  mkdirSync(dirname(path), { recursive: true });
  await take(path);
  const letGo = () => remove(path, `${path}.${process.pid}`);
  const onSignal = signal => {
    letGo();
    process.kill(process.pid, signal);
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, onSignal);
  try {
    return await work();
  } finally {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.off(signal, onSignal);
    letGo();
  }
}

async function take(path) {
  const mine = `${path}.${process.pid}`;
  const giveUp = Date.now() + 15 * 60_000;
  let told = false;
  // A finished folder is renamed into place, so that nobody sees a lock without its holder.
  rmSync(mine, { recursive: true, force: true });
  mkdirSync(mine);
  writeFileSync(`${mine}/holder`, identityOf(process.pid));
  try {
    while (!moved(mine, path)) {
      const holder = holderOf(path);
      if (holder !== undefined && !isRunning(holder)) {
        // Of several who notice, one moves the dead lock away, and looks again at what it has moved.
        const dead = `${mine}.dead`;
        if (moved(path, dead) && (holderOf(dead) === holder || !moved(dead, path))) {
          rmSync(dead, { recursive: true, force: true });
        }
        continue;
      }
      if (!told)
        say(
          `Another set-up (process ${holder?.split(' ')[0] ?? 'unknown'}) is at work here; waiting for it.`,
        );
      told = true;
      if (Date.now() > giveUp) {
        throw new Stop(
          `Another set-up has been at work for 15 minutes. If that cannot be, remove ${path} and try again.`,
        );
      }
      await pause(100);
    }
  } finally {
    rmSync(mine, { recursive: true, force: true });
  }
}

function moved(from, to) {
  try {
    renameSync(from, to);
    return true;
  } catch (error) {
    if (['ENOTEMPTY', 'EEXIST', 'ENOENT'].includes(error.code)) return false;
    throw error;
  }
}

/** Out of the way first: a lock is never seen half removed, so nobody takes an empty one. */
function remove(path, aside) {
  if (moved(path, aside)) rmSync(aside, { recursive: true, force: true });
}

function holderOf(path) {
  try {
    return readFileSync(`${path}/holder`, 'utf8');
  } catch (error) {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  }
}

const isRunning = holder => identityOf(Number(holder.split(' ')[0])) === holder;

/** A process and when it began, so that a number used again is not taken for the same one. Undefined when it is gone. */
function identityOf(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields[0] === 'Z' ? undefined : `${pid} ${fields[19]}`;
  } catch (error) {
    if (error.code === 'ENOENT' && existsSync('/proc/self/stat')) return undefined;
  }
  try {
    process.kill(pid, 0);
    return `${pid}`;
  } catch (error) {
    return error.code === 'EPERM' ? `${pid}` : undefined;
  }
}
