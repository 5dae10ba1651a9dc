import assert from 'node:assert/strict';
import { test } from 'node:test';
import { minutes, seconds } from '../../src/kit/clock.ts';
import { newId } from '../../src/kit/ids.ts';
import { securityInfoOffCampus } from '../../src/policies/index.ts';
import { wordsFor } from '../../src/words/index.ts';
import { campus } from '../cast/house.ts';
import { until } from '../cast/until.ts';
import type { Visitor } from '../cast/visitor.ts';
import {
  actionOf,
  arrive,
  assertNotSignedIn,
  assertSignedIn,
  enter,
  otherThan,
  post,
  query,
  scene,
  signInByApp,
  signInByRegistering,
  signInByText,
} from './scene.ts';

const office = { is: 'office', name: 'test' } as const;
const at = scene(async house => {
  await house.given.campusSkip();
});
const t = wordsFor('ja');
const { phoneAdded } = t.registration;

/** From the page 詳細情報が必要 to the question for the code. */
async function addPhone(visitor: Visitor, number: string): Promise<void> {
  await visitor.send('/register');
  await visitor.send('/choose', { adding: 'phone mobile' });
  await visitor.send('/fill', { country: 'JP', number, way: 'text' });
}

test('a leaked password registers nothing where the policy wants registering to be on campus, and the owner does there', async () => {
  const { policies } = at.house.foundation.directory.access;
  const policy = securityInfoOffCampus({ id: newId(), displayName: '登録は学内で', state: 'enabled' });
  const saved = await policies.create(policy, office);
  assert.ok(saved.saved);
  at.house.clock.pass(seconds(2));
  try {
    const person = await at.resident('Hijacked', { phoneless: true });
    const thief = at.house.visitor();
    await enter(thief, person);
    assert.ok(!thief.page.forms.some(({ action }) => action.endsWith('/register')), thief.page.text);
    const path = new URL(thief.page.url).pathname;
    await post(thief, `${path}/register`);
    await thief.request('/account/security-info/add');
    assert.equal(await at.count('registrations', `user_id = '${person.id}'`), 0);
    await assertNotSignedIn(thief);

    const owner = at.house.visitor({ address: campus });
    await enter(owner, person);
    await arrive(owner);
    await owner.open('/account/security-info/add');
    await owner.send('/choose', { adding: 'phone mobile' });
    await owner.send('/fill', { country: 'JP', number: person.phone.number, way: 'text' });
    await owner.send('/answer', { code: await person.phone.code() });
    assert.ok(owner.page.text.includes(phoneAdded), owner.page.text);
    await signInByText(thief, person);
    await assertSignedIn(thief);
  } finally {
    await policies.delete(saved.kept.id, office);
    at.house.clock.pass(seconds(2));
  }
});

test('a wizard that belongs to somebody else cannot be seen, filled, answered or ended', async () => {
  const [victim, thief] = [
    await at.resident('WizardOwner', { phoneless: true }),
    await at.resident('WizardThief'),
  ];
  const hers = at.house.visitor();
  await enter(hers, victim);
  await addPhone(hers, victim.phone.number);
  const path = new URL(hers.page.url).pathname;
  const his = at.house.visitor();
  await signInByText(his, thief);
  await his.open('/account');
  for (const suffix of ['', '/wait']) assert.equal((await his.request(path + suffix)).status, 410);
  const code = await victim.phone.code();
  for (const [act, fields] of Object.entries({
    answer: { code },
    choose: { adding: 'totp app' },
    fill: { country: 'JP', number: thief.phone.number, way: 'text' },
    again: {},
    back: {},
    done: {},
  }))
    assert.equal((await post(his, `${path}/${act}`, fields)).status, 410, act);
  assert.equal(await at.count('phones', `user_id = '${victim.id}'`), 0);

  await hers.send('/answer', { code });
  await hers.send('/done');
  await arrive(hers);
  await assertSignedIn(hers);
});

test('what one person proved does not complete the sign-in of another, though both use one browser', async () => {
  const [first, second] = [
    await at.resident('SharedOne', { phoneless: true }),
    await at.resident('SharedTwo', { phoneless: true }),
  ];
  const browser = at.house.visitor();
  await enter(browser, first);
  await addPhone(browser, first.phone.number);
  await browser.send('/answer', { code: await first.phone.code() });
  const finished = new URL(browser.page.url).pathname.split('/').at(-1) ?? '';
  await enter(browser, second);
  const path = new URL(browser.page.url).pathname;
  await browser.request(`${path}/registered?registration=${finished}`);
  await browser.request(`${path}/registered?registration=${newId()}`);
  await assertNotSignedIn(browser);
  assert.equal(await at.count('phones', `user_id = '${second.id}'`), 0);

  await browser.open(path);
  await addPhone(browser, second.phone.number);
  await browser.send('/answer', { code: await second.phone.code() });
  await browser.send('/done');
  await arrive(browser);
  assert.ok((await browser.open('/account')).text.includes('SharedTwo'));
});

test('no hidden field makes a phone proved, another’s, or of a kind that was not offered', async () => {
  const [person, other] = [
    await at.resident('Tamperer', { phoneless: true }),
    await at.resident('Tampered', { phoneless: true }),
  ];
  const visitor = at.house.visitor();
  await enter(visitor, person);
  await visitor.send('/register');
  const choose = actionOf(visitor, '/choose');
  for (const adding of [
    'phone fax',
    'phone office\0',
    'password app',
    'phone alternateMobile',
    'totp',
    '__proto__ mobile',
    'constructor app',
  ])
    await post(visitor, choose, { adding });
  await visitor.open(visitor.page.url);
  assert.ok(visitor.page.forms.some(({ action }) => action.endsWith('/choose')));
  await visitor.send('/choose', { adding: 'phone mobile' });
  const fill = actionOf(visitor, '/fill');
  const tampered = {
    country: 'JP',
    number: person.phone.number,
    way: 'text',
    verified: 'true',
    user: other.id,
    user_id: other.id,
    kind: 'office',
    draft: '{}',
    step: 'added',
    seen: person.phone.number,
    id: newId(),
  };
  await post(visitor, fill, tampered);
  for (const act of ['done', 'answer', 'again']) {
    const response = await post(visitor, fill.replace('fill', act), {
      code: '',
      verified: 'true',
      verdict: 'proved',
    });
    assert.ok(response.status < 500, act);
  }
  assert.equal(await at.count('phones', `user_id in ('${person.id}', '${other.id}')`), 0);
  await assertNotSignedIn(visitor);

  await visitor.open(fill.replace('/fill', ''));
  await visitor.send('/answer', { code: await person.phone.code(), verified: 'false' });
  const { rows } = await query(
    at.house,
    `select user_id, kind from phones where user_id in ('${person.id}', '${other.id}')`,
  );
  assert.deepEqual(rows, [{ user_id: person.id, kind: 'mobile' }]);
});

test('the number that was proved is the number that is kept: it cannot be changed between the code and its answer', async () => {
  const [person, thief] = [
    await at.resident('Swapper', { phoneless: true }),
    await at.resident('Swapped', { phoneless: true }),
  ];
  const visitor = at.house.visitor();
  await enter(visitor, person);
  await addPhone(visitor, person.phone.number);
  const code = await person.phone.code();
  const answer = actionOf(visitor, '/answer');
  await post(visitor, answer.replace('answer', 'back'));
  await post(visitor, answer.replace('answer', 'choose'), { adding: 'phone mobile' });
  at.house.clock.pass(seconds(31));
  await post(visitor, answer.replace('answer', 'fill'), {
    country: 'JP',
    number: thief.phone.number,
    way: 'text',
  });
  await post(visitor, answer, { code });
  const theirs = await thief.phone.code();
  if (code !== theirs) assert.equal(await at.count('phones', `user_id = '${person.id}'`), 0);
  await visitor.open(answer.replace('/answer', ''));
  await visitor.send('/answer', { code: theirs });
  assert.ok(visitor.page.text.includes(phoneAdded));
});

test('guessing the code of a phone that is not one’s own ends after five tries, whichever way around', async () => {
  const person = await at.resident('Claimer', { phoneless: true });
  const victim = await at.resident('Claimed', { phoneless: true });
  const visitor = at.house.visitor();
  await enter(visitor, person);
  await addPhone(visitor, victim.phone.number);
  const code = await victim.phone.code();
  for (let guess = 1; guess <= 5; guess++) await visitor.send('/answer', { code: otherThan(code, guess) });
  await visitor.send('/answer', { code });
  assert.equal(await at.count('phones', `user_id = '${person.id}'`), 0);
  at.house.clock.pass(seconds(61));
  for (const way of ['call', 'text']) {
    const path = new URL(visitor.page.url).pathname;
    await post(visitor, `${path}/back`);
    await post(visitor, `${path}/choose`, { adding: 'phone mobile' });
    await post(visitor, `${path}/fill`, { country: 'JP', number: victim.phone.number, way });
    at.house.clock.pass(minutes(2) + seconds(10));
  }
  await visitor.open(visitor.page.url);
  assert.ok(
    !visitor.page.forms.some(({ action }) => action.endsWith('/answer')),
    `five fresh tries after a call in between: ${visitor.page.text}`,
  );

  at.house.clock.pass(minutes(11));
  const owner = at.house.visitor();
  await enter(owner, victim);
  await addPhone(owner, victim.phone.number);
  assert.ok(
    owner.page.forms.some(({ action }) => action.endsWith('/answer')),
    owner.page.text,
  );
  await owner.send('/answer', { code: await victim.phone.code() });
  assert.ok(owner.page.text.includes(phoneAdded), owner.page.text);
});

test('numbers that cost money, belong to nobody or lie in a closed country are not texted or called, however they are written', async () => {
  const person = await at.resident('Premium', { phoneless: true });
  const visitor = at.house.visitor();
  await enter(visitor, person);
  await visitor.send('/register');
  await visitor.send('/choose', { adding: 'phone mobile' });
  const fill = actionOf(visitor, '/fill');
  const before = await at.count('deliveries');
  for (const number of [
    '0990123456',
    '0570012345',
    '0204123456',
    '110',
    '119',
    '+979123456789',
    '+88213123456',
    '+870773111632',
    '+6861234567',
    '+1 900 555 0100',
    '+44 70 1234 5678',
    '05012345678',
    '0120123456',
    '+8190123456789012345',
    '٠٩٠١٢٣٤٥٦٧٨x',
    '09012345678,09099999999',
    '+81 90 1234 5678\n+81 90 9999 9999',
  ])
    for (const country of ['JP', 'KI', '', '__proto__', 'US'])
      for (const way of ['text', 'call'] as const) {
        if (way === 'call' && country !== 'JP') continue;
        const response = await post(visitor, fill, { country, number, way });
        assert.equal(response.status, 303, number);
        await visitor.open(fill.replace('/fill', ''));
        if (!visitor.page.forms.some(({ action }) => action.endsWith('/fill'))) {
          const { rows } = await query(
            at.house,
            `select detail->'detail'->>'to' as to from deliveries order by created_at desc limit 1`,
          );
          assert.fail(`${number} in ${country} was accepted: ${JSON.stringify(rows)}`);
        }
      }
  assert.equal(await at.count('deliveries'), before);

  await visitor.send('/fill', { country: 'JP', number: person.phone.number, way: 'text' });
  await visitor.send('/answer', { code: await person.phone.code() });
  assert.ok(visitor.page.text.includes(phoneAdded), visitor.page.text);
});

test('one number serves three people, and the fourth is sent to the office', async () => {
  const number = '+817033334444';
  for (let i = 0; i < 3; i++) await at.resident(`Sharer${i}`, { phone: number });
  const fourth = await at.resident('Sharer4', { phoneless: true });
  const visitor = at.house.visitor();
  await enter(visitor, fourth);
  await addPhone(visitor, number);
  assert.ok(visitor.page.text.includes(wordsFor('ja').phone.sharedByTooMany), visitor.page.text);
  await visitor.send('/fill', { country: 'JP', number: fourth.phone.number, way: 'text' });
  await visitor.send('/answer', { code: await fourth.phone.code() });
  assert.ok(visitor.page.text.includes(phoneAdded));
});

test('who changes a phone is told by another way, and who has one shows it before adding another', async () => {
  const person = await at.resident('Changer', { app: true });
  const thief = at.house.visitor();
  await enter(thief, person);
  assert.ok(
    !thief.page.forms.some(({ action }) => action.endsWith('/register')),
    'a password alone brings in a new phone',
  );
  const path = new URL(thief.page.url).pathname;
  await post(thief, `${path}/register`);
  assert.equal(await at.count('registrations', `user_id = '${person.id}'`), 0);

  const owner = at.house.visitor();
  await signInByApp(owner, person);
  await owner.open('/account/security-info/remove?method=phone&credential=mobile');
  const told = () => at.house.letters().filter(letter => letter.includes(person.loginName)).length;
  const before = told();
  await owner.send('/remove');
  await until(
    () => told() > before,
    () => 'nobody was told that a phone was removed',
  );
});

test('a wizard that was left is over after a quarter of an hour: it says so, keeps nothing, and the next one begins anew', async () => {
  const { clock } = at.house;
  const [slow, away] = [
    await at.resident('SlowWizard', { app: true, phoneless: true }),
    await at.resident('LeftWizard', { phoneless: true }),
  ];
  clock.stand();
  const inTime = at.house.visitor();
  await signInByApp(inTime, slow);
  await inTime.open('/account/security-info/add');
  await inTime.send('/choose', { adding: 'phone mobile' });
  const late = at.house.visitor();
  await enter(late, away);
  await addPhone(late, away.phone.number);
  const path = new URL(late.page.url).pathname;
  const code = await away.phone.code();

  clock.pass(minutes(15) - 1);
  await inTime.send('/fill', { country: 'JP', number: slow.phone.number, way: 'text' });
  await inTime.send('/answer', { code: await slow.phone.code() });
  assert.ok(inTime.page.text.includes(phoneAdded), inTime.page.text);

  clock.pass(1);
  assert.equal((await post(late, `${path}/answer`, { code })).status, 410);
  await late.open(path);
  assert.equal(late.page.status, 410);
  assert.ok(late.page.text.includes(t.problems['registration.over']), late.page.text);
  assert.equal(await at.count('phones', `user_id = '${away.id}'`), 0);
  await assertNotSignedIn(late);

  await enter(late, away);
  await late.send('/register');
  assert.notEqual(new URL(late.page.url).pathname, path);
  const [choice] = late.page.forms.filter(({ action }) => action.endsWith('/choose'));
  assert.ok(choice, late.page.text);
  await late.send('/choose', { adding: 'phone mobile' });
  const [form] = late.page.forms.filter(({ action }) => action.endsWith('/fill'));
  assert.equal(form?.fields.number, '', 'what was typed before is typed anew');
  await enter(late, away);
  await signInByRegistering(late, away);
  await assertSignedIn(late);
  clock.goOn();
});

test('whoever deletes their last way is warned, comes in on campus as before, and registers anew at the next proof', async () => {
  const person = await at.resident('LastOne');
  const visitor = at.house.visitor();
  await signInByText(visitor, person);
  await visitor.open('/account/security-info/remove?method=phone&credential=mobile');
  assert.ok(visitor.page.text.includes(t.account.removeLast), visitor.page.text);
  await visitor.send('/remove');
  assert.ok(visitor.page.text.includes(t.account.noMethods), visitor.page.text);

  const onCampus = at.house.visitor({ address: campus });
  await enter(onCampus, person);
  assert.ok(onCampus.page.text.includes(t.signIn.stayTitle), onCampus.page.text);
  await arrive(onCampus);
  await assertSignedIn(onCampus);

  const atHome = at.house.visitor();
  await enter(atHome, person);
  assert.ok(atHome.page.text.includes(t.signIn.moreTitle), atHome.page.text);
  await assertNotSignedIn(atHome);
  await signInByRegistering(atHome, person);
  await assertSignedIn(atHome);
});
