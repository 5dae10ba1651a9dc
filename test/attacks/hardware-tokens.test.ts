import assert from 'node:assert/strict';
import { test } from 'node:test';
import { minutes, seconds } from '../../src/kit/clock.ts';
import { type Done, openTokens } from '../../src/methods/hardware-token/index.ts';
import { hold } from '../../src/methods/hardware-token/store.ts';
import { hotp, stepOf } from '../../src/methods/otp.ts';
import { tellPerson } from '../../src/registration/index.ts';
import { until } from '../cast/until.ts';
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

const office = { is: 'office', name: 'test' } as const;
const at = scene();
const secret = Buffer.from('12345678901234567890');

const tokens = () =>
  openTokens({
    ...at.house.foundation,
    userNamed: async loginName => (await at.house.foundation.directory.users.byLoginName(loginName))?.id,
    tell: (tx, user, what, detail) =>
      tellPerson(
        tx,
        { sealer: at.house.foundation.storage.sealer, now: at.house.clock.now() },
        { user, what, credential: { method: 'hardware-token', detail } },
      ),
  });

/** A token with a button, fresh from its maker. */
async function deliver(...serials: string[]): Promise<void> {
  const packs = serials.map(
    serial => `<KeyPackage><DeviceInfo><Manufacturer>M</Manufacturer><SerialNo>${serial}</SerialNo></DeviceInfo>
      <Key Id="${serial}" Algorithm="urn:ietf:params:xml:ns:keyprov:pskc:hotp"><AlgorithmParameters>
      <ResponseFormat Length="6" Encoding="DECIMAL"/></AlgorithmParameters><Data><Secret>
      <PlainValue>${secret.toString('base64')}</PlainValue></Secret><Counter><PlainValue>0</PlainValue></Counter>
      </Data></Key></KeyPackage>`,
  );
  const file = `<KeyContainer Version="1.0" xmlns="urn:ietf:params:xml:ns:keyprov:pskc">${packs.join('')}</KeyContainer>`;
  assert.deepEqual(await tokens().import(file, undefined, office), { imported: true, n: serials.length });
}

/** From the security info to the question for its first code. */
async function claim(visitor: Visitor, serial: string): Promise<void> {
  await visitor.open('/account/security-info/add');
  await visitor.send('/choose', { adding: 'hardware-token hardware-token' });
  await visitor.send('/fill', { serial });
}

async function holder(called: string, serial: string): Promise<{ who: Resident; visitor: Visitor }> {
  const who = await at.resident(called);
  await deliver(serial);
  const visitor = at.house.visitor();
  await signInByText(visitor, who);
  await claim(visitor, serial.toLowerCase());
  await visitor.send('/answer', { code: hotp(secret, 0) });
  assert.ok(visitor.page.text.includes('追加されました'), visitor.page.text);
  return { who, visitor };
}

async function ask(visitor: Visitor, who: Resident, serial: string): Promise<void> {
  await enter(visitor, who);
  await visitor.send('/ask', { way: `${serial} code` });
}

test('a token lets its holder in, each code once, ten presses ahead and none behind', async () => {
  const { who } = await holder('TokenHolder', 'T-100');
  const visitors = Array.from({ length: 4 }, () => at.house.visitor());
  for (const visitor of visitors) await ask(visitor, who, 'T-100');
  const code = hotp(secret, 3);
  await Promise.all(visitors.map(visitor => post(visitor, actionOf(visitor, '/answer'), { code })));
  const proved = await at.count(
    'audit',
    `user_id = '${who.id}' and kind = 'sign-in.step' and detail->>'method' = 'hardware-token' and detail->>'verdict' = 'proved'`,
  );
  assert.equal(proved, 1);
  const visitor = at.house.visitor();
  await ask(visitor, who, 'T-100');
  for (const counter of [0, 3, 2, 14, 500]) {
    await visitor.send('/answer', { code: hotp(secret, counter) });
    assert.ok(
      visitor.page.forms.some(({ action }) => action.endsWith('/answer')),
      `${counter}`,
    );
  }
  await visitor.send('/answer', { code: hotp(secret, 13) });
  await arrive(visitor);
  await assertSignedIn(visitor);
});

test('one token has one holder, also when two claim it at once, and its number tells a stranger nothing', async () => {
  const [one, other] = [await at.resident('TokenOne'), await at.resident('TokenOther')];
  await deliver('T-200');
  const [first, second] = [at.house.visitor(), at.house.visitor()];
  for (const [visitor, who] of [
    [first, one],
    [second, other],
  ] as const) {
    await signInByText(visitor, who);
    await claim(visitor, 'T-200');
  }
  await Promise.all([
    post(first, actionOf(first, '/answer'), { code: hotp(secret, 1) }),
    post(second, actionOf(second, '/answer'), { code: hotp(secret, 2) }),
  ]);
  assert.equal(await at.count('hardware_token_holders', `serial = 'T-200'`), 1);
  const stranger = at.house.visitor();
  await signInByText(stranger, await at.resident('TokenStranger'));
  await deliver('T-201');
  await claim(stranger, 'T-200');
  const taken = stranger.page.text;
  await claim(stranger, 'T-999');
  assert.equal(stranger.page.text.replaceAll('T-999', 'T-200'), taken);
});

test('guessing the code of a token that lies in stock ends after five', async () => {
  const visitor = at.house.visitor();
  await signInByText(visitor, await at.resident('TokenGuesser'));
  await deliver('T-300');
  await claim(visitor, 'T-300');
  for (let i = 0; i < 5; i++) await visitor.send('/answer', { code: '000000' });
  await visitor.send('/answer', { code: hotp(secret, 0) });
  assert.equal(await at.count('hardware_token_holders', `serial = 'T-300'`), 0);
});

test('a lost token opens nothing from that moment, and a returned one accepts no code of before', async () => {
  const { who } = await holder('TokenLoser', 'T-400');
  const thief = at.house.visitor();
  await ask(thief, who, 'T-400');
  assert.equal(await tokens().withdraw('T-400', 'lost', office), 'done');
  await thief.send('/answer', { code: hotp(secret, 1) });
  await assertNotSignedIn(thief);
  assert.equal(await tokens().unassign('T-400', office), 'done');
  const next = at.house.visitor();
  await signInByText(next, await at.resident('TokenNext'));
  await claim(next, 'T-400');
  await next.send('/answer', { code: hotp(secret, 0) });
  assert.equal(await at.count('hardware_token_holders', `serial = 'T-400'`), 0);
  await next.send('/answer', { code: hotp(secret, 1) });
  assert.equal(await at.count('hardware_token_holders', `serial = 'T-400'`), 1);
});

test('what the office may do with a token follows from its state, and retired is for good', async () => {
  const [holding, other] = [await at.resident('TokenStates'), await at.resident('TokenStatesOther')];
  const { storage, clock } = at.house.foundation;
  const verbs = {
    assign: serial => tokens().assign(serial, other.id, office),
    unassign: serial => tokens().unassign(serial, office),
    lost: serial => tokens().withdraw(serial, 'lost', office),
    retire: serial => tokens().withdraw(serial, 'retired', office),
    resync: serial => tokens().resync(serial, [hotp(secret, 300), hotp(secret, 301)], office),
  } satisfies Record<string, (serial: string) => Promise<Done>>;
  const into = {
    stock: async () => undefined,
    assigned: serial => tokens().assign(serial, holding.id, office),
    active: serial => storage.tx(tx => hold(tx, serial, holding.id, clock.now())),
    lost: verbs.lost,
    retired: verbs.retire,
  } satisfies Record<string, (serial: string) => Promise<unknown>>;
  type Table = Record<keyof typeof into, Record<keyof typeof verbs, `${Done} ${keyof typeof into}`>>;
  const free = { unassign: 'done stock', lost: 'done lost', retire: 'done retired' } as const;
  const table: Table = {
    stock: { ...free, assign: 'done assigned', resync: 'done stock' },
    assigned: { ...free, assign: 'done assigned', resync: 'done assigned' },
    active: { ...free, assign: 'held active', resync: 'done active' },
    lost: { ...free, assign: 'withdrawn lost', resync: 'withdrawn lost' },
    retired: {
      assign: 'withdrawn retired',
      unassign: 'withdrawn retired',
      lost: 'withdrawn retired',
      retire: 'withdrawn retired',
      resync: 'withdrawn retired',
    },
  };
  const pairs = Object.entries(into).flatMap(([state, enter]) =>
    Object.entries(verbs).map(([verb, act]) => ({ state, verb, enter, act, serial: `S-${state}-${verb}` })),
  );
  await deliver(...pairs.map(({ serial }) => serial));
  const stateOf = async (serial: string) =>
    (await tokens().list()).find(token => token.serial === serial.toUpperCase())?.state;
  const seen: Record<string, Record<string, string>> = {};
  for (const { state, verb, enter, act, serial } of pairs) {
    await enter(serial.toUpperCase());
    assert.equal(await stateOf(serial), state);
    seen[state] = { ...seen[state], [verb]: `${await act(serial)} ${await stateOf(serial)}` };
  }
  assert.deepEqual(seen, table);

  // The road by which one came back: from retired to lost, and from lost into stock.
  await deliver('S-ROAD');
  const act = [verbs.retire, verbs.lost, verbs.unassign, verbs.lost, verbs.unassign];
  await Promise.all(act.map(verb => verb('S-ROAD')));
  assert.equal(await stateOf('S-ROAD'), 'retired');
});

test('far ahead, the office finds it again by two codes in a row', async () => {
  const { who } = await holder('TokenPocket', 'T-500');
  const two = (a: number, b: number) => tokens().resync('T-500', [hotp(secret, a), hotp(secret, b)], office);
  assert.equal(await two(1002, 1003), 'wrong-codes');
  assert.equal(await two(300, 302), 'wrong-codes');
  assert.equal(await two(300, 301), 'done');
  assert.equal(await two(300, 301), 'wrong-codes');
  const visitor = at.house.visitor();
  await ask(visitor, who, 'T-500');
  await visitor.send('/answer', { code: hotp(secret, 302) });
  await arrive(visitor);
  await assertSignedIn(visitor);
});

test("Entra's file: all or nothing, and a token kept for one is claimed by no other", async () => {
  const who = await at.resident('TokenCsv');
  const head = 'upn,serial number,secret key,time interval,manufacturer,model';
  const key = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';
  const line = (loginName: string, serial: string) => `${loginName},${serial},${key},60,M,T`;
  const load = (...lines: string[]) => tokens().import([head, ...lines].join('\n'), undefined, office);
  const failed = await load(line(who.loginName, 'C-1'), line('nobody@x', 'C-2'));
  assert.deepEqual(failed, {
    imported: false,
    problems: [{ line: 3, problem: 'nobody', value: 'nobody@x' }],
  });
  assert.equal(await at.count('hardware_tokens', `serial = 'C-1'`), 0);
  assert.deepEqual(await load(line('', 'C-1'), line('', 'C-1')), {
    imported: false,
    problems: [{ line: 3, problem: 'twice', value: 'C-1' }],
  });
  assert.deepEqual(await load(line(who.loginName, 'C-1')), { imported: true, n: 1 });
  assert.ok(!(await load(line('', 'C-1'))).imported);
  const thief = at.house.visitor();
  await signInByText(thief, await at.resident('TokenThief'));
  await claim(thief, 'C-1');
  assert.ok(!thief.page.forms.some(({ action }) => action.endsWith('/answer')));
  const owner = at.house.visitor();
  await signInByText(owner, who);
  await claim(owner, 'C-1');
  await owner.send('/answer', { code: hotp(secret, stepOf(at.house.clock.now(), 60)) });
  assert.equal(await at.count('hardware_token_holders', `user_id = '${who.id}'`), 1);
});

test('what the office does with a token is told to whom it concerns, and nothing to anybody else', async () => {
  const { who } = await holder('TokenTold', 'T-900');
  const kept = await at.resident('TokenKept');
  await deliver('T-901', 'T-902');
  await tokens().assign('T-901', kept.id, office);
  await tokens().withdraw('T-902', 'retired', office);
  await tokens().withdraw('T-900', 'lost', office);
  const told = (loginName: string) =>
    at.house
      .letters()
      .filter(letter => letter.includes(loginName))
      .map(letter => Buffer.from(letter.split('\r\n\r\n')[1] ?? '', 'base64').toString());
  await until(() => told(who.loginName).length >= 2 && told(kept.loginName).length >= 1);
  // Registered by themselves, and lost by the word of the office.
  assert.equal(told(who.loginName).length, 2);
  assert.ok(
    told(who.loginName).some(letter => letter.includes('削除されました：ハードウェア トークン T-900')),
  );
  const [assigned, ...others] = told(kept.loginName);
  assert.match(assigned ?? '', /事務局が次のものを割り当てました：ハードウェア トークン T-901/);
  assert.equal(others.length, 0);
});

test('guesses at a token are counted over all wizards, and its owner claims it after a while', async () => {
  const guesser = await at.resident('TokenWizards');
  const visitor = at.house.visitor();
  await signInByText(visitor, guesser);
  await deliver('T-310');
  let judged = 0;
  for (let wizard = 0; wizard < 6; wizard++) {
    await claim(visitor, 'T-310');
    for (let i = 0; i < 5 && visitor.page.forms.some(({ action }) => action.endsWith('/answer')); i++) {
      await visitor.send('/answer', { code: '000000' });
      judged++;
    }
  }
  assert.ok(judged <= 11, `${judged} guesses in six wizards`);
  await claim(visitor, 'T-310');
  await post(visitor, `${new URL(visitor.page.url).pathname}/answer`, { code: hotp(secret, 0) });
  assert.equal(await at.count('hardware_token_holders', `serial = 'T-310'`), 0);
  assert.equal(await at.count('lockouts', `key = 'second:${guesser.id}' and failures = 10`), 1);

  at.house.clock.pass(minutes(15) + seconds(1));
  const owner = at.house.visitor();
  await signInByText(owner, await at.resident('TokenWizardOwner'));
  await claim(owner, 'T-310');
  await owner.send('/answer', { code: hotp(secret, 0) });
  assert.equal(await at.count('hardware_token_holders', `serial = 'T-310'`), 1);
});

test('many accounts that guess at one token are one guesser, until the office takes it in hand', async () => {
  await deliver('T-320', 'T-321');
  for (let i = 0; i < 3; i++) {
    const visitor = at.house.visitor();
    await signInByText(visitor, await at.resident(`TokenCrowd${i}`));
    await claim(visitor, 'T-320');
    for (let guess = 0; guess < 4; guess++)
      if (visitor.page.forms.some(({ action }) => action.endsWith('/answer')))
        await visitor.send('/answer', { code: '000000' });
  }
  assert.equal(await at.count('lockouts', `key = 'token:T-320' and failures = 10`), 1);
  const last = at.house.visitor();
  const who = await at.resident('TokenCrowdLast');
  await signInByText(last, who);
  await claim(last, 'T-320');
  assert.ok(!last.page.forms.some(({ action }) => action.endsWith('/answer')), last.page.text);

  // Another token is not locked for it, and the office opens this one by keeping it for somebody.
  await claim(last, 'T-321');
  assert.ok(
    last.page.forms.some(({ action }) => action.endsWith('/answer')),
    last.page.text,
  );
  assert.equal(await tokens().assign('T-320', who.id, office), 'done');
  await claim(last, 'T-320');
  await last.send('/answer', { code: hotp(secret, 0) });
  assert.equal(await at.count('hardware_token_holders', `serial = 'T-320'`), 1);
});
