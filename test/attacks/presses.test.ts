import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import type { TextGateway, VoiceGateway } from '../../src/gateways/index.ts';
import { until } from '../cast/until.ts';
import { enter, post, scene } from './scene.ts';

const sent: string[] = [];
/** A network that takes half a second, as real ones do. */
const slow: TextGateway = {
  kind: 'text',
  id: 'slow',
  listen: () => undefined,
  state: () => ({ is: 'up' }),
  async send({ text }) {
    sent.push(text);
    await pause(500);
    return { taken: true };
  },
  close: async () => undefined,
};
let placing = 0;
const rung: string[] = [];
const hungUp: string[] = [];
/** As slow, with telephones that ring until they are hung up on. */
const slowVoice: VoiceGateway = {
  kind: 'voice',
  id: 'slow-voice',
  listen: () => undefined,
  state: () => ({ is: 'up' }),
  async call({ id }, signal) {
    placing += 1;
    await pause(500);
    rung.push(id);
    signal.addEventListener('abort', () => hungUp.push(id));
    return { taken: true };
  },
  close: async () => undefined,
};
const at = scene(undefined, { telephones: { text: [slow], voice: [slowVoice] } });

test('whoever presses again while the text is still being sent is sent one, and comes to its question', async () => {
  const person = await at.resident('Presser', { phoneless: true });
  const visitor = at.house.visitor();
  await enter(visitor, person);
  await visitor.send('/register');
  await visitor.send('/choose', { adding: 'phone mobile' });
  const path = new URL(visitor.page.url).pathname;
  const fields = { country: 'JP', number: '09012340001', way: 'text' };
  const first = post(visitor, `${path}/fill`, fields);
  await until(() => sent.length === 1);
  const second = post(visitor, `${path}/fill`, fields);
  for (const { status } of await Promise.all([first, second])) assert.equal(status, 303);
  assert.equal(sent.length, 1);
  await visitor.open(path);
  const code = /\d{6}/.exec(sent[0] ?? '')?.[0] ?? '';
  await visitor.send('/answer', { code });
  assert.ok(!visitor.page.forms.some(({ action }) => action.endsWith('/answer')), visitor.page.text);
});

test('whoever goes away while the call is still being placed is hung up on, in a sign-in and in the wizard', async () => {
  const person = await at.resident('Leaver');
  const signingIn = at.house.visitor();
  await enter(signingIn, person);
  const signIn = new URL(signingIn.page.url).pathname;
  const asked = post(signingIn, `${signIn}/ask`, { way: 'mobile call' });
  await until(() => placing === 1);
  await post(signingIn, `${signIn}/elsewhere`);
  await asked;
  assert.equal(rung.length, 1);
  assert.deepEqual(hungUp, rung);

  const other = await at.resident('WizardLeaver', { phoneless: true });
  const visitor = at.house.visitor();
  await enter(visitor, other);
  await visitor.send('/register');
  await visitor.send('/choose', { adding: 'phone mobile' });
  const wizard = new URL(visitor.page.url).pathname;
  const filled = post(visitor, `${wizard}/fill`, { country: 'JP', number: '09012340002', way: 'call' });
  await until(() => placing === 2);
  await post(visitor, `${wizard}/back`);
  await filled;
  assert.equal(rung.length, 2);
  assert.deepEqual(hungUp, rung);
});
