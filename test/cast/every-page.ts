// Every page in both languages: readable by everybody, at home on every screen, and light.
import assert from 'node:assert/strict';
import test from 'node:test';
import { startSample } from '../../sample/server.tsx';
import { sampleWords } from '../../sample/words.ts';
import type { UserId } from '../../src/kit/ids.ts';
import { freePort } from '../../src/kit/testing.ts';
import { multiFactorEverywhere } from '../../src/policies/index.ts';
import { wordsFor } from '../../src/words/index.ts';
import type { Person } from './chromium.ts';
import { campus, type House, password } from './house.ts';
import { inspector } from './inspection.ts';
import { assetFolders } from './pages.ts';
import { stage } from './stage.ts';

const office = { is: 'office', name: 'test' } as const;

/** Nobody comes in with this one. */
async function block(house: House, user: UserId): Promise<void> {
  const policy = multiFactorEverywhere({ id: '' as never, displayName: '停止中', state: 'enabled' });
  const saved = await house.foundation.directory.access.policies.create(
    {
      ...policy,
      conditions: { ...policy.conditions, users: { includeUsers: [user] } },
      grantControls: { operator: 'OR', builtInControls: ['block'] },
    },
    office,
  );
  assert.ok(saved.saved, JSON.stringify(saved));
  house.clock.pass(1_001);
}

/** Opens every page in this language, and looks at each. */
export function everyPage(language: 'ja' | 'en'): void {
  const at = stage(async house => {
    await house.given.setting('registration', { startsOn: '2026-04-01' });
    await house.given.setting('securityInfo', { onTrustedNetwork: 'password' });
    await house.given.setting('phone', { callsFrom: '03-5555-0100' });
    await house.given.campusSkip();
  });
  const w = wordsFor(language);
  const own = (digits: string): string => (language === 'ja' ? `0901${digits}` : `0902${digits}`);
  const e164 = (digits: string): string => `+81${own(digits).slice(1)}`;
  const person = (options: { address?: string } = {}) =>
    at.person({ language, story: `pages ${language}`, ...options });

  async function begin(who: Person, path: string, loginName: string): Promise<void> {
    await who.open(path);
    await who.fill(w.signIn.account, loginName);
    await who.press(w.registration.next);
    await who.fill(w.signIn.password, password);
    await who.press(w.signIn.signInButton);
  }

  test(`the pages of a first sign-in and of the wizard, in ${language}`, async t => {
    const { loginName } = await at.house.given.user(`First ${language}`.replace(' ', '.'), {
      mustChange: true,
      language,
    });
    const who = await person({ address: campus });
    const { look, weights } = inspector(who, language);
    await who.open(at.mail.url);
    await look('sign-in');
    await who.press(w.signIn.cannotSignIn);
    await who.press(w.registration.next);
    await who.sees(w.signIn.accountInvalid);
    await look('sign-in-empty');
    await who.fill(w.signIn.account, loginName);
    await who.press(w.registration.next);
    await look('password');
    await who.fill(w.signIn.password, 'wrong');
    await who.press(w.signIn.signInButton);
    await who.sees(w.signIn.passwordWrong);
    await look('password-wrong');
    await who.fill(w.signIn.password, password);
    await who.press(w.signIn.signInButton);
    await who.sees(w.signIn.changePasswordTitle);
    await look('new-password');
    await who.fill(w.signIn.newPassword, 'short');
    await who.press(w.registration.next);
    await look('new-password-short');
    await who.fill(w.signIn.newPassword, 'hanabi to kakigoori 2026');
    await who.fill(w.signIn.repeatPassword, 'hanabi to kakigoori 2026');
    await who.press(w.registration.next);
    await who.sees(w.signIn.moreTitle);
    await look('more-information');
    await who.press(w.registration.next);
    await look('secure');

    await who.press(w.registration.appTitle);
    await who.sees(w.registration.appSetUpTitle);
    await look('app');
    await who.press(w.registration.appCannotScan);
    await look('app-typed', { weighed: false });
    await who.press(w.registration.next);
    await who.fill(w.signIn.code, '000000');
    await who.press(w.signIn.verify);
    await look('app-code-wrong');
    await who.press(w.registration.another);

    await who.press(w.registration.officeTitle);
    await who.sees(w.phone.addOfficeTitle);
    await look('office-phone');
    await who.press(w.registration.another);
    await who.press(w.registration.mobileTitle);
    await look('phone');
    await who.fill(w.phone.number, '0120-444-444');
    await who.press(w.registration.next);
    await who.sees(w.phone.problems['toll-free']);
    await look('phone-wrong');
    const phone = at.telephone(e164('1110001'));
    await who.fill(w.phone.number, own('1110001'));
    await who.choose(w.phone.way, w.phone.wayCall);
    await who.press(w.registration.next);
    await who.sees(w.phone.callTitle);
    await look('phone-call');
    await phone.answer();
    await who.sees(w.phone.stateAnswered);
    await look('phone-call-answered');
    await phone.press('5#');
    await who.sees(w.phone.ended['wrong-key']);
    await look('phone-call-over');
    await who.press(w.registration.another);
    await who.press(w.registration.mobileTitle);
    await who.fill(w.phone.number, own('1110001'));
    await who.press(w.registration.next);
    await who.sees(w.phone.textTitle);
    await look('phone-code');
    const code = await phone.code();
    await who.fill(w.phone.code, code === '000000' ? '000001' : '000000');
    await who.press(w.phone.next);
    await look('phone-code-wrong');
    await who.fill(w.phone.code, code);
    await who.press(w.phone.next);
    await who.sees(w.registration.phoneAdded);
    await look('phone-added');
    await who.press(w.registration.done);
    await who.sees(w.signIn.stayTitle);
    await look('stay');
    await who.leave();
    t.diagnostic(JSON.stringify(Object.fromEntries(weights)));
  });

  test(`the pages of a second proof, in ${language}`, async t => {
    const number = e164('1110002');
    const { loginName } = await at.house.given.user(`Second.${language}`, { phone: number, language });
    const who = await person();
    const { look, weights } = inspector(who, language);
    const masked = `+81 XX-XXXX-XX02`;
    await begin(who, at.mail.url, loginName);
    await who.sees(w.signIn.proveTitle);
    await look('prove');
    await who.press(w.phone.choiceText({ to: masked }));
    await who.sees(w.phone.textTitle);
    await look('prove-code');
    await who.fill(w.phone.code, 'abc');
    await who.press(w.phone.verify);
    await look('prove-code-malformed');
    await who.press(w.phone.callInstead);
    await who.sees(w.phone.callTitle);
    await look('prove-call');
    const phone = at.telephone(number);
    await phone.answer();
    await phone.press('0#');
    await who.sees(w.signIn.fraudReported);
    await look('refused-fraud');
    await who.leave();
    t.diagnostic(JSON.stringify(Object.fromEntries(weights)));
  });

  test(`the pages that say no, in ${language}`, async () => {
    const blocked = await at.house.given.user(`Blocked.${language}`, { phone: e164('1110003'), language });
    await block(at.house, blocked.id);
    const who = await person();
    const { look } = inspector(who, language);
    await begin(who, '/', blocked.loginName);
    await who.sees(w.signIn.blockedByPolicy);
    await look('refused-policy');

    const locked = await at.house.given.user(`Locked.${language}`, { language });
    await who.open('/');
    await who.fill(w.signIn.account, locked.loginName);
    await who.press(w.registration.next);
    for (let i = 0; i < 3; i++) {
      await who.fill(w.signIn.password, `wrong ${i}`);
      await who.press(w.signIn.signInButton);
    }
    await look('password-delayed');

    await who.open('/');
    await who.fill(w.signIn.account, locked.loginName);
    await who.page.context().clearCookies();
    await who.press(w.registration.next);
    await who.sees(w.problems['cookies-refused']);
    await look('cookies-refused', { weighed: false });

    await who.open('/no/such/page');
    await who.sees(w.problems['not-found']);
    await look('not-found');
    await who.open('/sign-in/0199c9b2-0000-7000-8000-000000000000');
    await who.sees(w.problems['sign-in.over']);
    await look('sign-in-over');
    await who.open('/registration/0199c9b2-0000-7000-8000-000000000000');
    await look('registration-over');
    await who.open('/oidc/auth?client_id=nobody');
    await who.sees(w.oidc.troubleTitle);
    await look('application-unknown');
    await who.leave();
  });

  test(`a person's own pages, in ${language}`, async () => {
    const has = { phone: e164('1110004'), language };
    const { loginName } = await at.house.given.user(`Own.${language}`, has);
    const who = await person({ address: campus });
    const { look } = inspector(who, language);
    await begin(who, '/', loginName);
    await who.press(w.signIn.no);
    await who.sees(w.account.appsTitle);
    await look('my-apps');
    await who.press(w.page.accountMenu);
    await look('my-apps-menu', { weighed: false });
    await who.press(w.account.viewAccount);
    await look('account');
    await who.press(w.account.securityInfo);
    await look('security-info');
    await who.press(w.account.addMethod);
    await look('add-method');
    await who.press(w.registration.alternateMobileTitle);
    await look('alternate-phone');
    await who.fill(w.phone.number, own('1110005'));
    await who.press(w.registration.next);
    const second = at.telephone(e164('1110005'));
    await second.answer();
    await second.press('#');
    await who.sees(w.registration.phoneAdded);
    await who.press(w.registration.done);
    await look('security-info-two');
    await who.press(w.account.setDefault);
    await who.sees(w.account.defaultSet);
    await look('security-info-default');
    await who.press(w.account.remove);
    await look('delete');
    await who.press(w.account.removeYes);
    await who.press(w.account.remove);
    await who.sees(w.account.removeLast);
    await look('delete-last');
    await who.press(w.account.removeYes);
    await look('security-info-none');
    await who.press(w.account.recentTitle);
    await look('recent-sign-ins');
    await who.press(w.account.devicesTitle);
    await look('devices');
    await who.open('/oidc/session/end');
    await who.sees(w.oidc.signOutTitle);
    await look('sign-out');
    await who.press(w.oidc.signOut);
    await look('signed-out-of-applications');
    await who.open('/signed-out');
    await look('signed-out');
    await who.leave();
  });

  test(`the simulator, in ${language}`, async () => {
    const number = e164('1110006');
    const { loginName } = await at.house.given.user(`Phone.${language}`, {
      phone: number,
      way: 'call',
      language,
    });
    const who = await person();
    const hand = await person();
    const { look } = inspector(hand, language);
    const unweighed = { weighed: false };
    await begin(who, at.mail.url, loginName);
    await who.press(w.phone.choiceText({ to: '+81 XX-XXXX-XX06' }));
    await who.sees(w.phone.textTitle);
    await who.press(w.phone.callInstead);
    await hand.open('/simulator');
    await hand.sees(w.simulator.ringingNow);
    await look('simulator', unweighed);
    await hand.open(`/simulator/phones/${number}`);
    await hand.sees(w.simulator.answer);
    await look('simulator-ringing', unweighed);
    await hand.press(w.simulator.answer);
    await hand.sees(w.simulator.hangUp);
    await look('simulator-call', unweighed);
    await hand.press(w.simulator.hangUp);
    await hand.sees(w.simulator.states['hung-up']);
    await look('simulator-over', unweighed);
    at.house.clock.pass(13_000);
    await hand.page.reload();
    await look('simulator-messages', unweighed);
    await hand.leave();
    await who.leave();
  });
  test(`the sample application, in ${language}`, async t => {
    const port = await freePort();
    const url = `http://localhost:${port}`;
    const { id, secret = '' } = await at.house.given.application(`sample-${language}`, {
      redirectUris: [`${url}/callback`],
      postLogoutRedirectUris: [`${url}/`],
    });
    const [assets = ''] = await assetFolders();
    const issuer = `${at.house.url}/oidc`;
    const sample = await startSample({ issuer, url, port, clientId: id, clientSecret: secret, assets });
    t.after(sample.close);
    const says = sampleWords[language];
    const has = { phone: e164('1110007'), language };
    const { loginName } = await at.house.given.user(`Sample.${language}`, has);
    const who = await person({ address: campus });
    const { look } = inspector(who, language);
    // An application of somebody else, whose weight is its own affair.
    const unweighed = { weighed: false };
    await who.open(url);
    await look('sample', unweighed);
    await begin(who, `${url}/sign-in`, loginName);
    await who.press(w.signIn.no);
    await who.sees(says.hello({ name: `Sample.${language}` }), says.none);
    await look('sample-signed-in', unweighed);
    await who.press(says.refresh);
    await who.sees(says.refreshed);
    await look('sample-refreshed', unweighed);
    await who.press(says.signOut);
    await who.sees(says.signedOut);
    await look('sample-signed-out', unweighed);
    await who.leave();
  });
}
