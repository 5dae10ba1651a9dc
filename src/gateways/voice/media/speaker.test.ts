import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { muLaw, openToneDetector, readTelephoneEvent } from '../../../wire/rtp/index.ts';
import { openSound } from './sound.ts';
import { type Frame, openSpeaker, type Speaker } from './speaker.ts';

/** A sound of so many packets, each of another octet, counted from 1. */
const counted = (packets: number, from = 1) =>
  openSound(muLaw.decode(Uint8Array.from({ length: packets * 160 }, (_, i) => from + Math.floor(i / 160))));

const frames = (speaker: Speaker, length: number, hasEvents = true): Frame[] =>
  Array.from({ length }, () => speaker.next('PCMU', hasEvents));

/** A frame in a word: its octet, `.` for silence, the key's event with `!` at its ends. */
const word = (frame: Frame): string => {
  if (frame.is === 'sound') return frame.payload[0] === 0xff ? '.' : `${frame.payload[0]}`;
  const event = readTelephoneEvent(Buffer.from(frame.payload));
  return `k${event?.event}${event?.end ? '!' : ''}`;
};
const words = (all: readonly Frame[]): string => all.map(word).join(' ');

describe('what is sent', () => {
  test('silence while nothing is played', () => assert.equal(words(frames(openSpeaker(), 3)), '. . .'));

  test('a sound once, and then it has been played', async () => {
    const speaker = openSpeaker();
    const ended = speaker.play(counted(3), { times: 1 });
    assert.equal(words(frames(speaker, 5)), '1 2 3 . .');
    assert.equal(await ended, 'played');
  });

  test('again and again with a pause', () => {
    const speaker = openSpeaker();
    void speaker.play(counted(2), { pause: 40 });
    assert.equal(words(frames(speaker, 9)), '1 2 . . 1 2 . . 1');
  });

  test('another sound instead, and the first was stopped', async () => {
    const speaker = openSpeaker();
    const first = speaker.play(counted(9));
    frames(speaker, 2);
    void speaker.play(counted(2, 50), { times: 1 });
    assert.equal(await first, 'stopped');
    assert.equal(words(frames(speaker, 3)), '50 51 .');
  });

  test('keys first, and what is played goes on after them', async () => {
    const speaker = openSpeaker();
    void speaker.play(counted(4), { times: 1 });
    frames(speaker, 2);
    const sent = speaker.digits('1#');
    assert.equal(
      words(frames(speaker, 30)),
      'k1 k1 k1 k1 k1 k1 k1 k1! k1! k1! . . . . k11 k11 k11 k11 k11 k11 k11 k11! k11! k11! . . . . 3 4',
    );
    await sent;
  });

  test('an event bears the time of its first packet', () => {
    const speaker = openSpeaker();
    void speaker.digits('5');
    const sent = frames(speaker, 10);
    assert.deepEqual(
      sent.map(frame => frame.is === 'event' && [frame.framesAgo, frame.marker]),
      Array.from({ length: 10 }, (_, i) => [i, i === 0]),
    );
  });

  test('pauses between keys: half a second and two', async () => {
    const speaker = openSpeaker();
    const sent = speaker.digits('w1,2 x');
    const said = frames(speaker, 25 + 14 + 100 + 14 + 1).map(word);
    await sent;
    assert.deepEqual([said.indexOf('k1'), said.indexOf('k2'), said.at(-1)], [25, 139, '.']);
  });

  test('tones of 160 ms where events were not agreed', () => {
    const speaker = openSpeaker();
    void speaker.digits('09*#A');
    const detector = openToneDetector();
    const sound = frames(speaker, 5 * 12 + 5, false).flatMap(frame =>
      detector.hear(muLaw.decode(frame.payload)),
    );
    assert.equal(sound.join(''), '09*#A');
  });

  test('on close everybody is told', async () => {
    const speaker = openSpeaker();
    const playing = speaker.play(counted(3));
    const pressing = speaker.digits('12');
    frames(speaker, 1);
    speaker.close();
    assert.equal(await playing, 'stopped');
    await pressing;
    assert.equal(await speaker.play(counted(1)), 'stopped');
    await speaker.digits('1');
  });

  test('time that went by is left out', () => {
    const speaker = openSpeaker();
    void speaker.play(counted(5), { times: 1 });
    frames(speaker, 1);
    speaker.skip(2);
    assert.equal(words(frames(speaker, 3)), '4 5 .');
    speaker.skip(5);
  });
});

test('a sound is encoded once for each codec, and filled up to whole packets', () => {
  const sound = openSound(new Int16Array(161));
  assert.equal(sound.milliseconds, 40);
  assert.equal(sound.encoded('PCMU'), sound.encoded('PCMU'));
  assert.deepEqual([sound.encoded('PCMU')[0], sound.encoded('PCMA')[0]], [0xff, 0xd5]);
});
