import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { openHistory } from './history.ts';
import { type Installation, openInstallation } from './installation.ts';
import { assertInvariants } from './invariants.ts';
import { openLoad } from './load.ts';

const kills = Number(process.env.GENKAN_TEST_KILLS ?? 100);
/** On a machine that does much else a start takes its time; then it is fewer. */
const longest = 300_000;

let installation: Installation;
before(async () => {
  installation = await openInstallation({ nodes: 2, database: 'shared' });
});
after(() => installation.close());

test('killed a hundred times at random moments, nothing is spent twice and nothing that was promised is lost', async t => {
  const history = openHistory();
  const load = openLoad(installation, history, 5);
  await installation.start(1);
  // One node dies while the other serves; every few times both are gone.
  const end = Date.now() + longest;
  let killed = 0;
  for (; killed < kills && Date.now() < end; killed++) {
    await pause(Math.random() * 300);
    const dying = killed % 10 === 9 ? [0, 1] : [killed % 2];
    await Promise.all(dying.map(node => installation.running(node).kill()));
    await Promise.all(dying.map(node => installation.start(node)));
  }
  await load.stop();
  const done = load.done();
  t.diagnostic(`${killed} kills, ${done} visits, ${installation.exchange.texts.length} texts`);
  assert.ok(done > 10, `only ${done} visits came to their end`);
  await assertInvariants(installation, history);
});
