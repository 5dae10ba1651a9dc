import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { minutes } from '../../src/kit/clock.ts';
import { campus, type House, home, openHouse } from '../cast/house.ts';
import type { Visitor } from '../cast/visitor.ts';
import { arrive, assertSignedIn, enter, isSignedIn, type Resident, scene, signInByText } from './scene.ts';

const at = scene(house => house.given.campusSkip());
let direct: House;
before(async () => {
  direct = await openHouse({ trustedProxies: [] });
  await direct.given.campusSkip();
  await direct.given.user('Direct', { phone: '+819012345678' });
});
after(() => direct?.close());

const from = (headers: Record<string, string>, house = at.house): Visitor =>
  house.visitor({ address: '', headers: { 'x-forwarded-for': home, ...headers } });

const none = { 'x-forwarded-for': '' };

async function isAskedForMore(visitor: Visitor, loginName: string): Promise<boolean> {
  await enter(visitor, { loginName });
  return visitor.page.forms.some(({ action }) => action.endsWith('/ask'));
}

async function assertAskedForMore(
  headers: Record<string, string>,
  who: { loginName: string },
  house = at.house,
) {
  const visitor = from(headers, house);
  assert.ok(await isAskedForMore(visitor, who.loginName), `taken for the campus: ${JSON.stringify(headers)}`);
  assert.ok(!(await isSignedIn(visitor)));
}

test('without a listed proxy, no header moves a visitor onto the campus', async () => {
  for (const header of [
    { 'x-forwarded-for': campus },
    { forwarded: `for=${campus}` },
    { 'x-forwarded-for': `${campus}, ${campus}`, forwarded: `for="${campus}"` },
    {
      'x-real-ip': campus,
      'client-ip': campus,
      'true-client-ip': campus,
      'cf-connecting-ip': campus,
      'x-client-ip': campus,
      'x-cluster-client-ip': campus,
      'x-originating-ip': campus,
    },
  ])
    await assertAskedForMore(header, { loginName: 'direct@keyaki.example' }, direct);
});

test('behind the proxy, what the client itself wrote before the proxy’s own address is not believed', async () => {
  const person = await at.resident('Spoofer');
  for (const header of [
    { 'x-forwarded-for': `${campus}, ${home}` },
    { 'x-forwarded-for': `${campus},${campus},${home}` },
    { 'x-forwarded-for': `${campus}, ${home}, 127.0.0.1` },
    { 'x-forwarded-for': none['x-forwarded-for'], forwarded: `for=${campus}, for=${home}` },
    { 'x-real-ip': campus, 'true-client-ip': campus, 'cf-connecting-ip': campus },
    { 'x-forwarded-for': home, forwarded: `for=${campus}` },
    { 'x-forwarded-for': campus, forwarded: `for=${home}` },
  ])
    await assertAskedForMore(header, person);

  const onCampus = at.house.visitor({ address: campus });
  await enter(onCampus, person);
  await arrive(onCampus);
  await assertSignedIn(onCampus);
});

test('a header that cannot be read makes nobody trusted, breaks nothing, and lets the right code in', async () => {
  const person = await at.resident('Garbled');
  for (const value of [
    'a',
    'unknown',
    '_hidden',
    '192.0.2.10.evil.example',
    '192.0.2',
    `${campus};`,
    `"${campus}"`,
    '192.0.2.10 192.0.2.10',
    '%31%39%32.0.2.10',
    `,,,`,
    `${home}, `,
    'x'.repeat(6_000),
    '['.repeat(50),
  ])
    await assertAskedForMore({ 'x-forwarded-for': value }, person);
  for (const forwarded of [
    'for',
    'for=',
    `for=${campus};for=${campus}`,
    `for="${campus}`,
    `by=${campus}`,
    `for="[${campus}]"`,
    '=;=,',
  ])
    await assertAskedForMore({ 'x-forwarded-for': '', forwarded }, person);

  const visitor = from({ 'x-forwarded-for': 'a' });
  await signInByText(visitor, person);
  await assertSignedIn(visitor);
});

test('spellings of an address that some programs read as the campus are not the campus; the mapped one is', async () => {
  const person = await at.resident('Speller');
  for (const value of [
    '192.000.002.010',
    '0300.0.2.10',
    '0xc0.0.2.10',
    '3221225994',
    '192.0.522',
    '192.0.2.10%eth0',
    '::192.0.2.10',
    '64:ff9b::c000:20a',
    '2002:c000:20a::1',
    '::ffff:0:192.0.2.10',
    '[192.0.2.10]',
    '192.0.2.256',
    '2001:db8:1::1%1',
    '2001:db8:2::1',
  ])
    await assertAskedForMore({ 'x-forwarded-for': value }, person);

  for (const address of [
    '::ffff:192.0.2.10',
    '::FFFF:c000:20a',
    '[2001:db8:1::1]:4711',
    '192.0.2.10:50000',
  ]) {
    const onCampus = at.house.visitor({ address });
    assert.ok(!(await isAskedForMore(onCampus, person.loginName)), address);
  }
});

test('a session that began on campus is worth nothing more outside, for every page of the account', async () => {
  const person = await at.resident('Commuter');
  const onCampus = at.house.visitor({ address: campus });
  await enter(onCampus, person);
  await arrive(onCampus);
  const atHome = at.house.visitor();
  for (const [name, value] of onCampus.cookies) atHome.cookies.set(name, value);
  for (const path of [
    '/',
    '/account',
    '/account/security-info',
    '/account/sign-ins',
    '/account/devices',
    '/account/security-info/add',
  ]) {
    const response = await atHome.request(path);
    assert.equal(response.status, 303, path);
    assert.match(response.headers.get('location') ?? '', /^\/sign-in\//, path);
  }
  await assertSignedIn(onCampus);

  await atHome.open('/account');
  await atHome.send('/ask', { way: 'mobile text' });
  await atHome.send('/answer', { code: await person.phone.code() });
  await arriveIfAsked(atHome);
  await assertSignedIn(atHome);
});

const arriveIfAsked = async (visitor: Visitor): Promise<void> => {
  if (
    /http-equiv="refresh" content="0;/.test(visitor.page.html) ||
    visitor.page.forms.some(f => f.action.endsWith('/stay'))
  )
    await arrive(visitor);
};

test('a password that was typed on campus does not let in a sign-in that goes on at home', async () => {
  const person = await at.resident('Leaving');
  const onCampus = at.house.visitor({ address: campus });
  await enter(onCampus, person);
  assert.ok(onCampus.page.forms.some(({ action }) => action.endsWith('/stay')));
  const atHome = at.house.visitor();
  for (const [name, value] of onCampus.cookies) atHome.cookies.set(name, value);
  atHome.page = onCampus.page;
  await atHome.send('/stay', { stay: 'yes' });
  assert.ok(!(await isSignedIn(atHome)));
  await atHome.send('/ask', { way: 'mobile text' });
  await atHome.send('/answer', { code: await person.phone.code() });
  await arriveIfAsked(atHome);
  await assertSignedIn(atHome);
});

test('texts are counted by number, by person and by household, however the addresses vary', async () => {
  const sendsTo = async (visitor: Visitor, who: Resident): Promise<boolean> => {
    await enter(visitor, who);
    await visitor.send('/ask', { way: 'mobile text' });
    if (await who.phone.isQuiet()) return false;
    await who.phone.code();
    return true;
  };
  const victim = await at.resident('Flooded');
  let sent = 0;
  for (let i = 0; i < 6; i++)
    if (await sendsTo(at.house.visitor({ address: `198.51.100.${i + 1}` }), victim)) sent += 1;
  assert.equal(sent, 3, 'three texts to a number in ten minutes');

  at.house.clock.pass(minutes(11));
  const many: Resident[] = [];
  for (let i = 0; i < 28; i++) many.push(await at.resident(`Household${i}`));
  sent = 0;
  for (const [i, each] of many.entries())
    if (await sendsTo(at.house.visitor({ address: `2001:db8:feed:1::${(i + 1).toString(16)}:${i}` }), each))
      sent += 1;
  assert.equal(sent, 25, 'twenty-five texts for one /64 in five minutes');
  const [, , , , , , , , , , , , , , , , , , , , , , , , , , , last] = many;
  assert.ok(last);
  assert.ok(
    await sendsTo(at.house.visitor({ address: '2001:db8:feed:2::1' }), last),
    'another household was kept waiting',
  );

  at.house.clock.pass(minutes(6));
  const owner = at.house.visitor();
  await signInByText(owner, victim);
  await assertSignedIn(owner);
});

test('one block of numbers is not sent to without end, though every number in it is another’s', async () => {
  at.house.clock.pass(minutes(61));
  let sent = 0;
  const block: Resident[] = [];
  for (let i = 0; i < 23; i++)
    block.push(await at.resident(`Block${i}`, { phone: `+81809999${String(1000 + i)}` }));
  for (const [i, each] of block.entries()) {
    const visitor = at.house.visitor({ address: `198.51.100.${100 + i}` });
    await enter(visitor, each);
    await visitor.send('/ask', { way: 'mobile text' });
    if (!(await each.phone.isQuiet())) sent += 1;
  }
  assert.equal(sent, 20, 'twenty texts to a block in an hour');

  const elsewhere = await at.resident('Elsewhere');
  const visitor = at.house.visitor({ address: '198.51.100.99' });
  await signInByText(visitor, elsewhere);
  await assertSignedIn(visitor);
});
