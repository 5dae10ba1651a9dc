import assert from 'node:assert/strict';
import { test } from 'node:test';
import { minutes } from '../../src/kit/clock.ts';
import {
  type Asked,
  askedBy,
  type Says,
  type SoftPasskey,
  softPasskey,
} from '../../src/methods/passkey/testing.ts';
import { wordsFor } from '../../src/words/index.ts';
import type { Visitor } from '../cast/visitor.ts';
import {
  actionOf,
  arrive,
  assertNotSignedIn,
  assertSignedIn,
  enter,
  post,
  type Resident,
  scene,
  signInByText,
} from './scene.ts';

const at = scene();
const words = wordsFor('ja');

/** To the page that asks the browser to make one; who has a phone shows it first. */
async function toTheMaking(visitor: Visitor, who: Resident): Promise<void> {
  await signInByText(visitor, who);
  await visitor.open('/account/security-info/add');
  await visitor.send('/choose', { adding: 'passkey passkey' });
  await visitor.send('/fill');
}

async function withPasskey(
  name: string,
  options: { backupEligible?: boolean } = {},
): Promise<{ who: Resident; key: SoftPasskey; way: string }> {
  const who = await at.resident(name);
  const visitor = at.house.visitor();
  await toTheMaking(visitor, who);
  const key = softPasskey({ origin: at.house.url, ...options });
  await visitor.send('/answer', { credential: key.made(askedBy(visitor.page.html)) });
  assert.ok(visitor.page.text.includes(words.passkey.added), visitor.page.text.slice(0, 400));
  const [held] = await at.house.foundation.storage.db
    .selectFrom('passkeys')
    .select('id')
    .where('user_id', '=', who.id)
    .execute();
  return { who, key, way: `${held?.id} key` };
}

/** Past the password, to the question for this passkey. */
async function toTheQuestion(visitor: Visitor, who: Resident, way: string): Promise<void> {
  await enter(visitor, who);
  await visitor.send('/ask', { way });
}

test('a passkey opens what its person may enter, and is asked for first', async () => {
  const { who, key, way } = await withPasskey('Aiko');
  const visitor = at.house.visitor();
  await enter(visitor, who);
  assert.ok(visitor.page.text.includes('ID の確認'));
  await visitor.send('/ask', { way });
  await visitor.send('/answer', { credential: key.used(askedBy(visitor.page.html)) });
  await arrive(visitor);
  await assertSignedIn(visitor);
  assert.equal(await at.count('audit', `kind = 'credential.added' and user_id = '${who.id}'`), 1);
});

test("one person's password and another one's passkey open nothing", async () => {
  const alice = await withPasskey('Alice');
  const bob = await withPasskey('Bob');
  const visitor = at.house.visitor();
  await toTheQuestion(visitor, alice.who, alice.way);
  await visitor.send('/answer', { credential: bob.key.used(askedBy(visitor.page.html)) });
  assert.ok(visitor.page.text.includes(words.passkey.wrong));
  await assertNotSignedIn(visitor);
  await visitor.send('/elsewhere');
  await post(visitor, actionOf(visitor, '/ask'), { way: bob.way });
  await visitor.open(visitor.page.url);
  assert.ok(!visitor.page.html.includes('data-options'), 'the passkey of another person was asked for');
});

test('fifty at once with one answer are one sign-in', async () => {
  const { who, key, way } = await withPasskey('Chika');
  const visitor = at.house.visitor();
  await toTheQuestion(visitor, who, way);
  const credential = key.used(askedBy(visitor.page.html));
  const before = await at.count(
    'audit',
    `kind = 'sign-in.step' and user_id = '${who.id}' and detail->>'verdict' = 'proved' and detail->>'method' = 'passkey'`,
  );
  const action = actionOf(visitor, '/answer');
  await Promise.all(
    Array.from({ length: 50 }, () =>
      post(visitor.copy(), action, { credential, csrf: visitor.page.forms[0]?.fields.csrf ?? '' }),
    ),
  );
  const after = await at.count(
    'audit',
    `kind = 'sign-in.step' and user_id = '${who.id}' and detail->>'verdict' = 'proved' and detail->>'method' = 'passkey'`,
  );
  assert.equal(after - before, 1);
  const again = at.house.visitor();
  await toTheQuestion(again, who, way);
  await again.send('/answer', { credential });
  await assertNotSignedIn(again);
});

test('an answer is looked at once: after a wrong one there is a new question', async () => {
  const { who, key, way } = await withPasskey('Daiki');
  const visitor = at.house.visitor();
  await toTheQuestion(visitor, who, way);
  const asked = askedBy(visitor.page.html);
  await visitor.send('/answer', { credential: key.used(asked, { origin: 'https://evil.test' }) });
  assert.ok(visitor.page.text.includes(words.passkey.wrong));
  assert.notEqual(askedBy(visitor.page.html).challenge, asked.challenge);
  await visitor.send('/answer', { credential: key.used(asked) });
  await assertNotSignedIn(visitor);
  await visitor.send('/answer', { credential: key.used(askedBy(visitor.page.html)) });
  await arrive(visitor);
  await assertSignedIn(visitor);
});

test('an answer that comes after five minutes is too late, and costs no try', async () => {
  const { who, key, way } = await withPasskey('Emi');
  const visitor = at.house.visitor();
  await toTheQuestion(visitor, who, way);
  const credential = key.used(askedBy(visitor.page.html));
  at.house.clock.pass(minutes(5));
  await visitor.send('/answer', { credential });
  assert.ok(visitor.page.text.includes(words.passkey.expired));
  await assertNotSignedIn(visitor);
  assert.equal(await at.count('lockouts', `key = 'second:${who.id}' and failures > 0`), 0);
  await visitor.send('/answer', { credential: key.used(askedBy(visitor.page.html)) });
  await arrive(visitor);
  await assertSignedIn(visitor);
});

const lies: Readonly<Record<string, Says>> = {
  'at another origin': { origin: 'https://id.keyaki.example.evil.test' },
  'for another relying party': { rpId: 'evil.test' },
  'in a frame': { crossOrigin: true },
  'without looking who it is': { flags: 0x01 },
  'as if while making one': { type: 'webauthn.create' },
};

test('no lie about where and how a passkey answered lets anybody in', async () => {
  const { who, key, way } = await withPasskey('Fumiko');
  const visitor = at.house.visitor();
  await toTheQuestion(visitor, who, way);
  for (const [what, says] of Object.entries(lies)) {
    await visitor.send('/answer', { credential: key.used(askedBy(visitor.page.html), says) });
    assert.ok(visitor.page.text.includes(words.passkey.wrong), what);
    await assertNotSignedIn(visitor);
  }
});

test('what a page asks while a passkey is made is no question of a sign-in', async () => {
  const { who, key, way } = await withPasskey('Goro');
  const making = at.house.visitor();
  await toTheMaking(making, who);
  const { challenge } = askedBy(making.page.html);
  const visitor = at.house.visitor();
  await toTheQuestion(visitor, who, way);
  await visitor.send('/answer', { credential: key.used({ ...askedBy(visitor.page.html), challenge }) });
  await assertNotSignedIn(visitor);
});

test('what somebody has already cannot be brought along by another', async () => {
  const { key, way, who } = await withPasskey('Hana');
  const thief = await at.resident('Ichiro');
  const visitor = at.house.visitor();
  await toTheMaking(visitor, thief);
  const forged = softPasskey({ origin: at.house.url, id: key.id });
  await visitor.send('/answer', { credential: forged.made(askedBy(visitor.page.html)) });
  assert.ok(visitor.page.text.includes(words.passkey.wrong));
  assert.equal(await at.count('passkeys', `user_id = '${thief.id}'`), 0);
  const owner = at.house.visitor();
  await toTheQuestion(owner, who, way);
  await owner.send('/answer', { credential: key.used(askedBy(owner.page.html)) });
  await arrive(owner);
  await assertSignedIn(owner);
});

test('a copy of a passkey is found out by its counter, and the log says so', async () => {
  const { who, key, way } = await withPasskey('Jiro');
  const copy = key.clone();
  const owner = at.house.visitor();
  await toTheQuestion(owner, who, way);
  await owner.send('/answer', { credential: key.used(askedBy(owner.page.html)) });
  await arrive(owner);
  await assertSignedIn(owner);
  const thief = at.house.visitor();
  await toTheQuestion(thief, who, way);
  await thief.send('/answer', { credential: copy.used(askedBy(thief.page.html)) });
  assert.ok(thief.page.text.includes(words.passkey.cloned));
  await assertNotSignedIn(thief);
  assert.equal(await at.count('audit', `user_id = '${who.id}' and detail->>'reason' = 'cloned'`), 1);
});

test('a passkey that was removed answers no more, also where it was asked for before', async () => {
  const { who, key, way } = await withPasskey('Kumi');
  const visitor = at.house.visitor();
  await toTheQuestion(visitor, who, way);
  await at.house.foundation.storage.db.deleteFrom('passkeys').where('user_id', '=', who.id).execute();
  await visitor.send('/answer', { credential: key.used(askedBy(visitor.page.html)) });
  await assertNotSignedIn(visitor);
  assert.ok(visitor.page.text.includes(words.passkey.notAllowed));
});

test('nobody has an eleventh passkey, also when two are made at once', async () => {
  const { who } = await withPasskey('Leo');
  const { storage, clock } = at.house.foundation;
  const { insert, list } = await import('../../src/methods/passkey/store.ts');
  const [first] = await list(storage.db, storage.sealer, who.id);
  assert.ok(first);
  const more = Array.from({ length: 20 }, (_, n) =>
    storage.tx(tx =>
      insert(tx, storage.sealer, {
        ...first,
        id: `more-${n}-${who.id}` as typeof first.id,
        createdAt: clock.now(),
      }),
    ),
  );
  assert.equal((await Promise.all(more)).filter(Boolean).length, 9);
  const visitor = at.house.visitor();
  await signInByText(visitor, who);
  await visitor.open('/account/security-info/add');
  assert.ok(!visitor.page.html.includes('passkey passkey'));
});

test('a device that did not look who it is, and one of a model or a kind that the organisation does not want, is not added', async () => {
  const before = await withPasskey('Hisa', { backupEligible: true });
  const who = await at.resident('Hiro');
  const visitor = at.house.visitor();
  await toTheMaking(visitor, who);
  const origin = at.house.url;
  const lent = 'cb69481e-8ff7-4039-93ec-0a2729a154a8';
  const refuses = async (key: SoftPasskey, sentence: string, says: Says = {}): Promise<void> => {
    await visitor.send('/answer', { credential: key.made(askedBy(visitor.page.html), says) });
    assert.ok(visitor.page.text.includes(sentence), visitor.page.text);
    assert.equal(await at.count('passkeys', `user_id = '${who.id}'`), 0);
  };
  await refuses(softPasskey({ origin }), words.passkey.wrong, { flags: 0x01 });
  await at.house.given.setting('passkeys', { models: [lent], synced: 'refused' });
  try {
    await refuses(softPasskey({ origin }), words.passkey.notAllowed);
    await refuses(softPasskey({ origin, aaguid: lent, backupEligible: true }), words.passkey.notAllowed);
    const key = softPasskey({ origin, aaguid: lent });
    await visitor.send('/answer', { credential: key.made(askedBy(visitor.page.html)) });
    assert.ok(visitor.page.text.includes(words.passkey.added), visitor.page.text);
    // What somebody has already goes on.
    const owner = at.house.visitor();
    await owner.send('/passkey', { credential: before.key.used(await atTheDoor(owner)) });
    await arrive(owner);
    await assertSignedIn(owner);
  } finally {
    await at.house.given.setting('passkeys', {});
  }
});

/** To the first page, and what it asks a passkey. */
async function atTheDoor(visitor: Visitor) {
  await visitor.open('/account');
  return askedBy(visitor.page.html);
}

const granted = (who: Resident): Promise<number> =>
  at.count('audit', `kind = 'sign-in.granted' and user_id = '${who.id}'`);

test('a passkey alone opens what its person may enter, where two proofs are wanted', async () => {
  const { who, key } = await withPasskey('Rika', { backupEligible: true });
  const visitor = at.house.visitor();
  await visitor.send('/passkey', { credential: key.used(await atTheDoor(visitor)) });
  await arrive(visitor);
  await assertSignedIn(visitor);
  assert.ok(visitor.page.text.includes(who.loginName));
});

test('the first page asks everybody the same, and another thing each time', async () => {
  const [one, other] = [at.house.visitor(), at.house.visitor()];
  const [first, second] = [await atTheDoor(one), await atTheDoor(other)];
  assert.notEqual(first.challenge, second.challenge);
  assert.deepEqual({ ...first, challenge: '' }, { ...second, challenge: '' });
  assert.deepEqual(first.allowCredentials, []);
  await one.send('/identify', { account: '' });
  assert.notEqual(askedBy(one.page.html).challenge, first.challenge);
});

test('at the first page too an answer after five minutes is too late, whatever it says of when it was asked', async () => {
  const { who, key } = await withPasskey('Toki', { backupEligible: true });
  const visitor = at.house.visitor();
  const asked = await atTheDoor(visitor);
  const late = key.used(asked);
  const stranger = at.house.visitor();
  const unknown = softPasskey({ origin: at.house.url, userHandle: key.userHandle });
  const strangers = unknown.used(await atTheDoor(stranger));
  at.house.clock.pass(minutes(5));
  for (const [someone, credential] of [
    [visitor, late],
    [stranger, strangers],
  ] as const) {
    await someone.send('/passkey', { credential });
    assert.ok(someone.page.text.includes(words.passkey.expired), someone.page.text);
    await assertNotSignedIn(someone);
  }
  // The moment that the challenge says cannot be put later.
  const fresh = askedBy(visitor.page.html);
  const moment = Buffer.from(fresh.challenge, 'base64url').subarray(0, 6);
  const old = Buffer.from(asked.challenge, 'base64url').subarray(6);
  const forged = Buffer.concat([moment, old]).toString('base64url');
  await visitor.send('/passkey', { credential: key.used(fresh, { challenge: forged }) });
  assert.ok(visitor.page.text.includes(words.passkey.wrong), visitor.page.text);
  await assertNotSignedIn(visitor);
  assert.equal(await granted(who), 1);

  // The way on: the same page asks anew, and takes a name as well.
  assert.ok(visitor.page.forms.some(({ action }) => action.endsWith('/identify')));
  at.house.clock.pass(minutes(4));
  await visitor.open(visitor.page.url);
  await visitor.send('/passkey', { credential: key.used(askedBy(visitor.page.html)) });
  await arrive(visitor);
  await assertSignedIn(visitor);
});

test('a copy of a passkey is found out at the first page as well, and locks nobody out', async () => {
  const { who, key } = await withPasskey('Nami');
  const copy = key.clone();
  const owner = at.house.visitor();
  await owner.send('/passkey', { credential: key.used(await atTheDoor(owner)) });
  await arrive(owner);
  await assertSignedIn(owner);
  const thief = at.house.visitor();
  await thief.send('/passkey', { credential: copy.used(await atTheDoor(thief)) });
  assert.ok(thief.page.text.includes(words.passkey.cloned), thief.page.text);
  await assertNotSignedIn(thief);
  assert.equal(await at.count('audit', `user_id = '${who.id}' and detail->>'reason' = 'cloned'`), 1);
  assert.equal(await at.count('lockouts', `key = 'second:${who.id}'`), 0);
  const again = at.house.visitor();
  await again.send('/passkey', { credential: key.used(await atTheDoor(again)) });
  await arrive(again);
  await assertSignedIn(again);
});

test('a key in the database that is given to another person, or exchanged, opens nothing', async () => {
  const alice = await withPasskey('Mai', { backupEligible: true });
  const bob = await withPasskey('Naoki', { backupEligible: true });
  const { db } = at.house.foundation.storage;
  const rowOf = ({ who }: { who: Resident }) =>
    db
      .selectFrom('passkeys')
      .select(['id', 'user_id', 'user_handle', 'public_key_sealed'])
      .where('user_id', '=', who.id)
      .executeTakeFirstOrThrow();
  const [hers, his] = [await rowOf(alice), await rowOf(bob)];
  /** Bob's device, under the name that this row has. */
  const answered = (asked: Asked, id: Buffer, userHandle: string): string => {
    const name = id.toString('base64url');
    return JSON.stringify({ ...JSON.parse(bob.key.used(asked, { userHandle })), id: name, rawId: name });
  };
  for (const { changed, id, asIf } of [
    { id: hers.id, changed: { public_key_sealed: his.public_key_sealed }, asIf: alice.key.id },
    { id: his.id, changed: { user_id: hers.user_id, user_handle: hers.user_handle }, asIf: bob.key.id },
  ]) {
    const [visitor, door] = [at.house.visitor(), at.house.visitor()];
    await toTheQuestion(visitor, alice.who, alice.way);
    const asked = await atTheDoor(door);
    await db.updateTable('passkeys').set(changed).where('id', '=', id).execute();
    await visitor.send('/answer', {
      credential: answered(askedBy(visitor.page.html), asIf, alice.key.userHandle),
    });
    assert.equal(visitor.page.status, 500, visitor.page.text);
    await assertNotSignedIn(visitor);
    await door.send('/passkey', { credential: answered(asked, asIf, alice.key.userHandle) });
    assert.equal(door.page.status, 500, door.page.text);
    await assertNotSignedIn(door);
    for (const { id: own, ...kept } of [hers, his])
      await db.updateTable('passkeys').set(kept).where('id', '=', own).execute();
  }
  for (const { key } of [alice, bob]) {
    const owner = at.house.visitor();
    await owner.send('/passkey', { credential: key.used(await atTheDoor(owner)) });
    await arrive(owner);
    await assertSignedIn(owner);
  }
});

test('an unknown passkey, a false one and one of somebody disabled hear the same', async () => {
  const alice = await withPasskey('Sayo', { backupEligible: true });
  const gone = await withPasskey('Tetsu', { backupEligible: true });
  await at.house.foundation.directory.office.disable(gone.who.id, { is: 'office', name: 'test' });
  const origin = at.house.url;
  const unknown = softPasskey({ origin, userHandle: alice.key.userHandle });
  const forged = softPasskey({ origin, id: alice.key.id, userHandle: alice.key.userHandle });
  const answers = await Promise.all(
    [unknown, forged, gone.key].map(async key => {
      const visitor = at.house.visitor();
      const { status, text } = await visitor.send('/passkey', {
        credential: key.used(await atTheDoor(visitor)),
      });
      await assertNotSignedIn(visitor);
      return { status, text };
    }),
  );
  assert.ok(answers[0]?.text.includes(words.passkey.wrong));
  for (const answer of answers) assert.deepEqual(answer, answers[0]);
});

test('fifty at once with one answer at the first page are one sign-in', async () => {
  const { who, key } = await withPasskey('Umi', { backupEligible: true });
  const before = await granted(who);
  const visitor = at.house.visitor();
  const credential = key.used(await atTheDoor(visitor));
  const action = actionOf(visitor, '/passkey');
  const csrf = visitor.page.forms[0]?.fields.csrf ?? '';
  await Promise.all(Array.from({ length: 50 }, () => post(visitor.copy(), action, { credential, csrf })));
  await visitor.open(visitor.page.url);
  await arrive(visitor);
  assert.equal((await granted(who)) - before, 1);
  const again = at.house.visitor();
  await atTheDoor(again);
  await again.send('/passkey', { credential });
  await assertNotSignedIn(again);
});

test('what was asked of one browser is answered by no other', async () => {
  const { key } = await withPasskey('Wako', { backupEligible: true });
  const [thief, victim] = [at.house.visitor(), at.house.visitor()];
  const asked = await atTheDoor(thief);
  await atTheDoor(victim);
  // The thief's page shows its own question to the victim, who answers it on our page.
  await victim.send('/passkey', { credential: key.used(asked) });
  await assertNotSignedIn(victim);
  const stolen = key.used(askedBy(victim.page.html));
  await thief.send('/passkey', { credential: stolen });
  await assertNotSignedIn(thief);
});

test('no lie at the first page lets anybody in, nor a key that tells of another person', async () => {
  const { key } = await withPasskey('Yae', { backupEligible: true });
  const other = await withPasskey('Zen', { backupEligible: true });
  const visitor = at.house.visitor();
  await atTheDoor(visitor);
  const more: Readonly<Record<string, Says>> = {
    ...lies,
    'of another person': { userHandle: other.key.userHandle },
    'of nobody': { userHandle: undefined },
    'while losing its copies': { flags: 0x05 },
  };
  for (const [what, says] of Object.entries(more)) {
    await visitor.send('/passkey', { credential: key.used(askedBy(visitor.page.html), says) });
    assert.ok(visitor.page.text.includes(words.passkey.wrong), what);
    await assertNotSignedIn(visitor);
  }
});

test('whoever is locked out of second proofs is not let in by a passkey either, and strangers lock nobody', async () => {
  const { who, key } = await withPasskey('Ayu', { backupEligible: true });
  const forged = softPasskey({ origin: at.house.url, id: key.id, userHandle: key.userHandle });
  const stranger = at.house.visitor();
  await atTheDoor(stranger);
  for (let n = 0; n < 12; n += 1)
    await stranger.send('/passkey', { credential: forged.used(askedBy(stranger.page.html)) });
  const owner = at.house.visitor();
  await owner.send('/passkey', { credential: key.used(await atTheDoor(owner)) });
  await arrive(owner);
  await assertSignedIn(owner);
  const { clock, storage } = at.house.foundation;
  await storage.db
    .insertInto('lockouts')
    .values({
      key: `second:${who.id}`,
      failures: 10,
      locked_until: clock.now() + minutes(15),
      modified_at: clock.now(),
    })
    .execute();
  const locked = at.house.visitor();
  await locked.send('/passkey', { credential: key.used(await atTheDoor(locked)) });
  await assertNotSignedIn(locked);
  at.house.clock.pass(minutes(15));
  const later = at.house.visitor();
  await later.send('/passkey', { credential: key.used(await atTheDoor(later)) });
  await arrive(later);
  await assertSignedIn(later);
});

test('where the organisation does not want it, the first page has no passkey and takes none', async () => {
  const { key } = await withPasskey('Chizu', { backupEligible: true });
  const before = at.house.visitor();
  const asked = await atTheDoor(before);
  const action = actionOf(before, '/passkey');
  await at.house.given.setting('passkeys', { signIn: false });
  await post(before, action, { credential: key.used(asked) });
  await assertNotSignedIn(before);
  const after = at.house.visitor();
  await after.open('/account');
  assert.ok(!after.page.html.includes('data-passkey'));
  await at.house.given.setting('passkeys', {});
});
