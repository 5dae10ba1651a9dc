import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { enter, type Resident, scene } from '../attacks/scene.ts';
import { until } from '../cast/until.ts';
import type { Visitor } from '../cast/visitor.ts';
import { type Apache, apacheIsHere, chooseApache, startApache } from './apache.ts';

const skip = apacheIsHere() ? false : 'apt-get install apache2 libapache2-mod-auth-openidc';
const sfa = 'https://refeds.org/profile/sfa';
const mfa = 'https://refeds.org/profile/mfa';
const office = { is: 'office', name: 'test' } as const;

let apache: Apache;

const at = scene(async house => {
  if (skip) return;
  const place = await chooseApache();
  const application = await house.given.application('apache', {
    redirectUris: [place.redirectUri],
    postLogoutRedirectUris: [`${place.url}/bye/`],
    backchannelLogoutUri: `${place.redirectUri}?logout=backchannel`,
  });
  apache = await startApache({
    place,
    issuer: `${house.url}/oidc`,
    clientId: application.id,
    clientSecret: application.secret ?? '',
  });
});
after(() => apache?.close());

const saw = (visitor: Visitor) => visitor.page.headers.get('x-saw')?.split('|');

/** Through Genkan's pages until Apache shows its own. */
async function goIn(visitor: Visitor, who: Resident, path = '/protected/'): Promise<void> {
  await enter(visitor, who, `${apache.url}${path}`);
  if (visitor.page.forms.some(({ action }) => action.endsWith('/ask'))) {
    await visitor.send('/ask', { way: 'mobile text' });
    await visitor.send('/answer', { code: await who.phone.code() });
  }
  await land(visitor);
}

async function land(visitor: Visitor): Promise<void> {
  if (visitor.page.forms.some(({ action }) => action.endsWith('/stay')))
    await visitor.send('/stay', { stay: 'no' });
  while (!visitor.page.url.startsWith(apache.url)) await visitor.moveOn();
}

test('Apache lets a person in whom Genkan knows, and knows who it is and how they showed it', {
  skip,
}, async () => {
  const hanako = await at.resident('Hanako');
  const visitor = at.house.visitor();
  await goIn(visitor, hanako);
  assert.equal(visitor.page.url, `${apache.url}/protected/`);
  assert.match(visitor.page.text, /protected/);
  assert.deepEqual(saw(visitor), [hanako.id, hanako.loginName, sfa]);
});

test('Apache asks for MFA by acr_values: the person proves more, and Apache is told the truth', {
  skip,
}, async () => {
  const taro = await at.resident('Taro');
  const visitor = at.house.visitor();
  await goIn(visitor, taro);
  assert.equal(saw(visitor)?.[2], sfa);
  await visitor.open(`${apache.url}/mfa/`);
  // Apache goes on by a page, as we do.
  await visitor.open(/content="0; url=([^"]+)"/.exec(visitor.page.html)?.[1] ?? '');
  await visitor.send('/ask', { way: 'mobile text' });
  await visitor.send('/answer', { code: await taro.phone.code() });
  await land(visitor);
  assert.equal(visitor.page.url, `${apache.url}/mfa/`);
  assert.deepEqual(saw(visitor), [taro.id, taro.loginName, mfa]);
});

test('Apache signs a person out of Genkan too', { skip }, async () => {
  const jiro = await at.resident('Jiro');
  const visitor = at.house.visitor();
  await goIn(visitor, jiro);
  await visitor.open(`${apache.redirectUri}?logout=${encodeURIComponent(`${apache.url}/bye/`)}`);
  assert.equal(visitor.page.url, `${apache.url}/bye/`);
  await visitor.open(`${apache.url}/protected/`);
  assert.ok(visitor.page.url.startsWith(at.house.url), 'signing in begins anew');
});

test('Apache is told when the office ends a session', { skip }, async () => {
  const saburo = await at.resident('Saburo');
  const visitor = at.house.visitor();
  await goIn(visitor, saburo);
  await at.house.foundation.directory.office.revokeSessions(saburo.id, office);
  await until(
    async () => (await visitor.open(`${apache.url}/protected/`)).url.startsWith(at.house.url),
    apache.errorLog,
  );
});
