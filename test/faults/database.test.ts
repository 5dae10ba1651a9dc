import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { wordsFor } from '../../src/words/index.ts';
import { password } from '../cast/given.ts';
import { until } from '../cast/until.ts';
import { visitor as aVisitor } from '../cast/visitor.ts';
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

test('while the database is away every page says so, with the time to come back and a number, in the language of the person', async () => {
  const who = await aPerson(installation, 'phone');
  const visitor = installation.visitor();
  await visitor.open('/account');
  await visitor.send('/identify', { account: who.loginName });
  const { url } = visitor.page;
  const { id, secret } = installation.application;
  const comesBack = await installation.databaseAway();
  try {
    await until(async () => (await fetch(`${installation.url}/readyz`)).status === 503, installation.log);
    const [form, reading, inEnglish, application] = await Promise.all([
      visitor.send('/password', { password }),
      installation.visitor().open(url),
      aVisitor(installation.url, { address: '198.18.255.1', language: 'en' }).open('/account'),
      fetch(`${installation.url}/oidc/token`, {
        method: 'POST',
        headers: { authorization: `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}` },
        body: new URLSearchParams({ grant_type: 'refresh_token', refresh_token: 'x' }),
      }),
    ]);
    const read: string[] = [];
    for (const [seen, language] of [
      [form, 'ja'],
      [reading, 'ja'],
      [inEnglish, 'en'],
    ] as const) {
      assert.equal(seen.status, 503, seen.text);
      assert.ok(Number(seen.headers.get('retry-after')) > 0);
      assert.equal(seen.headers.get('content-language'), language);
      const t = wordsFor(language);
      assert.ok(seen.text.includes(t.problems['database-unavailable']), seen.text);
      read.push(new RegExp(`${t.page.number} ([0-9A-Z]{4}-[0-9A-Z]{4})`).exec(seen.text)?.[1] ?? seen.text);
      assert.doesNotMatch(seen.text, /\wError|Error:|at .*\.js|ECONN|SELECT/);
    }
    await until(
      () => read.every(number => installation.log().includes(number)),
      () => `${read} in ${installation.log()}`,
    );
    assert.equal(application.status, 503, await application.text());
    assert.ok(Number(application.headers.get('retry-after')) > 0);
  } finally {
    comesBack();
  }
  await back();
  await byText(installation, openHistory());
});
