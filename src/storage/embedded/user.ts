import { spawnSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { userInfo } from 'node:os';
import { EmbeddedFailure } from './failure.ts';

/** The user as which PostgreSQL runs. It refuses to run as root, so root lends it another one. */
export interface ServerUser {
  uid: number;
  gid: number;
  name: string;
  /** What `spawn` needs to become this user: nothing when we are it already. */
  become: { uid: number; gid: number } | Record<string, never>;
}

/** Whoever owns the data already; else ourselves; for root `postgres`, or `nobody` where there is none. */
export function serverUser(data: string): ServerUser {
  const owner = statSync(data, { throwIfNoEntry: false });
  const uid = process.getuid?.() ?? 0;
  if (uid !== 0) {
    if (owner && owner.uid !== uid) {
      throw new EmbeddedFailure(
        'not-ours',
        `The database in ${data} belongs to the user ${nameOf(owner.uid)}, and this is ${nameOf(uid)}: ` +
          'run as the user who started it first, or choose another data folder.',
      );
    }
    return { uid, gid: process.getgid?.() ?? 0, name: nameOf(uid), become: {} };
  }
  const lent =
    owner && owner.uid !== 0
      ? { uid: owner.uid, gid: owner.gid, name: nameOf(owner.uid) }
      : (entry(fields => fields[0] === 'postgres') ?? entry(fields => fields[0] === 'nobody'));
  if (!lent) {
    throw new EmbeddedFailure(
      'nameless-user',
      'PostgreSQL may not run as root, and this machine has neither a user postgres nor nobody: run as an ordinary user, or set GENKAN_DATABASE_URL.',
    );
  }
  return { ...lent, become: { uid: lent.uid, gid: lent.gid } };
}

/** PostgreSQL creates its files only for a user who has a name on this machine. */
export function mustHaveName(user: ServerUser): void {
  if ('uid' in user.become) return;
  try {
    userInfo();
  } catch {
    throw new EmbeddedFailure(
      'nameless-user',
      `This process runs as uid ${user.uid}, which has no name on this machine, and PostgreSQL cannot create its files without one: ` +
        'run as a named user, add a line for it to /etc/passwd, or set GENKAN_DATABASE_URL.',
    );
  }
}

/** Whether the user may pass through to `path`, asked of the system rather than computed from modes. */
export function mayEnter(user: ServerUser, path: string): boolean {
  const trial = spawnSync('/bin/sh', ['-c', 'cd -- "$0"', path], {
    cwd: '/',
    stdio: 'ignore',
    ...user.become,
  });
  return trial.status === 0;
}

/** What the server inherits of our environment: nothing, since ours may hold secrets. */
export const bareEnvironment = { PATH: '/usr/bin:/bin', HOME: '/', LC_ALL: 'C', TZ: 'UTC' };

const nameOf = (uid: number): string => entry(fields => fields[2] === `${uid}`)?.name ?? `with uid ${uid}`;

function entry(is: (fields: string[]) => boolean): { uid: number; gid: number; name: string } | undefined {
  const fields = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map(line => line.split(':'))
    .find(is);
  return fields && { name: fields[0] ?? '', uid: Number(fields[2]), gid: Number(fields[3]) };
}
