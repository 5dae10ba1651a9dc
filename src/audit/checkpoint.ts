import type { Tx } from '../storage/index.ts';

export interface Mismatch {
  readonly what: 'checkpoint';
  readonly why: 'cut off' | 'different' | 'unreadable';
  readonly number: number;
}

/** How a checkpoint is written: `1234:` and the seal's hash in base64url. */
export const checkpointOf = (seal: { readonly number: number; readonly hash: Buffer }): string =>
  `${seal.number}:${seal.hash.toString('base64url')}`;

/** Whether the chain still goes through a checkpoint that was kept elsewhere. */
export async function compare(tx: Tx, checkpoint: string): Promise<Mismatch | undefined> {
  const [, digits] = /^([1-9][0-9]{0,14}):[A-Za-z0-9_-]{43}$/.exec(checkpoint) ?? [];
  if (digits === undefined) return { what: 'checkpoint', why: 'unreadable', number: 0 };
  const number = Number(digits);
  const seal = await tx
    .selectFrom('audit_seals')
    .select(['number', 'hash'])
    .where('number', '=', number)
    .executeTakeFirst();
  if (!seal) return { what: 'checkpoint', why: 'cut off', number };
  return checkpointOf(seal) === checkpoint ? undefined : { what: 'checkpoint', why: 'different', number };
}
