import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import type { TextGateway } from '../../src/gateways/index.ts';
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
const at = scene(undefined, { telephones: { text: [slow] } });

test('whoever presses again while the text is still being sent is sent one, and comes to its question', async () => {
  const person = await at.resident('Presser', { phoneless: true });
  const visitor = at.house.visitor();
  await enter(visitor, person);
  await visitor.send('/register');
  await visitor.send('/choose', { adding: 'phone mobile' });
  const path = new URL(visitor.page.url).pathname;
  const fields = { country: 'JP', number: '09012340001', way: 'text' };
  const first = post(visitor, `${path}/fill`, fields);
  await pause(150);
  const second = post(visitor, `${path}/fill`, fields);
  for (const { status } of await Promise.all([first, second])) assert.equal(status, 303);
  assert.equal(sent.length, 1);
  await visitor.open(path);
  const code = /\d{6}/.exec(sent[0] ?? '')?.[0] ?? '';
  await visitor.send('/answer', { code });
  assert.ok(!visitor.page.forms.some(({ action }) => action.endsWith('/answer')), visitor.page.text);
});
