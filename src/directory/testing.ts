import { type Actor, openAudit } from '../audit/index.ts';
import { type Clock, hours, type Instant } from '../kit/clock.ts';
import type { UserId } from '../kit/ids.ts';
import { testStorage } from '../storage/testing.ts';
import { type Directory, openDirectory } from './index.ts';

export const office: Actor = { is: 'office', name: 'tester' };

/** A directory on a database of its own, with a clock that is moved by hand. */
export async function testDirectory(): Promise<{
  directory: Directory;
  storage: Awaited<ReturnType<typeof testStorage>>;
  audit: ReturnType<typeof openAudit>;
  clock: Clock & { at: Instant };
  member(loginName: string): Promise<UserId>;
  kinds(): Promise<readonly string[]>;
}> {
  const storage = await testStorage();
  const clock = { at: Date.now() - hours(1), now: () => clock.at };
  const audit = openAudit({ storage, clock });
  const directory = openDirectory({ storage, audit, clock });
  return {
    directory,
    storage,
    audit,
    clock,
    async member(loginName) {
      const made = await directory.users.create({ loginName, displayName: loginName }, office);
      if (!made.created) throw new Error(JSON.stringify(made.problems));
      return made.user.id;
    },
    async kinds() {
      const rows = await storage.db.selectFrom('audit_records').select('kind').orderBy('id').execute();
      return rows.map(row => row.kind);
    },
  };
}
