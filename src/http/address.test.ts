import assert from 'node:assert/strict';
import { BlockList } from 'node:net';
import { test } from 'node:test';
import { type Address, compileNetworks, parseAddress, parseNetwork } from './address.ts';
import { random } from './testing.ts';

const canonical = (text: string): string | undefined => parseAddress(text)?.text;

test('an address has one canonical form', () => {
  const table: readonly (readonly [string, string])[] = [
    ['192.0.2.1', '192.0.2.1'],
    ['::ffff:192.0.2.1', '192.0.2.1'],
    ['::FFFF:c000:0201', '192.0.2.1'],
    ['0:0:0:0:0:ffff:192.0.2.1', '192.0.2.1'],
    ['2001:DB8:0:0:1:0:0:1', '2001:db8::1:0:0:1'],
    ['2001:db8::0:1', '2001:db8::1'],
    ['2001:db8:0:1:1:1:1:1', '2001:db8:0:1:1:1:1:1'],
    ['::', '::'],
    ['::1', '::1'],
    ['1::', '1::'],
    ['1:2:3:4:5:6:7::', '1:2:3:4:5:6:7:0'],
  ];
  for (const [text, expected] of table) assert.equal(canonical(text), expected, text);
});

test('an IPv4 address inside an IPv6 address is believed only when it is mapped', () => {
  const table: readonly (readonly [string, string])[] = [
    ['::192.0.2.1', '::c000:201'],
    ['64:ff9b::192.0.2.1', '64:ff9b::c000:201'],
    ['2002:c000:201::1', '2002:c000:201::1'],
    ['2001:0:4136:e378:8000:63bf:3fff:fdd2', '2001:0:4136:e378:8000:63bf:3fff:fdd2'],
    ['::ffff:0:192.0.2.1', '::ffff:0:c000:201'],
  ];
  for (const [text, expected] of table) assert.equal(canonical(text), expected, text);
});

test('what is not plainly an address is refused', () => {
  const refused = [
    '',
    ' ',
    '0x7f.1',
    '0x7f.0.0.1',
    '127.1',
    '2130706433',
    '010.0.0.1',
    '10.0.0.01',
    '10.0.0.256',
    '10.0.0',
    '10.0.0.1.',
    '10.0.0.1 ',
    ' 10.0.0.1',
    '10.0.0.1\n',
    '10.0.0.1:80',
    '１０.0.0.1',
    '[::1]',
    'fe80::1%eth0',
    'fe80::1%25eth0',
    '::1::',
    '1:2:3:4:5:6:7',
    '1:2:3:4:5:6:7:8:9',
    '12345::',
    ':::',
    '::ffff:010.0.0.1',
    '::ffff:10.0.0',
    'localhost',
    'unknown',
    `::${'0'.repeat(1000)}1`,
  ];
  for (const text of refused) assert.equal(parseAddress(text), undefined, JSON.stringify(text));
});

test('a network is read strictly and its host bits are cleared', () => {
  const table: readonly (readonly [string, string | undefined])[] = [
    ['192.0.2.7/24', '192.0.2.0/24'],
    ['192.0.2.7', '192.0.2.7/32'],
    ['0.0.0.0/0', '0.0.0.0/0'],
    ['::ffff:192.0.2.0/120', '192.0.2.0/24'],
    ['2001:DB8:1::1/48', '2001:db8:1::/48'],
    ['2001:db8::1', '2001:db8::1/128'],
    ['::ffff:192.0.2.0/64', undefined],
    ['192.0.2.0/33', undefined],
    ['2001:db8::/129', undefined],
    ['192.0.2.0/024', undefined],
    ['192.0.2.0/', undefined],
    ['192.0.2.0/-1', undefined],
    ['192.0.2.0/255.255.255.0', undefined],
    ['192.0.2.0/24/24', undefined],
    ['192.0.2.0 /24', undefined],
    ['010.0.0.0/8', undefined],
    ['fe80::%eth0/64', undefined],
  ];
  for (const [text, expected] of table) assert.equal(parseNetwork(text)?.text, expected, text);
});

/** Some way to write an address, by another road than the code's: text manipulation over its eight hextets. */
function writing(parts: readonly number[], pick: (n: number) => number): string {
  const hex = parts.map(p => {
    const padded = p.toString(16).padStart(pick(4) + 1, '0');
    return pick(2) === 0 ? padded.toUpperCase() : padded;
  });
  const low = parts.slice(6).flatMap(p => [p >> 8, p & 0xff]);
  const pieces = pick(3) === 0 ? [...hex.slice(0, 6), low.join('.')] : hex;
  const width = parts.length;
  const zeroRuns: [number, number][] = [];
  for (let from = 0; from < width; from += 1) {
    for (let to = from + 1; to <= Math.min(width, pieces.length === 7 ? 6 : width); to += 1) {
      if (parts.slice(from, to).every(p => p === 0)) zeroRuns.push([from, to]);
    }
  }
  const run = zeroRuns[pick(zeroRuns.length + 1)];
  if (run === undefined) return pieces.join(':');
  return `${pieces.slice(0, run[0]).join(':')}::${pieces.slice(run[1]).join(':')}`;
}

test('a hundred thousand ways to write addresses lead to one answer each', () => {
  const { pick } = random(1);
  for (let i = 0; i < 2_000; i += 1) {
    const mapped = pick(2) === 0;
    const low = [pick(0x10000), pick(0x10000)];
    const high = Array.from({ length: 6 }, () => (pick(2) === 0 ? 0 : pick(0x10000)));
    const parts = mapped ? [0, 0, 0, 0, 0, 0xffff, ...low] : [...high, ...low];
    const isMapped = parts.slice(0, 5).every(p => p === 0) && parts[5] === 0xffff;
    const value = parts.reduce((sum, p) => sum * 65_536n + BigInt(p), 0n);
    const texts = Array.from({ length: 50 }, () => writing(parts, pick));
    if (isMapped) texts.push(low.flatMap(p => [p >> 8, p & 0xff]).join('.'));
    const answers = texts.map(text => {
      const address = parseAddress(text);
      assert.ok(address, `${text} is an address`);
      assert.equal(address.value, isMapped ? value % 2n ** 32n : value, text);
      assert.equal(address.family, isMapped ? 4 : 6, text);
      return address.text;
    });
    assert.equal(new Set(answers).size, 1);
    assert.equal(canonical(answers[0] ?? ''), answers[0]);
    if (!isMapped) assert.equal(new URL(`http://[${answers[0]}]/`).hostname, `[${answers[0]}]`);
  }
});

test('garbled addresses are refused or are addresses for Node too', () => {
  const { pick } = random(2);
  const alphabet = '0123456789abcfxX:.%/[] ';
  let read = 0;
  for (let i = 0; i < 100_000; i += 1) {
    const base = [...(['192.0.2.1', '2001:db8::1', '::ffff:10.0.0.1'][pick(3)] ?? '')];
    for (let edits = 0; edits <= pick(3); edits += 1) {
      base.splice(pick(base.length + 1), pick(2), alphabet[pick(alphabet.length)] ?? '');
    }
    const text = base.join('');
    const address = parseAddress(text);
    if (address === undefined) continue;
    read += 1;
    const bracketed = text.includes(':') ? `[${text}]` : text;
    assert.ok(URL.canParse(`http://${bracketed}/`), text);
    assert.equal(canonical(address.text), address.text);
  }
  assert.ok(read > 1000);
});

test('matching agrees with Node for random networks', () => {
  const { pick } = random(3);
  const v4 = (): string => Array.from({ length: 4 }, (_, i) => (i === 0 ? 10 + pick(2) : pick(3))).join('.');
  const v6 = (): string => `2001:db8:${pick(3)}:${pick(3)}::${pick(4)}`;
  for (let round = 0; round < 300; round += 1) {
    const list = new BlockList();
    const networks = Array.from({ length: pick(12) }, () => {
      const is4 = pick(2) === 0;
      const [base, prefix] = is4 ? [v4(), 8 + pick(25)] : [v6(), 32 + pick(97)];
      list.addSubnet(base, prefix, is4 ? 'ipv4' : 'ipv6');
      return parseNetwork(`${base}/${prefix}`);
    });
    const contains = compileNetworks(networks.filter(n => n !== undefined));
    for (let i = 0; i < 60; i += 1) {
      const text = pick(2) === 0 ? v4() : v6();
      const address: Address | undefined = parseAddress(text);
      assert.ok(address);
      assert.equal(contains(address), list.check(text, address.family === 4 ? 'ipv4' : 'ipv6'), text);
    }
  }
});
