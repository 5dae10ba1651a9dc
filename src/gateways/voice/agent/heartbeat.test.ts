import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { PassThrough } from 'node:stream';
import { test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { until } from '../../../kit/testing.ts';
import type { GatewayState } from '../../gateway.ts';
import { openAgent } from './agent.ts';
import { serveLink } from './serving.ts';
import { lineTo, openHandset } from './testing.ts';

const agentsOfThisProcess = (): readonly number[] =>
  execFileSync('ps', ['-o', 'pid=,args=', '--ppid', String(process.pid)])
    .toString()
    .split('\n')
    .filter(line => line.includes('voice/agent/main.ts'))
    .map(line => Number(line.trim().split(' ')[0]));

test('an agent that was stopped is not up, and another one takes its place', async t => {
  const handset = await openHandset();
  const states: GatewayState[] = [];
  const logged: string[] = [];
  const agent = openAgent(
    { is: 'here' },
    {
      line: lineTo(handset),
      told: {
        call: () => undefined,
        changed: () => states.push(agent.state()),
        log: (_, message) => logged.push(message),
      },
      heartbeatEvery: 600,
    },
  );
  t.after(async () => {
    await agent.close();
    handset.close();
  });
  const isUp = (): boolean => agent.state().is === 'up';
  await until(isUp, () => [states, logged]);
  const [first = 0] = agentsOfThisProcess();
  // It answers all the time, and is left alone: for more questions than it may leave unanswered.
  await pause(3500);
  assert.deepEqual(agentsOfThisProcess(), [first]);
  process.kill(first, 'SIGSTOP');
  await until(
    () => agent.state().is === 'down',
    () => states,
  );
  await until(isUp, () => [states, logged]);
  assert.ok(!agentsOfThisProcess().includes(first));
  assert.ok(logged.some(message => message.includes('does not answer')));
});

test('an agent whose server says nothing any more lets go of its line, and hangs up', async () => {
  const [from, to] = [new PassThrough(), new PassThrough()];
  const said: string[] = [];
  to.on('data', (text: Buffer) => said.push(text.toString()));
  const served = serveLink({ from, to }, 50);
  const ask = '{"is":"are-you-there"}\n';
  for (let n = 0; n < 8; n++) {
    from.write(ask);
    await pause(50);
  }
  assert.equal(said.join('').split('{"is":"here"}').length - 1, 8);
  assert.equal(await served, 'the server says nothing any more');
});
