import assert from 'node:assert/strict';
import { test } from 'node:test';
import { laws } from './sound.ts';
import { openSpeech } from './speech.ts';

const second = (loudness: number): Int16Array =>
  Int16Array.from({ length: 8000 }, (_, n) => Math.round(loudness * Math.sin(n / 3)));

function speak(...seconds: readonly number[]): number {
  const speech = openSpeech();
  for (const codec of ['PCMA', 'PCMU'] as const) assert.equal(openSpeech().longest(), 0, codec);
  for (const loudness of seconds) {
    const encoded = laws.PCMU.encode(second(loudness));
    for (let at = 0; at < encoded.length; at += 160) speech.hear(encoded.subarray(at, at + 160), 'PCMU');
  }
  return speech.longest();
}

test('speech is measured in stretches, which silence ends', () => {
  assert.equal(speak(0, 0), 0);
  assert.equal(speak(30, 30), 0);
  assert.equal(speak(5000, 0, 5000), 1000);
  assert.equal(speak(5000, 5000, 3000), 3000);
});
