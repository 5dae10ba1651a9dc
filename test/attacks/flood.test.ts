import assert from 'node:assert/strict';
import { test } from 'node:test';
import { seconds } from '../../src/kit/clock.ts';
import { campus } from '../cast/house.ts';
import { scene } from './scene.ts';

const at = scene(house => house.given.campusSkip());
const flooding = '198.51.100.66';

const question = `/oidc/auth?${new URLSearchParams({
  client_id: 'portal',
  redirect_uri: 'http://localhost:9/portal',
  response_type: 'code',
  scope: 'openid',
  code_challenge: 'x'.repeat(43),
  code_challenge_method: 'S256',
})}`;

interface Came {
  readonly status: number;
  readonly retryAfter: string | null;
}

/** Comes without cookies, as a program does, and keeps nothing. */
async function comes(path: string, address: string): Promise<Came> {
  const response = await at.house.visitor({ address }).request(path);
  await response.arrayBuffer();
  return { status: response.status, retryAfter: response.headers.get('retry-after') };
}

test('one address that begins sign-ins without end fills no table: it is told to come later, and nobody else is', async () => {
  await at.house.given.application('portal', { redirectUris: ['http://localhost:9/portal'] });
  const burst = (path: string) => Promise.all(Array.from({ length: 20 }, () => comes(path, flooding)));
  // A thousand at once; the one more every fifth of a second waits until we say that time goes on.
  at.house.clock.stand();

  let refused: Came | undefined;
  while (!refused && (await at.count('sign_ins')) <= 1_000)
    refused = (await burst('/account')).find(({ status }) => status !== 303);
  assert.deepEqual(refused, { status: 503, retryAfter: '10' });
  assert.equal(await at.count('sign_ins'), 1_000);

  const asked = await burst(question);
  assert.ok(asked.every(({ status, retryAfter }) => status === 503 && retryAfter !== null));
  assert.equal(await at.count('oidc_payloads'), 0, 'questions that were refused were kept');
  assert.equal(await at.count('sign_ins'), 1_000);

  assert.equal((await comes(question, '198.51.100.67')).status, 303);
  assert.equal((await comes('/account', campus)).status, 303);
  at.house.clock.pass(seconds(1));
  assert.equal((await comes('/account', flooding)).status, 303);
});
