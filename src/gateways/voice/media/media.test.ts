import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { after, describe, type TestContext, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { freePorts, until } from '../../../kit/testing.ts';
import {
  aLaw,
  muLaw,
  openSrtpReceiver,
  openSrtpSender,
  type SrtpKey,
  toneSamples,
  writeRtcp,
  writeRtp,
} from '../../../wire/rtp/index.ts';
import { type MediaSession, openMediaEngine, openSound, type RemoteMedia } from './index.ts';
import { openTelephone, type TelephoneHow } from './testing.ts';

const engine = openMediaEngine({ ports: await freePorts(200), quietAfter: 300 });
after(() => engine.close());

/** However a test ends, nothing of it stays open. */
const closing = (t: TestContext, ...open: readonly { close(): unknown }[]): void =>
  t.after(() => {
    for (const one of open) one.close();
  });

/** A call of one telephone, which both ends know of. */
async function call(
  t: TestContext,
  how: TelephoneHow & { remote?: Partial<RemoteMedia>; address?: string } = {},
) {
  const address = how.address ?? '127.0.0.1';
  const session = await engine.open({ family: address.includes(':') ? 6 : 4, address, srtp: false });
  const telephone = await openTelephone(session.local, how);
  const keys: string[] = [];
  session.onKey(key => void keys.push(key));
  const remote: RemoteMedia = {
    address,
    port: telephone.port,
    codec: 'PCMU',
    telephoneEvent: 101,
    inBand: false,
    ...how.remote,
  };
  session.connect(remote);
  closing(t, session, telephone);
  return { session, telephone, keys, remote };
}

const untilReceived = (session: MediaSession, packets: number): Promise<boolean> =>
  until(() => session.statistics().received.packets >= packets, session.statistics);

const tone = openSound(toneSamples('5', 400));

describe('a call', () => {
  test('sends what is played in packets that follow one another, and hears keys', async t => {
    const { session, telephone, keys } = await call(t);
    let sound: typeof telephone.heard = [];
    const isWhole = () =>
      sound.every((packet, i) => packet.timestamp === ((sound[0]?.timestamp ?? 0) + i * 160) >>> 0);
    // A machine that holds us up for longer than a telephone waits leaves time out; it is played again then.
    for (let n = 0; n < 10 && (sound.length === 0 || !isWhole()); n++) {
      const before = telephone.heard.length;
      assert.equal(await session.play(tone, { times: 1 }), 'played');
      await telephone.untilHeard(before + 25);
      sound = telephone.heard.slice(before);
    }
    assert.ok(isWhole(), 'each packet follows the one before');
    const octets = Buffer.concat(sound.map(packet => packet.payload));
    assert.ok(octets.includes(Buffer.from(tone.encoded('PCMU'))));
    const [first] = telephone.heard;
    assert.ok(first?.marker && first.payloadType === 0 && first.payload.length === 160);
    telephone.heard.forEach((packet, i) => {
      assert.equal(packet.sequence, (first.sequence + i) & 0xffff);
      assert.equal(packet.ssrc, first.ssrc);
    });
    await telephone.press('*12#');
    await until(
      () => keys.length === 4,
      () => keys,
    );
    assert.equal(keys.join(''), '*12#');
  });

  test('in A-law when that was agreed', async t => {
    const { session, telephone } = await call(t, { remote: { codec: 'PCMA' } });
    await session.play(tone, { times: 1 });
    await telephone.untilHeard(20);
    assert.equal(telephone.heard[0]?.payloadType, 8);
    const levels = telephone.heard.map(({ payload }) => Math.max(...aLaw.decode(payload)));
    assert.ok(levels.some(level => level > 10_000));
  });

  test('over IPv6, however the address is written', async t => {
    const { telephone, keys } = await call(t, { address: '::1', remote: { address: '0:0:0:0:0:0:0:1' } });
    await telephone.untilHeard(2);
    await telephone.press('#');
    await until(
      () => keys.length === 1,
      () => keys,
    );
  });

  test('sends digits under one time each, and the sound after them', async t => {
    const { session, telephone } = await call(t);
    await session.sendDigits('4#');
    const events = await until(() => {
      const came = telephone.heard.filter(packet => packet.payloadType === 101);
      return came.length >= 20 && came;
    });
    assert.equal(events.length, 20);
    assert.equal(new Set(events.map(packet => packet.timestamp)).size, 2);
    assert.deepEqual([events[0]?.payload[0], events[19]?.payload[0]], [4, 11]);
  });

  test('on hold it says nothing and still hears', async t => {
    const { session, telephone, keys, remote } = await call(t, { remote: { onHold: true } });
    await telephone.press('#');
    await until(
      () => keys.length === 1,
      () => keys,
    );
    assert.equal(telephone.heard.length, 0);
    session.connect({ ...remote, onHold: false });
    await telephone.untilHeard(1);
    assert.ok(telephone.heard[0]?.marker);
  });

  test('hears tones only where nothing else was agreed', async t => {
    const sound = Int16Array.from([...toneSamples('#', 100), ...new Int16Array(800)]);
    const plain = await call(t, { remote: { inBand: true } });
    await plain.telephone.speak(10, sound);
    await untilReceived(plain.session, 10);
    assert.deepEqual(plain.keys, []);
    const { telephoneEvent: _, ...without } = plain.remote;
    const bare = await engine.open({ family: 4, address: '127.0.0.1', srtp: false });
    const telephone = await openTelephone(bare.local);
    closing(t, bare, telephone);
    const keys: string[] = [];
    bare.onKey(key => void keys.push(key));
    bare.connect({ ...without, port: telephone.port });
    await telephone.speak(10, sound);
    await until(
      () => keys.length === 1,
      () => keys,
    );
    assert.deepEqual(keys, ['#']);
  });
});

describe('a bad line', () => {
  test('a tenth of the packets lost: every key once, and the loss is counted', async t => {
    const { session, telephone, keys } = await call(t);
    await telephone.speak(2);
    await telephone.press('0123456789*#'.repeat(3), packet => packet % 10 === 3 || packet % 30 < 2);
    await until(
      () => keys.length >= 36,
      () => keys.join(''),
    );
    assert.equal(keys.join(''), '0123456789*#'.repeat(3));
    assert.ok(session.statistics().received.lost > 36);
  });

  test('late, doubled and replayed packets press nothing', async t => {
    const { session, telephone, keys } = await call(t);
    const packet = (sequence: number, timestamp: number, event: number) =>
      writeRtp({
        marker: false,
        payloadType: 101,
        sequence,
        timestamp,
        ssrc: 9,
        csrc: [],
        payload: Buffer.from([event, 0x8a, 5, 0]),
      });
    const first = packet(10, 1000, 1);
    const second = packet(20, 3000, 2);
    for (const one of [first, second, first, second, first, packet(11, 1000, 1)]) await telephone.send(one);
    await untilReceived(session, 6);
    assert.deepEqual(keys, ['1', '2']);
  });

  test('garbage is counted and does no harm', async t => {
    const { session, telephone, keys } = await call(t);
    for (let n = 0; n < 200; n++) await telephone.send(randomBytes(n));
    for (let n = 0; n < 50; n++) {
      const datagram = randomBytes(40);
      datagram[0] = 0x80;
      datagram[1] = 101;
      await telephone.send(datagram.subarray(0, 12));
    }
    await telephone.press('#');
    await until(() => keys.includes('#'), session.statistics);
    assert.ok(session.statistics().refused.malformed > 100);
  });

  test('a source that is replaced is heard on', async t => {
    const { session, telephone, keys } = await call(t);
    await telephone.speak(5);
    await telephone.press('1');
    telephone.becomeAnotherSource();
    await telephone.press('2');
    telephone.becomeAnotherSource();
    await telephone.press('3#');
    await until(
      () => keys.length === 4,
      () => keys,
    );
    assert.deepEqual(keys, ['1', '2', '3', '#']);
    assert.equal(session.statistics().received.lost, 0);
  });

  test('nothing for too long is told once, and again after something came', async t => {
    const { session, telephone } = await call(t);
    let quiet = 0;
    session.onQuiet(() => void quiet++);
    await telephone.speak(2);
    await until(
      () => quiet === 1,
      () => quiet,
    );
    await pause(400);
    assert.equal(quiet, 1);
    await telephone.speak(2);
    await until(
      () => quiet === 2,
      () => quiet,
    );
  });
});

describe('others at the port', () => {
  test('a stranger is neither heard nor answered', async t => {
    const { session, telephone, keys } = await call(t);
    await telephone.speak(2);
    await untilReceived(session, 2);
    const stranger = await openTelephone(session.local, { address: '127.0.0.2' });
    closing(t, stranger);
    await stranger.press('#');
    await stranger.speak(20);
    await until(() => session.statistics().refused.stranger === 30, session.statistics);
    await telephone.press('1');
    await until(
      () => keys.length > 0,
      () => keys,
    );
    assert.deepEqual(keys, ['1']);
    assert.equal(stranger.heard.length, 0);
  });

  test('a peer behind address translation is answered where it is', async t => {
    const { session, telephone, keys } = await call(t, { remote: { address: '127.0.0.9', port: 9 } });
    for (let n = 0; n < 12; n++) {
      await telephone.speak(1);
      await pause(20);
    }
    await telephone.untilHeard(3);
    await telephone.press('#');
    await until(() => keys.length === 1, session.statistics);
  });

  test('a voice from elsewhere is not the phone, whose address anyone can reach, and that is told at the end', async t => {
    const told: string[] = [];
    const line = openMediaEngine({
      ports: await freePorts(10),
      quietAfter: 5000,
      note: text => void told.push(text),
    });
    for (const speaks of [0, 30]) {
      const session = await line.open({ family: 4, address: '127.0.0.1', srtp: false });
      const stranger = await openTelephone(session.local);
      closing(t, stranger, session);
      const keys: string[] = [];
      session.onKey(key => void keys.push(key));
      session.connect({
        address: '203.0.113.9',
        port: 4000,
        codec: 'PCMU',
        telephoneEvent: 101,
        inBand: false,
      });
      await stranger.speak(speaks);
      await pause(160);
      if (speaks > 0) await stranger.press('12#');
      await until(() => session.statistics().refused.stranger >= speaks, session.statistics);
      assert.deepEqual(keys, []);
      assert.equal(session.statistics().received.packets, 0);
      session.close();
      session.close();
    }
    assert.equal(told.length, 1);
    assert.match(told[0] ?? '', /voiceFrom/);
    line.close();
  });

  test('a phone that is put on hold by no address at all is heard on', async t => {
    const { session, telephone, keys, remote } = await call(t);
    await telephone.speak(2);
    await untilReceived(session, 2);
    session.connect({ ...remote, address: '0.0.0.0', onHold: true });
    const stranger = await openTelephone(session.local, { address: '127.0.0.2' });
    closing(t, stranger);
    await stranger.speak(12);
    await telephone.press('#');
    await until(() => keys.length === 1, session.statistics);
    assert.equal(session.statistics().refused.stranger, 12);
  });

  test('a peer that moves is followed when it says so, and not before', async t => {
    const { session, telephone, keys, remote } = await call(t);
    await telephone.speak(2);
    await untilReceived(session, 2);
    const elsewhere = await openTelephone(session.local);
    closing(t, elsewhere);
    await elsewhere.press('1');
    await until(() => session.statistics().refused.stranger === 10, session.statistics);
    session.connect({ ...remote, port: elsewhere.port });
    await elsewhere.press('2');
    await until(
      () => keys.length > 0,
      () => keys,
    );
    await telephone.press('3');
    await until(() => session.statistics().refused.stranger === 20, session.statistics);
    assert.deepEqual(keys, ['2']);
    await elsewhere.untilHeard(2);
  });

  test('before the call is agreed nothing is heard', async t => {
    const session = await engine.open({ family: 4, address: '127.0.0.1', srtp: false });
    const telephone = await openTelephone(session.local);
    closing(t, session, telephone);
    const keys: string[] = [];
    session.onKey(key => void keys.push(key));
    await telephone.press('#');
    await pause(30);
    assert.deepEqual(keys, []);
    assert.equal(session.statistics().received.packets, 0);
  });
});

describe('an encrypted call', () => {
  const theirs: SrtpKey = { suite: 'AES_CM_128_HMAC_SHA1_32', key: randomBytes(30) };
  const encrypted = async (t: TestContext) => {
    const session = await engine.open({ family: 4, address: '127.0.0.1', srtp: true });
    const ours = session.local.crypto.find(key => key.suite === theirs.suite);
    assert.ok(ours);
    const opener = openSrtpReceiver(ours);
    const telephone = await openTelephone(session.local, {
      protect: openSrtpSender(theirs).rtp,
      open(datagram) {
        const plain = opener.rtp(datagram);
        assert.ok(Buffer.isBuffer(plain));
        return plain;
      },
    });
    closing(t, session, telephone);
    const keys: string[] = [];
    session.onKey(key => void keys.push(key));
    const remote = {
      address: '127.0.0.1',
      port: telephone.port,
      codec: 'PCMU',
      telephoneEvent: 101,
      inBand: false,
    } as const;
    return { session, telephone, keys, remote };
  };

  test('is heard both ways, and what has not the key is not', async t => {
    const { session, telephone, keys, remote } = await encrypted(t);
    session.connect({ ...remote, crypto: theirs });
    void session.play(tone);
    await telephone.untilHeard(10);
    const levels = telephone.heard.map(({ payload }) => Math.max(...muLaw.decode(payload)));
    assert.ok(levels.some(level => level > 10_000));
    const plain = await openTelephone(session.local);
    closing(t, plain);
    await plain.press('1');
    await until(() => session.statistics().refused.forged === 10, session.statistics);
    await telephone.press('#');
    await until(
      () => keys.length === 1,
      () => keys,
    );
    session.connect({ ...remote, crypto: theirs });
    await telephone.press('2');
    await until(
      () => keys.length === 2,
      () => keys,
    );
    assert.deepEqual(keys, ['#', '2']);
  });

  test('does not begin when the peer does not encrypt, or with what was not offered', async t => {
    const { session, remote } = await encrypted(t);
    assert.throws(() => session.connect(remote), /does not encrypt/);
    const open = await engine.open({ family: 4, address: '127.0.0.1', srtp: false });
    assert.throws(() => open.connect({ ...remote, crypto: theirs }), /not offered/);
    open.close();
  });
});

describe('reports', () => {
  test('are read, and a goodbye is said at the end', async t => {
    const { session, telephone } = await call(t, { remote: { rtcpMux: true } });
    await telephone.speak(5);
    await telephone.untilHeard(3);
    const ssrc = telephone.heard[0]?.ssrc ?? 0;
    const block = {
      ssrc,
      fractionLost: 0,
      lost: 3,
      highestSequence: 9,
      jitter: 16,
      lastReport: 0,
      sinceLastReport: 0,
    };
    await telephone.send(writeRtcp([{ is: 'receiver-report', ssrc: 77, blocks: [block] }]));
    await until(() => session.statistics().peer !== undefined, session.statistics);
    assert.deepEqual(session.statistics().peer, { lost: 3, jitter: 2 });
    session.close();
    await until(
      () => telephone.reports.some(report => report.is === 'goodbye'),
      () => telephone.reports,
    );
    const [report] = telephone.reports;
    assert.ok(report?.is === 'sender-report' && report.sender.packets >= 3);
    assert.equal(report.blocks[0]?.lost, 0);
  });

  test('go to the port after the peer’s without multiplexing', async t => {
    const beside = createSocket('udp4');
    beside.bind(0, '127.0.0.1');
    await once(beside, 'listening');
    closing(t, beside);
    const { session, telephone } = await call(t, { remote: { rtcpPort: beside.address().port } });
    await telephone.untilHeard(1);
    const came = once(beside, 'message', { signal: AbortSignal.timeout(60_000) });
    session.close();
    const [datagram] = await came;
    assert.equal(datagram[1], 200);
  });
});

describe('ports', () => {
  test('are pairs, and are given back', async () => {
    const { from: even } = await freePorts(8);
    const few = openMediaEngine({ ports: { from: even + 1, to: even + 6 }, quietAfter: 1000 });
    const where = { family: 4, address: '127.0.0.1', srtp: false } as const;
    const [one, two] = [await few.open(where), await few.open(where)];
    assert.deepEqual([one.local.port, two.local.port].toSorted(), [even + 2, even + 4]);
    assert.equal(one.local.rtcpPort, one.local.port + 1);
    const all = `All 2 pairs of ports from ${even + 1} to ${even + 6} are in use.`;
    await assert.rejects(few.open(where), { message: all });
    one.close();
    one.close();
    await until(() => few.sessions() === 1, few.sessions);
    const again = await few.open(where);
    assert.equal(again.local.port, one.local.port);
    few.close();
    await until(() => few.sessions() === 0, few.sessions);
  });

  test('an address that is not ours is refused, and so is an empty range', async () => {
    await assert.rejects(engine.open({ family: 4, address: '192.0.2.77', srtp: false }), /EADDRNOTAVAIL/);
    assert.throws(() => openMediaEngine({ ports: { from: 7, to: 8 }, quietAfter: 1 }), /no pair of ports/);
  });
});
