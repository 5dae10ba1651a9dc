// Microsoft 365 asks for the second proof, and the app gives it: set up on the way, and used the next time.
import assert from 'node:assert/strict';
import test, { after } from 'node:test';
import { wordsFor } from '../../src/words/index.ts';
import type { Person } from '../cast/chromium.ts';
import { bringKey, type Device, deviceOf } from '../cast/device.ts';
import { entraFor, tenantOf } from '../cast/entra.ts';
import { stage } from '../cast/stage.ts';
import type { Entra, EntraTenant } from '../peers/entra/entra.ts';

const t = wordsFor('ja').approval;
let entra: Entra;
let tenant: EntraTenant;
const at = stage(async house => {
  entra = await entraFor(house);
  tenant = await tenantOf(house, entra);
});
after(() => entra.close());

async function approve(who: Person, device: Device): Promise<void> {
  const asked = await device.pull();
  assert.ok(asked);
  const shown = await who.page.locator('.big-number').textContent();
  const [number = ''] = /\d\d/.exec(shown ?? '') ?? [];
  assert.equal((await device.answer(asked, { number })).body.outcome, 'approved');
}

test('Rin sets the app up when Microsoft 365 asks for a proof, and approves with it from then on', async () => {
  const { loginName } = await at.house.given.user('Rin');
  const user = entra.user(tenant, loginName);
  const rin = await at.person({ story: 'microsoft 365 by approval' });
  await rin.open(entra.signInOf(user));
  await rin.press('次へ');
  await rin.press(t.name);
  await rin.press('次へ');
  await rin.sees(t.waitingForApp);
  const [, token = ''] = /#register=([\w-]+)/.exec(await rin.page.content()) ?? [];
  const { key, said } = await bringKey(at.house, token);
  const device = deviceOf(at.house, key, said.body);
  await rin.sees(t.tryIt({ name: 'Pixel' }));
  await approve(rin, device);
  await rin.sees(t.added);
  await rin.press('完了');
  await rin.sees('Microsoft 365: rin@keyaki.example');
  assert.deepEqual(entra.judged.at(-1)?.faults, []);

  await rin.open(entra.signInOf(user));
  await rin.press(t.choicePush({ name: 'Pixel' }));
  await rin.sees(t.typeIt({ name: 'Pixel' }));
  await rin.picture('approve');
  await approve(rin, device);
  await rin.sees('Microsoft 365: rin@keyaki.example');
  assert.deepEqual(entra.judged.at(-1)?.faults, []);
  assert.deepEqual(entra.judged.at(-1)?.claims.amr, ['swk']);
  await rin.leave();
});
