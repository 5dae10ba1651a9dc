import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { test } from 'node:test';
import { askPound, callee, lineTo, openHandset } from './testing.ts';

test('an agent whose server is killed hangs up on whoever it is talking to, and goes', async t => {
  const handset = await openHandset();
  t.after(() => handset.close());
  const agent = spawn(
    process.execPath,
    ['--import', import.meta.resolve('tsx'), join(import.meta.dirname, 'main.ts')],
    { stdio: ['pipe', 'pipe', 'inherit'] },
  );
  t.after(() => agent.kill('SIGKILL'));
  const gone = once(agent, 'exit');
  const say = (message: object): void => void agent.stdin.write(`${JSON.stringify(message)}\n`);
  const up = new Promise<void>(resolve => {
    agent.stdout.on('data', (heard: Buffer) => {
      if (heard.includes('"is":"up"')) resolve();
    });
  });
  say({ is: 'line', line: lineTo(handset) });
  await up;
  say({ is: 'call', id: 'one', to: callee, script: askPound });
  const telephone = await handset.answer(await handset.rings());
  await telephone.untilHeard(5);
  // What a process leaves behind that is killed: the other ends of its pipes are closed.
  agent.stdin.destroy();
  agent.stdout.destroy();
  handset.reply(await handset.next('BYE'), 200);
  assert.deepEqual(await gone, [0, null]);
});
