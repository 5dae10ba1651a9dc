import assert from 'node:assert/strict';
import { join } from 'node:path';
import test from 'node:test';
import { until } from '../src/kit/testing.ts';
import { moduleOf, newFolder, start, write } from './testing.mjs';

/** Goes on until it is told to end, unless it is told to end at once. */
const product = `
  const [how] = process.argv.slice(2);
  console.log('arenas ' + process.env.MALLOC_ARENA_MAX + ', ' + process.argv.slice(2).join(' '));
  if (how === 'ends') process.exitCode = 7;
  if (how === 'dies') process.kill(process.pid, 'SIGKILL');
  if (how === 'stays') {
    const rest = setInterval(() => {}, 1_000);
    process.on('SIGTERM', () => { console.log('bye'); process.exitCode = 3; clearInterval(rest); });
    console.log('here');
  }
`;

/** @param older whether the Node that starts it cannot replace itself, as before 22.15 */
function launched(t, { older, args, env = {} }) {
  const folder = newFolder();
  write(folder, { 'product.mjs': product });
  const code = `${older ? 'process.execve = undefined;' : ''}
    const { launch } = await import(${moduleOf('launch.mjs')});
    launch(process.execPath, process.argv[1], process.argv.slice(2));`;
  return start(t, { code, args: [join(folder, 'product.mjs'), ...args], env: { ...process.env, ...env } });
}

for (const older of [false, true])
  test(`${older ? 'an older Node stays as a parent that' : 'a newer Node becomes the product, which'} ends as the product does`, async t => {
    const ends = await launched(t, { older, args: ['ends', '--now'] }).ended;
    assert.equal(ends.status, 7, ends.err);
    assert.equal(ends.out, 'arenas 2, ends --now\n');

    const dies = await launched(t, { older, args: ['dies'] }).ended;
    assert.ok(dies.signal === 'SIGKILL' || dies.status === 128 + 9, JSON.stringify(dies));

    const stays = launched(t, { older, args: ['stays'] });
    await until(() => stays.out().includes('here'), stays.err);
    stays.child.kill('SIGTERM');
    const stayed = await stays.ended;
    assert.equal(stayed.status, 3, stayed.err);
    assert.match(stayed.out, /bye/);
  });

test('what somebody has set of the surroundings stays', async t => {
  const { out } = await launched(t, { older: false, args: ['ends'], env: { MALLOC_ARENA_MAX: '4' } }).ended;
  assert.match(out, /^arenas 4/);
});

test('a Node that does not start is named', async t => {
  const code = `process.execve = undefined;
    const { launch } = await import(${moduleOf('launch.mjs')});
    launch('/nowhere/node', 'product.mjs', []);`;
  const { status, err } = await start(t, { code }).ended;
  assert.equal(status, 1);
  assert.match(err, /^\/nowhere\/node does not start: .*ENOENT\n$/);
});
