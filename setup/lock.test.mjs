import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import { until } from '../src/kit/testing.ts';
import { alone } from './lock.mjs';
import { moduleOf, newFolder, start, write } from './testing.mjs';

/** Takes the lock, and keeps it until its standard input ends. */
const keeps = `
  import { alone } from ${moduleOf('lock.mjs')};
  await alone(process.argv[1], async () => {
    console.log('begins');
    for await (const _ of process.stdin);
    console.log('ends');
  });
`;
const keeper = (t, path) => start(t, { code: keeps, args: [path] });
const begins = one => until(() => one.out().includes('begins'), one.err);
const waits = one => until(() => one.out().includes('waiting for it'), one.err);

test('who comes second says for whom it waits, and begins when the first has ended', async t => {
  const path = join(newFolder(), '.node', 'lock');
  const first = keeper(t, path);
  await begins(first);
  const second = keeper(t, path);
  await waits(second);
  assert.equal(
    second.out(),
    `Another set-up (process ${first.child.pid}) is at work here; waiting for it.\n`,
  );
  first.child.stdin.end();
  await begins(second);
  second.child.stdin.end();
  for (const one of [first, second]) assert.equal((await one.ended).status, 0, one.err());
  assert.deepEqual(readdirSync(join(path, '..')), [], 'nothing is left');
});

test('who waits for one that is killed takes its place', async t => {
  const path = join(newFolder(), 'lock');
  const first = keeper(t, path);
  await begins(first);
  const second = keeper(t, path);
  await waits(second);
  first.child.kill('SIGKILL');
  await begins(second);
  second.child.stdin.end();
  assert.equal((await second.ended).status, 0, second.err());
  assert.ok(!existsSync(path));
});

test('one that is stopped leaves no lock, and ends as it was told to', async t => {
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) {
    const path = join(newFolder(), 'lock');
    const only = keeper(t, path);
    await begins(only);
    only.child.kill(signal);
    assert.equal((await only.ended).signal, signal);
    assert.ok(!existsSync(path), signal);
  }
});

test('a process that has the number of a dead holder is not taken for it', async () => {
  const folder = newFolder();
  // We began at another moment than that.
  write(folder, { 'lock/holder': `${process.pid} 1` });
  assert.equal(await alone(join(folder, 'lock'), async () => 'done'), 'done');
});

test('the lock is free again after work that failed', async () => {
  const path = join(newFolder(), 'lock');
  await assert.rejects(
    alone(path, async () => {
      throw new Error('it failed');
    }),
    /it failed/,
  );
  assert.equal(await alone(path, async () => 'done'), 'done');
});

test('several who find a dead lock at once still take turns', async t => {
  const folder = newFolder();
  write(folder, { 'lock/holder': `${process.pid} 1`, diary: '' });
  const code = `
    import { appendFileSync } from 'node:fs';
    import { setTimeout as pause } from 'node:timers/promises';
    import { alone } from ${moduleOf('lock.mjs')};
    const [path, diary] = process.argv.slice(1);
    await alone(path, async () => {
      appendFileSync(diary, 'in ' + process.pid + '\\n');
      await pause(20);
      appendFileSync(diary, 'out ' + process.pid + '\\n');
    });
  `;
  const all = Array.from({ length: 5 }, () =>
    start(t, { code, args: [join(folder, 'lock'), join(folder, 'diary')] }),
  );
  for (const one of all) assert.equal((await one.ended).status, 0, one.err());
  const lines = readFileSync(join(folder, 'diary'), 'utf8').trim().split('\n');
  assert.equal(lines.length, 2 * all.length);
  for (let at = 0; at < lines.length; at += 2)
    assert.equal(lines[at + 1], lines[at].replace('in', 'out'), lines.join('\n'));
});
