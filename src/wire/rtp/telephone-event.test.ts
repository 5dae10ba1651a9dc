import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  eventFrames,
  eventKeys,
  openKeyReader,
  readTelephoneEvent,
  writeTelephoneEvent,
} from './telephone-event.ts';

interface Packet {
  readonly marker: boolean;
  readonly sequence: number;
  readonly timestamp: number;
  readonly payload: Buffer;
}

/** The packets of keys pressed one after the other, with a pause of a tenth of a second. */
function packetsOf(keys: string, from = { sequence: 0, timestamp: 0 }): Packet[] {
  let { sequence, timestamp } = from;
  return [...keys].flatMap(key => {
    const frames = eventFrames(key).map(frame => ({ ...frame, sequence: sequence++ & 0xffff, timestamp }));
    sequence += 5;
    timestamp = (timestamp + 2_400) >>> 0;
    return frames;
  });
}

const heard = (packets: readonly Packet[]): string => {
  const reader = openKeyReader();
  return packets.map(packet => reader.take(packet) ?? '').join('');
};

test('a payload is read as it was written', () => {
  const event = { event: 11, end: true, volume: 10, duration: 1280 };
  assert.deepEqual(readTelephoneEvent(writeTelephoneEvent(event)), event);
  assert.deepEqual(writeTelephoneEvent(event), Buffer.from([11, 0x8a, 0x05, 0x00]));
  assert.equal(readTelephoneEvent(Buffer.from([11, 0x8a, 0x05])), undefined);
});

test('a key is sent in ten packets over 160 ms, the last three being its end', () => {
  const frames = eventFrames('#');
  const events = frames.map(frame => readTelephoneEvent(frame.payload));
  assert.deepEqual(
    events.map(e => e?.duration),
    [160, 320, 480, 640, 800, 960, 1120, 1280, 1280, 1280],
  );
  assert.deepEqual(
    events.map(e => e?.end),
    [...Array(7).fill(false), true, true, true],
  );
  assert.deepEqual(
    frames.map(f => f.marker),
    [true, ...Array(9).fill(false)],
  );
  assert.deepEqual(eventFrames('x'), []);
  assert.deepEqual(eventFrames(''), []);
});

describe('a key is heard once', () => {
  test('whole', () => assert.equal(heard(packetsOf('0123456789*#ABCD')), eventKeys));
  test('the same key twice', () => assert.equal(heard(packetsOf('##')), '##'));

  test('whichever of its packets are lost, while one comes', () => {
    for (let kept = 1; kept < 1024; kept++) {
      const packets = packetsOf('##').filter((_, i) => (kept >> (i % 10)) & 1);
      assert.equal(heard(packets), '##', kept.toString(2));
    }
  });

  test('in any order within the key, and doubled', () => {
    const [one, two] = [packetsOf('12').slice(0, 10), packetsOf('12').slice(10)];
    assert.equal(heard([...one.toReversed(), ...two.toReversed(), ...two]), '12');
  });

  test('when an old end comes after the next start', () => {
    const packets = packetsOf('12');
    assert.equal(heard([...packets.slice(0, 8), ...packets.slice(10, 12), ...packets.slice(8, 10)]), '12');
  });

  test('over the end of sequences and timestamps', () => {
    assert.equal(heard(packetsOf('123', { sequence: 0xfffa, timestamp: 0xffffff00 })), '123');
  });

  test('a key of 20 seconds, which has three timestamps', () => {
    const packets = Array.from({ length: 1000 }, (_, i): Packet => {
      const segment = Math.floor(i / 409);
      const event = { event: 11, end: i === 999, volume: 10, duration: ((i % 409) + 1) * 160 };
      return {
        marker: i === 0,
        sequence: i,
        timestamp: segment * 0xffff,
        payload: writeTelephoneEvent(event),
      };
    });
    assert.equal(heard(packets), '#');
  });

  test('from a telephone that moves the timestamp in every packet', () => {
    const packets = packetsOf('#').map((packet, i) => ({ ...packet, timestamp: Math.min(i, 7) * 160 }));
    assert.equal(heard(packets), '#');
  });

  test('and what is no key of a telephone is none', () => {
    const flash = { marker: true, sequence: 1, timestamp: 0, payload: Buffer.from([16, 0x80, 1, 0]) };
    assert.equal(heard([flash, { ...flash, payload: Buffer.from([255, 0, 0, 0]), timestamp: 9 }]), '');
  });
});
