import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseAddress } from '../http/address.ts';
import { compileLocations, namedLocationSchema } from './named-location.ts';

const id = '00000000-0000-7000-8000-0000000000a1';
const location = (ipRanges: readonly unknown[], isTrusted = true) => ({
  id,
  displayName: 'Campus',
  isTrusted,
  ipRanges,
});

const problem = (range: string, trusted: boolean): string | undefined =>
  namedLocationSchema.safeParse(location([range], trusted)).error?.issues[0]?.message;

test('networks too wide to mean a place are refused, and trusted ones sooner', () => {
  const table: readonly (readonly [string, string | undefined, string | undefined])[] = [
    // range, problem when trusted, problem when not
    ['0.0.0.0/0', 'too-wide', 'too-wide'],
    ['::/0', 'too-wide', 'too-wide'],
    ['128.0.0.0/1', 'too-wide', 'too-wide'],
    ['::ffff:0:0/96', 'too-wide', 'too-wide'],
    ['133.0.0.0/8', 'too-wide-to-trust', undefined],
    ['133.11.0.0/15', 'too-wide-to-trust', undefined],
    ['133.11.0.0/16', undefined, undefined],
    ['10.0.0.0/8', undefined, undefined],
    ['127.0.0.0/8', undefined, undefined],
    ['100.64.0.0/10', 'too-wide-to-trust', undefined],
    ['2001:db8::/31', 'too-wide-to-trust', undefined],
    ['2001:db8::/32', undefined, undefined],
    ['2400::/12', 'too-wide-to-trust', undefined],
    ['2000::/3', 'too-wide', 'too-wide'],
    ['64:ff9b::/96', 'translated-network-not-trusted', undefined],
    ['64:ff9b::/32', 'translated-network-not-trusted', undefined],
    ['2002:c000:200::/40', 'translated-network-not-trusted', undefined],
    ['2001:0:4136:e378::/64', 'translated-network-not-trusted', undefined],
    ['010.0.0.0/16', 'not-a-network', 'not-a-network'],
  ];
  for (const [range, whenTrusted, whenNot] of table) {
    assert.equal(problem(range, true), whenTrusted, `${range} trusted`);
    assert.equal(problem(range, false), whenNot, `${range} not trusted`);
  }
});

test('ranges come out canonical, once each, in Graph’s form or as text', () => {
  const graph = { '@odata.type': '#microsoft.graph.iPv4CidrRange', cidrAddress: '192.0.2.9/24' };
  const parsed = namedLocationSchema.parse({
    '@odata.type': '#microsoft.graph.ipNamedLocation',
    ...location([graph, '192.0.2.0/24', '2001:DB8::5']),
  });
  assert.deepEqual(parsed.ipRanges, ['192.0.2.0/24', '2001:db8::5/128']);
});

test('a location holds one range at least and two thousand at most, and no key that we do not know', () => {
  const many = Array.from({ length: 2001 }, (_, i) => `10.${i >> 8}.${i & 255}.0/24`);
  assert.equal(namedLocationSchema.safeParse(location(many)).error?.issues[0]?.message, 'too-many-ranges');
  assert.ok(namedLocationSchema.safeParse(location(many.slice(1))).success);
  assert.equal(namedLocationSchema.safeParse(location([])).error?.issues[0]?.message, 'needs-a-range');
  assert.equal(
    namedLocationSchema.safeParse({ ...location(['192.0.2.0/24']), trusted: true }).success,
    false,
  );
});

test('a location that is not trusted never makes an address trusted, and an unreadable one does not exist', () => {
  const other = '00000000-0000-7000-8000-0000000000a2';
  const broken = '00000000-0000-7000-8000-0000000000a3';
  const places = compileLocations([
    location(['192.0.2.0/24', '2001:db8::/48']),
    { ...location(['198.51.100.0/24'], false), id: other },
    { ...location(['0.0.0.0/0']), id: broken },
    undefined,
  ]);
  const at = (text: string) => {
    const address = parseAddress(text);
    assert.ok(address);
    return address;
  };
  assert.equal(places.trusted(at('::ffff:192.0.2.5'))?.id, id);
  assert.equal(places.trusted(at('2001:db8::5'))?.id, id);
  assert.equal(places.trusted(at('2002:c000:205::')), undefined);
  assert.equal(places.trusted(at('64:ff9b::192.0.2.5')), undefined);
  assert.equal(places.trusted(at('::192.0.2.5')), undefined);
  assert.equal(places.trusted(at('198.51.100.1')), undefined);
  assert.equal(places.has(other, at('198.51.100.1')), true);
  assert.equal(places.has(id, at('198.51.100.1')), false);
  assert.equal(places.has(broken, at('198.51.100.1')), undefined);
});
