import assert from 'node:assert/strict';
import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { test } from 'node:test';
import type { Flow } from './transport.ts';
import { openUdp } from './udp.ts';

const options = (branch: number): Buffer =>
  Buffer.from(
    [
      'OPTIONS sip:genkan@127.0.0.1 SIP/2.0',
      `Via: SIP/2.0/UDP 127.0.0.1:5060;branch=z9hG4bK${branch};rport`,
      'From: <sip:a@127.0.0.1>;tag=a',
      'To: <sip:b@127.0.0.1>',
      `Call-ID: ${branch}`,
      'CSeq: 1 OPTIONS',
      'Content-Length: 0',
      '',
      '',
    ].join('\r\n'),
  );

const socketsOfThisProcess = (): number =>
  process.getActiveResourcesInfo().filter(name => name === 'UDPWrap').length;

async function bound(): Promise<Socket> {
  const socket = createSocket('udp4');
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  return socket;
}

test('a crowd of strangers costs no socket each, and every one of them is answered where they are', async t => {
  const strangers = await Promise.all(Array.from({ length: 40 }, bound));
  const most: number[] = [];
  const answers = strangers.map(stranger =>
    once(stranger, 'message', { signal: AbortSignal.timeout(60_000) }),
  );
  const udp = openUdp(
    { port: 0, address: '127.0.0.1' },
    {
      message(_message, flow) {
        most.push(socketsOfThisProcess());
        flow.send(Buffer.from('answered'));
      },
      nonsense: reason => assert.fail(reason),
      broken: () => undefined,
    },
  );
  t.after(() => {
    udp.close();
    for (const stranger of strangers) stranger.close();
  });
  const [first] = strangers;
  assert.ok(first);
  const way: Flow | undefined = await udp.flow({
    protocol: 'udp',
    name: 'here',
    address: '127.0.0.1',
    port: first.address().port,
  });
  assert.ok(way);
  const before = socketsOfThisProcess();
  strangers.forEach((stranger, n) => {
    stranger.send(options(n), way.local.port, '127.0.0.1');
  });
  await Promise.all(answers);
  assert.equal(most.length, strangers.length);
  assert.ok(Math.max(...most) <= before, `${Math.max(...most)} of ${before}`);
});
