import assert from 'node:assert/strict';
import { test } from 'node:test';
import { enter, name, post, scene } from './scene.ts';

const metricsToken = 'a token of the one who measures';
const at = scene(house => house.given.multiFactorEverywhere(), { metricsToken });

/** Every time series, without its value. */
async function series(): Promise<readonly string[]> {
  const response = await fetch(`${at.house.url}/metrics`, {
    headers: { authorization: `Bearer ${metricsToken}` },
  });
  assert.equal(response.status, 200);
  const lines = (await response.text()).split('\n').filter(line => line && !line.startsWith('#'));
  return lines.map(line => line.replace(/ \S+$/, '')).sort();
}

test('no request makes a new time series: neither by its path, its headers nor what was typed', async () => {
  const who = await at.resident('Measured');
  await enter(at.house.visitor(), who);
  const before = await series();
  assert.ok(before.length > 0);
  const marks = Array.from({ length: 20 }, (_, i) => `mark-${i}`);
  for (const mark of marks) {
    const visitor = at.house.visitor();
    await visitor.request(`/${mark}?${mark}=${mark}`);
    await visitor.request(
      `/oidc/auth?client_id=${mark}&response_type=code&redirect_uri=http://${mark}.example`,
    );
    await visitor.request(`/webhooks/${mark}`, { method: 'POST', body: mark });
    await visitor.request('/account', {
      headers: { 'user-agent': mark, 'accept-language': mark, 'x-forwarded-for': mark, 'x-request-id': mark },
    });
    await name(visitor, `${mark}@keyaki.example`);
    await post(visitor, `${new URL(visitor.page.url).pathname}/ask`, { way: `${mark} ${mark}` });
  }
  assert.deepEqual(await series(), before);
});
