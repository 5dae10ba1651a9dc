import type { SignInId, UserId } from '../kit/ids.ts';
import type { Db, Tx } from '../storage/index.ts';
import type { SignIn, Step } from './sign-in.ts';

type Kept = Pick<SignIn, 'aim' | 'loginName' | 'evidence' | 'asked' | 'step'>;

export async function insert(db: Db | Tx, signIn: SignIn, browser: Buffer): Promise<void> {
  await db
    .insertInto('sign_ins')
    .values({
      id: signIn.id,
      version: signIn.version,
      browser_hash: browser,
      user_id: signIn.user ?? null,
      state: stored(signIn),
      created_at: signIn.createdAt,
      expires_at: signIn.expiresAt,
    })
    .execute();
}

/** The sign-in, if it is this browser's and not over. Another browser learns nothing, not even that it exists. */
export async function find(
  db: Db | Tx,
  id: SignInId,
  browser: Buffer,
  now: number,
): Promise<SignIn | undefined> {
  const row = await db
    .selectFrom('sign_ins')
    .select(['id', 'version', 'user_id', 'state', 'created_at', 'expires_at'])
    .where('id', '=', id)
    .where('browser_hash', '=', browser)
    .where('expires_at', '>', now)
    .executeTakeFirst();
  if (!row) return undefined;
  return {
    ...(row.state as Kept),
    id,
    version: row.version,
    user: (row.user_id as UserId | null) ?? undefined,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
  };
}

/** Saves a step over the version it was made from. False: someone else was faster, nothing was saved. */
export async function save(tx: Tx, signIn: SignIn): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('sign_ins')
    .set({ version: signIn.version, user_id: signIn.user ?? null, state: stored(signIn) })
    .where('id', '=', signIn.id)
    .where('version', '=', signIn.version - 1)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

/** Takes a granted sign-in out, once: its session is started by whoever gets true. */
export async function spend(tx: Tx, signIn: SignIn<Extract<Step, { is: 'granted' }>>): Promise<boolean> {
  const { numDeletedRows } = await tx
    .deleteFrom('sign_ins')
    .where('id', '=', signIn.id)
    .where('version', '=', signIn.version)
    .executeTakeFirst();
  return numDeletedRows === 1n;
}

export async function removeExpired(db: Db, now: number): Promise<void> {
  await db.deleteFrom('sign_ins').where('expires_at', '<', now).execute();
}

const stored = ({ aim, loginName, evidence, asked, step }: SignIn): string =>
  JSON.stringify({ aim, loginName, evidence, asked, step } satisfies { [K in keyof Kept]: unknown });
