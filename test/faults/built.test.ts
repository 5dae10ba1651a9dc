// What the build made, started as people start it.
import assert from 'node:assert/strict';
import { type ChildProcess, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { CallState, PhoneNumber } from '../../src/gateways/gateway.ts';
import { driverDeps } from '../../src/gateways/http/testing.ts';
import { askPound, callee, lineTo, openHandset } from '../../src/gateways/voice/agent/testing.ts';
import { sipVoice } from '../../src/gateways/voice/sip.ts';
import { freePort } from '../../src/kit/testing.ts';
import { testDatabase } from '../../src/storage/testing.ts';
import { until } from '../cast/until.ts';
import { type Built, startBuilt } from './built.ts';

const folder = mkdtempSync(join(tmpdir(), 'genkan-built-'));
let database: Awaited<ReturnType<typeof testDatabase>>;
const running: ChildProcess[] = [];

before(async () => {
  database = await testDatabase();
});
after(async () => {
  for (const child of running) if (child.exitCode === null) child.kill('SIGKILL');
  await database.drop();
  rmSync(folder, { recursive: true, force: true });
});

function start(command: 'serve' | 'demo', port: number, more: Record<string, string> = {}): Built {
  const product = startBuilt(command, folder, {
    GENKAN_LISTEN_PORT: String(port),
    ...(command === 'serve'
      ? { GENKAN_URL: `http://localhost:${port}`, GENKAN_DATABASE_URL: database.connectionString }
      : {}),
    ...more,
  });
  running.push(product.child);
  return product;
}

async function takenPort(host: string) {
  const other = createServer();
  other.unref().listen(0, host);
  await once(other, 'listening');
  const address = other.address();
  assert.ok(typeof address === 'object' && address);
  return { port: address.port, free: () => other.close() };
}

test('the server starts, answers, and ends when it is asked to', async () => {
  const port = await freePort();
  const server = start('serve', port);
  const answers = () =>
    fetch(`http://localhost:${port}/readyz`).then(
      response => response.ok,
      () => false,
    );
  await until(answers, server.printed);
  assert.equal((await fetch(`http://localhost:${port}/authenticator`)).status, 200);
  server.child.kill('SIGTERM');
  assert.equal(await server.ended, 0, server.printed());
});

test('a port that is taken is named, with the setting that chooses another, and nothing goes on running', async () => {
  for (const [command, host] of [
    ['serve', '127.0.0.1'],
    ['demo', 'localhost'],
  ] as const) {
    const taken = await takenPort(host);
    const server = start(command, taken.port);
    assert.equal(await server.ended, 1, server.printed());
    const sentence = `Port ${taken.port} on ${host} is in use by another program.*GENKAN_LISTEN_PORT`;
    assert.match(server.printed(), new RegExp(sentence));
    taken.free();
  }
  const taken = await takenPort('localhost');
  const demo = start('demo', await freePort(), { GENKAN_SAMPLE_PORT: String(taken.port) });
  assert.equal(await demo.ended, 1, demo.printed());
  assert.match(demo.printed(), new RegExp(`Port ${taken.port} .*GENKAN_SAMPLE_PORT`));
  taken.free();
});

/** The voice agents that a server started. */
const agentsOf = ({ child }: Built): readonly number[] =>
  spawnSync('ps', ['-o', 'pid=,args=', '--ppid', String(child.pid)])
    .stdout.toString()
    .split('\n')
    .filter(line => line.includes(join('dist', 'voice-agent.js')))
    .map(line => Number(line.trim().split(' ')[0]));

test('the server starts the voice agent that was built beside it, another one when that dies, and leaves none behind', async t => {
  const handset = await openHandset();
  t.after(() => handset.close());
  const port = await freePort();
  const line = { id: 'switchboard', driver: 'sip', ...lineTo(handset) };
  const server = start('serve', port, { GENKAN_GATEWAYS_VOICE: JSON.stringify([line]) });
  const isUp = async (): Promise<boolean> => {
    const answer = await fetch(`http://localhost:${port}/readyz`).catch(() => undefined);
    const { gateways } = answer ? await answer.json() : { gateways: [] };
    return gateways[0]?.state === 'up';
  };
  await until(isUp, server.printed);
  const [first] = agentsOf(server);
  assert.ok(first);
  process.kill(first, 'SIGKILL');
  const second = await until(() => agentsOf(server).find(pid => pid !== first), server.printed);
  await until(isUp, server.printed);
  assert.deepEqual(agentsOf(server), [second]);
  server.child.kill('SIGTERM');
  assert.equal(await server.ended, 0, server.printed());
  assert.throws(() => process.kill(second, 0), { code: 'ESRCH' });
});

const secret = 'a secret of this test alone';

/** A voice agent as on another machine, which listens at a place of this one. */
async function startAgent(place: string): Promise<Built & { readonly port: number }> {
  const file = join(folder, 'voice-agent.secret');
  writeFileSync(file, `${secret}\n`, { mode: 0o600 });
  const agent = startBuilt('voice-agent', folder, {}, ['--listen', place, '--secret-file', file]);
  running.push(agent.child);
  await agent.says('The voice agent waits for servers at ');
  const port = await until(() => /, port (\d+)\.\n/.exec(agent.printed())?.[1], agent.printed);
  return { ...agent, port: Number(port) };
}

test('a voice agent on another machine calls for whoever has its secret, and hangs up and ends when it is asked to', async t => {
  const handset = await openHandset();
  t.after(() => handset.close());
  const agent = await startAgent('127.0.0.1:0');
  const gatewayWith = (word: string) => {
    const agents = [{ host: '127.0.0.1', port: agent.port, secret: word }];
    const settings = sipVoice.settings.parse({ ...lineTo(handset), agents });
    const gateway = sipVoice.open('switchboard', settings, driverDeps());
    t.after(() => gateway.close());
    return gateway;
  };
  const gateway = gatewayWith(secret);
  const stranger = gatewayWith(`${secret}, or not`);
  const told: CallState[] = [];
  gateway.listen({ text: () => undefined, call: (_, state) => told.push(state) });
  const tells = (state: CallState) =>
    until(
      () => told.includes(state),
      () => `${told}\n${agent.printed()}`,
    );
  const calls = (id: string) =>
    gateway.call({ id, to: callee as PhoneNumber, script: askPound }, new AbortController().signal);

  await until(() => gateway.state().is === 'up', agent.printed);
  assert.deepEqual(await calls('answered'), { taken: true });
  const telephone = await handset.answer(await handset.rings());
  await telephone.untilHeard(75);
  await telephone.press('#');
  await tells('confirmed');
  await until(() => stranger.state().is === 'down', agent.printed);

  told.length = 0;
  assert.deepEqual(await calls('rings'), { taken: true });
  await handset.rings();
  await tells('ringing');
  agent.child.kill('SIGTERM');
  await handset.next('CANCEL');
  await tells('failed');
  assert.equal(await agent.ended, 0, agent.printed());
  assert.match(agent.printed(), /A server came from 127\.0\.0\.1\.\n/);
});

test('a voice agent waits at one address of either kind, or with a port alone at all of them', async t => {
  await Promise.all(
    (
      [
        ['[::1]:0', '::1'],
        ['0', '127.0.0.1'],
        ['localhost:0', 'localhost'],
      ] as const
    ).map(async ([place, host]) => {
      const handset = await openHandset();
      t.after(() => handset.close());
      const agent = await startAgent(place);
      const agents = [{ host, port: agent.port, secret }];
      const settings = sipVoice.settings.parse({ ...lineTo(handset), agents });
      const gateway = sipVoice.open('switchboard', settings, driverDeps());
      t.after(() => gateway.close());
      await until(() => gateway.state().is === 'up', agent.printed);
      agent.child.kill('SIGTERM');
      assert.equal(await agent.ended, 0, agent.printed());
    }),
  );
});
