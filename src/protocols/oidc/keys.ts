import type { Actor } from '../../audit/index.ts';
import { hours } from '../../kit/clock.ts';
import type { Db, Tx } from '../../storage/index.ts';
import {
  ensureRing,
  type KeyDeps,
  type KeyRing,
  keysOf,
  rotateRing,
  type SigningKey,
  withdrawFrom,
} from '../signing-keys.ts';

export {
  type Algorithm,
  type KeyState,
  openPrivateKeys,
  published,
  type SigningKey,
  stateOf,
} from '../signing-keys.ts';

export const algorithms = ['RS256', 'ES256'] as const;

/** What ID tokens are signed with. Applications keep what we publish for a day at most. */
const ring: KeyRing = { use: 'oidc', algorithms, rsaBits: 2048, shownBefore: hours(24) };

export const listKeys = (db: Db | Tx): Promise<readonly SigningKey[]> => keysOf(db, ring);

export const ensureKeys = (deps: KeyDeps): Promise<void> => ensureRing(deps, ring);

export const rotateKeys = (
  deps: KeyDeps,
  options: { now: boolean },
  actor: Actor,
): Promise<readonly SigningKey[]> => rotateRing(deps, ring, options, actor);

export const withdrawKey = (deps: KeyDeps, id: string, actor: Actor): Promise<boolean> =>
  withdrawFrom(deps, ring, id, actor);
