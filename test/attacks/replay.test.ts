import assert from 'node:assert/strict';
import { test } from 'node:test';
import { minutes, seconds } from '../../src/kit/clock.ts';
import { wordsFor } from '../../src/words/index.ts';
import {
  actionOf,
  arrive,
  askApp,
  askText,
  assertNotSignedIn,
  assertSignedIn,
  enter,
  isSignedIn,
  post,
  scene,
  signInByApp,
  signInByText,
} from './scene.ts';

const at = scene();
const { codeSpent, codeExpired } = wordsFor('ja').signIn;

const times = <T>(count: number, make: (i: number) => Promise<T>): Promise<T[]> =>
  Promise.all(Array.from({ length: count }, (_, i) => make(i)));

const sessionsOf = (user: string): Promise<number> => at.count('sessions', `user_id = '${user}'`);
const proofsOf = (user: string): Promise<number> =>
  at.count(
    'audit',
    `user_id = '${user}' and detail->>'verdict' = 'proved' and detail->>'method' <> 'password'`,
  );

test('the same right code, sent fifty times at once, is accepted once', async () => {
  const person = await at.resident('Fifty');
  const visitor = at.house.visitor();
  const code = await askText(visitor, person);
  const answer = actionOf(visitor, '/answer');
  const answers = await times(50, () => post(visitor, answer, { code }));
  for (const { status } of answers) assert.equal(status, 303);
  assert.equal(await proofsOf(person.id), 1);
  await visitor.open(visitor.page.url);
  await arrive(visitor);
  await assertSignedIn(visitor);
  assert.equal(await sessionsOf(person.id), 1);

  const again = at.house.visitor();
  at.house.clock.pass(seconds(61));
  await signInByText(again, person);
  await assertSignedIn(again);
});

test('a code of an app that was used opens nothing more: not a second time, not in another sign-in, not the one before it', async () => {
  const person = await at.resident('Shoulder', { app: true });
  const [owner, thief] = [at.house.visitor(), at.house.visitor()];
  await askApp(owner, person);
  await askApp(thief, person);
  // The step of a code that was seen is not over while a slow machine looks at it.
  at.house.clock.stand();
  const [before, seen] = [person.app?.code(-1) ?? '', person.app?.code() ?? ''];
  await owner.send('/answer', { code: seen });
  await arrive(owner);
  await assertSignedIn(owner);

  for (const code of [seen, before]) {
    await thief.send('/answer', { code });
    assert.ok(thief.page.text.includes(codeSpent), thief.page.text);
  }
  await assertNotSignedIn(thief);

  at.house.clock.goOn();
  at.house.clock.pass(seconds(31));
  await thief.send('/answer', { code: person.app?.code() ?? '' });
  await arrive(thief);
  await assertSignedIn(thief);
});

test('a code of an app, sent by ten browsers at the same moment, lets in one', async () => {
  const person = await at.resident('Race', { app: true });
  const visitors = Array.from({ length: 10 }, () => at.house.visitor());
  for (const visitor of visitors) await askApp(visitor, person);
  const code = person.app?.code() ?? '';
  await Promise.all(visitors.map(visitor => post(visitor, actionOf(visitor, '/answer'), { code })));
  assert.equal(await proofsOf(person.id), 1);
  let arrived = 0;
  for (const visitor of visitors) {
    await visitor.open(visitor.page.url);
    if (!visitor.page.forms.some(({ action }) => action.endsWith('/stay'))) continue;
    await arrive(visitor);
    arrived += 1;
  }
  assert.equal(arrived, 1);
  assert.equal(await sessionsOf(person.id), 1);

  at.house.clock.pass(seconds(61));
  const again = at.house.visitor();
  await signInByApp(again, person);
  await assertSignedIn(again);
});

test('a code by text is good for five minutes and not for a second more', async () => {
  const person = await at.resident('Late');
  const visitor = at.house.visitor();
  const code = await askText(visitor, person);
  at.house.clock.pass(minutes(5) + 1);
  await visitor.send('/answer', { code });
  assert.ok(visitor.page.text.includes(codeExpired), visitor.page.text);
  await assertNotSignedIn(visitor);

  await visitor.send('/ask', { way: 'mobile text' });
  await visitor.send('/answer', { code: await person.phone.code() });
  await arrive(visitor);
  await assertSignedIn(visitor);
});

test('asking again at once, or from thirty tabs, sends one text', async () => {
  const person = await at.resident('Impatient');
  const visitor = at.house.visitor();
  await enter(visitor, person);
  const ask = actionOf(visitor, '/ask');
  await times(30, () => post(visitor, ask, { way: 'mobile text' }));
  const code = await person.phone.code();
  assert.ok(await person.phone.isQuiet(), 'more than one text went out');
  await visitor.open(visitor.page.url);
  await visitor.send('/ask', { way: 'mobile text' });
  await visitor.send('/elsewhere');
  await visitor.send('/ask', { way: 'mobile text' });
  assert.ok(await person.phone.isQuiet(), 'the wait between two texts was passed by');

  await visitor.send('/answer', { code });
  await arrive(visitor);
  await assertSignedIn(visitor);
});

test('“stay signed in”, answered thirty times at once, begins one session', async () => {
  const person = await at.resident('Stay');
  const visitor = at.house.visitor();
  const code = await askText(visitor, person);
  await visitor.send('/answer', { code });
  const stay = actionOf(visitor, '/stay');
  const answers = await times(30, () => post(visitor, stay, { stay: 'yes' }));
  const bodies = await Promise.all(answers.map(answer => answer.text()));
  assert.equal(bodies.filter(body => body.includes('http-equiv="refresh"')).length, 1);
  assert.equal(
    answers.filter(answer => answer.headers.getSetCookie().some(line => line.includes('session'))).length,
    1,
  );
  assert.equal(await sessionsOf(person.id), 1);
  await assertSignedIn(visitor);
});

test('a sign-in that was finished is over: its address, its forms and its answers do nothing for whoever goes back', async () => {
  const person = await at.resident('Back');
  const visitor = at.house.visitor();
  const code = await askText(visitor, person);
  const answer = actionOf(visitor, '/answer');
  await visitor.send('/answer', { code });
  const stay = actionOf(visitor, '/stay');
  await arrive(visitor);
  const thief = visitor.copy();
  for (const cookie of [...thief.cookies.keys()].filter(cookie => cookie.includes('session')))
    thief.cookies.delete(cookie);
  thief.page = visitor.page;
  for (const [path, fields] of [
    [answer, { code }],
    [stay, { stay: 'yes' }],
  ] as const)
    assert.equal((await post(thief, path, fields)).status, 410);
  assert.equal((await thief.request(answer.replace('/answer', ''))).status, 410);
  await assertNotSignedIn(thief);
  await assertSignedIn(visitor);
});

test('a session’s cookie says nothing once its person signed out', async () => {
  const person = await at.resident('Leaver');
  const visitor = at.house.visitor();
  await signInByText(visitor, person);
  const thief = visitor.copy();
  assert.ok(await isSignedIn(thief));
  await visitor.open('/account');
  await visitor.send('/sign-out');
  await assertNotSignedIn(thief);

  at.house.clock.pass(seconds(61));
  await signInByText(visitor, person);
  await assertSignedIn(visitor);
});

test('a password that the office gave out is good once, for choosing another one, and not for keeping', async () => {
  const person = await at.resident('Temporary', { mustChange: true, password: 'given out at the desk' });
  const visitor = at.house.visitor();
  await enter(visitor, person, undefined, 'given out at the desk');
  await visitor.send('/ask', { way: 'mobile text' });
  await visitor.send('/answer', { code: await person.phone.code() });
  const change = { password: 'given out at the desk', repeated: 'given out at the desk' };
  await visitor.send('/change-password', change);
  await assertNotSignedIn(visitor);
  await post(visitor, actionOf(visitor, '/change-password').replace('change-password', 'stay'), {
    stay: 'no',
  });
  await assertNotSignedIn(visitor);

  const chosen = 'matsu take ume no hana';
  await visitor.send('/change-password', { password: chosen, repeated: chosen });
  await arrive(visitor);
  await assertSignedIn(visitor);
  const thief = at.house.visitor();
  const refused = await enter(thief, person, undefined, 'given out at the desk');
  assert.ok(refused.forms.some(({ action }) => action.endsWith('/password')));
});
