import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { password } from '../../cast/given.ts';
import { until, untilPage } from '../../cast/until.ts';
import type { Visitor } from '../../cast/visitor.ts';
import { openWiredHouse, type WiredHouse } from '../../cast/wired-house.ts';
import { type Kannel, kannelIsHere, startKannel } from './kannel.ts';

/** The manuals' stories of texts, on a wire that no one here made: Genkan, Kannel's two boxes, and its SMSC. */
describe('a phone is registered and signed in with over Kannel', {
  skip: kannelIsHere() ? false : 'Kannel is not installed',
}, () => {
  let kannel: Kannel;
  let house: WiredHouse;
  before(async () => {
    kannel = await startKannel();
    const { url, username, password: secret } = kannel;
    house = await openWiredHouse(own => ({
      text: [
        {
          id: 'kannel',
          driver: 'kannel',
          url,
          username,
          password: secret,
          from: '0312345678',
          publicUrl: own,
        },
      ],
    }));
    await house.given.multiFactorEverywhere();
  });
  after(async () => {
    await house?.close();
    await kannel?.close();
  });

  /** What the SMSC was given last, in UCS-2 or as letters. */
  async function newCode(before: number): Promise<string> {
    const codes = () =>
      [...kannel.accessLog().matchAll(/Sent SMS .*\[msg:\d+:([^\]]*)\]/g)].map(([, message = '']) => {
        const isHex = /^[0-9A-F]{40,}$/.test(message) && message.length % 4 === 0;
        const text = isHex ? Buffer.from(message, 'hex').swap16().toString('utf16le') : message;
        return /(?<!\d)\d{6}(?!\d)/.exec(text)?.[0] ?? '';
      });
    await until(() => codes().length > before, kannel.accessLog);
    assert.equal(codes().length, before + 1, 'one press, one text');
    return codes().at(-1) ?? '';
  }

  async function signsIn(visitor: Visitor, who: { loginName: string }): Promise<void> {
    await visitor.open('/account');
    await visitor.send('/identify', { account: who.loginName });
    await visitor.send('/password', { password });
  }
  const isIn = async (visitor: Visitor): Promise<boolean> =>
    (await visitor.request('/account')).status === 200;

  test('in Japanese: the code of the registration, the receipt on the page, and the next sign-in', async () => {
    const who = await house.given.user('Taro', { language: 'ja' });
    const visitor = house.visitor();
    await signsIn(visitor, who);
    await visitor.send('/register');
    await visitor.send('/choose', { adding: 'phone mobile' });
    await visitor.send('/fill', { country: 'JP', number: '090-1111-2222', way: 'text' });
    const code = await newCode(0);
    await untilPage(visitor, ({ text }) => /arrived at the phone|電話に届きました/.test(text));
    assert.equal(await isIn(visitor), false);
    await visitor.send('/answer', { code: code === '000000' ? '111111' : '000000' });
    assert.equal(await isIn(visitor), false, 'a wrong code');
    await visitor.send('/answer', { code });
    await visitor.send('/done');
    if (visitor.page.forms.some(({ action }) => action.endsWith('/stay')))
      await visitor.send('/stay', { stay: 'no' });
    assert.ok(await isIn(visitor), visitor.page.text);

    const again = house.visitor();
    await signsIn(again, who);
    if (again.page.forms.some(({ action }) => action.endsWith('/ask')))
      await again.send('/ask', { way: 'mobile text' });
    await again.send('/answer', { code: await newCode(1) });
    if (again.page.forms.some(({ action }) => action.endsWith('/stay')))
      await again.send('/stay', { stay: 'no' });
    assert.ok(await isIn(again), again.page.text);
  });
});
