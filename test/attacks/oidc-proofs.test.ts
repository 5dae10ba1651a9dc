// What an application is told of a proof, and whose sign-in it is.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { seconds } from '../../src/kit/clock.ts';
import { campus } from '../cast/house.ts';
import type { Visitor } from '../cast/visitor.ts';
import { ask, authorize, claimsOf, multiFactor, office, oidcScene } from './oidc-scene.ts';

const { at, go, redeem, signIn } = oidcScene();

test('the campus proves nothing: an application hears what was shown, and one that demands MFA gets it or an error', async () => {
  const person = await at.resident('Honest');
  const visitor = at.house.visitor({ address: campus });
  const plain = claimsOf(await signIn(visitor, person));
  assert.notEqual(plain.acr, multiFactor);
  assert.deepEqual(plain.amr, ['pwd']);
  const claims = JSON.stringify({ id_token: { acr: { essential: true, value: multiFactor } } });
  for (const demand of [{ acr_values: multiFactor }, { claims }]) {
    const silent = await go(visitor, authorize(ask('portal', { ...demand, prompt: 'none' }).parameters));
    assert.match(silent?.searchParams.get('error') ?? '', /required|unmet/, JSON.stringify(demand));
  }
  const asked = ask('portal', { acr_values: multiFactor });
  const answer = await go(visitor, authorize(asked.parameters), person);
  const stepped = claimsOf(await redeem(asked, answer?.searchParams.get('code') ?? ''));
  assert.equal(stepped.acr, multiFactor);
  assert.ok((stepped.amr as string[]).includes('sms'));

  const phoneless = await at.resident('Dishonest', { phoneless: true });
  const thief = at.house.visitor({ address: campus });
  const refused = await go(
    thief,
    authorize(
      ask('portal', {
        acr_values: 'urn:made:up',
        claims: JSON.stringify({ id_token: { acr: { essential: true, value: 'phr' } } }),
      }).parameters,
    ),
    phoneless,
  );
  assert.equal(refused?.searchParams.get('code') ?? null, null);
});

test('a session that began on campus gives no code at home before more was shown', async () => {
  const person = await at.resident('Traveller');
  const onCampus = at.house.visitor({ address: campus });
  await signIn(onCampus, person);
  const atHome = at.house.visitor();
  for (const [name, value] of onCampus.cookies) atHome.cookies.set(name, value);
  const silent = await go(atHome, authorize(ask('portal', { prompt: 'none' }).parameters));
  assert.equal(silent?.searchParams.get('code') ?? null, null, silent?.href);
  assert.match(silent?.searchParams.get('error') ?? '', /required/);
  const tokens = await signIn(atHome, person);
  assert.deepEqual([...(claimsOf(tokens).amr as string[])].sort().includes('sms'), true);
});

test('the sign-in of an application is finished by the browser that it was begun in, and for the person who is there', async () => {
  const [victim, thief] = [await at.resident('MixedVictim'), await at.resident('MixedThief')];
  const his = at.house.visitor();
  const begun = await his.request(authorize(ask().parameters));
  await begun.arrayBuffer();
  assert.match(begun.headers.get('location') ?? '', /^\/sign-in\//);
  const uid =
    /genkan-oidc-resume=([\w-]+)/.exec(begun.headers.get('set-cookie') ?? '')?.[1] ??
    assert.fail('no question');
  const interaction = `/oidc-interaction/${uid}`;
  const hers = at.house.visitor();
  await signIn(hers, victim);
  for (const path of [
    interaction,
    `${interaction}/denied`,
    `${interaction}/unmet`,
    `${interaction}?round=0`,
    `/oidc/auth/${uid}`,
    `/oidc/auth/${uid}?round=1`,
  ]) {
    const response = await hers.request(path);
    const body = await response.text();
    assert.ok(response.status >= 400, `${path}: ${response.status}`);
    assert.doesNotMatch(body, /code=/);
  }
  const tokens = await signIn(his, thief);
  assert.equal(claimsOf(tokens).sub, thief.id);
  assert.equal(claimsOf(await signIn(hers, victim)).sub, victim.id);
});

test('a policy about clients on phones and desktops holds for an application that is one, and for no other', async () => {
  const person = await at.resident('ClientTypes');
  const { policies } = at.house.foundation.directory.access;
  const barred = async (...clientAppTypes: string[]) => {
    const saved = await policies.create(
      {
        displayName: clientAppTypes.join(),
        state: 'enabled',
        conditions: {
          users: { includeUsers: [person.id] },
          applications: { includeApplications: ['All'] },
          clientAppTypes,
        },
        grantControls: { operator: 'OR', builtInControls: ['block'] },
      },
      office,
    );
    assert.ok(saved.saved);
    at.house.clock.pass(seconds(2));
    return async () => {
      await policies.delete(saved.kept.id, office);
      at.house.clock.pass(seconds(2));
    };
  };
  const enters = async (visitor: Visitor, client: string, more = {}): Promise<boolean> => {
    const answer = await go(visitor, authorize(ask(client, more).parameters), person);
    return answer?.searchParams.has('code') ?? false;
  };
  const fresh = () => at.house.visitor({ address: campus });

  const allowPhones = await barred('mobileAppsAndDesktopClients');
  const signedIn = fresh();
  assert.deepEqual([await enters(fresh(), 'onPhone'), await enters(signedIn, 'portal')], [false, true]);
  // Neither does a session that began elsewhere help.
  for (const more of [{}, { prompt: 'none' }]) assert.ok(!(await enters(signedIn, 'onPhone', more)));
  await allowPhones();
  assert.ok(await enters(signedIn, 'onPhone'));

  const allowBrowsers = await barred('browser');
  assert.deepEqual([await enters(fresh(), 'onPhone'), await enters(fresh(), 'portal')], [true, false]);
  await allowBrowsers();
});
