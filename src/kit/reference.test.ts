import assert from 'node:assert/strict';
import { test } from 'node:test';
import { days, minutes } from './clock.ts';
import { newId } from './ids.ts';
import { readReference, referenceOf } from './reference.ts';

const now = Date.UTC(2027, 3, 1, 9);
const id = '019c85b2-1c00-7abc-8def-0123456789ab';
const madeAt = 0x019c85b21c00;

/** Whether what is sought is this id. */
const means = (typed: string, wanted: string, at: number): boolean => {
  const sought = readReference(typed, at);
  const made = Number.parseInt(wanted.replaceAll('-', '').slice(0, 12), 16);
  return (
    sought !== undefined && made >= sought.from && made < sought.before && wanted.endsWith(sought.ending)
  );
};

test('a reference has eight signs in two groups, without I, L, O and U', () => {
  for (let i = 0; i < 500; i++)
    assert.match(referenceOf(newId(now + i * minutes(7))), /^[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$/);
});

test('whoever reads it finds what it was shown for, even almost nine years later', () => {
  for (const later of [0, minutes(1), minutes(70), days(1), days(365), days(3_150)])
    assert.ok(means(referenceOf(id), id, madeAt + later), String(later));
  assert.ok(!means(referenceOf(id), id, madeAt + days(3_300)));
});

test('a clock that is an hour behind the one that made it finds it as well', () => {
  assert.ok(means(referenceOf(id), id, madeAt - minutes(60)));
});

test('it is found however it was typed', () => {
  const reference = referenceOf(id);
  const full = reference.replace(/./g, sign =>
    sign === '-' ? '－' : String.fromCharCode(sign.charCodeAt(0) + 0xfee0),
  );
  for (const typed of [
    reference.toLowerCase(),
    reference.replace('-', ''),
    ` ${[...reference.replace('-', '')].join(' ')} `,
    reference.replace('-', 'ー'),
    full,
    reference.replaceAll('0', 'o').replaceAll('1', 'l'),
  ]) {
    assert.ok(means(typed, id, madeAt), typed);
    assert.equal(readReference(typed, madeAt)?.reference, reference, typed);
  }
});

test('what has another length or other signs is none', () => {
  for (const typed of ['', '7WK3', '7WK3-9QTBX', '7WK3-9QTU', '7WK3-9QT!', id, '番号7WK39QTB'])
    assert.equal(readReference(typed, now), undefined, typed);
});

test('of thirty thousand made within an hour, hardly two are called the same', () => {
  const called = new Set<string>();
  for (let i = 0; i < 30_000; i++) called.add(referenceOf(newId(now + (i % 3_600) * 1_000)));
  // 27 pairs are to be expected (30,000² / 2 / 2^24); each is told apart by its id.
  assert.ok(called.size > 29_900, `${called.size}`);
});
