// Somebody earns by what we send: one story from the first text to the office's decision.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { resumeCountry } from '../../src/gateways/index.ts';
import { minutes, seconds } from '../../src/kit/clock.ts';
import { wordsFor } from '../../src/words/index.ts';
import { telephone } from '../cast/telephone.ts';
import { until } from '../cast/until.ts';
import {
  arrive,
  askText,
  assertSignedIn,
  enter,
  query,
  type Resident,
  scene,
  signInByText,
} from './scene.ts';

const metricsToken = 'whoever watches the metrics';
const at = scene(undefined, { metricsToken });
const { signIn: t } = wordsFor('ja');

/** Telephones of another country, each in a block of its own. */
const abroad = (n: number): string => `+8210${2000 + n}0000`;

async function metrics(): Promise<string> {
  const headers = { authorization: `Bearer ${metricsToken}` };
  return (await fetch(`${at.house.url}/metrics`, { headers })).text();
}

test('fifty texts to a country that nobody types in: it is paused, the office is told and the metrics say so, the rest goes on, and the office lifts it', async () => {
  await at.house.given.setting('phone', { countries: ['JP', 'KR'] });
  await at.house.given.setting('notices', { office: ['counter@keyaki.example'] });
  const traveller: Resident = await at.resident('Traveller', { phone: abroad(0) });
  const first = at.house.visitor();
  await signInByText(first, traveller);
  await assertSignedIn(first);
  assert.doesNotMatch(await metrics(), /genkan_country_paused_until_seconds\{/);

  const taken = Array.from({ length: 50 }, (_, n) => n + 1);
  for (let from = 0; from < taken.length; from += 5)
    await Promise.all(
      taken.slice(from, from + 5).map(async n => {
        const { loginName } = await at.house.given.user(`Taken${n}`, { phone: abroad(n) });
        const stranger = at.house.visitor({ address: `198.51.100.${n}` });
        await enter(stranger, { loginName });
        await stranger.send('/ask', { way: 'mobile text' });
        assert.ok(!(await telephone(at.house, abroad(n)).isQuiet()), `${n} was sent nothing`);
      }),
    );
  at.house.clock.pass(minutes(11));

  const refused = at.house.visitor();
  await enter(refused, traveller);
  await refused.send('/ask', { way: 'mobile text' });
  assert.ok(refused.page.text.includes(t.notSentThere), refused.page.text);
  assert.doesNotMatch(refused.page.text, /上限に達しました|\d+分後/, 'how long it lasts helps who pumps');

  const letters = () => at.house.letters().filter(letter => letter.includes('counter@keyaki.example'));
  await until(() => letters().length > 0);
  assert.equal(letters().length, 1);
  const shown = await metrics();
  const [, end] = /genkan_country_paused_until_seconds\{country="KR"\} (\d+)/.exec(shown) ?? [];
  assert.ok(end, shown);
  assert.ok(Math.abs(Number(end) * 1000 - (at.house.clock.now() + minutes(49))) < minutes(1));
  const [, ratio] = /genkan_gateway_verified_ratio\{[^}]*\} ([\d.]+)/.exec(shown) ?? [];
  assert.ok(Number(ratio) < 0.05, `${ratio} of what was sent was used`);

  const athome = at.house.visitor();
  await signInByText(athome, await at.resident('AtHome'));
  await assertSignedIn(athome);

  const { audit, storage, clock } = at.house.foundation;
  const actor = { is: 'office', name: 'counter' } as const;
  const lift = () => storage.tx(tx => resumeCountry(tx, { audit, country: 'KR', actor, now: clock.now() }));
  assert.ok(await lift());
  assert.equal(await lift(), undefined, 'it is paused no more');
  assert.doesNotMatch(await metrics(), /genkan_country_paused_until_seconds\{/);
  at.house.clock.pass(seconds(31));
  const again = at.house.visitor();
  const code = await askText(again, traveller);
  await again.send('/answer', { code });
  await arrive(again);
  await assertSignedIn(again);

  const { rows } = await query(
    at.house,
    `select kind, record::jsonb->'detail'->>'country' as country, record::jsonb->'actor'->>'is' as by
      from audit_records where kind in ('delivery.paused', 'delivery.resumed') order by at`,
  );
  assert.deepEqual(rows, [
    { kind: 'delivery.paused', country: 'KR', by: 'system' },
    { kind: 'delivery.resumed', country: 'KR', by: 'office' },
  ]);
});
