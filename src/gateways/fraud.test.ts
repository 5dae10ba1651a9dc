import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import { openAudit } from '../audit/index.ts';
import { days, hours, minutes, seconds } from '../kit/clock.ts';
import { newId, type UserId } from '../kit/ids.ts';
import { testStorage } from '../storage/testing.ts';
import { openFraudReports } from './fraud.ts';
import type { OfficeNews } from './office-news.ts';
import { liftPause, type PauseRule, pauseOf } from './pauses.ts';
import { aText, callsByHand, standingClock, takingText, testDelivery } from './testing.ts';

describe('a report of fraud', () => {
  let storage: Awaited<ReturnType<typeof testStorage>>;
  let clock = standingClock();
  const news: OfficeNews[] = [];
  before(async () => {
    storage = await testStorage();
  });
  after(() => storage.close());
  beforeEach(async () => {
    for (const table of ['send_budgets', 'deliveries', 'live_calls', 'phone_pauses'] as const)
      await storage.db.deleteFrom(table).execute();
    clock = standingClock();
    news.length = 0;
  });

  /** The product's own parts under this rule; a call that is reported, and whose it was. */
  function underRule(rule: PauseRule) {
    const phones = callsByHand();
    const texts = takingText();
    const audit = openAudit({ storage, clock });
    const told = async (_tx: unknown, what: OfficeNews) => void news.push(what);
    const reportFraud = openFraudReports({ audit, clock, rule: () => rule, tellOffice: told });
    const delivery = testDelivery(storage, { voice: [phones], text: [texts] }, clock, { reportFraud });
    return {
      delivery,
      texts,
      async report(user: UserId) {
        const { text: _, ...send } = aText({ user });
        const placed = await delivery.placeCall({ ...send, expect: { keys: '#' } });
        assert.ok(placed.sent, JSON.stringify(placed));
        phones.calls.get(send.id)?.('fraud');
        await delivery.settled();
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
      const audit = openAudit({ storage, clock });
      const report = openFraudReports({ audit, clock, rule: () => rule, tellOffice: async () => undefined });
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
});
