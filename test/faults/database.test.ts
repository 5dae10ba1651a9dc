import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { password } from '../cast/given.ts';
import { until } from '../cast/until.ts';
import { openHistory } from './history.ts';
import { type Installation, openInstallation } from './installation.ts';
import { assertInvariants } from './invariants.ts';
import { openLoad } from './load.ts';
import { aPerson } from './person.ts';
import { byText } from './visits.ts';
import { insist } from './walk.ts';

let installation: Installation;
before(async () => {
  installation = await openInstallation({ nodes: 1, database: 'private' });
});
after(() => installation.close());

/** Until the product answers well again, in ms. */
async function back(): Promise<number> {
  const began = performance.now();
  for (;;) {
    const { status } = await insist(() => fetch(`${installation.url}/readyz`));
    if (status === 200) return performance.now() - began;
    assert.equal(status, 503);
    assert.ok(performance.now() - began < 60_000, 'the database did not come back within a minute');
    await pause(50);
  }
}

test('the database is restarted and killed under load: people wait, nothing is lost, nobody has to help', async t => {
  const history = openHistory();
  const load = openLoad(installation, history, 3);
  const took: number[] = [];
  for (const signal of ['SIGINT', 'SIGKILL', 'SIGINT', 'SIGKILL', 'SIGKILL', 'SIGQUIT'] as const) {
    await pause(500 + Math.random() * 1_000);
    const pid = await installation.databasePid();
    process.kill(pid, signal);
    // It is another one that comes back: whoever asks sooner may be told of the one that is going.
    await installation.databasePid(pid);
    took.push(await back());
  }
  const atLast = load.came();
  await until(
    () => load.came() > atLast || history.problems.length > 0,
    () => 'nobody came in after the last fault',
    120_000,
  );
  await load.stop();
  t.diagnostic(`${load.came()} visits; back after ${took.map(ms => Math.round(ms))} ms`);
  await assertInvariants(installation, history);
});

test('while the database is away every page says so, with the time to come back, in the language of the person', async () => {
  const who = await aPerson(installation, 'phone');
  const visitor = installation.visitor();
  await visitor.open('/account');
  await visitor.send('/identify', { account: who.loginName });
  const { url } = visitor.page;
  const { id, secret } = installation.application;
  const comesBack = await installation.databaseAway();
  try {
    await until(async () => (await fetch(`${installation.url}/readyz`)).status === 503, installation.log);
    const [form, reading, application] = await Promise.all([
      visitor.send('/password', { password }),
      installation.visitor().open(url),
      fetch(`${installation.url}/oidc/token`, {
        method: 'POST',
        headers: { authorization: `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}` },
        body: new URLSearchParams({ grant_type: 'refresh_token', refresh_token: 'x' }),
      }),
    ]);
    for (const seen of [form, reading]) {
      assert.equal(seen.status, 503, seen.text);
      assert.ok(Number(seen.headers.get('retry-after')) > 0);
      assert.equal(seen.headers.get('content-language'), 'ja');
      assert.doesNotMatch(seen.text, /Error|at .*\.js|ECONN|SELECT/i);
    }
    assert.equal(application.status, 503, await application.text());
    assert.ok(Number(application.headers.get('retry-after')) > 0);
  } finally {
    comesBack();
  }
  await back();
  await byText(installation, openHistory());
});
