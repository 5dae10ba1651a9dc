import { randomBytes } from 'node:crypto';
import type { CredentialId, UserId } from '../../src/kit/ids.ts';
import { newId } from '../../src/kit/ids.ts';
import { hotp, stepOf } from '../../src/methods/otp.ts';
import { insert } from '../../src/methods/totp/store.ts';
import type { Installation } from './installation.ts';
import { officially } from './officially.ts';

export interface Person {
  readonly id: UserId;
  readonly loginName: string;
  readonly phone: string;
  /** an authenticator app: its credential, and the code of now */
  readonly app: { readonly id: string; code(): string } | undefined;
}

let born = 0;

/** Someone who was never seen before, with a number of their own; entered as soon as the database lets the office. */
export const aPerson = (at: Installation, holds: 'phone' | 'app' | 'nothing'): Promise<Person> =>
  officially(() => entered(at, holds));

async function entered(
  { given, foundation }: Installation,
  holds: 'phone' | 'app' | 'nothing',
): Promise<Person> {
  const n = ++born;
  const phone = `+8190${1000 + n}5678`;
  const { id, loginName } = await given.user(`person-${n}`, holds === 'phone' ? { phone } : {});
  if (holds !== 'app') return { id, loginName, phone, app: undefined };
  const secret = randomBytes(20);
  const credential = newId<'credential'>() as CredentialId;
  const { storage } = foundation;
  await storage.tx(tx =>
    insert(tx, storage.sealer, {
      id: credential,
      user: id,
      name: 'app',
      secret,
      lastStep: 0,
      createdAt: Date.now(),
    }),
  );
  return { id, loginName, phone, app: { id: credential, code: () => hotp(secret, stepOf(Date.now())) } };
}
