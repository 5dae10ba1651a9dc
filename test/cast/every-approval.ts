// Every page of ours about Genkan Authenticator: set up, asked, answered, called by another name.
import assert from 'node:assert/strict';
import test from 'node:test';
import { wordsFor } from '../../src/words/index.ts';
import type { Person } from './chromium.ts';
import { bringKey, type Device, deviceOf } from './device.ts';
import { password } from './house.ts';
import { inspector } from './inspection.ts';
import { stage } from './stage.ts';

/** Opens every one of these pages in this language, and looks at each. */
export function everyApproval(language: 'ja' | 'en'): void {
  const at = stage(async house => {
    await house.given.multiFactorEverywhere();
  });
  const { approval: w, signIn, registration, account, page, phone } = wordsFor(language);
  const number = language === 'ja' ? '+819015550001' : '+819015550002';
  const masked = `+81 XX-XXXX-XX0${number.at(-1)}`;
  const name = language === 'ja' ? 'わたしのスマートフォン' : 'My phone';

  async function begin(who: Person, loginName: string): Promise<void> {
    await who.open('/account/security-info');
    await who.fill(signIn.account, loginName);
    await who.press(registration.next);
    await who.fill(signIn.password, password);
    await who.press(signIn.signInButton);
  }

  const numberOf = async (who: Person): Promise<string> =>
    /\d\d/.exec((await who.page.locator('.big-number').textContent()) ?? '')?.[0] ?? '';

  async function answer(who: Person, device: Device, given: { right?: false; deny?: true } = {}) {
    const asked = await device.pull();
    if (!asked) throw new Error('nothing was asked');
    const shown = await numberOf(who);
    const typed = given.right === false ? String(109 - Number(shown)) : shown;
    await device.answer(asked, given.deny ? { decision: 'deny' } : { number: typed });
  }

  /** With the script that waits held back, so that it stays to be looked at. */
  const held = async (who: Person, work: () => Promise<void>): Promise<void> => {
    await who.page.route('**/wait', route => route.fulfill({ json: {} }));
    await work();
    await who.page.unroute('**/wait');
  };

  /** The script that waits asks, is told what the page says already, and leaves it alone. */
  async function staysAsItIs(who: Person): Promise<void> {
    await who.page.evaluate(() => Object.assign(window, { same: true }));
    await who.page.waitForResponse(response => response.url().endsWith('/wait'));
    await new Promise(resolve => setTimeout(resolve, 500));
    assert.ok(await who.page.evaluate(() => 'same' in window), 'the page came again by itself');
  }

  test(`the pages of Genkan Authenticator, in ${language}`, async t => {
    const { loginName } = await at.house.given.user(`Approver.${language}`, { phone: number, language });
    const who = await at.person({ language, story: `approval ${language}` });
    // A question is good for a minute, and to look at its page in every way takes longer on a busy machine.
    at.house.clock.stand();
    const { look, weights } = inspector(who, language);
    await begin(who, loginName);
    await who.press(phone.choiceText({ to: masked }));
    await who.fill(phone.code, await at.telephone(number).code());
    await who.press(phone.verify);
    await who.press(signIn.no);
    await who.sees(account.securityInfo);
    await who.open('/account/security-info/add');
    await who.sees(w.name);
    await look('add-with-authenticator');
    await who.press(w.name);
    await who.sees(w.introduction);
    await look('authenticator-introduction');
    await who.press(registration.next);
    await who.sees(w.waitingForApp);
    await held(who, () => look('authenticator-scan'));
    const [, token = ''] = /#register=([\w-]+)/.exec(await who.page.content()) ?? [];
    const { key, said } = await bringKey(at.house, token, { name });
    const device = deviceOf(at.house, key, said.body);
    await who.sees(w.tryIt({ name }));
    await who.sees(w.waiting);
    await held(who, () => look('authenticator-try'));
    await staysAsItIs(who);
    await answer(who, device, { right: false });
    await who.sees(w.ended.wrong);
    await look('authenticator-wrong');
    await who.press(w.askAgain);
    await who.sees(w.tryIt({ name }));
    await answer(who, device);
    await who.sees(w.added);
    await look('authenticator-added');
    await who.press(registration.done);
    await who.sees(account.securityInfo, name);
    await look('security-info-authenticator');
    await who.page.goto(
      `${at.house.url}/account/security-info/rename?method=authenticator&credential=${device.id}`,
    );
    await who.sees(w.renameTitle);
    await look('authenticator-rename');
    await who.fill(w.newName, '');
    await who.press(w.save);
    await who.sees(w.nameProblems.empty);
    await look('authenticator-rename-empty', { weighed: 'as it stands' });
    await who.open('/account/security-info');
    await who.press(page.accountMenu);
    await who.press(account.signOut);

    await begin(who, loginName);
    await who.sees(signIn.proveTitle);
    await look('prove-with-authenticator');
    await who.press(w.choicePush({ name }));
    await who.sees(w.typeIt({ name }));
    await held(who, () => look('approve'));
    await answer(who, device, { deny: true });
    await who.sees(w.ended.declined);
    await look('approve-declined');
    await who.press(w.codeInstead);
    await who.sees(w.codeHint);
    await look('approve-code');
    await who.press(w.pushInstead);
    await who.sees(w.typeIt({ name }));
    at.house.clock.pass(61_000);
    await who.sees(w.ended.ignored);
    await look('approve-ignored');
    await who.press(w.askAgain);
    await who.sees(w.typeIt({ name }));
    await answer(who, device);
    await who.press(signIn.no);
    await who.sees(account.securityInfo);
    await who.leave();
    t.diagnostic(`the heaviest page has ${Math.max(...weights.values())} bytes`);
  });
}
