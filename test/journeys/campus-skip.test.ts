// 学内では多要素認証を行わずに利用できる: on, off, and 準備中.
import assert from 'node:assert/strict';
import test from 'node:test';
import type { PolicyId } from '../../src/kit/ids.ts';
import { campus } from '../cast/house.ts';
import { inbox } from '../cast/mail.ts';
import { stage } from '../cast/stage.ts';
import { doNotStay, signIn } from '../cast/steps.ts';

const office = { is: 'office', name: 'test' } as const;
let skip: PolicyId;
let everywhere: PolicyId;

const at = stage(async house => {
  everywhere = await house.given.multiFactorEverywhere('disabled');
  skip = await house.given.campusSkip('disabled');
});

async function policies(states: {
  skip: 'enabled' | 'disabled' | 'enabledForReportingButNotEnforced';
  everywhere: 'enabled' | 'disabled';
}): Promise<void> {
  const { policies } = at.house.foundation.directory.access;
  for (const saved of [
    await policies.setState(skip, states.skip, office),
    await policies.setState(everywhere, states.everywhere, office),
  ])
    assert.ok(saved?.saved, JSON.stringify(saved));
  at.house.clock.pass(1_001);
}

async function seen(
  address: string | undefined,
  story: string,
  loginName: string,
): Promise<'let in' | 'asked'> {
  const person = await at.person({ story, ...(address ? { address } : {}) });
  await person.open(at.mail.url);
  await person.picture('sign-in');
  await signIn(person, loginName);
  await person.page
    .getByText(/ID の確認|サインインの状態を維持/)
    .first()
    .waitFor();
  const asked = (await person.page.title()).includes('ID の確認');
  if (!asked) {
    await doNotStay(person);
    await person.sees(inbox);
  }
  await person.leave();
  return asked ? 'asked' : 'let in';
}

test('on: campus is let in with the password, home is asked', async () => {
  const { loginName } = await at.house.given.user('Hanako', { phone: '+819055550001' });
  await policies({ skip: 'enabled', everywhere: 'disabled' });
  assert.equal(await seen(campus, 'skip on, campus', loginName), 'let in');
  assert.equal(await seen(undefined, 'skip on, home', loginName), 'asked');
});

test('off: nobody is asked when no policy asks; everybody is when one does', async () => {
  const { loginName } = await at.house.given.user('Jiro', { phone: '+819055550002' });
  await policies({ skip: 'disabled', everywhere: 'disabled' });
  assert.equal(await seen(undefined, 'no policy, home', loginName), 'let in');
  await policies({ skip: 'disabled', everywhere: 'enabled' });
  assert.equal(await seen(campus, 'skip off, campus', loginName), 'asked');
});

test('準備中: campus is asked too, a dated notice says so, and the log says what the skip would have done', async () => {
  const { loginName, id } = await at.house.given.user('Sakura', { phone: '+819055550003' });
  await policies({ skip: 'enabledForReportingButNotEnforced', everywhere: 'enabled' });
  const text = '学内での多要素認証の省略は準備中です。環境が整うまでは、学内でも多要素認証を行ってください。';
  await at.house.given.setting('notices', {
    preparing: { text: { ja: text, en: 'Not yet.' }, until: tomorrow() },
  });

  const sakura = await at.person({ story: 'skip reports only', address: campus });
  await sakura.open(at.mail.url);
  await sakura.sees(text);
  await sakura.picture('notice');
  await sakura.leave();
  assert.equal(await seen(campus, 'skip reports only, campus', loginName), 'asked');

  const { records } = await at.house.foundation.audit.list({ user: id });
  const verdicts = JSON.stringify(records.map(record => record.detail));
  assert.match(verdicts, /"reportOnly":\[\{"policy":"学外では多要素認証","outcome":/);

  at.house.clock.pass(3 * 24 * 60 * 60_000);
  const later = await at.person({ story: 'notice over', address: campus });
  await later.open(at.mail.url);
  await later.sees('アカウント');
  await later.doesNotSee('準備中');
  await later.leave();
});

const tomorrow = (): string => new Date(at.house.clock.now() + 24 * 60 * 60_000).toISOString().slice(0, 10);
