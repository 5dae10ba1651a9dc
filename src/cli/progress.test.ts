import assert from 'node:assert/strict';
import { test } from 'node:test';
import { barOf, showProgress } from './progress.ts';

const at = (done: number, columns: number, label = 'Writing users') =>
  barOf({ label, done, total: 20_000, columns });

function terminal(columns?: number) {
  const written: string[] = [];
  return {
    screen: { isTerminal: true, columns, write: (text: string) => void written.push(text) },
    written,
  };
}

test('a bar is empty at first, fills, and is full when all is done', () => {
  assert.equal(at(0, 80), 'Writing users  [..............................] 0 % (0/20000)');
  assert.equal(at(5_000, 80), 'Writing users  [########......................] 25 % (5000/20000)');
  assert.equal(at(19_999, 80), 'Writing users  [##############################] 99 % (19999/20000)');
  assert.equal(at(20_000, 80), 'Writing users  [##############################] 100 % (20000/20000)');
  assert.equal(
    barOf({ label: 'Writing users', done: 0, total: 0, columns: 80 }),
    'Writing users  [##############################] 100 % (0/0)',
  );
});

test('a wide terminal has the same bar, a narrow one a shorter one, then none, then no counts, then no label', () => {
  assert.equal(at(10_000, 300), at(10_000, 80));
  assert.equal(at(10_000, 50), 'Writing users  [######......] 50 % (10000/20000)');
  assert.equal(at(10_000, 40), 'Writing users  50 % (10000/20000)');
  assert.equal(at(10_000, 30), 'Writing users  50 %');
  assert.equal(at(10_000, 10), '50 %');
});

test('it never takes a second line, also not with signs of double width: only one line is drawn over', () => {
  // These labels have no sign of another width than two.
  const width = (line: string, wide: string) => line.length + (line.includes(wide) ? wide.length : 0);
  for (const label of ['Writing users', '利用者の取り込み'])
    for (let columns = 7; columns <= 120; columns++)
      for (const done of [0, 1, 9_999, 20_000]) {
        const line = at(done, columns, label);
        const taken = width(line, label === 'Writing users' ? '\0' : label);
        assert.ok(taken < columns, `${taken} of ${columns}: ${line}`);
      }
});

test('no line is shorter than the one that it covers, or the end of that would be seen', () => {
  for (const total of [7, 100, 20_000])
    for (let columns = 7; columns <= 120; columns++) {
      const lines = Array.from({ length: 101 }, (_, n) =>
        barOf({ label: 'Writing users', done: Math.round((n * total) / 100), total, columns }),
      );
      const shrinks = lines.findIndex((line, n) => line.length < (lines[n - 1]?.length ?? 0));
      assert.equal(shrinks, -1, `${columns} columns: ${lines[shrinks - 1]} and then ${lines[shrinks]}`);
    }
});

test('on a terminal each percent is drawn once over the one before, and what follows has a line of its own', () => {
  const { screen, written } = terminal(30);
  const progress = showProgress(screen, 'Writing users');
  for (const done of [0, 100, 199, 200, 20_000]) progress.at(done, 20_000);
  progress.end();
  progress.end();
  assert.deepEqual(written, ['\rWriting users  0 %', '\rWriting users  1 %', '\rWriting users  100 %', '\n']);
});

test('a terminal that does not say how wide it is has the usual width', () => {
  for (const columns of [undefined, 0]) {
    const { screen, written } = terminal(columns);
    showProgress(screen, 'Writing users').at(20_000, 20_000);
    assert.deepEqual(written, [`\r${at(20_000, 80)}`]);
  }
});

test('what has no known end is counted on a terminal, and nothing follows on the same line', () => {
  const { screen, written } = terminal();
  const progress = showProgress(screen, 'Verifying');
  progress.soFar(1_000);
  progress.soFar(1_200);
  progress.end();
  assert.deepEqual(written, ['\rVerifying: 1000', '\rVerifying: 1200', '\n']);
});

test('elsewhere there is no bar: a line for every tenth, and no empty one at the end', () => {
  const written: string[] = [];
  const screen = { isTerminal: false, write: (text: string) => void written.push(text) };
  const progress = showProgress(screen, 'Writing users');
  for (let done = 0; done <= 20_000; done += 500) progress.at(done, 20_000);
  progress.soFar(20_000);
  progress.end();
  assert.equal(written.length, 11);
  assert.equal(written[3], 'Writing users: 30 % (6000/20000)\n');
  assert.ok(written.every(line => !/[\r[]/.test(line)));
});
