import type { Audit } from './audit/index.ts';
import type { Rules } from './directory/index.ts';
import type { Delivery } from './gateways/index.ts';
import { type Clock, days, minutes } from './kit/clock.ts';
import { sweepAuthenticator } from './methods/authenticator/index.ts';
import { removePassesOver } from './methods/temporary-access-pass/index.ts';
import { registrations } from './registration/index.ts';
import type { Sessions } from './sessions/index.ts';
import { signIns } from './sign-in/index.ts';
import { type Storage, self, takeLease } from './storage/index.ts';

/** What is over goes, once a minute and on one node at a time. Returns what stops it. */
export function startSweeping(deps: {
  storage: Storage;
  clock: Clock;
  audit: Audit;
  sessions: Pick<Sessions, 'removeExpired'>;
  delivery: Pick<Delivery, 'sweep'>;
  /** of protocols, what nobody comes back for */
  sweepProtocols(): Promise<void>;
  rules(): Promise<Rules>;
  onError(error: unknown): void;
}): () => void {
  const { storage, clock, audit, sessions, delivery } = deps;
  async function sweep(): Promise<void> {
    const now = clock.now();
    if (!(await takeLease(storage.db, { name: 'sweeping', holder: self, now, for: minutes(2) }))) return;
    await signIns.removeExpired(storage.db, now);
    await registrations.removeExpired(storage.db, now);
    await sessions.removeExpired(now);
    await removePassesOver(storage.db, now);
    await sweepAuthenticator(storage.db, now);
    await deps.sweepProtocols();
    const { logs, organisation } = await deps.rules();
    await delivery.sweep(organisation.timeZone);
    await audit.prune(now - days(logs.days), { is: 'system' });
  }
  const sweeping = setInterval(() => sweep().catch(deps.onError), minutes(1)).unref();
  return () => clearInterval(sweeping);
}
