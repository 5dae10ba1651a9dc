import assert from 'node:assert/strict';
import { test } from 'node:test';
import { minutes, seconds } from '../../src/kit/clock.ts';
import { acrValues } from '../../src/policies/index.ts';
import { wordsFor } from '../../src/words/index.ts';
import { password } from '../cast/house.ts';
import { movesOn } from '../cast/until.ts';
import { application } from './grants.ts';
import { asksFor, given, passes, question } from './held.ts';
import {
  actionOf,
  arrive,
  askApp,
  askText,
  assertNotSignedIn,
  assertSignedIn,
  enter,
  isSignedIn,
  name,
  otherThan,
  post,
  scene,
  signInByApp,
  signInByText,
} from './scene.ts';

const at = scene();
const { codeWrong, passwordWrong } = wordsFor('ja').signIn;
const office = { is: 'office', name: 'test' } as const;

const many = <T>(count: number, make: (i: number) => T): T[] =>
  Array.from({ length: count }, (_, i) => make(i));

/** What a sign-in says now. */
const says = async (visitor: ReturnType<typeof at.house.visitor>, sentence: string): Promise<boolean> =>
  (await visitor.open(visitor.page.url)).text.includes(sentence);

test('codes of an app, guessed in ten sign-ins at once, are counted together: the tenth wrong one is the last', async () => {
  const victim = await at.resident('Parallel', { app: true });
  const thieves = many(10, () => at.house.visitor());
  for (const thief of thieves) await askApp(thief, victim);
  const guesses = await Promise.all(
    thieves.flatMap((thief, i) =>
      many(3, j => post(thief, actionOf(thief, '/answer'), { code: victim.app?.wrong(i * 3 + j) ?? '' })),
    ),
  );
  for (const guess of guesses) assert.equal(guess.status, 303);
  assert.equal(await at.count('lockouts', `key = 'second:${victim.id}' and failures = 10`), 1);
  const judged = await at.count(
    'audit',
    `user_id = '${victim.id}' and detail->>'method' = 'totp' and detail->>'reason' = 'wrong'`,
  );
  assert.ok(judged <= 10, `${judged} guesses were judged`);

  const [thief] = thieves;
  assert.ok(thief);
  await thief.open(thief.page.url);
  await thief.send('/answer', { code: victim.app?.code() ?? '' });
  await assertNotSignedIn(thief);

  at.house.clock.pass(minutes(15) + seconds(1));
  const owner = at.house.visitor();
  await signInByApp(owner, victim);
  await assertSignedIn(owner);
});

const { app, device, token, passkey, paper } = given(at);

for (const [what, give] of Object.entries({ app, device, token, passkey, paper }))
  test(`wrong answers of a person’s ${what} are one count, wherever they are given; the tenth locks for a quarter of an hour`, async () => {
    const victim = await give(`Guessed-${what}`);
    // What was used while it was registered is used up.
    at.house.clock.pass(minutes(2) + seconds(1));
    // Where one goes to change security info, and where an application sends people.
    const places = victim.path ? [victim.path, victim.path] : ['/account', await toAnApplication()];
    const thieves = await Promise.all(places.map(place => question(at, victim, place)));
    const failures = () => at.count('lockouts', `key = 'second:${victim.who.id}' and failures = 10`);
    // What is no answer at all is no guess either.
    for (const thief of thieves)
      for (const nothing of [{}, { code: '' }, { code: ' ', credential: '' }, { credential: '{}' }])
        await thief.send('/answer', nothing);
    assert.equal(await at.count('lockouts', `key = 'second:${victim.who.id}' and failures > 0`), 0);
    for (let n = 0; n < 10; n++) {
      assert.equal(await failures(), 0);
      for (const thief of thieves.slice(n % 2, (n % 2) + 1))
        await thief.send('/answer', victim.wrong(n, thief.page));
    }
    assert.equal(await failures(), 1);
    for (const thief of thieves) {
      await thief.send('/answer', victim.right(thief.page));
      assert.ok(thief.page.text.includes('一時的に受け付けていません'), thief.page.text);
      assert.ok(!movesOn(thief.page));
      await assertNotSignedIn(thief);
    }
    const late = at.house.visitor();
    await enter(late, victim.who, victim.path);
    await late.send('/ask', { way: victim.way });
    assert.ok(!asksFor(late), late.page.text);

    at.house.clock.pass(minutes(15) + seconds(1));
    await passes(await question(at, victim), victim);
  });

let applications = 0;

async function toAnApplication(): Promise<string> {
  const app = await application(at.house, `guessed-${++applications}`);
  return app.ask({ acr_values: acrValues[1] }).path;
}

test('a hundred wrong codes, a few at a time over days, stop the second factor until the office helps', async () => {
  const victim = await at.resident('Patient', { app: true });
  for (let round = 0; round < 10; round++) {
    const thief = at.house.visitor();
    await askApp(thief, victim);
    for (let guess = 0; guess < 10; guess++)
      await thief.send('/answer', { code: victim.app?.wrong(guess) ?? '' });
    at.house.clock.pass(minutes(15) + seconds(1));
  }
  at.house.clock.pass(minutes(60 * 24 * 7));
  const owner = at.house.visitor();
  await askApp(owner, victim);
  assert.ok(owner.page.text.includes(wordsFor('ja').signIn.needHelp), owner.page.text);
  await enter(owner, victim);
  await owner.send('/ask', { way: 'mobile call' });
  assert.ok(await victim.phone.isQuiet(), 'a call went out that could not have helped');

  await at.house.foundation.directory.office.unlock(victim.id, office);
  await signInByApp(owner, victim);
  await assertSignedIn(owner);
});

test('while the second factor is locked, no text goes out and no phone rings', async () => {
  const victim = await at.resident('Quiet', { app: true });
  const thief = at.house.visitor();
  await askApp(thief, victim);
  for (let guess = 0; guess < 10; guess++)
    await thief.send('/answer', { code: victim.app?.wrong(guess) ?? '' });
  for (const way of ['mobile text', 'mobile call']) {
    await enter(thief, victim);
    await thief.send('/ask', { way });
  }
  assert.ok(await victim.phone.isQuiet());

  at.house.clock.pass(minutes(15) + seconds(1));
  const owner = at.house.visitor();
  await signInByText(owner, victim);
  await assertSignedIn(owner);
});

test('a text has five tries, a new one inherits them, and the code before it is dead', async () => {
  const victim = await at.resident('Resend');
  const thief = at.house.visitor();
  const first = await askText(thief, victim);
  for (let guess = 1; guess <= 3; guess++) await thief.send('/answer', { code: otherThan(first, guess) });
  at.house.clock.pass(seconds(31));
  await thief.send('/ask', { way: 'mobile text' });
  const second = await victim.phone.code();
  await thief.send('/answer', { code: first });
  assert.ok(first === second || !(await isSignedIn(thief)), 'the code that was replaced let somebody in');
  await thief.send('/answer', { code: otherThan(second, 500) });
  await thief.send('/answer', { code: second });
  assert.ok(thief.page.text.includes(wordsFor('ja').signIn.tooManyTries), thief.page.text);
  at.house.clock.pass(minutes(11));
  await thief.open(thief.page.url);
  await thief.send('/ask', { way: 'mobile text' });
  assert.ok(await victim.phone.isQuiet(), 'a question that was guessed at gets no third code');
  await assertNotSignedIn(thief);

  const owner = at.house.visitor();
  await signInByText(owner, victim);
  await assertSignedIn(owner);
});

test('passwords guessed by thirty browsers at once: three are judged, the others wait, and so does the right one', async () => {
  const victim = await at.resident('Sprayed');
  const thieves = many(30, () => at.house.visitor());
  for (const thief of thieves) await name(thief, victim.loginName);
  // The waits begin with a second, and a slow machine would let it pass while it works.
  at.house.clock.stand();
  await Promise.all(
    thieves.map((thief, i) => post(thief, actionOf(thief, '/password'), { password: `guess number ${i} ` })),
  );
  const wrong = await Promise.all(thieves.map(thief => says(thief, passwordWrong)));
  assert.equal(wrong.filter(Boolean).length, 3, 'so many guesses were judged');

  const early = at.house.visitor();
  await enter(early, victim);
  assert.ok(
    early.page.forms.some(({ action }) => action.endsWith('/password')),
    'the lock was passed',
  );

  at.house.clock.goOn();
  at.house.clock.pass(seconds(31));
  const owner = at.house.visitor();
  await signInByText(owner, victim);
  await assertSignedIn(owner);
});

test('the spelling of a name does not give fresh tries', async () => {
  const victim = await at.resident('Spelled');
  const spellings = [
    'SPELLED@keyaki.example',
    'Spelled@KEYAKI.example',
    'ｓｐｅｌｌｅｄ@keyaki.example',
    ' spelled@keyaki.example ',
  ];
  for (const [i, spelling] of spellings.entries()) {
    await enter(at.house.visitor(), { loginName: spelling }, undefined, `guess number ${i}`);
    at.house.clock.pass(seconds(3));
  }
  assert.equal(
    await at.count('lockouts', `key like 'password:${victim.id}%' and failures = ${spellings.length}`),
    1,
    'spellings have counters of their own',
  );

  const thief = at.house.visitor();
  at.house.clock.pass(seconds(31));
  await signInByText(thief, victim);
  await assertSignedIn(thief);
});

test('a name that nobody has is slowed down like any other, however it is spelled', async () => {
  const spellings = [
    'nobody@keyaki.example',
    'NOBODY@keyaki.example',
    'ｎｏｂｏｄｙ@keyaki.example',
    'Nobody@keyaki.example',
  ];
  const before = await at.count('lockouts', `key like 'password:?%'`);
  for (const [i, spelling] of spellings.entries()) {
    await enter(at.house.visitor(), { loginName: spelling }, undefined, `guess number ${i}`);
    at.house.clock.pass(seconds(3));
  }
  assert.equal(
    (await at.count('lockouts', `key like 'password:?%'`)) - before,
    1,
    'a name without an owner can be told by its patience',
  );

  const owner = await at.resident('Somebody');
  const visitor = at.house.visitor();
  await signInByText(visitor, owner);
  await assertSignedIn(visitor);
});

test('guessing on does not move the end of a lock', async () => {
  const victim = await at.resident('Locked');
  const thief = at.house.visitor();
  await name(thief, victim.loginName);
  at.house.clock.stand();
  for (let guess = 0; guess < 10; guess++) {
    await thief.send('/password', { password: `guess number ${guess}` });
    at.house.clock.pass(seconds(31));
  }
  await thief.send('/password', { password: 'guess number 11' });
  const until = async () =>
    Number(
      (
        await at.house.foundation.storage.db
          .selectFrom('lockouts')
          .select('locked_until')
          .where('key', 'like', `password:${victim.id}%`)
          .executeTakeFirstOrThrow()
      ).locked_until,
    );
  const end = await until();
  for (let guess = 0; guess < 20; guess++) {
    await thief.send('/password', { password: `another guess ${guess}` });
    at.house.clock.pass(seconds(1));
  }
  assert.equal(await until(), end);
  assert.ok(end - at.house.clock.now() <= minutes(2));
  at.house.clock.goOn();

  at.house.clock.pass(Math.max(0, end - at.house.clock.now()) + 1);
  const owner = at.house.visitor();
  await signInByText(owner, victim);
  await assertSignedIn(owner);
});

test('an attacker elsewhere does not lock a person out of the browser they always use, also after it was closed', async () => {
  const victim = await at.resident('Known');
  const owner = at.house.visitor();
  await signInByText(owner, victim);
  owner.closeAndReturn();
  assert.ok(!(await isSignedIn(owner)), 'the session was to end with the window');
  at.house.clock.stand();

  const thief = at.house.visitor();
  await name(thief, victim.loginName);
  for (let guess = 0; guess < 12; guess++) {
    await thief.send('/password', { password: `guess number ${guess}` });
    at.house.clock.pass(seconds(20));
  }
  const stranger = at.house.visitor();
  await enter(stranger, victim);
  assert.ok(
    stranger.page.forms.some(({ action }) => action.endsWith('/password')),
    'the lock does not hold elsewhere',
  );
  at.house.clock.goOn();

  await signInByText(owner, victim);
  await assertSignedIn(owner);
});

test('a cookie that says “known here”, taken from another browser or another person, opens no second counter', async () => {
  const [victim, thiefs] = [await at.resident('Cookie'), await at.resident('CookieThief')];
  const own = at.house.visitor();
  await signInByText(own, thiefs);
  const thief = at.house.visitor();
  for (const [cookie, value] of own.cookies) if (cookie.includes('known')) thief.cookies.set(cookie, value);
  await name(thief, victim.loginName);
  for (let guess = 0; guess < 3; guess++)
    await thief.send('/password', { password: `guess number ${guess}` });
  assert.equal(await at.count('lockouts', `key = 'password:${victim.id}:any' and failures = 3`), 1);

  at.house.clock.pass(seconds(31));
  const owner = at.house.visitor();
  await signInByText(owner, victim);
  await assertSignedIn(owner);
});

test('a phone that keeps sending yesterday’s password locks nobody out', async () => {
  const victim = await at.resident('Yesterday');
  const phone = at.house.visitor();
  await name(phone, victim.loginName);
  for (let again = 0; again < 30; again++)
    await phone.send('/password', { password: 'the password of yesterday' });
  assert.equal(await at.count('lockouts', `key like 'password:${victim.id}%' and failures <= 1`), 1);

  await phone.send('/password', { password });
  await phone.send('/ask', { way: 'mobile text' });
  await phone.send('/answer', { code: await victim.phone.code() });
  await arrive(phone);
  await assertSignedIn(phone);
});

test('wrong passwords do not use up the tries of the second factor, nor the other way round', async () => {
  const victim = await at.resident('Separate', { app: true });
  const thief = at.house.visitor();
  await name(thief, victim.loginName);
  for (let guess = 0; guess < 10; guess++) {
    await thief.send('/password', { password: `guess number ${guess}` });
    at.house.clock.pass(seconds(31));
  }
  assert.equal(await at.count('lockouts', `key = 'second:${victim.id}'`), 0);
  at.house.clock.pass(minutes(2));
  const owner = at.house.visitor();
  await askApp(owner, victim);
  await owner.send('/answer', { code: victim.app?.wrong(0) ?? '' });
  assert.ok(owner.page.text.includes(codeWrong), owner.page.text);
  await owner.send('/answer', { code: victim.app?.code() ?? '' });
  await arrive(owner);
  await assertSignedIn(owner);
});
