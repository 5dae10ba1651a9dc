import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { password } from '../cast/given.ts';
import { until } from '../cast/until.ts';
import type { Visitor } from '../cast/visitor.ts';
import { openHistory } from './history.ts';
import { type Installation, openInstallation } from './installation.ts';
import { assertInvariants } from './invariants.ts';
import { aPerson, type Person } from './person.ts';
import { has, walk } from './walk.ts';

let installation: Installation;
before(async () => {
  installation = await openInstallation({ nodes: 2, database: 'shared' });
  await installation.start(1);
});
after(() => installation.close());

/** The same browser at the other node: its cookies, and the page that it has open. */
function at(node: number, visitor: Visitor): Visitor {
  const there = installation.visitor(node);
  for (const [name, value] of visitor.cookies) there.cookies.set(name, value);
  const url = new URL(visitor.page.url);
  there.page = { ...visitor.page, url: new URL(url.pathname, installation.addressOf(node)).href };
  return there;
}

async function asked(node: number, who: Person): Promise<{ visitor: Visitor; code: string }> {
  const visitor = installation.visitor(node);
  await visitor.open('/account');
  await visitor.send('/identify', { account: who.loginName });
  await visitor.send('/password', { password });
  const since = Date.now();
  await visitor.send('/ask', { way: 'mobile text' });
  const code = await installation.exchange.codeFor(who.phone, since, 60_000);
  assert.ok(code, 'no text came');
  return { visitor, code };
}

test('a code that is typed at two nodes at once opens one sign-in, once', async () => {
  for (let n = 0; n < 10; n++) {
    const who = await aPerson(installation, 'phone');
    const { visitor, code } = await asked(0, who);
    await Promise.all([visitor, at(1, visitor)].map(one => one.send('/answer', { code })));
    await Promise.all([visitor, at(1, visitor)].map(one => one.open(visitor.page.url)));
    await Promise.all(
      [visitor, at(1, visitor)].map(one => has(one, '/stay') && one.send('/stay', { stay: 'no' })),
    );
  }
  await assertInvariants(installation, openHistory());
});

test('a sign-in that began at one node ends at the other when the first is killed, with the code that was sent', async () => {
  const who = await aPerson(installation, 'phone');
  const { visitor, code } = await asked(0, who);
  await installation.running(0).kill();
  const there = at(1, visitor);
  await there.send('/answer', { code });
  await there.send('/stay', { stay: 'no' });
  await there.open('/account');
  assert.equal(there.page.status, 200);
  assert.equal(installation.exchange.texts.filter(({ to }) => to === who.phone).length, 1);
  await installation.start(0);
});

test('what only one node does is done by another when the first is killed', async () => {
  const { storage, audit } = installation.foundation;
  const holder = async () =>
    (
      await storage.db
        .selectFrom('leases')
        .select('holder')
        .where('name', '=', 'audit sealing')
        .executeTakeFirst()
    )?.holder;
  const who = await aPerson(installation, 'phone');
  await walk({ installation, visitor: installation.visitor(), who, from: '/account' });
  const sealed = async (): Promise<boolean> => (await audit.verify()).unsealed === 0;
  await until(sealed, () => 'nobody seals');
  const first = await holder();
  assert.ok(first, 'nobody seals');
  // Whichever node it was: one is killed, and if it was the other, that one too.
  for (const node of [0, 1]) {
    await installation.running(node).kill();
    await installation.start(node);
  }
  await walk({
    installation,
    visitor: installation.visitor(),
    who: await aPerson(installation, 'phone'),
    from: '/account',
  });
  await until(
    async () => (await sealed()) && (await holder()) !== first,
    () => 'nobody seals any more',
    120_000,
  );
});
