// The steps of the manual 「電話と SMS」 over the wire of a message centre: registering by text, signing in by text, and what
// a person sees when the centre breaks in the middle.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { TextGateway } from '../../../src/gateways/index.ts';
import { smppFor } from '../../../src/gateways/sms/smpp/testing.ts';
import { readPart } from '../../../src/wire/smpp/index.ts';
import { type House, openHouse, password } from '../../cast/house.ts';
import { until } from '../../cast/until.ts';
import type { Visitor } from '../../cast/visitor.ts';
import { type NetSmpp, netSmppIsHere, startNetSmpp } from './net-smpp.ts';

describe('a person whose texts come over SMPP', { skip: !netSmppIsHere() }, () => {
  let centre: NetSmpp;
  let house: House;
  let port: number;
  let gateway: TextGateway;
  before(async () => {
    centre = await startNetSmpp({ ids: 'hexadecimal', receipts: 'decimal' });
    port = centre.port;
    gateway = smppFor(port, { source: { address: 'Keyaki' } }).gateway;
    house = await openHouse({ telephones: { text: [gateway] } });
    await house.given.multiFactorEverywhere();
  });
  after(async () => {
    // Also when the house did not open: what stays open keeps the process alive.
    for (const one of [house, gateway, centre]) await one?.close();
  });

  async function textTo(number: string): Promise<string> {
    const theirs = () => centre.all('submit').filter(({ to }) => `+${to}` === number);
    await until(() => theirs().length > 0);
    const last = theirs().at(-1);
    return readPart(Buffer.from(String(last?.hex), 'hex'), Number(last?.coding), false).text;
  }
  const codeIn = (text: string): string => /#(\d{6})$/.exec(text)?.[1] ?? '';
  const says = (visitor: Visitor, ...words: readonly string[]): void => {
    for (const word of words) assert.ok(visitor.page.text.includes(word), `${word}: ${visitor.page.text}`);
  };
  const has = (visitor: Visitor, button: string): boolean =>
    visitor.page.forms.some(({ action }) => action.endsWith(button));

  async function known(loginName: string, at = house): Promise<Visitor> {
    const visitor = at.visitor();
    await visitor.open('/account');
    await visitor.send('/identify', { account: loginName });
    await visitor.send('/password', { password });
    return visitor;
  }

  const restart = async (how: Parameters<typeof startNetSmpp>[0]): Promise<void> => {
    await centre.close();
    centre = await startNetSmpp({ port, ...how });
    await until(() => centre.all('bind').length > 0);
  };

  /** Of everything that was sent, in its order. */
  const statesIn = async ({ foundation }: House): Promise<readonly string[]> => {
    const rows = await foundation.storage.db.selectFrom('deliveries').select('state').orderBy('id').execute();
    return rows.map(({ state }) => state);
  };
  const stateOfLast = async (): Promise<string | undefined> => (await statesIn(house)).at(-1);

  test('registers a phone by the code that came, signs in by the next one, and the receipts are theirs', async () => {
    const number = '+819022220101';
    const { loginName } = await house.given.user('Taro', { mustRegister: true });
    const taro = await known(loginName);
    await taro.send('/register');
    await taro.send('/choose', { adding: 'phone mobile' });
    await taro.send('/fill', { country: 'JP', number: '090-2222-0101', way: 'text', seen: number });
    const text = await textTo(number);
    assert.match(text, /^\d{6} は.+の確認コードです。/);
    assert.ok(text.length <= 70);
    await taro.send('/answer', { code: codeIn(text) });
    says(taro, '電話番号が追加されました');

    house.clock.pass(60_000);
    const again = await known(loginName);
    await again.send('/ask', { way: 'mobile text' });
    await until(() => centre.all('submit').length === 2);
    const next = await textTo(number);
    assert.notEqual(next, text);
    await again.send('/answer', { code: codeIn(text) });
    assert.ok(has(again, '/answer'), 'an old code opened the door');
    await again.send('/answer', { code: codeIn(next) });
    assert.ok(has(again, '/stay'), again.page.text);
    await until(async () => (await stateOfLast()) === 'delivered');
  });

  test('is asked for a code that may have gone out when the centre fell: once, and another press brings another', async () => {
    await restart({ drop: 1 });
    const { loginName } = await house.given.user('Hanako', { phone: '+819022220102' });
    const hanako = await known(loginName);
    await hanako.send('/ask', { way: 'mobile text' });
    const first = await textTo('+819022220102');
    assert.ok(has(hanako, '/answer'), hanako.page.text);
    assert.equal(centre.all('submit').length, 1);
    assert.equal(await stateOfLast(), 'unknown');
    house.clock.pass(31_000);
    await hanako.open(hanako.page.url);
    says(hanako, 'SMS が送信されたか確認できていません。');
    await hanako.send('/ask', { way: 'mobile text' });
    await until(() => centre.all('submit').length === 2);
    await hanako.send('/answer', { code: codeIn(first) });
    assert.ok(has(hanako, '/answer'), 'an old code opened the door');
    await hanako.send('/answer', { code: codeIn(await textTo('+819022220102')) });
    assert.ok(has(hanako, '/stay'), hanako.page.text);
  });

  test('learns within seconds that no text can be sent, and is not let through', async () => {
    await restart({ throttle: 1_000_000 });
    const { loginName } = await house.given.user('Jiro', { phone: '+819022220103' });
    const jiro = await known(loginName);
    const began = performance.now();
    await jiro.send('/ask', { way: 'mobile text' });
    const took = performance.now() - began;
    assert.ok(took < 30_000, `${took} ms`);
    assert.ok(has(jiro, '/ask'), jiro.page.text);
    assert.equal(centre.all('submit').length, 0);
    says(jiro, 'ただいま送信できません。別の方法を選ぶか');
    await centre.close();
    await until(() => gateway.state().is === 'down');
    await jiro.send('/ask', { way: 'mobile text' });
    assert.ok(has(jiro, '/ask') && !has(jiro, '/stay'), jiro.page.text);
  });

  test('is told that a text may have gone out when the centre answers too late, and its late and doubled words change nothing but that', async t => {
    const slow = await startNetSmpp({ late: 1, twice: 1 });
    t.after(() => slow.close());
    const { gateway: impatient } = smppFor(slow.port, { source: { address: 'Keyaki' }, responseSeconds: 1 });
    t.after(() => impatient.close());
    const elsewhere = await openHouse({ telephones: { text: [impatient] } });
    t.after(() => elsewhere.close());
    await elsewhere.given.multiFactorEverywhere();
    await until(() => impatient.state().is === 'up');
    const { loginName } = await elsewhere.given.user('Saburo', { phone: '+819022220104' });
    const saburo = await known(loginName, elsewhere);
    await saburo.send('/ask', { way: 'mobile text' });
    assert.ok(has(saburo, '/answer'), saburo.page.text);
    assert.deepEqual(await statesIn(elsewhere), ['unknown']);
    says(saburo, 'SMS が送信されたか確認できていません。');

    slow.answerNow();
    await until(() => slow.all('receipt-taken').length === 2);
    await until(async () => (await statesIn(elsewhere)).join() === 'delivered');
    const [submit, ...others] = slow.all('submit');
    assert.deepEqual(others, []);
    const { text } = readPart(Buffer.from(String(submit?.hex), 'hex'), Number(submit?.coding), false);
    await saburo.send('/answer', { code: codeIn(text) });
    assert.ok(has(saburo, '/stay'), saburo.page.text);
    assert.deepEqual(await statesIn(elsewhere), ['delivered']);
    assert.equal(slow.all('submit').length, 1);
  });
});
