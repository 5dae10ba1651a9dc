import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseAddress } from './address.ts';
import { clientAddress, compileProxies, type Hops } from './client-address.ts';
import { random } from './testing.ts';

const trustedProxies = compileProxies(['10.0.0.0/29', '2001:db8:ffff::/64']);
const campus = '192.0.2.10';
const home = '203.0.113.5';

const from = (hops: Partial<Hops>): string | undefined =>
  clientAddress({ peer: '10.0.0.1', forwardedFor: undefined, forwarded: undefined, trustedProxies, ...hops })
    ?.text;

test('without a proxy in between, the socket tells, whatever the headers say', () => {
  const peers = [home, `::ffff:${home}`];
  const headers = [undefined, campus, `${campus}, ${campus}`, [campus], 'unknown', ''];
  for (const peer of peers) {
    for (const header of headers) {
      const forwarded = header === undefined ? undefined : `for=${String(header)}`;
      assert.equal(from({ peer, forwardedFor: header, forwarded }), home);
    }
  }
});

test('through a proxy, the first stranger from the right is the client', () => {
  const table: readonly (readonly [Hops['forwardedFor'], string | undefined])[] = [
    [home, home],
    [`${campus}, ${home}`, home],
    [`${campus},${home},10.0.0.2`, home],
    [[campus, home], home],
    [[`${campus}, ${campus}`, `${home}, 10.0.0.3`], home],
    [`${home}:52311`, home],
    [`::ffff:${home}`, home],
    [`[::ffff:${home}]:443`, home],
    ['[2001:db8::1]:443', '2001:db8::1'],
    ['[2001:db8::1]', '2001:db8::1'],
    ['2001:DB8:0::1', '2001:db8::1'],
    [`${home}, 2001:db8:ffff::7`, home],
    [`\t${campus} ,  ${home}\t`, home],
  ];
  for (const [header, expected] of table)
    assert.equal(from({ forwardedFor: header }), expected, String(header));
});

test('Forwarded is read as RFC 7239 has it', () => {
  const table: readonly (readonly [Hops['forwarded'], string | undefined])[] = [
    [`for=${home}`, home],
    [`For="${home}:4711";proto=https;by=10.0.0.1`, home],
    ['for="[2001:db8::1]:443"', '2001:db8::1'],
    ['FOR="[2001:db8::1]"', '2001:db8::1'],
    [`for=${campus}, for=${home}`, home],
    [[`for=${campus}`, `proto=http;for=${home}`], home],
    [`for=${campus};host="a,b;for=${campus}", for=${home}`, home],
    [`for="203.0.113.\\5"`, home],
    [`for=${home}, for=10.0.0.2`, home],
    [`for=unknown, for=${home}`, home],
    // what cannot be believed
    ['for=unknown', undefined],
    ['for=_hidden', undefined],
    [`for=${campus}, for=_hidden`, undefined],
    [`for=${campus}, for=unknown`, undefined],
    [`for=${campus}, proto=https`, undefined],
    [`for=${campus};for=${home}`, undefined],
    ['for=2001:db8::1', undefined],
    ['for="2001:db8::1"', undefined],
    [`for="[${campus}]"`, undefined],
    [`for=${campus}:80`, undefined],
    [`for="${campus}`, undefined],
    [`for=${campus},`, undefined],
    [`for=${campus};`, undefined],
    [`for ${campus}`, undefined],
    [`for=${campus} for=${campus}`, undefined],
    ['', undefined],
    ['\u0000', undefined],
  ];
  for (const [header, expected] of table) assert.equal(from({ forwarded: header }), expected, String(header));
});

test('beyond a hop that cannot be read nothing is believed, and a proxy is never the client', () => {
  const headers = [
    undefined,
    '',
    ' ',
    ',',
    `${campus},`,
    `${campus}, `,
    `${campus}, unknown`,
    `${campus}, _hidden`,
    `${campus}, 0x7f.1`,
    `${campus}, 010.0.0.1`,
    `${campus}, fe80::1%eth0`,
    `${campus}, "${campus}"`,
    `${campus} ${campus}`,
    `${campus}, [${campus}]`,
    `${campus}, 203.0.113.5:123456`,
    `${campus}; ${campus}`,
    `${campus}, <script>`,
    '10.0.0.2',
    '10.0.0.2, 10.0.0.3',
    'localhost',
  ];
  for (const header of headers) assert.equal(from({ forwardedFor: header }), undefined, String(header));
  assert.equal(from({ peer: undefined, forwardedFor: campus }), undefined);
  assert.equal(from({ peer: 'fe80::1%eth0', forwardedFor: campus }), undefined);
});

test('two headers that disagree make the address unknown', () => {
  assert.equal(from({ forwardedFor: home, forwarded: `for=${home}` }), home);
  assert.equal(from({ forwardedFor: `${campus}, ${home}`, forwarded: `for=${home}` }), home);
  assert.equal(from({ forwardedFor: home, forwarded: `for=${campus}` }), undefined);
  assert.equal(from({ forwardedFor: campus, forwarded: 'for=unknown' }), undefined);
  assert.equal(from({ forwardedFor: 'unknown', forwarded: `for=${campus}` }), undefined);
});

test('a proxy list that cannot be read is refused', () => {
  assert.throws(() => compileProxies(['10.0.0.0/8', 'proxy.example']), /proxy\.example/);
});

test('nothing a client writes before the proxy’s own entry changes the answer', () => {
  const { pick } = random(4);
  const scraps = [
    campus,
    home,
    '10.0.0.1',
    'unknown',
    ',',
    '"',
    ';',
    'for=',
    '[',
    ']',
    ':',
    ' ',
    '\\',
    '=',
    '\t',
    '%',
  ];
  for (let i = 0; i < 50_000; i += 1) {
    const scrawl = Array.from({ length: pick(8) }, () => scraps[pick(scraps.length)]).join('');
    assert.equal(from({ forwardedFor: `${scrawl}, ${home}` }), home);
    assert.equal(from({ forwardedFor: [scrawl, home] }), home);
    // Inside Forwarded an open quotation can swallow the proxy's entry; then nothing is believed.
    const told = from({ forwarded: `${scrawl}, for=${home}` });
    assert.ok(told === home || told === undefined, scrawl);
    const direct = from({ peer: home, forwardedFor: scrawl, forwarded: scrawl });
    assert.equal(direct, home);
    assert.ok(parseAddress(direct ?? ''));
  }
});
