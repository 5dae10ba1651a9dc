import assert from 'node:assert/strict';
import { test } from 'node:test';
import { minutes, seconds } from '../../src/kit/clock.ts';
import { newId } from '../../src/kit/ids.ts';
import { wordsFor } from '../../src/words/index.ts';
import { untilPage } from '../cast/until.ts';
import {
  actionOf,
  arrive,
  askApp,
  askText,
  assertNotSignedIn,
  assertSignedIn,
  confirmed,
  enter,
  name,
  post,
  scene,
  signInByApp,
  signInByText,
} from './scene.ts';

const at = scene();

test('a code opens the sign-in it was sent for, and no other one of the same person', async () => {
  const person = await at.resident('TwoSignIns');
  const [first, second] = [at.house.visitor(), at.house.visitor()];
  const codeOfFirst = await askText(first, person);
  const codeOfSecond = await askText(second, person);
  if (codeOfFirst !== codeOfSecond) {
    await second.send('/answer', { code: codeOfFirst });
    await assertNotSignedIn(second);
  }
  for (const [visitor, code] of [
    [first, codeOfFirst],
    [second, codeOfSecond],
  ] as const) {
    await visitor.send('/answer', { code });
    await arrive(visitor);
    await assertSignedIn(visitor);
  }
});

test('a code sent to one person opens nothing of another', async () => {
  const [victim, thief] = [await at.resident('VictimOfCode'), await at.resident('ThiefOfCode')];
  const [hers, his] = [at.house.visitor(), at.house.visitor()];
  const herCode = await askText(hers, victim);
  const hisCode = await askText(his, thief);
  if (herCode !== hisCode) {
    await hers.send('/answer', { code: hisCode });
    await assertNotSignedIn(hers);
  }
  await hers.send('/answer', { code: herCode });
  await arrive(hers);
  await assertSignedIn(hers);
});

test('a code that proved a new phone does not sign anybody in', async () => {
  const person = await at.resident('Registrar', { phoneless: true, app: true });
  const visitor = at.house.visitor();
  await signInByApp(visitor, person);
  await visitor.open('/account/security-info/add');
  await visitor.send('/choose', { adding: 'phone mobile' });
  await visitor.send('/fill', { country: 'JP', number: person.phone.number, way: 'text' });
  const forRegistering = await person.phone.code();
  await visitor.send('/answer', { code: forRegistering });
  assert.ok(visitor.page.text.includes(wordsFor('ja').registration.phoneAdded), visitor.page.text);

  const thief = at.house.visitor();
  const forSignIn = await askText(thief, person);
  if (forSignIn !== forRegistering) {
    await thief.send('/answer', { code: forRegistering });
    await assertNotSignedIn(thief);
  }
  await thief.send('/answer', { code: forSignIn });
  await arrive(thief);
  await assertSignedIn(thief);
});

test('the right code from another browser opens nothing, and takes nothing from the right one', async () => {
  const person = await at.resident('OtherBrowser');
  const [owner, thief] = [at.house.visitor(), at.house.visitor()];
  const code = await askText(owner, person);
  const answer = actionOf(owner, '/answer');
  await thief.open('/account');
  assert.equal((await post(thief, answer, { code })).status, 410);
  for (const path of ['', '/wait', `/registered?registration=${newId()}`])
    assert.equal((await thief.request(answer.replace('/answer', path))).status, 410);
  for (const act of [
    'identify',
    'password',
    'ask',
    'elsewhere',
    'stay',
    'change-password',
    'register',
    'other-account',
  ])
    assert.equal((await post(thief, answer.replace('answer', act), { way: 'mobile text' })).status, 410);
  await assertNotSignedIn(thief);

  await owner.send('/answer', { code });
  await arrive(owner);
  await assertSignedIn(owner);
});

test('a step cannot be skipped by posting to a later one, and what is shown on the way is nobody’s', async () => {
  const person = await at.resident('Skipper', { app: true });
  const thief = at.house.visitor();
  await name(thief, person.loginName);
  const acts = {
    ask: { way: 'mobile text' },
    answer: { code: person.app?.code() ?? '' },
    stay: { stay: 'yes' },
    register: {},
    'change-password': { password: 'hasami to nori 1234', repeated: 'hasami to nori 1234' },
    elsewhere: {},
  };
  const path = actionOf(thief, '/password');
  for (const [act, fields] of Object.entries(acts)) {
    const answer = await post(thief, path.replace('password', act), fields);
    assert.equal(answer.status, 303, act);
    assert.equal(answer.headers.get('location'), path.replace('/password', ''), act);
  }
  await thief.request(path.replace('password', `registered?registration=${newId()}`));
  await thief.open(path.replace('/password', ''));
  assert.ok(thief.page.forms.some(({ action }) => action.endsWith('/password')));
  await assertNotSignedIn(thief);
  assert.ok(await person.phone.isQuiet());

  await thief.send('/password', { password: 'sakura saku michi' });
  for (const [act, fields] of Object.entries({
    stay: acts.stay,
    register: {},
    'change-password': acts['change-password'],
    identify: { account: 'skipper@keyaki.example' },
  }))
    await post(thief, path.replace('password', act), fields);
  await assertNotSignedIn(thief);

  const owner = at.house.visitor();
  await signInByApp(owner, person);
  await assertSignedIn(owner);
});

test('a way that was not offered cannot be asked: not another’s app, not a text to a phone that is only called', async () => {
  const [person, thief] = [await at.resident('Offered'), await at.resident('Offering', { app: true })];
  const visitor = at.house.visitor();
  await enter(visitor, person);
  const ask = actionOf(visitor, '/ask');
  for (const way of [
    `${thief.app?.credential} code`,
    'office call',
    'alternateMobile text',
    'mobile fax',
    '__proto__ text',
    'mobile',
  ]) {
    const answer = await post(visitor, ask, { way });
    assert.equal(answer.headers.get('location'), ask.replace('/ask', ''), way);
  }
  await visitor.open(ask.replace('/ask', ''));
  assert.ok(visitor.page.forms.some(({ action }) => action.endsWith('/ask')));
  assert.ok(await person.phone.isQuiet());

  await signInByText(visitor, person);
  await assertSignedIn(visitor);
});

test('a key pressed on one call confirms that call, and nothing of anybody else', async () => {
  const [victim, thief] = [await at.resident('Called'), await at.resident('Caller')];
  const [hers, his] = [at.house.visitor(), at.house.visitor()];
  await enter(hers, victim);
  await hers.send('/ask', { way: 'mobile call' });
  await enter(his, thief);
  await his.send('/ask', { way: 'mobile call' });
  await thief.phone.answer();
  await thief.phone.press('#');
  await confirmed(his);
  await hers.open(hers.page.url);
  await assertNotSignedIn(hers);

  await victim.phone.answer();
  await victim.phone.press('#');
  await confirmed(hers);
  await arrive(hers);
  await assertSignedIn(hers);
});

test('a number rings for one sign-in at a time, and a call that was answered confirms no second one', async () => {
  const person = await at.resident('OneLine');
  const [owner, thief] = [at.house.visitor(), at.house.visitor()];
  await enter(owner, person);
  await owner.send('/ask', { way: 'mobile call' });
  await enter(thief, person);
  await thief.send('/ask', { way: 'mobile call' });
  await person.phone.answer();
  await person.phone.press('#');
  await confirmed(owner);
  await thief.open(thief.page.url);
  await assertNotSignedIn(thief);
  assert.ok(
    thief.page.forms.some(({ action }) => action.endsWith('/ask')),
    thief.page.text,
  );

  await arrive(owner);
  await assertSignedIn(owner);
});

test('0# ends the sign-in, stops calls and texts for an hour, and leaves the app and the owner alone', async () => {
  const person = await at.resident('Reporter', { app: true });
  const thief = at.house.visitor();
  await enter(thief, person);
  await thief.send('/ask', { way: 'mobile call' });
  await person.phone.answer();
  await person.phone.press('0#');
  await untilPage(thief, page => page.text.includes(wordsFor('ja').signIn.fraudReported));
  await assertNotSignedIn(thief);
  for (const way of ['mobile text', 'mobile call']) {
    await enter(thief, person);
    await thief.send('/ask', { way });
    assert.ok(await person.phone.isQuiet(), `${way} after a report of fraud`);
  }
  assert.equal(await at.count('audit', `user_id = '${person.id}' and kind = 'user.fraud-reported'`), 1);

  const owner = at.house.visitor();
  await signInByApp(owner, person);
  await assertSignedIn(owner);
  at.house.clock.pass(minutes(61));
  await signInByText(thief, person);
  await assertSignedIn(thief);
});

test('an app of another person answers nothing, though both were asked at the same moment', async () => {
  const [victim, thief] = [
    await at.resident('AppVictim', { app: true }),
    await at.resident('AppThief', { app: true }),
  ];
  const visitor = at.house.visitor();
  await askApp(visitor, victim);
  for (const fields of [
    { code: thief.app?.code() ?? '' },
    {
      code: thief.app?.code() ?? '',
      credential: thief.app?.credential ?? '',
      challenge: thief.app?.credential ?? '',
      user: thief.id,
    },
  ])
    await visitor.send('/answer', fields);
  await assertNotSignedIn(visitor);
  await visitor.send('/answer', { code: victim.app?.code() ?? '' });
  await arrive(visitor);
  await assertSignedIn(visitor);
});

test('a phone that its owner removed meanwhile proves nothing any more, though its code was sent before', async () => {
  const person = await at.resident('Stolen', { app: true });
  const thief = at.house.visitor();
  const code = await askText(thief, person);
  const owner = at.house.visitor();
  await signInByApp(owner, person);
  await owner.open('/account/security-info/remove?method=phone&credential=mobile');
  await owner.send('/remove', {});
  assert.equal(await at.count('phones', `user_id = '${person.id}'`), 0);

  await thief.send('/answer', { code });
  await assertNotSignedIn(thief);
  await post(thief, actionOf(thief, '/other-account').replace('other-account', 'stay'), { stay: 'no' });
  await assertNotSignedIn(thief);

  at.house.clock.pass(seconds(61));
  const again = at.house.visitor();
  await signInByApp(again, person);
  await assertSignedIn(again);
});
