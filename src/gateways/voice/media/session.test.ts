import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { freePorts } from '../../../kit/testing.ts';
import { writeRtcp, writeRtp } from '../../../wire/rtp/index.ts';
import { openPacer } from './pacer.ts';
import { openPorts } from './ports.ts';
import { openSession } from './session.ts';
import { openTelephone } from './testing.ts';

test('what claims to come from port 0 is nobody, and does not end every call of this process', async t => {
  const address = '127.0.0.1';
  const pair = await openPorts(await freePorts(20)).take(4, address);
  // Reports follow each other as fast as the clock of this test: an hour from one look to the next.
  let hours = 0;
  const monotonic = () => 3_600_000 * hours++;
  const session = openSession({
    pair,
    local: { address, port: pair.port, rtcpPort: pair.port + 1, crypto: [] },
    family: 4,
    pacer: openPacer(() => performance.now()),
    quietAfter: Number.POSITIVE_INFINITY,
    monotonic,
    voiceFrom: 'announced',
    note: () => undefined,
    closed: () => undefined,
  });
  const telephone = await openTelephone(session.local);
  t.after(() => {
    session.close();
    telephone.close();
  });
  const remote = {
    address,
    port: telephone.port,
    codec: 'PCMU',
    telephoneEvent: 101,
    inBand: false,
  } as const;
  session.connect(remote);

  // Whoever writes datagrams by hand can write this; no socket of ours can be told to.
  const nobody = { address, family: 'IPv4', port: 0, size: 0 } as const;
  const packet = (sequence: number) =>
    writeRtp({
      marker: false,
      payloadType: 0,
      sequence,
      timestamp: sequence * 160,
      ssrc: 7,
      csrc: [],
      payload: Buffer.alloc(160),
    });
  for (let sequence = 1; sequence <= 12; sequence++) pair.rtp.emit('message', packet(sequence), nobody);
  pair.rtcp.emit('message', writeRtcp([{ is: 'receiver-report', ssrc: 7, blocks: [] }]), nobody);
  await telephone.untilHeard(5);
  await pause(60);
  assert.equal(session.statistics().refused.stranger, 13);
  assert.equal(session.statistics().received.packets, 0);
});
