import assert from 'node:assert/strict';
import { test } from 'node:test';
import { codecs } from './fuzz/all.ts';
import { fuzz } from './fuzz/driver.ts';

/** Two seconds of nonsense each; `npm run fuzz` goes on for as long as one likes. */
for (const codec of codecs) {
  test(`nonsense neither crashes nor holds up ${codec.name}, nor fills the memory`, async () => {
    const seed = Math.floor(Math.random() * 2 ** 32);
    const round = await fuzz(codec, { ms: 2000, seed });
    assert.equal(
      round.fault && `${round.fault.because}\n${round.fault.input.toString('base64')}`,
      undefined,
      `seed ${seed}`,
    );
    assert.ok(round.inputs > 500, `${round.inputs} inputs`);
    assert.ok(round.grown < 300e6, `${round.grown} bytes more`);
  });
}
