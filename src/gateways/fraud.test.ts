import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import { openAudit } from '../audit/index.ts';
import { days, hours, minutes, seconds } from '../kit/clock.ts';
import { newId, type UserId } from '../kit/ids.ts';
import { testStorage } from '../storage/testing.ts';
import type { Line } from './line.ts';
import { liftNumberReports } from './number-reports.ts';
import type { OfficeNews } from './office-news.ts';
import { liftPause, type PauseRule, pauseOf } from './pauses.ts';
import type { CallSend } from './send.ts';
import {
  aCall,
  aText,
  callsByHand,
  forgetSends,
  fraudReports,
  number,
  standingClock,
  takingText,
  testDelivery,
} from './testing.ts';

describe('a report of fraud', () => {
  let storage: Awaited<ReturnType<typeof testStorage>>;
  let clock = standingClock();
  const news: OfficeNews[] = [];
  before(async () => {
    storage = await testStorage();
  });
  after(() => storage.close());
  beforeEach(async () => {
    await forgetSends(storage);
    clock = standingClock();
    news.length = 0;
  });

  /** The product's own parts under this rule; a call that is reported, and whose it was. */
  function underRule(rule: PauseRule, registered: readonly Line[] = []) {
    const phones = callsByHand();
    const texts = takingText();
    const audit = openAudit({ storage, clock });
    const reportFraud = fraudReports(storage, clock, {
      linesOf: async () => registered,
      rule: () => rule,
      tellOffice: async (_tx: unknown, what: OfficeNews) => void news.push(what),
    });
    const delivery = testDelivery(storage, { voice: [phones], text: [texts] }, clock, { reportFraud });
    return {
      delivery,
      texts,
      async report(user: UserId, more: Partial<CallSend> = {}) {
        const send = aCall({ user, ...more });
        const placed = await delivery.placeCall(send);
        assert.ok(placed.sent, JSON.stringify(placed));
        phones.calls.get(send.id)?.('fraud');
        await delivery.settled();
        return send;
      },
      lift: (user: UserId) =>
        storage.tx(tx =>
          liftPause(tx, { audit, user, actor: { is: 'office', name: 'counter' }, now: clock.now() }),
        ),
    };
  }
  const details = async (kind: string, user: UserId) =>
    (
      await storage.db
        .selectFrom('audit_records')
        .select('record')
        .where('kind', '=', kind)
        .where('user_id', '=', user)
        .execute()
    ).map(({ record }): { actor?: object; detail?: object } => JSON.parse(record));

  test('pauses the phones of its person for as long as the administrators said, and says until when', async () => {
    const user = newId() as UserId;
    const { delivery, report } = underRule(90);
    await report(user);
    const until = clock.now() + minutes(90);
    clock.move(seconds(5));
    const paused = { sent: false, refusal: { reason: 'paused', until } };
    assert.deepEqual(await delivery.sendText(aText({ user })), paused);
    assert.deepEqual(await delivery.pauseOf(user), { since: until - minutes(90), until });
    assert.deepEqual(news, [{ is: 'fraud', user, at: until - minutes(90), pausedUntil: until }]);
    assert.deepEqual(
      (await details('user.fraud-reported', user)).map(({ detail }) => detail),
      [{ pausedUntil: until }],
    );
    assert.equal((await delivery.sendText(aText())).sent, true, 'nobody else is paused');
    clock.move(until - clock.now() - 1);
    assert.deepEqual(await delivery.sendText(aText({ user })), paused);
    clock.move(1);
    assert.equal((await delivery.sendText(aText({ user }))).sent, true);
  });

  test('pauses nothing where the administrators want the office told only', async () => {
    const user = newId() as UserId;
    const { delivery, report } = underRule(0);
    await report(user);
    assert.equal((await delivery.sendText(aText({ user }))).sent, true);
    assert.deepEqual(news, [{ is: 'fraud', user, at: clock.now() }]);
    assert.deepEqual(
      (await details('user.fraud-reported', user)).map(({ detail }) => detail),
      [{}],
    );
  });

  test('holds until the office lifts it, for years and through every sweep, and the log says who lifted it', async () => {
    const user = newId() as UserId;
    const { delivery, report, lift } = underRule('until-lifted');
    await report(user);
    const since = clock.now();
    for (const passed of [hours(2), days(2), days(900)]) {
      clock.move(passed);
      await delivery.sweep('Asia/Tokyo');
      assert.deepEqual(await delivery.sendText(aText({ user })), {
        sent: false,
        refusal: { reason: 'paused', until: 'until-lifted' },
      });
    }
    assert.deepEqual(await lift(user), { since, until: 'until-lifted' });
    assert.equal((await delivery.sendText(aText({ user }))).sent, true);
    assert.equal(await lift(user), undefined, 'there was nothing left to lift');
    const [entry, ...more] = await details('user.pause-lifted', user);
    assert.deepEqual(entry?.actor, { is: 'office', name: 'counter' });
    assert.deepEqual(entry?.detail, { since, until: 'until-lifted' });
    assert.equal(more.length, 0);
  });

  test('never makes a pause shorter, and one that is over is swept away', async () => {
    const user = newId() as UserId;
    const tell = async (rule: PauseRule) => {
      await storage.db.deleteFrom('live_calls').execute();
      const report = fraudReports(storage, clock, { rule: () => rule });
      await storage.tx(tx => report(tx, { user }, 'sign-in'));
    };
    await tell(600);
    const until = clock.now() + minutes(600);
    for (const rule of [60, 0]) {
      await tell(rule);
      assert.equal((await pauseOf(storage.db, user, clock.now()))?.until, until);
    }
    clock.move(minutes(600));
    assert.equal(await pauseOf(storage.db, user, clock.now()), undefined);
    await underRule(60).delivery.sweep('Asia/Tokyo');
    assert.deepEqual(await storage.db.selectFrom('phone_pauses').selectAll().execute(), []);
    await tell('until-lifted');
    await tell(60);
    assert.equal((await pauseOf(storage.db, user, clock.now()))?.until, 'until-lifted');
  });

  test('takes what was sent before out of use, at the very moment too, and lets notices through', async () => {
    const user = newId() as UserId;
    const { delivery, texts, report } = underRule(60);
    const text = aText({ user });
    await delivery.sendText(text);
    await report(user);
    assert.equal(await storage.change([delivery.verifying(text.id)]), false);
    assert.equal((await delivery.sendNotice(aText({ user }))).sent, true);
    assert.equal(texts.taken.length, 2);
    clock.move(minutes(60));
    assert.equal(await storage.change([delivery.verifying(text.id)]), true);
  });

  describe('of a registration', () => {
    const desk = number('+81312345678');
    const adding = { of: 'registration' } as const;

    test('leaves that number alone for that account, by text too, and pauses nothing else', async () => {
      const user = newId() as UserId;
      const { delivery, report } = underRule(90);
      const { id, to } = await report(user, adding);
      const until = clock.now() + minutes(90);
      assert.equal(await delivery.pauseOf(user), undefined);
      assert.equal(await delivery.reportOn(id), until);
      assert.deepEqual(news, [
        { is: 'number-reported', user, to: '+81 XX-XXXX-XX78', at: clock.now(), pausedUntil: until },
      ]);
      assert.deepEqual(
        (await details('user.fraud-reported', user)).map(({ detail }) => detail),
        [{ of: 'registration', to: '+81 XX-XXXX-XX78', pausedUntil: until }],
      );
      const refused = { sent: false, refusal: { reason: 'number-reported', until } };
      assert.deepEqual(await delivery.sendText(aText({ user, to, ...adding })), refused);
      const { text: _, ...send } = aText({ user, to, ...adding });
      assert.deepEqual(await delivery.placeCall({ ...send, expect: { keys: '#' } }), refused);
      const sent = async (changes: Partial<CallSend>) => (await delivery.sendText(aText(changes))).sent;
      assert.equal(await sent({ user, to: number('+819022345678'), ...adding }), true, 'another number');
      assert.equal(await sent({ to, ...adding }), true, 'another account');
      assert.equal(await sent({ user, to }), true, 'a sign-in: the office brought the number along');
      clock.move(minutes(90));
      assert.equal(await delivery.reportOn(id), undefined);
      assert.equal(await sent({ user, to, ...adding }), true);
    });

    test('takes a code out of use that was sent there before, and none of a sign-in', async () => {
      const user = newId() as UserId;
      const { delivery, report } = underRule(60);
      const [code, ofSignIn] = [aText({ user, ...adding }), aText({ user })];
      await delivery.sendText(code);
      await delivery.sendText(ofSignIn);
      await report(user, adding);
      assert.equal(await storage.change([delivery.verifying(code.id)]), false);
      assert.equal(await storage.change([delivery.verifying(ofSignIn.id)]), true);
    });

    test('is its owner’s where the account has that very line, and then everything is paused', async () => {
      const user = newId() as UserId;
      const { delivery, report } = underRule(60, [{ number: desk, extension: '12' }]);
      await report(user, { ...adding, to: desk, extension: '13' });
      assert.equal(await delivery.pauseOf(user), undefined, 'a colleague behind the same switchboard');
      await report(user, { ...adding, to: desk, extension: '12' });
      const until = clock.now() + minutes(60);
      assert.deepEqual(await delivery.pauseOf(user), { since: clock.now(), until });
      assert.deepEqual((await details('user.fraud-reported', user)).map(({ detail }) => detail).at(-1), {
        of: 'registration',
        pausedUntil: until,
      });
      assert.deepEqual(news.at(-1), { is: 'fraud', user, at: clock.now(), pausedUntil: until });
    });

    test('pauses no number where the office is told only', async () => {
      const user = newId() as UserId;
      const { delivery, report } = underRule(0);
      const { to } = await report(user, adding);
      assert.deepEqual(news, [{ is: 'number-reported', user, to: '+81 XX-XXXX-XX78', at: clock.now() }]);
      assert.equal((await delivery.sendText(aText({ user, to, ...adding }))).sent, true);
    });

    test('holds through every sweep until the office lifts it, is never made shorter, and is swept away when it is over', async () => {
      const user = newId() as UserId;
      const [forGood, shorter] = [underRule('until-lifted'), underRule(60)];
      const { to } = await forGood.report(user, adding);
      const asked = () => forGood.delivery.sendText(aText({ user, to, ...adding }));
      const refused = { sent: false, refusal: { reason: 'number-reported', until: 'until-lifted' } };
      for (const passed of [hours(2), days(2), days(900)]) {
        clock.move(passed);
        await shorter.delivery.sweep('Asia/Tokyo');
        assert.deepEqual(await asked(), refused);
      }
      const audit = openAudit({ storage, clock });
      const actor = { is: 'office', name: 'counter' } as const;
      const lift = (whose: UserId) =>
        storage.tx(tx => liftNumberReports(tx, { audit, user: whose, actor, now: clock.now() }));
      assert.equal(await lift(newId() as UserId), 0, 'of somebody else');
      assert.equal(await lift(user), 1);
      assert.equal((await asked()).sent, true);
      assert.equal(await lift(user), 0);
      const [entry, ...more] = await details('user.pause-lifted', user);
      assert.deepEqual(entry?.detail, { of: 'registration', numbers: 1 });
      assert.equal(more.length, 0);

      await shorter.report(user, { ...adding, to: desk });
      clock.move(minutes(60));
      await shorter.delivery.sweep('Asia/Tokyo');
      assert.deepEqual(await storage.db.selectFrom('number_reports').selectAll().execute(), []);
    });
  });
});
