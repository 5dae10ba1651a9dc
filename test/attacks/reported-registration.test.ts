// A call that belongs to a registration is answered by whoever has the number that was typed, which may be anybody.
// By 0# they refuse that registration and that number. The account's own phones are theirs to report of, and nobody else's.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hours } from '../../src/kit/clock.ts';
import { wordsFor } from '../../src/words/index.ts';
import { look } from '../cast/device.ts';
import { type Telephone, telephone } from '../cast/telephone.ts';
import { until, untilPage } from '../cast/until.ts';
import type { Visitor } from '../cast/visitor.ts';
import { assertSignedIn, enter, post, query, type Resident, scene, signInByText } from './scene.ts';

const at = scene(async house => {
  await house.given.multiFactorEverywhere();
  await house.given.setting('fraud', { pause: 24 * 60 });
});
const { registration: t, phone: p, wait } = wordsFor('ja');

const typed = (number: string) => ({ country: 'JP', number });

/** Has a number called, to be added to the account of whoever is signed in. */
async function haveCalled(visitor: Visitor, number: string, kind = 'alternateMobile'): Promise<void> {
  await visitor.open('/account/security-info/add');
  await visitor.send('/choose', { adding: `phone ${kind}` });
  await visitor.send('/fill', typed(number));
}

const says = (visitor: Visitor, sentence: string): void =>
  assert.ok(visitor.page.text.includes(sentence), visitor.page.text);
const untilItSays = (visitor: Visitor, sentence: string): Promise<void> =>
  untilPage(visitor, page => page.text.includes(sentence));

/** Whoever answers at this telephone presses these keys, and the page that waits says so. */
async function whenPressed(phone: Telephone, keys: string, visitor: Visitor, said: string): Promise<void> {
  await phone.answer();
  await phone.press(keys);
  await untilItSays(visitor, said);
}

/** Who knows the password of a person without a phone has this one called, or texted. */
async function beginToRegister(
  visitor: Visitor,
  who: Resident,
  phone: Telephone,
  way: 'call' | 'text',
): Promise<void> {
  await enter(visitor, who);
  await visitor.send('/register');
  await visitor.send('/choose', { adding: 'phone mobile' });
  await visitor.send('/fill', { ...typed(phone.number), way });
}

const paused = (who: Resident): Promise<number> => at.count('phone_pauses', `user_id = '${who.id}'`);
const reports = async (who: Resident) =>
  (
    await query(
      at.house,
      `select record::jsonb->'detail' as detail from audit_records
         where kind = 'user.fraud-reported' and user_id = '${who.id}'`,
    )
  ).rows.map(({ detail }) => detail as Record<string, unknown>);

test('a wrong number was typed, and a stranger presses 0#: that number is left alone, and the account is not', async () => {
  await at.house.given.setting('notices', { office: ['counter@keyaki.example'] });
  const who = await at.resident('WrongNumber');
  const stranger = telephone(at.house, '+819077770001');
  const owner = at.house.visitor();
  await signInByText(owner, who);
  await haveCalled(owner, stranger.number);
  await whenPressed(stranger, '0#', owner, t.reported);
  assert.equal(await paused(who), 0, 'the phones of the account were paused');
  const now = at.house.clock.now();
  const [report, ...more] = await reports(who);
  assert.equal(more.length, 0);
  assert.equal(report?.of, 'registration');
  assert.equal(report?.to, '+81 XX-XXXX-XX01');
  const lasts = Number(report?.pausedUntil) - now;
  assert.ok(lasts > hours(23) && lasts <= hours(24), String(lasts));
  const letter = await until(() =>
    at.house.letters().find(one => one.includes('To: counter@keyaki.example')),
  );
  assert.ok(letter);

  // It is not called again, whichever way it is asked for: the same wizard, or another one.
  assert.ok(!owner.page.forms.some(({ action }) => action.endsWith('/again')), 'it may be called again');
  const page = new URL(owner.page.url).pathname;
  await post(owner, `${page}/again`);
  await look(owner);
  says(owner, t.numberReportedFor({ wait: wait.hours({ n: 24 }) }));
  await haveCalled(owner, stranger.number);
  says(owner, t.numberReportedFor({ wait: wait.hours({ n: 24 }) }));
  assert.ok(await stranger.isQuiet());
  assert.equal(await at.count('phones', `user_id = '${who.id}'`), 1);

  // The right number is added at once, and what was registered before goes on letting its owner in.
  const mine = telephone(at.house, '+819077770002');
  await haveCalled(owner, mine.number);
  await whenPressed(mine, '#', owner, t.phoneAdded);
  const elsewhere = at.house.visitor();
  await signInByText(elsewhere, who);
  await assertSignedIn(elsewhere);

  // Somebody else whose number it is registers it meanwhile: it is left alone for this account only.
  const theirs = await at.resident('WhoseNumberItIs');
  const other = at.house.visitor();
  await signInByText(other, theirs);
  await haveCalled(other, stranger.number);
  await whenPressed(stranger, '#', other, t.phoneAdded);
});

test('who knows a password and registers a phone of their own silences nobody by its 0#', async () => {
  const who = await at.resident('LeakedAndReported', { phoneless: true });
  const thief = at.house.visitor();
  const his = telephone(at.house, '+819077770003');
  await beginToRegister(thief, who, his, 'call');
  await whenPressed(his, '0#', thief, t.reported);

  const owner = at.house.visitor();
  await beginToRegister(owner, who, who.phone, 'call');
  await whenPressed(who.phone, '#', owner, t.phoneAdded);
  assert.equal(await paused(who), 0);
  assert.equal(await at.count('phones', `user_id = '${who.id}'`), 1);
});

test('a thief has the number of the owner called, who has registered it: its 0# is the owner’s, and shuts every door', async () => {
  const who = await at.resident('OwnNumberCalled', { phoneless: true });
  const thief = at.house.visitor();
  await beginToRegister(thief, who, who.phone, 'call');
  await whenPressed(who.phone, '5#', thief, p.ended['wrong-key']);

  const owner = at.house.visitor();
  await beginToRegister(owner, who, who.phone, 'text');
  await owner.send('/answer', { code: await who.phone.code() });
  says(owner, t.phoneAdded);

  await thief.send('/again');
  await whenPressed(who.phone, '0#', thief, t.reported);
  assert.equal(await paused(who), 1);
  assert.equal((await reports(who))[0]?.of, 'registration');
  const again = at.house.visitor();
  await enter(again, who);
  await again.send('/ask', { way: 'mobile text' });
  says(again, wordsFor('ja').signIn.pausedFor({ wait: wait.hours({ n: 24 }) }));
});

test('once the pause is over the number may be called again', async () => {
  const who = await at.resident('CalledAgain');
  const stranger = telephone(at.house, '+819077770004');
  const owner = at.house.visitor();
  await signInByText(owner, who);
  await haveCalled(owner, stranger.number);
  await whenPressed(stranger, '0#', owner, t.reported);
  at.house.clock.pass(hours(24));
  const later = at.house.visitor();
  await signInByText(later, who);
  await haveCalled(later, stranger.number);
  await whenPressed(stranger, '#', later, t.phoneAdded);
});
