// Every page of proving who one is by something else than a phone, every page that waits, and every page that says no.
import test from 'node:test';
import { minutes } from '../../src/kit/clock.ts';
import type { UserId } from '../../src/kit/ids.ts';
import { openTokens } from '../../src/methods/hardware-token/index.ts';
import { hotp, stepOf } from '../../src/methods/otp.ts';
import { waitWords } from '../../src/methods/refusal.ts';
import { openPasses, printedPass } from '../../src/methods/temporary-access-pass/index.ts';
import { multiFactorEverywhere, phishingResistantId } from '../../src/policies/index.ts';
import { wordsFor } from '../../src/words/index.ts';
import type { Person } from './chromium.ts';
import { type House, password } from './house.ts';
import { inspector } from './inspection.ts';
import { stage } from './stage.ts';
import { until } from './until.ts';
import { virtualAuthenticator } from './virtual-authenticator.ts';

const office = { is: 'office', name: 'counter' } as const;

/** Only with this strength does this person come in. */
async function demand(house: House, user: UserId, strength: string): Promise<void> {
  const policy = multiFactorEverywhere({ id: '' as never, displayName: strength, state: 'enabled' });
  const saved = await house.foundation.directory.access.policies.create(
    {
      ...policy,
      conditions: { ...policy.conditions, users: { includeUsers: [user] } },
      grantControls: { operator: 'OR', builtInControls: [], authenticationStrength: { id: strength } },
    },
    office,
  );
  if (!saved.saved) throw new Error(JSON.stringify(saved.problems));
  house.clock.pass(1_001);
}

/** Opens every one of these pages in this language, and looks at each. */
export function everyProof(language: 'ja' | 'en'): void {
  const at = stage(async house => {
    await house.given.multiFactorEverywhere();
    await house.given.setting('phone', { callsFrom: '03-5555-0100' });
  });
  const w = wordsFor(language);
  const person = () => at.person({ language, story: `proofs ${language}` });
  const number = (last: number): string => `+81901222000${last}`;
  const masked = (last: number): string => `+81 XX-XXXX-XX0${last}`;

  async function begin(who: Person, loginName: string, path = '/'): Promise<void> {
    await who.open(path);
    await who.sees(w.signIn.title);
    await who.fill(w.signIn.account, loginName);
    await who.press(w.registration.next);
    await who.fill(w.signIn.password, password);
    await who.press(w.signIn.signInButton);
  }

  async function byText(who: Person, last: number): Promise<void> {
    await who.press(w.phone.choiceText({ to: masked(last) }));
    await who.fill(w.phone.code, await at.telephone(number(last)).code());
    await who.press(w.phone.verify);
  }

  /** Whatever this page goes to by itself from now on is answered with nothing, so that it stays to be looked at. */
  /** Keeps the page that moves on by itself, so that it can be looked at. */
  async function standsStill(who: Person, where: string): Promise<void> {
    await who.page.route(where, route => route.fulfill({ status: 204 }));
  }

  async function network(fault: 'none' | 'slow'): Promise<void> {
    const operator = at.house.visitor();
    await operator.open('/simulator');
    await operator.send('/fault', { fault });
  }

  test(`the pages of passkeys, in ${language}`, async t => {
    await at.house.given.setting('passkeys', { remindEvery: 14 });
    const { loginName } = await at.house.given.user(`Key.${language}`, { phone: number(1), language });
    const who = await person();
    const { look, weights } = inspector(who, language);
    const device = await virtualAuthenticator(who);
    await device.isTouched(false);
    await begin(who, loginName);
    await byText(who, 1);
    await who.sees(w.passkey.offerTitle);
    await look('passkey-offer');
    await who.press(w.passkey.offerYes);
    await who.sees(w.passkey.formTitle);
    await look('passkey-explained');
    await who.press(w.passkey.next);
    await who.sees(w.passkey.makeTitle);
    await look('passkey-make');
    await device.isTouched(true);
    await who.press(w.passkey.make);
    await who.sees(w.passkey.added);
    await look('passkey-added');
    await who.press(w.registration.done);
    await who.press(w.signIn.no);
    await who.sees(w.account.appsTitle);
    await who.open('/account/security-info');
    await look('security-info-passkey');
    await who.press(w.page.accountMenu);
    await who.press(w.account.signOut);
    await who.sees(w.signIn.signedOutTitle);

    await device.isTouched(false);
    await who.open('/');
    await who.sees(w.passkey.signIn);
    await look('sign-in-options');
    await begin(who, loginName);
    await who.sees(w.signIn.proveTitle);
    await look('prove-several');
    await who.press(w.passkey.choice({ name: w.passkey.ofThisDevice }));
    await who.sees(w.passkey.useTitle);
    await look('prove-passkey');
    await device.recognises(false);
    await device.isTouched(true);
    await who.press(w.passkey.use);
    await who.sees(w.passkey.declinedHere);
    await look('prove-passkey-declined', { weighed: 'as it stands' });
    await device.recognises(true);
    await device.countsFrom(0);
    await who.press(w.passkey.use);
    await who.sees(w.passkey.cloned);
    await look('prove-passkey-cloned');
    await who.leave();
    await at.house.given.setting('passkeys', { remindEvery: 0 });
    t.diagnostic(JSON.stringify(Object.fromEntries(weights)));
  });

  test(`the pages of tokens and codes on paper, in ${language}`, async t => {
    const { house } = at;
    const { loginName } = await house.given.user(`Token.${language}`, { language });
    await openTokens({
      ...house.foundation,
      userNamed: async () => undefined,
      tell: async () => undefined,
    }).import(
      'upn,serial number,secret key,time interval,manufacturer,model\n,7654321,GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ,60,M,T',
      undefined,
      office,
    );
    const code = () => hotp(Buffer.from('12345678901234567890'), stepOf(house.clock.now(), 60));
    const who = await person();
    const { look, weights } = inspector(who, language);
    await begin(who, loginName);
    await who.press(w.registration.next);
    await who.press(w.token.name);
    await who.sees(w.token.serialTitle);
    await look('token-serial');
    await who.fill(w.token.serial, '1');
    await who.press(w.registration.next);
    await who.sees(w.token.serialUnknown);
    await look('token-serial-unknown');
    await who.fill(w.token.serial, '7654321');
    await who.press(w.registration.next);
    await look('token-code');
    await who.fill(w.signIn.code, code());
    await who.press(w.signIn.verify);
    await who.sees(w.token.added);
    await look('token-added');
    await who.press(w.recovery.make);
    await who.sees(w.recovery.newTitle);
    await look('recovery-codes', { weighed: 'as it stands' });
    const codes = ((await who.page.locator('.codes code').textContent()) ?? '').split('\n');
    await who.press(w.recovery.saved);
    await who.press(w.registration.done);
    await who.press(w.signIn.no);
    await who.sees(w.account.appsTitle);
    await who.open('/account/security-info');
    await look('security-info-token');
    await who.open('/account/security-info/recovery-codes');
    await look('recovery-codes-make');
    await who.leave();

    house.clock.pass(120_000);
    const later = await person();
    const { look: lookLater } = inspector(later, language);
    await begin(later, loginName);
    await later.press(w.token.choice({ name: '7654321' }));
    await later.sees(w.token.title);
    await lookLater('prove-token');
    await later.fill(w.signIn.code, '000000');
    await later.press(w.signIn.verify);
    await lookLater('prove-token-wrong');
    await later.leave();

    const lost = await person();
    const { look: lookLost } = inspector(lost, language);
    await begin(lost, loginName, '/account/security-info/recover');
    await lost.sees(w.signIn.proveTitle);
    await lookLost('prove-none-of-these');
    await lost.press(w.recovery.choice);
    await lost.sees(w.recovery.title);
    await lookLost('prove-recovery-code');
    await lost.fill(w.recovery.label, 'abc');
    await lost.press(w.signIn.verify);
    await lost.sees(w.signIn.codeMisread);
    await lookLost('prove-recovery-code-misread');
    // Down to the number at which new ones are offered.
    for (const [n, one] of codes.slice(0, 7).entries()) {
      if (n > 0) {
        await lost.page.context().clearCookies();
        await begin(lost, loginName, '/account/security-info/recover');
        await lost.press(w.recovery.choice);
      }
      await lost.fill(w.recovery.label, one);
      await lost.press(w.signIn.verify);
      await lost.sees(w.registration.chooseTitle);
    }
    await lost.leave();
    house.clock.pass(120_000);
    const few = await person();
    const { look: lookFew } = inspector(few, language);
    await begin(few, loginName);
    await few.press(w.token.choice({ name: '7654321' }));
    await few.fill(w.signIn.code, code());
    await few.press(w.signIn.verify);
    await few.press(w.signIn.no);
    await few.sees(w.account.appsTitle);
    await few.open('/account/security-info');
    await few.sees(w.recovery.fewLeft({ n: 3 }));
    await lookFew('security-info-few-codes');
    await few.leave();
    t.diagnostic(JSON.stringify(Object.fromEntries(weights)));
  });

  test(`the pages of a pass, in ${language}`, async () => {
    const { house } = at;
    const user = await house.given.user(`Pass.${language}`, { language });
    const made = await openPasses({ ...house.foundation, tell: async () => undefined }).make(
      { user: user.id },
      office,
    );
    if (!made.made) throw new Error(made.because);
    const who = await person();
    const { look } = inspector(who, language);
    await begin(who, user.loginName);
    await who.press(w.pass.choice);
    await who.sees(w.pass.title);
    await look('prove-pass');
    await who.fill(w.pass.label, 'ABCD-EFGH');
    await who.press(w.signIn.verify);
    await who.sees(w.signIn.codeMisread);
    await look('prove-pass-misread');
    await who.fill(w.pass.label, printedPass(made.pass));
    await who.press(w.signIn.verify);
    await who.sees(w.signIn.moreTitle);
    await look('more-information-by-pass');
    await who.leave();
  });

  test(`the pages that wait and that go on by themselves, in ${language}`, async () => {
    const { loginName } = await at.house.given.user(`Waits.${language}`, { phone: number(4), language });
    const text = w.phone.choiceText({ to: masked(4) });
    const who = await person();
    const { look } = inspector(who, language);
    await begin(who, loginName, at.mail.url);
    await who.sees(w.signIn.proveTitle);
    const other = await who.newTab();
    await network('slow');
    const asked = who.press(text);
    // It goes on by itself when the sending is over, which a busy machine may be before it was looked at: it stays.
    await other.page.route('**/wait', route => route.fulfill({ json: {} }));
    await until(async () => {
      await other.open(who.page.url());
      return (await other.page.title()).includes(w.signIn.sendingTitle);
    });
    await other.sees(w.signIn.sending);
    await inspector(other, language).look('sending', { weighed: 'as it stands' });
    await asked;
    await network('none');
    await who.sees(w.signIn.gatewayDown);
    await look('prove-gateway-down');
    await other.page.close();

    await who.press(text);
    await who.sees(w.phone.textTitle);
    await look('text-sent');
    await who.press(w.phone.callInstead);
    const phone = at.telephone(number(4));
    await who.sees(w.phone.stateRinging);
    await look('call-ringing');
    await phone.answer();
    await who.sees(w.phone.stateAnswered);
    await look('call-answered');
    await phone.press('5#');
    await who.sees(w.phone.ended['wrong-key']);
    await look('call-over');
    await who.press(w.phone.callAgain);
    await phone.answer();
    await phone.press('#');
    await who.sees(w.signIn.stayTitle);
    await standsStill(who, '**/oidc/auth/**');
    await who.page.getByRole('button', { name: w.signIn.no }).click();
    await who.sees(w.signIn.goOn);
    await look('moving-on', { weighed: 'as it stands' });
    await who.leave();
  });

  test(`the pages that say no, and the notice of what is being prepared, in ${language}`, async () => {
    const { house } = at;
    await house.given.setting('notices', {
      preparing: {
        text: {
          ja: '多要素認証を準備中です。4月1日から、サインインのときに電話による本人確認をお願いします。',
          en: 'We are preparing two-step sign-in: from 1 April you will be asked to confirm by phone.',
        },
        until: '2099-12-31',
      },
    });
    const { loginName, id } = await house.given.user(`Locked.${language}`, { phone: number(5), language });
    const who = await person();
    const { look } = inspector(who, language);
    await who.open('/');
    await look('sign-in-preparing');
    await begin(who, loginName);
    await who.press(w.phone.choiceText({ to: masked(5) }));
    const right = await at.telephone(number(5)).code();
    const guess = async (code: string): Promise<void> => {
      for (let n = 1; n <= 5; n++) {
        await who.fill(w.phone.code, String((Number(code) + n) % 1_000_000).padStart(6, '0'));
        await who.press(w.phone.verify);
      }
    };
    await guess(right);
    await who.sees(w.signIn.tooManyTries);
    await look('prove-too-many-tries');
    await begin(who, loginName);
    await who.press(w.phone.choiceText({ to: masked(5) }));
    await guess(await at.telephone(number(5)).code());
    await who.fill(w.phone.code, '000000');
    await who.press(w.phone.verify);
    await who.sees(w.signIn.locked({ wait: waitWords(w, minutes(15)) }));
    await look('prove-locked');

    const needy = await house.given.user(`Needy.${language}`, { phone: number(6), language });
    await demand(house, needy.id, phishingResistantId);
    await house.given.setting('passkeys', { offered: false });
    const nothing = await person();
    await begin(nothing, needy.loginName, at.mail.url);
    await nothing.press(w.phone.choiceText({ to: masked(6) }));
    await nothing.fill(w.phone.code, await at.telephone(number(6)).code());
    await nothing.press(w.phone.verify);
    await nothing.sees(w.signIn.cannotSatisfy);
    await inspector(nothing, language).look('refused-cannot-satisfy');
    await nothing.leave();

    await house.foundation.directory.office.disable(id, office);
    await who.press(w.signIn.anotherWay);
    await look('disabled');
    await who.leave();
  });
}
