import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { sql } from 'kysely';
import { minutes, seconds } from '../kit/clock.ts';
import { newId, type UserId } from '../kit/ids.ts';
import { openStorage } from '../storage/index.ts';
import { testStorage } from '../storage/testing.ts';
import { type Audit, type AuditEvent, openAudit } from './index.ts';

let storage: Awaited<ReturnType<typeof testStorage>>;
let audit: Audit;
const start = Date.UTC(2026, 3, 4, 9);
const clock = { at: start, now: () => clock.at };
const office = { is: 'office', name: 'taro' } as const;

before(async () => {
  storage = await testStorage();
  audit = openAudit({ storage, clock });
});
after(() => storage.close());

const write = (...events: AuditEvent[]) => storage.tx(tx => audit.record(tx, ...events));
const user = (): UserId => newId<'user'>();

describe('writing', () => {
  test('what is recorded is read back, newest first, in the order in which it was given', async () => {
    const who = user();
    const correlation = newId();
    await write(
      { kind: 'sign-in.started', user: who, correlation, application: 'portal', address: '2001:db8::1' },
      { kind: 'sign-in.step', user: who, correlation, detail: { b: [1, { z: null, a: 0.1 }], a: 'x' } },
    );
    clock.at += 5;
    await write({ kind: 'sign-in.granted', user: who, correlation, actor: { is: 'user', id: who } });
    const { records, next } = await audit.list({ user: who });
    assert.equal(next, undefined);
    assert.deepEqual(
      records.map(r => [r.kind, r.at]),
      [
        ['sign-in.granted', start + 5],
        ['sign-in.step', start],
        ['sign-in.started', start],
      ],
    );
    assert.deepEqual(records[1]?.detail, { b: [1, { z: null, a: 0.1 }], a: 'x' });
    assert.equal(records[2]?.address, '2001:db8::1');
    assert.deepEqual(records[0]?.actor, { is: 'user', id: who });
  });

  test('a record is undone with the effect that it tells of', async () => {
    const who = user();
    const undone = storage.tx(async tx => {
      await audit.record(tx, { kind: 'user.created', user: who });
      throw new Error('the effect failed');
    });
    await assert.rejects(undone, /the effect failed/);
    assert.deepEqual((await audit.list({ user: who })).records, []);
  });

  for (const [what, detail] of [
    ['a whole number', { to: '+819012345678' }],
    ['a whole number with separators', { to: 'to +81 90-1234-5678.' }],
    ['a whole number in full width', { to: '＋８１９０１２３４５６７８' }],
    ['a whole number deep inside', { sends: [{ to: '+819012345678' }] }],
    ['a password', { password: 'hunter2' }],
    ['a code', { answer: { Code: '123456' } }],
    ['a token', { 'refresh-token': 'x' }],
    ['a secret', { client_secret: 'x' }],
  ] as const)
    test(`${what} is refused, and with it the whole transaction`, async () => {
      const who = user();
      await assert.rejects(
        write({ kind: 'user.changed', user: who }, { kind: 'sign-in.step', detail }),
        /logged/,
      );
      assert.deepEqual((await audit.list({ user: who })).records, []);
    });

  test('masked numbers, instants and counts are not mistaken for secrets', () =>
    write({
      kind: 'delivery.sent',
      detail: {
        to: '+81 XX-XXXX-XX78',
        at: '2026-04-04T09:00:00+09:00',
        codes: 1,
        country: '+81',
        ms: 1234567890,
      },
    }));

  test('any text that people send can be kept, and is genuine afterwards', async () => {
    const who = user();
    const detail = { agent: 'a\0b \ud800 \u202e\n', 'k\0': 1e-7, __proto__x: '10', 9: 'nine' };
    await write({ kind: 'user.changed', user: who, detail });
    assert.deepEqual((await audit.list({ user: who })).records[0]?.detail, detail);
    assert.equal((await audit.verify()).finding, undefined);
  });
});

describe('reading', () => {
  test('pages follow each other without a gap or a repetition', async () => {
    const who = user();
    for (let i = 0; i < 7; i++) await write({ kind: 'user.changed', user: who, detail: { i } });
    const seen: unknown[] = [];
    let after: string | undefined;
    do {
      const page = await audit.list({ user: who, limit: 3, after });
      seen.push(...page.records.map(r => r.detail?.i));
      after = page.next;
    } while (after);
    assert.deepEqual(seen, [6, 5, 4, 3, 2, 1, 0]);
  });

  test('kinds, instants and the number that was read to the office narrow what is found', async () => {
    const correlation = newId();
    clock.at += minutes(1);
    const [from, to] = [clock.at, clock.at + 1];
    await write({ kind: 'user.enabled', correlation }, { kind: 'user.disabled', correlation });
    clock.at = to;
    await write({ kind: 'user.enabled', correlation });
    const kindsOf = async (query: Parameters<Audit['list']>[0]) =>
      (await audit.list(query)).records.map(r => r.kind);
    assert.deepEqual(await kindsOf({ correlation }), ['user.enabled', 'user.disabled', 'user.enabled']);
    assert.deepEqual(await kindsOf({ correlation, from, to }), ['user.disabled', 'user.enabled']);
    assert.deepEqual(await kindsOf({ correlation, from: to }), ['user.enabled']);
    assert.deepEqual(await kindsOf({ correlation, kinds: ['user.disabled'] }), ['user.disabled']);
    assert.deepEqual(await kindsOf({ correlation: 'not a number of ours' }), []);
    assert.deepEqual(await kindsOf({ correlation, after: `'; drop` }), []);
  });

  test('recent sign-ins say who got in, with what, and who did not', async () => {
    const who = user();
    const [good, bad, left] = [newId(), newId(), newId()];
    const of = (correlation: string) => ({
      user: who,
      correlation,
      application: 'portal',
      address: '192.0.2.7',
    });
    await write(
      {
        kind: 'sign-in.step',
        ...of(bad),
        detail: { method: 'password', verdict: 'refused', reason: 'wrong' },
      },
      { kind: 'sign-in.refused', ...of(bad), detail: { because: 'blocked-by-policy' } },
      { kind: 'sign-in.step', ...of(good), detail: { method: 'password', verdict: 'proved' } },
      { kind: 'sign-in.step', ...of(good), detail: { method: 'phone', way: 'text', verdict: 'proved' } },
      { kind: 'sign-in.granted', ...of(good), detail: { methods: ['password', 'phone', 'totp'] } },
      {
        kind: 'sign-in.step',
        ...of(left),
        detail: { method: 'password', verdict: 'refused', reason: 'wrong' },
      },
    );
    const at = clock.at;
    const common = { at, application: 'portal', address: '192.0.2.7' };
    assert.deepEqual(await audit.signInsOf(who), [
      { correlation: left, ...common, outcome: 'abandoned', because: 'wrong', methods: [] },
      {
        correlation: good,
        ...common,
        outcome: 'granted',
        because: undefined,
        methods: [
          { method: 'password', way: undefined },
          { method: 'phone', way: 'text' },
          { method: 'totp', way: undefined },
        ],
      },
      { correlation: bad, ...common, outcome: 'refused', because: 'blocked-by-policy', methods: [] },
    ]);
    assert.equal((await audit.signInsOf(who, 1)).length, 1);
  });
});

describe('exporting', () => {
  const read = async (pieces: AsyncIterable<string>) => {
    let text = '';
    for await (const piece of pieces) text += piece;
    return text;
  };

  test('one line is one record, and nothing in it moves the cursor or turns text around', async () => {
    const who = user();
    await write({ kind: 'user.changed', user: who, detail: { name: 'a\nadmin ok \u001b[2J \u202e \u2028' } });
    const text = await read(audit.export({ user: who, format: 'json-lines', actor: office }));
    assert.equal(text.split('\n').length, 2);
    assert.doesNotMatch(text, /\p{Cf}|\p{Zl}|\p{Cc}.*\p{Cc}/u);
    assert.equal(JSON.parse(text).detail.name, 'a\nadmin ok \u001b[2J \u202e \u2028');
  });

  test('a spreadsheet finds nothing to compute', async () => {
    const who = user();
    await write({ kind: 'user.changed', user: who, application: '=HYPERLINK("http://x")', address: '@x' });
    const text = await read(audit.export({ user: who, format: 'csv', actor: office }));
    assert.ok(text.startsWith('\ufeffid,at,kind,'));
    assert.ok(text.includes(`,"'=HYPERLINK(""http://x"")",'@x,`));
    assert.ok(text.endsWith('\r\n'));
  });

  test('an export is itself recorded, with who made it', async () => {
    const who = user();
    await read(audit.export({ user: who, format: 'csv', actor: office }));
    const [record] = (await audit.list({ kinds: ['audit.exported'], limit: 1 })).records;
    assert.deepEqual(record?.actor, office);
    assert.deepEqual(record?.detail, { format: 'csv', user: who });
  });
});

describe('two hundred transactions at once while sealing runs', () => {
  test('lose nothing and leave one chain', async () => {
    const correlation = newId();
    const errors: Error[] = [];
    const otherNode = await openStorage(storage);
    const sealers = [1, 2].map(() =>
      openAudit({ storage: otherNode, clock }).startSealing({ every: 1, onError: e => errors.push(e) }),
    );
    await Promise.all(
      Array.from({ length: 200 }, (_, i) =>
        write(
          { kind: 'sign-in.step', correlation, detail: { i } },
          { kind: 'sign-in.policies', correlation, detail: { i } },
          { kind: 'sign-in.granted', correlation, detail: { i } },
        ),
      ),
    );
    await Promise.all(sealers.map(sealer => sealer.stop()));
    await otherNode.close();
    while ((await audit.seal()) > 0);
    assert.deepEqual(errors, []);
    const counted = await storage.db
      .selectFrom('audit_records')
      .select(find => find.fn.countAll<number>().as('all'))
      .where('correlation_id', '=', correlation)
      .where('seal', 'is not', null)
      .executeTakeFirstOrThrow();
    assert.equal(counted.all, 600);
    const verification = await audit.verify();
    assert.equal(verification.finding, undefined);
    assert.ok(verification.seals > 1);
    assert.equal(verification.unsealed, 0);
  });

  test('two sealers at once make one seal', async () => {
    await write({ kind: 'user.changed' }, { kind: 'user.changed' });
    const sealed = await Promise.all(Array.from({ length: 10 }, () => audit.seal()));
    assert.deepEqual(
      sealed.filter(n => n > 0),
      [2],
    );
    assert.equal((await audit.verify()).finding, undefined);
  });

  test('sealing goes on after a database error and tells of it once', async () => {
    const errors: Error[] = [];
    await write({ kind: 'user.changed' });
    const sealing = audit.startSealing({ every: 5, onError: e => errors.push(e) });
    await sql`alter table audit_seals rename to audit_seals_away`.execute(storage.db);
    while (errors.length === 0) await new Promise(resolve => setTimeout(resolve, 5));
    await sql`alter table audit_seals_away rename to audit_seals`.execute(storage.db);
    while ((await audit.verify()).unsealed > 0) await new Promise(resolve => setTimeout(resolve, 5));
    await sealing.stop();
    assert.match(errors[0]?.message ?? '', /audit_seals/);
  });
});

test('a checkpoint is written as number and hash', async () => {
  clock.at += seconds(2);
  assert.match((await audit.checkpoint()) ?? '', /^\d+:[\w-]{43}$/);
});
