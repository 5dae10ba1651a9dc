import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hours, minutes, seconds } from '../../src/kit/clock.ts';
import { wordsFor } from '../../src/words/index.ts';
import { campus } from '../cast/house.ts';
import type { Visitor } from '../cast/visitor.ts';
import {
  actionOf,
  arrive,
  askText,
  assertNotSignedIn,
  assertSignedIn,
  enter,
  post,
  query,
  type Resident,
  scene,
  signInByApp,
  signInByRegistering,
  signInByText,
} from './scene.ts';

const at = scene(house => house.given.campusSkip());
const office = { is: 'office', name: 'test' } as const;
const officeOf = () => at.house.foundation.directory.office;

const sessionOf = (visitor: Visitor): string => {
  const [value] = [...visitor.cookies].flatMap(([cookie, value]) =>
    cookie.includes('session') ? [value] : [],
  );
  assert.ok(value, 'no session');
  return value;
};

/** An hour later budgets of texts have room again, and nothing of before stands in the way. */
const later = (): void => at.house.clock.pass(minutes(11));

test('a session’s cookie that somebody planted before the sign-in is worth nothing after it', async () => {
  const [victim, thief] = [await at.resident('Fixed'), await at.resident('Fixer')];
  const his = at.house.visitor();
  await signInByText(his, thief);
  const planted = sessionOf(his);
  const hers = at.house.visitor();
  for (const value of [planted, 'A'.repeat(43), '', '../../etc/passwd', `${planted}; genkan-session=x`]) {
    later();
    hers.cookies.clear();
    hers.cookies.set('genkan-session', value);
    if (value === planted) {
      await hers.open('/account');
      assert.ok(hers.page.text.includes('Fixer'), 'it is his session until she signs in');
      await hers.send('/sign-out');
      hers.cookies.set('genkan-session', planted);
    }
    await signInByText(hers, victim);
    assert.notEqual(sessionOf(hers), value);
    assert.ok((await hers.open('/account')).text.includes('Fixed'));
  }
  await assertNotSignedIn(his);
});

test('each rise in what was shown gives the session a new token, and the one before is dead', async () => {
  const person = await at.resident('Riser');
  const visitor = at.house.visitor({ address: campus });
  await enter(visitor, person);
  await arrive(visitor);
  const before = visitor.copy();
  const token = sessionOf(visitor);
  await visitor.open('/account/security-info/add');
  await visitor.send('/ask', { way: 'mobile text' });
  await visitor.send('/answer', { code: await person.phone.code() });
  await visitor.moveOn();
  assert.notEqual(sessionOf(visitor), token);
  await assertNotSignedIn(before);
  await assertSignedIn(visitor);
});

test('a session that showed a password only changes no security info, on campus or not, by any of its forms', async () => {
  const person = await at.resident('Onlypass');
  const thief = at.house.visitor({ address: campus });
  await enter(thief, person);
  await arrive(thief);
  await assertSignedIn(thief);
  const before = await query(at.house, `select * from phones where user_id = '${person.id}'`);
  for (const path of [
    '/account/security-info/add',
    '/account/security-info/change?method=phone&credential=mobile',
    '/account/security-info/remove?method=phone&credential=mobile',
  ]) {
    const response = await thief.request(path);
    assert.match(response.headers.get('location') ?? '', /^\/sign-in\//, path);
  }
  await thief.open('/account/security-info');
  for (const [path, fields] of [
    ['/account/security-info/remove', { method: 'phone', credential: 'mobile' }],
    ['/account/security-info/default', { credential: 'mobile' }],
  ] as const)
    assert.match((await post(thief, path, fields)).headers.get('location') ?? '', /^\/sign-in\//, path);
  assert.deepEqual(await query(at.house, `select * from phones where user_id = '${person.id}'`), before);
  assert.equal(await at.count('users', `id = '${person.id}' and preferred_method is not null`), 0);
  assert.equal(await at.count('registrations', `user_id = '${person.id}'`), 0);

  const owner = at.house.visitor();
  await signInByText(owner, person);
  await owner.open('/account/security-info');
  assert.equal(
    (
      await post(owner, '/account/security-info/remove', { method: 'phone', credential: 'mobile' })
    ).headers.get('location'),
    '/account/security-info?said=removed',
  );
});

test('proof that is older than a quarter of an hour changes nothing: a session that was left open is not enough', async () => {
  const person = await at.resident('Stale');
  const visitor = at.house.visitor();
  await signInByText(visitor, person);
  at.house.clock.pass(minutes(15) + seconds(1));
  await assertSignedIn(visitor);
  await visitor.open('/account/security-info');
  const refused = await post(visitor, '/account/security-info/remove', {
    method: 'phone',
    credential: 'mobile',
  });
  assert.match(refused.headers.get('location') ?? '', /^\/sign-in\//);
  assert.equal(await at.count('phones', `user_id = '${person.id}'`), 1);
  assert.match(
    (await visitor.request('/account/security-info/add')).headers.get('location') ?? '',
    /^\/sign-in\//,
  );
});

test('one cannot end, see or use what is another’s by its name: not a session, not a phone, not an app', async () => {
  const [victim, thief] = [
    await at.resident('Owner', { app: true }),
    await at.resident('Thief', { app: true }),
  ];
  const [hers, his] = [at.house.visitor(), at.house.visitor()];
  await signInByText(hers, victim);
  await signInByText(his, thief);
  const { rows } = await query(at.house, `select id from sessions where user_id = '${victim.id}'`);
  await his.open('/account/devices');
  await post(his, '/account/devices/end', { session: String(rows[0]?.id) });
  await assertSignedIn(hers);
  for (const fields of [
    { method: 'totp', credential: victim.app?.credential ?? '' },
    { method: 'totp', credential: `${victim.app?.credential}`, user: victim.id },
    { method: '__proto__', credential: 'mobile' },
    { method: 'password', credential: victim.id },
  ]) {
    assert.equal(
      (await post(his, '/account/security-info/remove', fields)).status,
      404,
      JSON.stringify(fields),
    );
    for (const act of ['remove', 'change'])
      assert.equal(
        (await his.request(`/account/security-info/${act}?${new URLSearchParams(fields)}`)).status,
        404,
      );
  }
  assert.equal(
    (await post(his, '/account/security-info/default', { credential: victim.app?.credential ?? '' })).status,
    404,
  );
  assert.equal(await at.count('totp_credentials', `user_id = '${victim.id}'`), 1);
  for (const path of ['/account/sign-ins', '/account/devices', '/account/security-info'])
    assert.doesNotMatch(
      (await his.open(path)).html,
      new RegExp(`${victim.id}|${rows[0]?.id}|${victim.app?.credential}|owner@`),
      path,
    );
  const again = at.house.visitor();
  await signInByApp(again, victim);
  await assertSignedIn(again);
});

test('what the office does holds at once: for sessions, for sign-ins that are under way, and for wizards', async () => {
  const acts: Record<string, (who: Resident) => Promise<unknown>> = {
    disable: who => officeOf().disable(who.id, office),
    revokeSessions: who => officeOf().revokeSessions(who.id, office),
    removeMethods: who => officeOf().removeMethods(who.id, office),
    requireRegistration: who => officeOf().requireRegistration(who.id, office),
    resetPassword: who => at.resetPassword(who),
  };
  for (const [act, work] of Object.entries(acts)) {
    const person = await at.resident(`Office${act}`);
    const [session, wizard] = [at.house.visitor(), at.house.visitor()];
    const underWay = at.house.visitor();
    await signInByText(session, person);
    await signInByText(wizard, person);
    await wizard.open('/account/security-info/add');
    const choose = actionOf(wizard, '/choose');
    const code = await askText(underWay, person);
    const answer = actionOf(underWay, '/answer');
    at.house.clock.pass(1);
    await work(person);
    await assertNotSignedIn(session);
    assert.equal((await post(underWay, answer, { code })).status, 410, act);
    assert.equal((await post(wizard, choose, { adding: 'totp app' })).status, 410, act);
    await assertNotSignedIn(underWay);
    later();

    if (act === 'disable') {
      const visitor = at.house.visitor();
      await enter(visitor, person);
      await assertNotSignedIn(visitor);
      await officeOf().enable(person.id, office);
    }
    const again = at.house.visitor();
    if (act === 'resetPassword') {
      await enter(again, person);
      assert.ok(again.page.text.includes(wordsFor('ja').signIn.passwordWrong), again.page.text);
      continue;
    }
    if (act === 'removeMethods' || act === 'requireRegistration') {
      await enter(again, person);
      await signInByRegistering(again, person);
    } else await signInByText(again, person);
    await assertSignedIn(again);
    await assertNotSignedIn(session);
  }
});

test('disabled in the middle of a hundred requests: none is answered after that moment', async () => {
  const person = await at.resident('Flight');
  const visitor = at.house.visitor();
  await signInByText(visitor, person);
  let over = false;
  const late: number[] = [];
  const asking = Array.from({ length: 4 }, async () => {
    for (let i = 0; i < 25; i++) {
      const startedAfter = over;
      const response = await visitor.request('/account');
      await response.arrayBuffer();
      if (startedAfter) late.push(response.status);
    }
  });
  await new Promise(resolve => setTimeout(resolve, 50));
  await officeOf().disable(person.id, office);
  over = true;
  await Promise.all(asking);
  assert.ok(
    late.every(status => status !== 200),
    String(late),
  );
  await officeOf().enable(person.id, office);
  later();
  const again = at.house.visitor();
  await signInByText(again, person);
  await assertSignedIn(again);
});

test('a session ends after an hour without use and after a day in any case, whatever the cookie says', async () => {
  const [idler, worker] = [await at.resident('Idler'), await at.resident('Worker')];
  const [idle, busy] = [at.house.visitor(), at.house.visitor()];
  await signInByText(idle, idler);
  await signInByText(busy, worker);
  for (let half = 0; half < 47; half++) {
    at.house.clock.pass(minutes(30));
    await assertSignedIn(busy);
  }
  await assertNotSignedIn(idle);
  at.house.clock.pass(minutes(31));
  await assertNotSignedIn(busy);
  at.house.clock.pass(hours(1));
  await signInByText(busy, worker);
  await assertSignedIn(busy);
});

test('whoever sits down after a sign-out finishes nothing: not the other tab’s sign-in, not its wizard', async () => {
  const person = await at.resident('Library');
  const browser = at.house.visitor();
  await signInByText(browser, person);
  await browser.open('/account/security-info/add');
  const wizard = actionOf(browser, '/choose');
  later();
  const code = await askInNewTab(browser, person);
  const answer = actionOf(browser, '/answer');
  await post(browser, answer, { code });
  const { rows } = await query(
    at.house,
    `select state->'step'->>'is' as step from sign_ins where user_id = '${person.id}'`,
  );
  assert.deepEqual(
    rows.map(row => row.step),
    ['stay'],
    'the other tab is one press from being signed in',
  );

  const cookies = new Map(browser.cookies);
  await browser.open('/account');
  await browser.send('/sign-out');
  for (const [name, value] of cookies) if (!name.includes('session')) browser.cookies.set(name, value);
  await browser.open('/signed-out');
  await browser.open('/account');
  assert.equal((await post(browser, answer.replace('answer', 'stay'), { stay: 'yes' })).status, 410);
  assert.equal((await post(browser, wizard, { adding: 'totp app' })).status, 410);
  await assertNotSignedIn(browser);
  later();
  await signInByText(browser, person);
  await assertSignedIn(browser);
});

/** A sign-in of its own beside the session: as an application begins it with `prompt=login`. */
async function askInNewTab(browser: Visitor, person: Resident): Promise<string> {
  const kept = new Map(browser.cookies);
  for (const name of kept.keys()) if (name.includes('session')) browser.cookies.delete(name);
  const code = await askText(browser, person);
  for (const [name, value] of kept) browser.cookies.set(name, value);
  return code;
}

test('a device that its owner signed out from elsewhere cannot go on with what it had begun', async () => {
  const person = await at.resident('Remote', { app: true });
  const stolen = at.house.visitor();
  await signInByText(stolen, person);
  await stolen.open('/account/security-info/add');
  const choose = actionOf(stolen, '/choose');
  const owner = at.house.visitor();
  await signInByApp(owner, person);
  await owner.open('/account/devices');
  const { rows } = await query(
    at.house,
    `select id from sessions where user_id = '${person.id}' order by started_at limit 1`,
  );
  await post(owner, '/account/devices/end', { session: String(rows[0]?.id) });
  await assertNotSignedIn(stolen);
  assert.equal((await post(stolen, choose, { adding: 'totp app' })).status, 410);
  await assertSignedIn(owner);
});
