import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { type History, openHistory } from './history.ts';
import { type Installation, openInstallation } from './installation.ts';
import { assertInvariants } from './invariants.ts';
import { visits } from './visits.ts';

const kills = Number(process.env.GENKAN_TEST_KILLS ?? 100);
const people = 6;

let installation: Installation;
before(async () => {
  installation = await openInstallation({ nodes: 2, database: 'shared' });
});
after(() => installation.close());

test(`killed ${kills} times at random moments, nothing is spent twice and nothing that was promised is lost`, async t => {
  const history = openHistory();
  const load = openLoad(installation, history);
  await installation.start(1);
  // One node dies while the other serves; every few times both are gone.
  for (let n = 0; n < kills; n++) {
    await pause(Math.random() * 400);
    const dying = n % 10 === 9 ? [0, 1] : [n % 2];
    await Promise.all(dying.map(node => installation.running(node).kill()));
    await Promise.all(dying.map(node => installation.start(node)));
  }
  const done = await load.stop();
  t.diagnostic(`${kills} kills, ${done} visits, ${installation.exchange.texts.length} texts`);
  assert.ok(done > kills / 4, `only ${done} visits came to their end`);
  await assertInvariants(installation, history);
});

/** People who come, do what they came for, and are followed by others. */
function openLoad(at: Installation, history: History): { stop(): Promise<number> } {
  let stopped = false;
  let done = 0;
  const one = async (from: number): Promise<void> => {
    for (let n = from; !stopped; n++) {
      const visit = visits[n % visits.length];
      await visit?.(at, history);
      done += 1;
    }
  };
  const all = Array.from({ length: people }, (_, from) =>
    one(from).catch((error: unknown) => history.broken(String(error instanceof Error ? error.stack : error))),
  );
  return {
    async stop() {
      stopped = true;
      await Promise.all(all);
      return done;
    },
  };
}
