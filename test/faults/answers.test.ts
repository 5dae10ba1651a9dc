import { after, before, test } from 'node:test';
import { until } from '../cast/until.ts';
import { openHistory } from './history.ts';
import { type Installation, openInstallation } from './installation.ts';
import { assertInvariants } from './invariants.ts';
import { openLoad } from './load.ts';
import { visits } from './visits.ts';

/** Seldom does a kill fall between what was done and its answer; here it is one answer of so many. */
const losesOneIn = 5;

let installation: Installation;
before(async () => {
  installation = await openInstallation({ nodes: 1, database: 'shared', losesOneIn });
});
after(() => installation.close());

test('the answers of what was done are lost: people look again, nothing is done twice and nothing that was promised is lost', async t => {
  const history = openHistory();
  const load = openLoad(installation, history, 4);
  await until(
    () => load.came() >= 3 * visits.length || history.problems.length > 0,
    () => `${load.came()} came`,
    240_000,
  );
  await load.stop();
  const texts = installation.exchange.texts.length;
  t.diagnostic(`${load.came()} visits, ${load.gaveUp()} gave up, ${texts} texts`);
  await assertInvariants(installation, history);
});
