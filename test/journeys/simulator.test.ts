// The telephone in the browser speaks: what a call says is heard, and not only read.
import assert from 'node:assert/strict';
import test from 'node:test';
import type { Page } from 'playwright-core';
import { wordsFor } from '../../src/words/index.ts';
import { stage } from '../cast/stage.ts';
import { signIn } from '../cast/steps.ts';
import { until } from '../cast/until.ts';

const at = stage(async house => {
  await house.given.multiFactorEverywhere();
});
const w = wordsFor('ja');
const number = '+819017770001';

interface Sound {
  readonly address: string;
  /** seconds */
  readonly duration: number;
  readonly position: number;
  /** enough has come to go on without a stop (HTMLMediaElement.HAVE_FUTURE_DATA) */
  readonly canPlay: boolean;
  /** why it is not played */
  readonly error: string | undefined;
}

const soundOn = (page: Page): Promise<Sound | undefined> =>
  page.evaluate(() => {
    const audio = document.querySelector('audio');
    if (!audio) return undefined;
    return {
      address: new URL(audio.src).pathname,
      duration: audio.duration,
      position: audio.currentTime,
      canPlay: audio.readyState >= HTMLMediaElement.HAVE_FUTURE_DATA || audio.ended,
      error: audio.error?.message,
    };
  });

/** Waits for the sound that is meant to be on this page, and listens until it goes forward, by itself. */
async function hears(page: Page, file: string): Promise<Sound> {
  let seen: Sound | undefined;
  await until(
    async () => {
      seen = await soundOn(page);
      return seen?.address === `/assets/${file}` && seen.canPlay && seen.position > 0;
    },
    () => ({ file, seen }),
  );
  assert.ok(seen);
  return seen;
}

test('who answers hears the question as sound, and goes on hearing it while pressing keys', async () => {
  const { loginName } = await at.house.given.user('Listener', { phone: number, way: 'call' });
  const caller = await at.person({ story: 'simulator' });
  const hall = await at.person({ story: 'simulator, the telephone' });
  const types = new Map<string, string | undefined>();
  hall.page.on('response', response => {
    if (response.url().includes('.wav'))
      types.set(new URL(response.url()).pathname, response.headers()['content-type']);
  });
  await hall.open(`/simulator/phones/${number}`);
  await caller.open('/');
  await signIn(caller, loginName);
  await caller.press(w.phone.choiceCall({ to: '+81 XX-XXXX-XX01' }));
  await hall.sees(w.simulator.answer);
  await hall.press(w.simulator.answer);

  const question = await hears(hall.page, 'ja-ask-pound.wav');
  assert.ok(question.duration > 1, `${question.duration} s`);
  assert.equal(types.get('/assets/ja-ask-pound.wav'), 'audio/wav');

  // A page that came again would begin to speak again, and would have forgotten this.
  await hall.page.evaluate(() => Object.assign(window, { same: true }));
  await hall.press('5');
  await until(async () => (await hall.page.locator('[data-pressed]').textContent()) === '5');
  assert.ok(await hall.page.evaluate(() => 'same' in window));

  // How a call ended is shown for a while, which a busy machine may need to come and hear it.
  at.house.clock.stand();
  await hall.press('#');
  await hall.sees(w.simulator.states['wrong-key']);
  const answer = await hears(hall.page, 'ja-wrong-key.wav');
  assert.ok(answer.duration > 1, `${answer.duration} s`);
  assert.equal(types.get('/assets/ja-wrong-key.wav'), 'audio/wav');
  await caller.sees(w.phone.ended['wrong-key']);
  await hall.leave();
  await caller.leave();
});
