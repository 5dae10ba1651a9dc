import { createHash } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  renameSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import { join } from 'node:path';
import { EmbeddedFailure } from './failure.ts';
import { mayEnter, type ServerUser, serverUser } from './user.ts';

/** Where things lie. `folder` is ours; `home` holds what the server needs, and may lie elsewhere behind a link. */
export interface Place {
  folder: string;
  home: string;
  /** The cluster itself; exists only once it is whole. */
  data: string;
  log: string;
  user: ServerUser;
}

/** For root: where the server's things go when its user may not enter the data folder (/root, mostly). */
export const commonGround = '/var/lib/genkan';

export function openPlace(wanted: string, say: (line: string) => void): Place {
  const own = process.getuid?.() === 0 ? 0o711 : 0o700;
  mkdirSync(wanted, { recursive: true, mode: own });
  const folder = realpathSync(wanted);
  const server = join(folder, 'server');
  const user = serverUser(join(server, 'data'));

  if (!lstatSync(server, { throwIfNoEntry: false })) {
    if (mayEnter(user, folder)) {
      mkdirSync(server, { mode: own });
      chmodSync(server, own);
    } else {
      linkElsewhere(server, user, say);
    }
  }
  if (!statSync(server, { throwIfNoEntry: false })) {
    throw new EmbeddedFailure(
      'unreachable',
      `${server} leads to a folder that is gone: put the folder back, or remove the link to begin with an empty database.`,
    );
  }
  const home = realpathSync(server);
  if (!mayEnter(user, home)) {
    throw new EmbeddedFailure(
      'unreachable',
      `PostgreSQL runs here as the user ${user.name}, who may not enter ${home}: give the folders above it mode 711, or set GENKAN_DATABASE_URL.`,
    );
  }
  return { folder, home, data: join(home, 'data'), log: join(home, 'server.log'), user };
}

function linkElsewhere(server: string, user: ServerUser, say: (line: string) => void): void {
  mkdirSync(commonGround, { recursive: true, mode: 0o711 });
  const home = mkdtempSync(join(commonGround, 'postgres-'));
  chmodSync(home, 0o711);
  symlinkSync(home, `${server}.new`);
  renameSync(`${server}.new`, server);
  say(
    `PostgreSQL may not run as root, and the user ${user.name} may not enter ${server}: the database lies in ${home}.`,
  );
}

const port = 5432;
export const socketFile = (folder: string): string => join(folder, `.s.PGSQL.${port}`);

/**
 * The folder of the Unix socket, which only the server's user may enter. A socket's path has at most 107 bytes,
 * so a deep data folder gets a short one beside it.
 */
export function socketFolder({ home, user }: Place): string {
  const near = join(home, 'socket');
  const runtime = 'uid' in user.become ? undefined : process.env.XDG_RUNTIME_DIR;
  const name = `genkan-${createHash('sha256').update(home).digest('hex').slice(0, 12)}`;
  const choices = [near, ...(runtime ? [join(runtime, name)] : []), join('/tmp', name)];
  for (const folder of choices) {
    if (Buffer.byteLength(socketFile(folder)) > 107) continue;
    if (folder.startsWith(`${runtime}/`) && !statSync(`${runtime}`, { throwIfNoEntry: false })) continue;
    if (own(folder, user)) return folder;
  }
  // Someone else has taken our name in /tmp.
  const folder = mkdtempSync(`/tmp/${name}-`);
  chownSync(folder, user.uid, user.gid);
  return folder;
}

/** Makes `folder` the user's alone; false when it is there and is not. */
export function own(folder: string, user: ServerUser): boolean {
  const there = lstatSync(folder, { throwIfNoEntry: false });
  if (there) return there.isDirectory() && there.uid === user.uid && (there.mode & 0o077) === 0;
  mkdirSync(folder, { mode: 0o700 });
  chownSync(folder, user.uid, user.gid);
  return true;
}
