import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openAudit } from '../audit/index.ts';
import { testDirectory } from '../directory/testing.ts';
import { hours, minutes } from '../kit/clock.ts';
import { newId } from '../kit/ids.ts';
import { alarmed } from './alarm.ts';
import { costsBetween, dayOf } from './costs.ts';
import { attempt } from './failover.ts';
import type { TextGateway } from './gateway.ts';
import { type OfficeNews, openOfficeNews } from './office-news.ts';
import { inOrder } from './order.ts';
import {
  aText,
  callsByHand,
  number,
  refusingText,
  standingClock,
  takingText,
  testDelivery,
} from './testing.ts';

let house: Awaited<ReturnType<typeof testDirectory>>;
before(async () => {
  house = await testDirectory();
});
after(() => house.storage.close());

test('a country that is paused is told once to the log and the office, whichever node finds it, and anew the next time', async () => {
  const { storage } = house;
  const clock = standingClock();
  const news: OfficeNews[] = [];
  let until: number | undefined = clock.now() + hours(1);
  const node = () =>
    alarmed(async () => until, {
      storage,
      audit: openAudit({ storage, clock }),
      tellOffice: async (_tx, told) => void news.push(told),
    });
  const [one, two] = [node(), node()];
  await Promise.all([one('JP', clock.now()), two('JP', clock.now()), one('JP', clock.now())]);
  until += minutes(5);
  assert.equal(await one('JP', clock.now()), until, 'the pause became longer: that is no news');
  assert.deepEqual(news, [{ is: 'paused', country: 'JP', until: until - minutes(5) }]);
  await one('KR', clock.now());
  assert.equal(news.length, 2);
  clock.move(hours(2));
  until = clock.now() + hours(1);
  await two('JP', clock.now());
  await one('JP', clock.now());
  assert.equal(news.length, 3);
  const kinds = await storage.db
    .selectFrom('audit_records')
    .select('kind')
    .where('kind', '=', 'delivery.paused')
    .execute();
  assert.equal(kinds.length, 3);
});

test('a block of numbers that is used up is told once a day to the log and the office, and none whose people use what they get', async () => {
  const { storage } = house;
  const clock = standingClock();
  const news: OfficeNews[] = [];
  const node = () =>
    testDelivery(storage, { text: [takingText()] }, clock, {
      tellOffice: async (_tx, told) => void news.push(told),
    });
  const nodes = [node(), node()];
  let sends = 0;
  const send = (block: string, by = nodes[0]) => {
    const n = ++sends;
    assert.ok(by);
    return by.sendText(
      aText({ to: number(`+81${block}${String(1000 + n)}`), address: `198.51.${100 + (n >> 8)}.${n & 255}` }),
    );
  };
  const began = clock.now();
  for (let n = 0; n < 20; n++) assert.equal((await send('907777')).sent, true, `${n}`);
  assert.equal(news.length, 0);
  const refused = await Promise.all(nodes.map(by => send('907777', by)));
  assert.ok(refused.every(({ sent }) => !sent));
  await send('907777');
  const until = began + hours(1);
  assert.equal(news.length, 1);
  const [told] = news;
  assert.ok(told?.is === 'block-used-up');
  assert.match(told.to, /^\+81 XX-XXXX-XX\d\d$/);
  assert.deepEqual({ ...told, to: '' }, { is: 'block-used-up', country: 'JP', to: '', until });
  const logged = await storage.db
    .selectFrom('audit_records')
    .select('record')
    .where('kind', '=', 'delivery.paused')
    .execute();
  const details = logged.map(({ record }) => JSON.parse(record).detail).filter(detail => 'to' in detail);
  assert.deepEqual(details, [{ country: 'JP', to: told.to, until }]);

  // An hour later the budget is used up again: that is the same story.
  clock.move(hours(1));
  for (let n = 0; n < 21; n++) await send('907777');
  assert.equal(news.length, 1);
  clock.move(hours(24));
  for (let n = 0; n < 21; n++) await send('907777');
  assert.equal(news.length, 2);

  const [by] = nodes;
  assert.ok(by);
  for (let n = 0; n < 30; n++) {
    const sent = await send('908888');
    assert.ok(sent.sent, `${n}`);
    await storage.change([by.verifying(sent.delivery)]);
  }
  assert.deepEqual(
    news.map(({ is }) => is),
    ['block-used-up', 'block-used-up'],
    'and none of a dormitory',
  );
});

test('the office is mailed in its language, at every address it named, and not at all when it named none', async () => {
  const { storage, clock, directory } = house;
  const logged: object[] = [];
  const tell = (office: string[]) =>
    openOfficeNews({
      storage,
      clock,
      directory,
      log: { warn: detail => void logged.push(detail) },
      rules: () => ({
        organisation: {
          name: { ja: '架空大学', en: '' },
          help: { ja: '', en: '' },
          language: 'ja',
          timeZone: 'Asia/Tokyo',
        },
        notices: { office, preparingUntil: undefined },
      }),
    });
  const waiting = () => storage.db.selectFrom('outbox').selectAll().execute();
  const paused: OfficeNews = { is: 'paused', country: 'JP', until: Date.UTC(2026, 3, 6, 1) };
  await storage.tx(tx => tell([])(tx, paused));
  assert.equal((await waiting()).length, 0);
  await storage.tx(tx => tell(['a@example.ac.jp', 'b@example.ac.jp'])(tx, paused));
  const mails = (await waiting()).map(({ id, payload_sealed }) =>
    JSON.parse(
      storage.sealer.open({ table: 'outbox', column: 'payload_sealed', row: id }, payload_sealed).toString(),
    ),
  );
  assert.deepEqual(mails.map(mail => mail.to).sort(), ['a@example.ac.jp', 'b@example.ac.jp']);
  assert.match(mails[0].subject, /架空大学: 日本への SMS/);
  assert.match(mails[0].text, /2026\/04\/06 10:00/);
  assert.deepEqual(logged, [paused, paused]);

  const member = await directory.users.create(
    { loginName: 'hanako', displayName: 'Hanako', groups: [] },
    { is: 'system' },
  );
  assert.ok(member.created);
  const fraud = { is: 'fraud', user: member.user.id, at: Date.UTC(2026, 3, 6, 1) } as const;
  const letter = async (news: OfficeNews): Promise<string> => {
    await storage.db.deleteFrom('outbox').execute();
    await storage.tx(tx => tell(['a@example.ac.jp'])(tx, news));
    const [row] = await waiting();
    assert.ok(row);
    const place = { table: 'outbox', column: 'payload_sealed', row: row.id };
    return JSON.parse(storage.sealer.open(place, row.payload_sealed).toString()).text;
  };
  const timed = await letter({ ...fraud, pausedUntil: Date.UTC(2026, 3, 6, 2, 30) });
  assert.match(timed, /hanako さんが「心当たりがない」と回答/);
  assert.match(timed, /2026\/04\/06 11:30 まで停止/);
  assert.match(timed, /genkan users unlock hanako/);
  assert.match(await letter({ ...fraud, pausedUntil: 'until-lifted' }), /解除されるまで停止/);
  const block = { is: 'block-used-up', country: 'JP', to: '+81 XX-XXXX-XX78' } as const;
  const stopped = await letter({ ...block, until: Date.UTC(2026, 3, 6, 2, 30) });
  assert.match(stopped, /日本/);
  assert.match(stopped, /\+81 XX-XXXX-XX78/);
  assert.match(stopped, /2026\/04\/06 11:30/);
  const wrongNumber = { ...fraud, is: 'number-reported', to: '+81 XX-XXXX-XX78' } as const;
  const left = await letter({ ...wrongNumber, pausedUntil: Date.UTC(2026, 3, 6, 2, 30) });
  assert.match(left, /hanako さんのアカウントに追加しようとしていた \+81 XX-XXXX-XX78/);
  assert.match(left, /2026\/04\/06 11:30 まで停止/);
  assert.match(left, /genkan users unlock hanako/);
  assert.doesNotMatch(await letter(wrongNumber), /停止|unlock/, 'it may be called again at once');
  const toldOnly = await letter(fraud);
  assert.doesNotMatch(toldOnly, /停止|unlock/, 'nothing is paused, and the mail says so');
});

test('a gateway is asked for the countries it reaches, and after the others while it is down', () => {
  const reaching = (id: string, countries?: readonly string[]): TextGateway => ({
    ...takingText(id),
    ...(countries ? { terms: { countries } } : {}),
  });
  const down: TextGateway = { ...refusingText('down'), state: () => ({ is: 'down', because: 'x' }) };
  const all = [down, reaching('japan', ['JP']), reaching('korea', ['KR']), reaching('world')];
  const ids = (to: string) => inOrder(all, number(to)).map(({ id }) => id);
  assert.deepEqual(ids('+819012345678'), ['japan', 'world', 'down']);
  assert.deepEqual(ids('+821012345678'), ['korea', 'world', 'down']);
  assert.deepEqual(ids('+16502530000'), ['world', 'down']);
});

test('a text that may have gone out is sent as far as its person is concerned, its code good, and nobody says it arrived', async () => {
  const { storage } = house;
  const second = takingText('second');
  const first: TextGateway = {
    ...refusingText('first'),
    send: async () => ({ taken: 'perhaps', reason: 'no answer' }),
  };
  const delivery = testDelivery(storage, { text: [first, second] }, standingClock());
  const text = aText();
  assert.deepEqual(await delivery.sendText(text), { sent: true, delivery: text.id });
  assert.equal(await delivery.outcome(text.id), 'unknown');
  assert.equal(second.taken.length, 0);
  const row = await storage.db
    .selectFrom('deliveries')
    .select('gateway')
    .where('id', '=', text.id)
    .executeTakeFirst();
  assert.equal(row?.gateway, 'first');
  second.reports().text({ delivery: text.id }, 'delivered');
  await delivery.settled();
  assert.equal(await delivery.outcome(text.id), 'delivered');
  assert.deepEqual(await attempt([], 10, async () => ({ taken: true })), { taken: false, reasons: [] });
});

test('what was sent is summed by the day of the organisation, at its price, and calls only when they were answered', async () => {
  const { db } = house.storage;
  await db.deleteFrom('deliveries').execute();
  const now = Date.UTC(2026, 3, 6, 16);
  assert.equal(dayOf(now, 'Asia/Tokyo'), '2026-04-07');
  const sent = (at: number, gateway: string, kind: string, state: string) =>
    db
      .insertInto('deliveries')
      .values({
        id: newId(),
        kind,
        user_id: newId(),
        number_index: Buffer.of(1),
        block_index: Buffer.of(1),
        country: 'JP',
        gateway,
        state,
        detail: '{}',
        created_at: at,
        modified_at: at,
        verified_at: null,
      })
      .execute();
  const [today, yesterday, before] = [now - minutes(30), now - hours(3), now - hours(48)];
  await sent(today, 't', 'text', 'delivered');
  await sent(today, 't', 'notice', 'unknown');
  await sent(today, 't', 'text', 'refused');
  await sent(yesterday, 't', 'text', 'accepted');
  await sent(before, 't', 'text', 'accepted');
  await sent(today, 'v', 'call', 'confirmed');
  await sent(today, 'v', 'call', 'busy');
  await sent(today, 'free', 'text', 'delivered');
  const texts = { ...takingText('t'), terms: { cost: { amount: 9.5, currency: 'JPY' } } };
  const calls = { ...callsByHand(), id: 'v', terms: { cost: { amount: 0.0139, currency: 'USD' } } };
  const clock = standingClock(now);
  const delivery = testDelivery(house.storage, { text: [texts, takingText('free')], voice: [calls] }, clock);
  await delivery.sweep('Asia/Tokyo');
  await delivery.sweep('Asia/Tokyo');
  const costs = await costsBetween(db, '2026-04-01', '2026-04-30');
  assert.deepEqual(costs, [
    { day: '2026-04-06', gateway: 't', kind: 'text', currency: 'JPY', sends: 1, amount: 9.5 },
    { day: '2026-04-07', gateway: 't', kind: 'text', currency: 'JPY', sends: 2, amount: 19 },
    { day: '2026-04-07', gateway: 'v', kind: 'call', currency: 'USD', sends: 1, amount: 0.0139 },
  ]);
  await db.deleteFrom('deliveries').execute();
  await delivery.sweep('Asia/Tokyo');
  assert.deepEqual(
    await costsBetween(db, '2026-04-01', '2026-04-30'),
    costs,
    'what is gone was summed before',
  );
});
