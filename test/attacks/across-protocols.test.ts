// One person before two doors: an application of ours, and Microsoft that wants a second proof.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { minutes, seconds } from '../../src/kit/clock.ts';
import { wordsFor } from '../../src/words/index.ts';
import { arrive, entraFor, tenantOf } from '../cast/entra.ts';
import type { Visitor } from '../cast/visitor.ts';
import type { Entra, EntraTenant } from '../peers/entra/entra.ts';
import { application } from './grants.ts';
import { asksFor, given, type Held, question } from './held.ts';
import { assertNotSignedIn, scene } from './scene.ts';

let entra: Entra;
let tenant: EntraTenant;
const at = scene(async house => {
  await house.given.multiFactorEverywhere();
  entra = await entraFor(house);
  tenant = await tenantOf(house, entra);
});

after(() => entra.close());

const toOurs = async (id: string): Promise<string> => (await application(at.house, id)).ask().path;

const provedToMicrosoft = ({ page }: Visitor): boolean => /content="0;url=[^"]*\/answer"/.test(page.html);

/** Sent by Microsoft, to the question for what this person holds; whether it is asked at all. */
async function atMicrosoft({ who, way }: Held): Promise<Visitor> {
  const visitor = at.house.visitor();
  await arrive(visitor, entra, entra.user(tenant, who.loginName));
  await visitor.send('/ask', { way });
  return visitor;
}

const { app, device, token, paper, pass } = given(at);

for (const [what, give] of Object.entries({ app, device, token }))
  test(`a code of a person’s ${what} that let them in to an application proves nothing to Microsoft, nor the other way round`, async () => {
    const held = await give(`TwoProtocols-${what}`);
    // What was used while it was registered is used up.
    at.house.clock.pass(seconds(121));
    at.house.clock.stand();
    const ours = await question(at, held, await toOurs(`spent-${what}`));
    const used = held.right(ours.page);
    await ours.send('/answer', used);
    assert.ok(
      ours.page.forms.some(({ action }) => action.endsWith('/stay')),
      ours.page.text,
    );
    const thief = await atMicrosoft(held);
    await thief.send('/answer', used);
    assert.ok(thief.page.text.includes(wordsFor('ja').signIn.codeSpent), thief.page.text);
    assert.ok(!provedToMicrosoft(thief));
    at.house.clock.pass(seconds(61));
    const next = held.right(thief.page);
    await thief.send('/answer', next);
    assert.ok(provedToMicrosoft(thief), thief.page.text);
    const back = await question(at, held, await toOurs(`back-${what}`));
    await back.send('/answer', next);
    assert.ok(back.page.text.includes(wordsFor('ja').signIn.codeSpent), back.page.text);
    await assertNotSignedIn(back);
    at.house.clock.goOn();
  });

test('wrong answers are one count over an application and Microsoft, and the tenth locks both', async () => {
  const held = await app('OneCount');
  const [ours, theirs] = [await question(at, held, await toOurs('one-count')), await atMicrosoft(held)];
  const failures = (n: number) => at.count('lockouts', `key = 'second:${held.who.id}' and failures = ${n}`);
  for (let n = 0; n < 5; n++) {
    await ours.send('/answer', held.wrong(2 * n, ours.page));
    await theirs.send('/answer', held.wrong(2 * n + 1, theirs.page));
    assert.equal(await failures(2 * n + 2), 1);
  }
  for (const visitor of [ours, theirs]) {
    await visitor.send('/answer', held.right(visitor.page));
    assert.ok(visitor.page.text.includes('一時的に受け付けていません'), visitor.page.text);
    assert.ok(!provedToMicrosoft(visitor));
  }
  await assertNotSignedIn(ours);
  at.house.clock.pass(minutes(15) + seconds(1));
  const owner = await atMicrosoft(held);
  await owner.send('/answer', held.right(owner.page));
  assert.ok(provedToMicrosoft(owner), owner.page.text);
});

test('a pass that is good once, and a code on paper where it leads so far, are used up for Microsoft by an application', async () => {
  await at.house.given.setting('recoveryCodes', { leadTo: 'applications' });
  at.house.clock.pass(seconds(2));
  for (const [what, give] of Object.entries({ pass, paper })) {
    const { path: _, ...held } = await give(`TwoProtocols-${what}`);
    const used = held.right(at.house.visitor().page);
    const thief = await atMicrosoft(held);
    assert.ok(asksFor(thief), thief.page.text);
    const ours = await question(at, held, await toOurs(`spent-${what}`));
    await ours.send('/answer', used);
    assert.equal(
      await at.count(
        'audit',
        `user_id = '${held.who.id}' and kind = 'sign-in.step' and detail->>'verdict' = 'proved' and detail->>'method' in ('temporary-access-pass', 'recovery-code')`,
      ),
      1,
    );
    await thief.send('/answer', used);
    assert.ok(!provedToMicrosoft(thief), thief.page.text);
    const late = await atMicrosoft(held);
    if (asksFor(late)) await late.send('/answer', used);
    assert.ok(!provedToMicrosoft(late), late.page.text);
    at.house.clock.pass(seconds(61));
    const owner = at.house.visitor();
    await arrive(owner, entra, entra.user(tenant, held.who.loginName));
    await owner.send('/ask', { way: 'mobile text' });
    await owner.send('/answer', { code: await held.who.phone.code() });
    assert.ok(provedToMicrosoft(owner), owner.page.text);
  }
});
