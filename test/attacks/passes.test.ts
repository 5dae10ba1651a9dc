import assert from 'node:assert/strict';
import { test } from 'node:test';
import { minutes, seconds } from '../../src/kit/clock.ts';
import { newId, type PolicyId } from '../../src/kit/ids.ts';
import {
  type NewPass,
  openPasses,
  printedPass,
  removePassesOver,
} from '../../src/methods/temporary-access-pass/index.ts';
import { securityInfoOffCampus } from '../../src/policies/index.ts';
import { tellPerson } from '../../src/registration/index.ts';
import type { Visitor } from '../cast/visitor.ts';
import { application } from './grants.ts';
import { isTold, lettersTo } from './letters.ts';
import {
  actionOf,
  arrive,
  assertNotSignedIn,
  assertSignedIn,
  enter,
  post,
  query,
  type Resident,
  scene,
  signInByRegistering,
  signInByText,
} from './scene.ts';

const office = { is: 'office', name: 'test' } as const;
const at = scene();

const passes = () =>
  openPasses({
    ...at.house.foundation,
    tell: (tx, user) =>
      tellPerson(
        tx,
        { sealer: at.house.foundation.storage.sealer, now: at.house.clock.now() },
        { user, what: 'added', credential: { method: 'temporary-access-pass', detail: '' } },
      ),
  });

async function give(who: Resident, wanted: Omit<NewPass, 'user'> = {}): Promise<string> {
  const made = await passes().make({ user: who.id, ...wanted }, office);
  assert.ok(made.made);
  return printedPass(made.pass);
}

/** To the page that asks for the pass. */
async function askPass(visitor: Visitor, who: Resident, path?: string): Promise<void> {
  await enter(visitor, who, path);
  const { rows } = await query(
    at.house,
    `select id from temporary_access_passes where user_id = '${who.id}'`,
  );
  await visitor.send('/ask', { way: `${rows[0]?.id} pass` });
}

const offersPass = (visitor: Visitor): boolean => visitor.page.text.includes('一時アクセス パスを使用する');

test('whoever has nothing comes in by a pass, registers, and the pass is spent', async () => {
  const who = await at.resident('PassNew', { phoneless: true });
  const pass = await give(who);
  const visitor = at.house.visitor();
  await askPass(visitor, who);
  await visitor.send('/answer', { code: pass.toLowerCase().replaceAll('-', ' ') });
  await signInByRegistering(visitor, who);
  await assertSignedIn(visitor);

  const again = at.house.visitor();
  await enter(again, who);
  assert.ok(!offersPass(again), again.page.text);
  await signInByText(at.house.visitor(), who);
});

test('where registering needs MFA, a leaked password registers nothing, with the pass of its owner neither', async () => {
  const id = newId<'policy'>() as PolicyId;
  const { policies } = at.house.foundation.directory.access;
  const policy = await policies.create(
    securityInfoOffCampus({ id, displayName: '登録', state: 'enabled' }),
    office,
  );
  assert.ok(policy.saved);
  at.house.clock.pass(seconds(2));
  try {
    const who = await at.resident('PassHijacked', { phoneless: true });
    const thief = at.house.visitor();
    await enter(thief, who);
    assert.ok(!thief.page.forms.some(({ action }) => action.endsWith('/register')), thief.page.text);

    const pass = await give(who);
    const another = at.house.visitor();
    await enter(another, who);
    assert.ok(!another.page.forms.some(({ action }) => action.endsWith('/register')), another.page.text);
    await post(another, `${new URL(another.page.url).pathname}/register`);
    await another.request('/account/security-info/add');
    assert.equal(await at.count('registrations', `user_id = '${who.id}'`), 0);

    const owner = at.house.visitor();
    await askPass(owner, who);
    await owner.send('/answer', { code: pass });
    await signInByRegistering(owner, who);
    await assertSignedIn(owner);
  } finally {
    assert.ok(await policies.delete(policy.kept.id, office));
    at.house.clock.pass(seconds(2));
  }
});

test('a pass of one use opens one door, however many knock at once', async () => {
  const who = await at.resident('PassRace');
  const pass = await give(who);
  const visitors = Array.from({ length: 4 }, () => at.house.visitor());
  for (const visitor of visitors) await askPass(visitor, who);
  await Promise.all(visitors.map(visitor => post(visitor, actionOf(visitor, '/answer'), { code: pass })));
  const granted = await at.count(
    'audit',
    `user_id = '${who.id}' and kind = 'sign-in.step' and detail->>'method' = 'temporary-access-pass' and detail->>'verdict' = 'proved'`,
  );
  assert.equal(granted, 1);
  assert.equal(await at.count('temporary_access_passes', `user_id = '${who.id}'`), 0);
});

test('five wrong ones kill it, also all at once, and what no pass looks like is no guess', async () => {
  const who = await at.resident('PassGuessed');
  const pass = await give(who);
  const thief = at.house.visitor();
  await askPass(thief, who);
  for (const slip of ['', ' ', '1', 'ABC', `${pass}0`, 'U'.repeat(12)]) {
    await thief.send('/answer', { code: slip });
    assert.ok(thief.page.text.includes('コードの形式'), thief.page.text);
  }
  const path = actionOf(thief, '/answer');
  await Promise.all(
    Array.from({ length: 8 }, (_, i) => post(thief, path, { code: `${'0'.repeat(11)}${i}` })),
  );
  const { rows } = await query(
    at.house,
    `select tries_left from temporary_access_passes where user_id = '${who.id}'`,
  );
  assert.equal(rows[0]?.tries_left, 0);
  await post(thief, path, { code: pass });
  await assertNotSignedIn(thief);
  at.house.clock.pass(minutes(16));
  const owner = at.house.visitor();
  await signInByText(owner, who);
  await assertSignedIn(owner);
});

test('it opens nothing before it begins and after its end, and what it opened ends with it', async () => {
  const who = await at.resident('PassTimes');
  await give(who, { startsAt: at.house.clock.now() + minutes(30), minutes: 20, uses: 'many' });
  const early = at.house.visitor();
  await enter(early, who);
  assert.ok(!offersPass(early));
  at.house.clock.pass(minutes(31));
  const pass = await give(who, { minutes: 20, uses: 'many' });
  const [first, second, late] = [at.house.visitor(), at.house.visitor(), at.house.visitor()];
  for (const visitor of [first, second]) {
    await askPass(visitor, who);
    await visitor.send('/answer', { code: pass });
    await visitor.send('/stay', { stay: 'yes' });
    await visitor.moveOn();
    await assertSignedIn(visitor);
  }
  at.house.clock.pass(minutes(10));
  await askPass(late, who);
  at.house.clock.pass(minutes(11));
  await late.send('/answer', { code: pass });
  await assertNotSignedIn(late);
  for (const visitor of [first, second]) await assertNotSignedIn(visitor);
  await removePassesOver(at.house.foundation.storage.db, at.house.clock.now());
  assert.equal(await at.count('temporary_access_passes', `user_id = '${who.id}'`), 0);
});

/** The code that an application gets for whoever is signed in, over all pages that move on by themselves. */
async function codeFor(visitor: Visitor, path: string): Promise<string> {
  let next = path;
  for (let hop = 0; hop < 10; hop++) {
    const response = await visitor.request(next);
    const [, refresh = ''] = /http-equiv="refresh" content="0;url=([^"]*)"/.exec(await response.text()) ?? [];
    const to = response.headers.get('location') ?? refresh.replaceAll('&amp;', '&');
    const url = new URL(to, at.house.url);
    if (url.port === '9') return url.searchParams.get('code') ?? '';
    next = url.href;
  }
  throw new Error(`no way from ${path} to a code`);
}

test('what an application was given under a pass ends with it, also what is for the time after', async () => {
  const portal = await application(at.house, 'pass-offline', { offlineAccess: true });
  const [holder, other] = [await at.resident('PassOffline'), await at.resident('PassNone')];
  const pass = await give(holder, { minutes: 20, uses: 'many' });
  const [byPass, byText] = [at.house.visitor(), at.house.visitor()];
  await askPass(byPass, holder);
  await byPass.send('/answer', { code: pass });
  await arrive(byPass);
  await signInByText(byText, other);
  const tokensFor = async (visitor: Visitor) => {
    const asked = portal.ask({ scope: 'openid offline_access', prompt: 'consent' });
    return portal.redeem(asked, await codeFor(visitor, asked.path));
  };
  const given = [await tokensFor(byPass), await tokensFor(byText)];
  const refreshed = await Promise.all(given.map(tokens => portal.refresh(tokens.refresh_token)));
  for (const tokens of refreshed) {
    assert.equal(tokens.status, 200, JSON.stringify(tokens));
    assert.equal(await portal.look(tokens.access_token), 200);
  }
  // What vouches for the tokens lives as long as the pass; and then, which this story does not wait for, is over.
  const sessions = `oidc_payloads where model = 'Session' and user_id`;
  const lives = await query(
    at.house,
    `select (payload->>'exp')::int - (payload->>'iat')::int as seconds from ${sessions} = '${holder.id}'`,
  );
  assert.ok(lives.rows.length > 0 && lives.rows.every(row => Number(row.seconds) <= 20 * 60));
  const over = Math.floor(Date.now() / 1000) - 60;
  const those = sessions.replace(' where', ` set payload = jsonb_set(payload, '{exp}', '${over}') where`);
  await query(at.house, `update ${those} in ('${holder.id}', '${other.id}')`);
  const [ended, goesOn] = await Promise.all(refreshed.map(tokens => portal.refresh(tokens.refresh_token)));
  assert.deepEqual([ended?.status, ended?.error, ended?.access_token], [400, 'invalid_grant', undefined]);
  assert.equal(await portal.look(refreshed[0]?.access_token), 401);
  assert.equal(goesOn?.status, 200, JSON.stringify(goesOn));
  assert.equal(await portal.look(goesOn?.access_token), 200);
});

test('whoever was given a pass hears of it by mail, and the mail does not say it', async () => {
  const who = await at.resident('PassTold');
  const pass = await give(who);
  await isTold(at.house, who, '追加されました：一時アクセス パス');
  for (const letter of lettersTo(at.house, who))
    for (const form of [pass, pass.replaceAll('-', '')]) assert.ok(!letter.includes(form));
});

test('a new pass makes the old one worthless, also where it is being asked for', async () => {
  const who = await at.resident('PassReplaced');
  const old = await give(who);
  const visitor = at.house.visitor();
  await askPass(visitor, who);
  const fresh = await give(who);
  await visitor.send('/answer', { code: old });
  await assertNotSignedIn(visitor);
  await visitor.send('/answer', { code: fresh });
  await assertNotSignedIn(visitor);
  const anew = at.house.visitor();
  await askPass(anew, who);
  await anew.send('/answer', { code: fresh });
  await arrive(anew);
  await assertSignedIn(anew);
});

test('nobody makes a pass for themselves, for nobody, too short or for too long', async () => {
  const who = await at.resident('PassSelf');
  const because = async (
    wanted: Partial<NewPass>,
    actor: Parameters<ReturnType<typeof passes>['make']>[1],
  ) => {
    const made = await passes().make({ user: who.id, ...wanted }, actor);
    return made.made ? 'made' : made.because;
  };
  assert.equal(await because({}, { is: 'user', id: who.id }), 'oneself');
  assert.equal(await because({ user: newId() }, office), 'nobody');
  assert.equal(await because({ length: 7 }, office), 'length');
  assert.equal(await because({ length: 49 }, office), 'length');
  assert.equal(await because({ minutes: 9 }, office), 'minutes');
  assert.equal(await because({ minutes: 481 }, office), 'minutes');
  assert.equal(await because({ length: 48, minutes: 480 }, { is: 'user', id: newId() }), 'made');
});

test('the pass of one person opens nothing for another, and stands nowhere in the database or the log', async () => {
  const [owner, other] = [await at.resident('PassOwner'), await at.resident('PassOther')];
  const pass = await give(owner);
  await give(other);
  const thief = at.house.visitor();
  await askPass(thief, other);
  await thief.send('/answer', { code: pass });
  await assertNotSignedIn(thief);
  const plain = pass.replaceAll('-', '');
  const { rows } = await query(
    at.house,
    `select t::text as t from temporary_access_passes t union all select record from audit_records`,
  );
  assert.ok(!JSON.stringify(rows).includes(plain));
  assert.ok(!at.house.log.some(line => line.includes(plain) || line.includes(pass)));
});
