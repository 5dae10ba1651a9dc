import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import { callEnds, type Delivery } from '../../gateways/index.ts';
import { callsByHand, standingClock, takingText, testDelivery } from '../../gateways/testing.ts';
import { minutes, seconds } from '../../kit/clock.ts';
import { newId, type UserId } from '../../kit/ids.ts';
import { testStorage } from '../../storage/testing.ts';
import type { Context, Verdict } from '../method.ts';
import { openPhone, type PhoneChallenge, type PhoneMethod, phonesOf } from './index.ts';
import { contextAt, settings } from './testing.ts';

describe('a phone', () => {
  let storage: Awaited<ReturnType<typeof testStorage>>;
  let delivery: Delivery;
  let phone: PhoneMethod;
  let texts: ReturnType<typeof takingText>;
  let calls: ReturnType<typeof callsByHand>;
  let clock = standingClock();
  before(async () => {
    storage = await testStorage();
  });
  after(() => storage.close());
  beforeEach(async () => {
    for (const table of ['send_budgets', 'deliveries', 'live_calls', 'phones'] as const)
      await storage.db.deleteFrom(table).execute();
    clock = standingClock();
    texts = takingText();
    calls = callsByHand();
    delivery = testDelivery(storage, { text: [texts], voice: [calls] }, clock);
    phone = openPhone({ storage, delivery, settings: () => settings });
  });

  const contextOf: ReturnType<typeof contextAt> = (...asked) => contextAt(clock)(...asked);
  const lastCode = (): string => /#(\d{6})$/.exec(texts.taken.at(-1)?.text ?? '')?.[1] ?? '';
  const said = (verdict: Verdict<PhoneChallenge>): string =>
    verdict.verdict === 'refused'
      ? verdict.refusal.reason
      : verdict.verdict === 'waiting'
        ? verdict.state
        : 'proved';
  const spend = (verdict: Verdict<PhoneChallenge>): Promise<boolean> => {
    assert.ok(verdict.verdict === 'proved' && verdict.spends);
    return storage.change(verdict.spends);
  };

  async function register(context: Context, fields: Record<string, string>, kind = 'mobile') {
    const way = phone.registration;
    const read = await way.read(fields, kind, undefined, context);
    assert.ok(read.ok, JSON.stringify(read));
    const begun = await way.begin(read.draft, context, undefined);
    assert.ok(begun.begun, JSON.stringify(begun));
    const { challenge } = begun;
    if (challenge.way === 'call') {
      calls.calls.get(challenge.delivery)?.('confirmed');
      await delivery.settled();
    }
    const verdict = await way.verify(read.draft, challenge, { code: lastCode() }, context);
    assert.equal(await spend(verdict), true);
    const prepared = await way.prepare(read.draft, context);
    assert.ok(prepared.added, JSON.stringify(prepared));
    assert.equal(await storage.tx(tx => way.add(tx, read.draft, prepared.credential, context)), true);
    return { draft: read.draft, challenge, credential: prepared.credential };
  }

  async function ask(context: Context, way = 'text', previous?: PhoneChallenge) {
    const [credential] = await phone.credentials(context.user);
    assert.ok(credential);
    const begun = await phone.begin(credential, way, context, previous);
    assert.ok(begun.begun, JSON.stringify(begun));
    return begun.challenge;
  }

  test('is registered by text, listed masked, and stored so that the database does not know it', async () => {
    const context = contextOf();
    const { draft, challenge } = await register(context, {
      country: 'JP',
      number: '０９０−１２３４−５６７８',
      way: 'text',
    });
    const [credential] = await phone.credentials(context.user);
    assert.equal(credential?.detail, '+81 XX-XXXX-XX78');
    assert.deepEqual(credential?.ways, ['text', 'call']);
    const dump = JSON.stringify([
      draft,
      challenge,
      await storage.db.selectFrom('phones').selectAll().execute(),
    ]);
    assert.ok(!dump.includes('12345678') && !dump.includes(lastCode()));
    assert.equal(texts.taken[0]?.to, '+819012345678');
  });

  test('whoever reads none of the languages of pages is texted and called in their own', async () => {
    const user: UserId = newId();
    const now = clock.now();
    await storage.db
      .insertInto('users')
      .values({
        id: user,
        login_name: 'minjun',
        display_name: '김민준',
        language: 'ko',
        valid_from: now,
        created_at: now,
      })
      .execute();
    const scripts: string[] = [];
    const { call } = calls;
    calls.call = (placed, signal) => {
      scripts.push(placed.script.language);
      return call(placed, signal);
    };
    const context = contextOf(user);
    await register(context, { country: 'JP', number: '090-1234-5678', way: 'text' });
    assert.match(texts.taken[0]?.text ?? '', /^\d{6} 京都中央大学 인증번호입니다/);
    await ask(context, 'call');
    assert.deepEqual(scripts, ['ko']);
  });

  test('a mobile phone has no extension, also as an office phone: what is written there makes it no other phone', async () => {
    for (const extension of ['', '1', '2'])
      await register(contextOf(), { number: '090-1234-5678', extension }, 'office');
    const context = contextOf();
    const read = await phone.registration.read(
      { number: '090-1234-5678', extension: '3' },
      'office',
      undefined,
      context,
    );
    assert.ok(!read.ok, 'three people share it already');
  });

  test('an office phone is called through its extension; a fixed line is never texted', async () => {
    const context = contextOf();
    await register(context, { number: '03-1234-5678', extension: '１２３' }, 'office');
    assert.equal((await phonesOf(storage.db, storage.sealer, context.user))[0]?.extension, '123');
    assert.deepEqual((await phone.credentials(context.user))[0]?.ways, ['call']);
    const asked = await phone.registration.read(
      { number: '03-1234-5678', way: 'text' },
      'mobile',
      undefined,
      context,
    );
    assert.ok(!asked.ok && asked.problems.way);
    await register(contextOf(), { number: '03-1234-5679', way: 'call' });
  });

  test('the manual’s 813-1234-5678 is read back before anything is sent', async () => {
    const context = contextOf();
    const fields = { country: 'JP', number: '813-1234-5678', way: 'call' };
    const first = await phone.registration.read(fields, 'mobile', undefined, context);
    assert.ok(!first.ok && first.problems.confirm);
    const second = await phone.registration.read(
      { ...fields, seen: '+81312345678' },
      'mobile',
      undefined,
      context,
    );
    assert.ok(second.ok);
  });

  test('what cannot be registered is said in a sentence', async () => {
    const context = contextOf();
    const table: [Record<string, string>, string][] = [
      [{ number: '' }, '入力してください'],
      [{ number: '0120-123-456', way: 'text' }, 'フリーダイヤル'],
      [{ number: '050-1234-5678', way: 'text' }, '050'],
      [{ number: '110', way: 'call' }, '緊急'],
      [{ country: 'KI', number: '72012345', way: 'text' }, 'この国'],
      [{ number: '+44 20 7946 0018', way: 'call' }, 'この国'],
      [{ number: '090-1234-5678', way: 'pigeon' }, '確認方法'],
    ];
    for (const [fields, part] of table) {
      const read = await phone.registration.read({ country: 'JP', ...fields }, 'mobile', undefined, context);
      assert.ok(!read.ok, JSON.stringify(fields));
      assert.ok(Object.values(read.problems).join().includes(part), JSON.stringify(read.problems));
    }
    assert.equal(texts.taken.length, 0);
  });

  test('one of each kind; an alternate phone only beside a first one', async () => {
    const context = contextOf();
    assert.deepEqual(phone.registration.kinds([], context.user), ['mobile', 'office']);
    const { draft, credential } = await register(context, { number: '090-1234-5678', way: 'text' });
    const have = await phone.credentials(context.user);
    assert.deepEqual(phone.registration.kinds(have, context.user), ['alternateMobile', 'office']);
    assert.equal(await storage.tx(tx => phone.registration.add(tx, draft, credential, context)), false);
    const again = await phone.registration.read(
      { number: '090-1234-5678' },
      'alternateMobile',
      undefined,
      context,
    );
    assert.ok(!again.ok && again.problems.number?.includes('登録されています'));
  });

  test('a fourth person cannot have the same number', async () => {
    for (let i = 0; i < 3; i++) {
      await register(contextOf(), { number: '090-1111-2222', way: 'text' });
      clock.move(minutes(5));
    }
    const read = await phone.registration.read(
      { number: '090-1111-2222', way: 'text' },
      'mobile',
      undefined,
      contextOf(),
    );
    assert.ok(!read.ok && read.problems.number);
  });

  test('a code signs in once; a wrong one counts and the old one dies with a new one', async () => {
    const context = contextOf();
    await register(context, { number: '090-1234-5678', way: 'text' });
    let challenge = await ask(context);
    const old = lastCode();
    const wrong = await phone.verify(challenge, { code: old === '000000' ? '000001' : '000000' }, context);
    assert.ok(wrong.verdict === 'refused' && wrong.challenge);
    challenge = wrong.challenge;
    const [credential] = await phone.credentials(context.user);
    assert.ok(credential);
    const early = await phone.begin(credential, 'text', context, challenge);
    assert.ok(!early.begun && early.refusal.reason === 'too-many-sends');
    clock.move(seconds(30));
    const later = { ...context, now: clock.now() };
    const renewed = await ask(later, 'text', challenge);
    assert.ok(renewed.way === 'text' && renewed.triesLeft === 4);
    if (old !== lastCode()) assert.equal(said(await phone.verify(renewed, { code: old }, later)), 'wrong');
    const right = await phone.verify(renewed, { code: ` ${lastCode()} ` }, later);
    assert.ok(right.verdict === 'proved');
    assert.deepEqual(right.evidence, {
      method: 'phone',
      factors: ['possession'],
      traits: ['phone-network'],
      amr: ['sms', 'otp'],
      at: later.now,
    });
    const spent = await Promise.all(Array.from({ length: 50 }, () => spend(right)));
    assert.equal(spent.filter(Boolean).length, 1, 'fifty times at once, accepted once');
  });

  test('a code is no good in another sign-in, for another person, or after five minutes', async () => {
    const context = contextOf();
    await register(context, { number: '090-1234-5678', way: 'text' });
    const challenge = await ask(context);
    const code = lastCode();
    assert.equal(
      said(await phone.verify(challenge, { code }, { ...context, correlation: newId() })),
      'wrong',
    );
    assert.equal(said(await phone.verify(challenge, { code }, { ...context, user: newId() })), 'wrong');
    assert.equal(
      said(await phone.verify(challenge, { code }, { ...context, now: context.now + minutes(5) + 1 })),
      'expired',
    );
  });

  test('a call waits, is answered with #, and is accepted once; no text is asked for', async () => {
    const context = contextOf();
    await register(context, { number: '090-1234-5678', way: 'text' });
    const challenge = await ask(context, 'call');
    await delivery.settled();
    assert.equal(phone.waits?.(challenge), true);
    assert.equal(said(await phone.verify(challenge, { code: '' }, context)), 'ringing');
    calls.calls.get(challenge.delivery)?.('answered');
    await delivery.settled();
    assert.equal(said(await phone.verify(challenge, { code: '' }, context)), 'answered');
    calls.calls.get(challenge.delivery)?.('confirmed');
    await delivery.settled();
    const verdict = await phone.verify(challenge, { code: '' }, context);
    assert.ok(verdict.verdict === 'proved');
    assert.deepEqual(verdict.evidence.amr, ['tel']);
    assert.equal(await spend(verdict), true);
    assert.equal(await spend(verdict), false);
  });

  test('a call that ended badly says how, and the page has nothing more to wait for', async () => {
    for (const outcome of callEnds.filter(end => end !== 'confirmed')) {
      const context = contextOf();
      await register(context, { number: `090-1234-56${10 + outcome.length * 3}`, way: 'text' });
      const challenge = await ask(context, 'call');
      calls.calls.get(challenge.delivery)?.(outcome);
      await delivery.settled();
      const verdict = await phone.verify(challenge, { code: '' }, context);
      assert.ok(verdict.verdict === 'refused' && verdict.challenge);
      const { refusal } = verdict;
      assert.equal(refusal.reason === 'undelivered' ? refusal.outcome : refusal.reason, outcome);
      assert.equal(phone.waits?.(verdict.challenge), false);
      for (const table of ['phones', 'send_budgets'] as const) await storage.db.deleteFrom(table).execute();
    }
  });

  test('a confirmation is good for five minutes', async () => {
    const context = contextOf();
    await register(context, { number: '090-1234-5678', way: 'text' });
    const challenge = await ask(context, 'call');
    calls.calls.get(challenge.delivery)?.('confirmed');
    await delivery.settled();
    assert.equal(
      said(await phone.verify(challenge, { code: '' }, { ...context, now: context.now + minutes(5) + 1 })),
      'expired',
    );
  });

  test('when nothing goes out, nothing is proved and the person is told', async () => {
    const context = contextOf();
    await register(context, { number: '090-1234-5678', way: 'text' });
    const down = openPhone({ storage, delivery: testDelivery(storage, {}, clock), settings: () => settings });
    const [credential] = await down.credentials(context.user);
    assert.ok(credential);
    for (const way of ['text', 'call'])
      assert.deepEqual(await down.begin(credential, way, context, undefined), {
        begun: false,
        refusal: { reason: 'gateway-down' },
      });
    assert.deepEqual(await down.begin(credential, 'pigeon', context, undefined), {
      begun: false,
      refusal: { reason: 'not-allowed' },
    });
  });

  test('a removed phone is gone, once', async () => {
    const context = contextOf();
    const { credential } = await register(context, { number: '090-1234-5678', way: 'text' });
    assert.equal(await storage.tx(tx => phone.remove(tx, credential.id, context.user)), true);
    assert.equal(await storage.tx(tx => phone.remove(tx, credential.id, context.user)), false);
    assert.deepEqual(await phone.credentials(context.user), []);
  });
});
