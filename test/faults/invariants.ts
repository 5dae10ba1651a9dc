import assert from 'node:assert/strict';
import { CompiledQuery } from 'kysely';
import { hashSecret } from '../../src/kit/secrets.ts';
import { phonesOf } from '../../src/methods/phone/index.ts';
import type { History } from './history.ts';
import type { Installation } from './installation.ts';

/** What holds after every fault, whatever happened (facts: I1 to I9). */
export async function assertInvariants(installation: Installation, history: History): Promise<void> {
  const { foundation, exchange } = installation;
  const { storage, audit } = foundation;
  const rows = async (text: string) =>
    (await storage.db.executeQuery<Record<string, unknown>>(CompiledQuery.raw(text))).rows;
  const none = async (rule: string, text: string): Promise<void> => {
    assert.deepEqual(await rows(text), [], rule);
  };

  assert.deepEqual(history.problems, []);

  // Spent once: a sign-in is granted once, a text proves once, a step of an app opens once.
  const log = `(select *, record::jsonb as said from audit_records) as log`;
  await none(
    'a sign-in was granted twice',
    `select correlation_id from ${log} where kind = 'sign-in.granted' group by 1 having count(*) > 1`,
  );
  await none(
    'a question was proved twice in one sign-in',
    `select correlation_id from ${log} where kind = 'sign-in.step' and said->'detail'->>'verdict' = 'proved'
      group by correlation_id, said->'detail'->>'method' having count(*) > 1`,
  );
  const provedByApp = await rows(
    `select user_id, count(*)::int as times from ${log} where kind = 'sign-in.step'
      and said->'detail'->>'method' = 'totp' and said->'detail'->>'verdict' = 'proved' group by 1`,
  );
  for (const { user_id, times } of provedByApp) {
    const typed = [...history.typedCodes].find(([who]) => who.id === user_id)?.[1].size ?? 0;
    assert.ok(Number(times) <= typed, `${times} proofs by ${typed} codes of an app`);
  }

  // Durable: every session that a browser holds, every phone that a page named.
  for (const [token, who] of history.sessions) {
    const found = await storage.db
      .selectFrom('sessions')
      .select('user_id')
      .where('token_hash', '=', hashSecret(token))
      .executeTakeFirst();
    assert.equal(found?.user_id, who.id, `the session of ${who.loginName} is lost`);
  }
  for (const [who, what] of history.holdings) {
    const phones = await phonesOf(storage.db, storage.sealer, who.id);
    assert.deepEqual(
      phones.map(phone => phone.number),
      what === 'phone' ? [who.phone] : [],
      `${who.loginName} was told to have: ${what}`,
    );
  }

  // Nobody is in who did not prove it, and nothing happened that is not in the log.
  await none(
    'a session without two kinds of proof',
    `select id from sessions where not (evidence @> '[{"method":"password"}]'
      and (evidence @> '[{"method":"phone"}]' or evidence @> '[{"method":"totp"}]'))`,
  );
  await none(
    'granted without the steps that prove it',
    `select g.correlation_id from ${log.replace('as log', 'as g')} where g.kind = 'sign-in.granted' and not exists (
      select 1 from audit_records p where p.correlation_id = g.correlation_id and p.kind = 'sign-in.step'
      and p.record::jsonb->'detail'->>'verdict' = 'proved')`,
  );
  const [counted] = await rows(`select
    (select count(*) from sessions)::int as sessions,
    (select count(*) from audit_records where kind = 'sign-in.granted')::int as granted,
    (select count(*) from audit_records where kind = 'session.ended')::int as ended,
    (select coalesce(sum((record::jsonb->'detail'->>'sessions')::int), 0) from audit_records
      where kind = 'user.sessions-revoked')::int as revoked,
    (select count(*) from audit_records where kind in ('credential.added', 'credential.changed'))::int as added,
    (select count(*) from deliveries where verified_at is not null)::int as verified,
    (select count(*) from audit_records where kind = 'sign-in.step'
      and record::jsonb->'detail'->>'method' = 'phone' and record::jsonb->'detail'->>'verdict' = 'proved')::int as proved`);
  assert.ok(counted);
  assert.ok(
    Number(counted.sessions) + Number(counted.revoked) + Number(counted.ended) <= Number(counted.granted),
    `more sessions than were granted: ${JSON.stringify(counted)}`,
  );
  assert.equal(
    Number(counted.verified),
    Number(counted.proved) + Number(counted.added),
    `effects and log differ: ${JSON.stringify(counted)}`,
  );

  // What was sent was written down before, within its budget, and once.
  const written = new Set((await rows('select id from deliveries')).map(row => row.id));
  const ids = exchange.texts.map(text => text.id);
  assert.equal(new Set(ids).size, ids.length, 'something was sent twice');
  assert.deepEqual(
    ids.filter(id => !written.has(id)),
    [],
    'sent, and not written down',
  );
  const perNumber = Map.groupBy(exchange.texts, text => text.to);
  for (const [number, texts] of perNumber)
    for (const first of texts)
      assert.ok(
        texts.filter(({ at }) => at >= first.at && at < first.at + 600_000).length <= 3,
        `more than three texts in ten minutes to ${number}`,
      );

  while ((await audit.seal()) > 0);
  const { finding } = await audit.verify();
  assert.equal(finding, undefined);
  assert.ok(!installation.log().includes('"level":60'));
}
