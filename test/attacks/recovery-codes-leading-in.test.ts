import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { decodeJwt } from 'jose';
import { seconds } from '../../src/kit/clock.ts';
import { acrValues, type LeadTo } from '../../src/policies/index.ts';
import { password } from '../cast/house.ts';
import type { Visitor } from '../cast/visitor.ts';
import {
  arrive,
  assertNotSignedIn,
  assertSignedIn,
  enter,
  isSignedIn,
  name,
  query,
  type Resident,
  scene,
  signInByText,
} from './scene.ts';

/** Where the organisation lets recovery codes lead into applications, and where it changed its mind. */
const at = scene(async house => {
  await house.given.multiFactorEverywhere();
  await house.given.application('grades', {
    redirectUris: ['http://localhost:9/callback'],
    tokenEndpointAuthMethod: 'none',
  });
});
const [singleFactor, multiFactor] = acrValues;

async function leadTo(where: LeadTo): Promise<void> {
  await at.house.given.setting('recoveryCodes', { leadTo: where });
  at.house.clock.pass(seconds(2));
}

async function withCodes(called: string): Promise<{ who: Resident; codes: string[] }> {
  const who = await at.resident(called);
  const visitor = at.house.visitor();
  await signInByText(visitor, who);
  await visitor.open('/account/security-info/recovery-codes');
  await visitor.send('/recovery-codes');
  const codes = [...visitor.page.text.matchAll(/\d(?:-[0-9A-HJKMNP-TV-Z]{4}){4}/g)].map(([code]) => code);
  await visitor.send('/saved');
  return { who, codes };
}

const wayOf = async (who: Resident): Promise<string> => {
  const { rows } = await query(
    at.house,
    `select set_id from recovery_codes where user_id = '${who.id}' and saved limit 1`,
  );
  return `${rows[0]?.set_id} code`;
};

/** Past the password of an application's sign-in, to the question for a code. */
async function askCode(visitor: Visitor, who: Resident): Promise<void> {
  await enter(visitor, who);
  await visitor.send('/ask', { way: await wayOf(who) });
}

/** What an application is told of whoever is signed in here. */
async function told(visitor: Visitor, more: Record<string, string> = {}) {
  const verifier = randomBytes(32).toString('base64url');
  const asked = {
    client_id: 'grades',
    response_type: 'code',
    redirect_uri: 'http://localhost:9/callback',
    scope: 'openid',
    prompt: 'none',
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
    ...more,
  };
  let next = `/oidc/auth?${new URLSearchParams(asked)}`;
  for (let hop = 0; hop < 10 && !next.startsWith('http://localhost:9'); hop++) {
    const response = await visitor.request(next);
    await response.arrayBuffer();
    next = response.headers.get('location') ?? '';
    assert.notEqual(next, '', `${response.status} of ${response.url}`);
  }
  const { searchParams } = new URL(next);
  if (!searchParams.has('code')) return { error: searchParams.get('error') };
  const answer = await visitor.request('/oidc/token', {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'authorization_code',
      client_id: 'grades',
      code: searchParams.get('code') ?? '',
      redirect_uri: asked.redirect_uri,
      code_verifier: verifier,
    }),
  });
  const { id_token } = (await answer.json()) as { id_token: string };
  const { acr, amr } = decodeJwt(id_token);
  return { acr, amr };
}

test('where codes lead into applications, a password and a code are two kinds, once for each code', async () => {
  await leadTo('applications');
  const { who, codes } = await withCodes('LedIn');
  const visitor = at.house.visitor();
  await askCode(visitor, who);
  await visitor.send('/answer', { code: codes[0] ?? '' });
  await arrive(visitor);
  await assertSignedIn(visitor);
  assert.deepEqual(await told(visitor), { acr: multiFactor, amr: ['mfa', 'otp', 'pwd'] });
  const again = at.house.visitor();
  await askCode(again, who);
  await again.send('/answer', { code: codes[0] ?? '' });
  assert.ok(again.page.text.includes('使用済み'), again.page.text);
  await assertNotSignedIn(again);
});

test('a code is still nothing without the password, nor with that of somebody else', async () => {
  await leadTo('applications');
  const { who, codes } = await withCodes('LedOwner');
  const { who: other } = await withCodes('LedOther');
  const bare = at.house.visitor();
  await name(bare, who.loginName);
  await bare.request(`${new URL(bare.page.url).pathname}/ask`, { method: 'POST' });
  assert.ok(bare.page.forms.some(({ action }) => action.endsWith('/password')));
  const crossing = at.house.visitor();
  await askCode(crossing, other);
  for (const code of codes.slice(0, 3)) {
    await crossing.send('/answer', { code });
    assert.ok(crossing.page.text.includes('正しくありません'), crossing.page.text);
  }
  await assertNotSignedIn(crossing);
  // Another's set is no way of one's own either.
  const naming = at.house.visitor();
  await enter(naming, other);
  await naming.send('/ask', { way: await wayOf(who) });
  assert.ok(!naming.page.forms.some(({ action }) => action.endsWith('/answer')), naming.page.text);
  assert.equal(await at.count('recovery_codes', `user_id = '${who.id}' and saved`), 10);
});

test('when the organisation changes its mind, codes in running sign-ins and in sessions count no more', async () => {
  await leadTo('applications');
  const { who, codes } = await withCodes('LedBack');
  const inside = at.house.visitor();
  await askCode(inside, who);
  await inside.send('/answer', { code: codes[0] ?? '' });
  await arrive(inside);
  await assertSignedIn(inside);
  const atTheDoor = at.house.visitor();
  await askCode(atTheDoor, who);
  const chosen = at.house.visitor();
  await enter(chosen, who);
  const staying = at.house.visitor();
  await askCode(staying, who);
  await staying.send('/answer', { code: codes[1] ?? '' });

  await leadTo('security-info');
  await atTheDoor.send('/answer', { code: codes[2] ?? '' });
  await assertNotSignedIn(atTheDoor);
  assert.ok(atTheDoor.page.text.includes('ID の確認'), atTheDoor.page.text);
  await chosen.send('/ask', { way: await wayOf(who) });
  await chosen.send('/answer', { code: codes[3] ?? '' });
  await assertNotSignedIn(chosen);
  assert.ok(!chosen.page.text.includes('回復コードの入力'), chosen.page.text);
  await staying.send('/stay', { stay: 'no' });
  await assertNotSignedIn(staying);
  assert.ok(!(await isSignedIn(inside)), 'what a session showed is looked at anew');
  assert.deepEqual(await told(inside), { error: 'interaction_required' });
  // Nobody is locked out by it.
  await signInByText(at.house.visitor(), who);
});

test('of a code that led to a new method only, applications hear nothing', async () => {
  await leadTo('applications');
  const { who, codes } = await withCodes('LedUntold');
  const visitor = at.house.visitor();
  await askCode(visitor, who);
  await visitor.send('/answer', { code: codes[0] ?? '' });
  await arrive(visitor);
  await leadTo('security-info');
  const [policy] = await at.house.foundation.directory.access.policies.list();
  assert.ok(policy);
  const office = { is: 'office', name: 'test' } as const;
  const { access } = at.house.foundation.directory;
  await access.policies.setState(policy.id, 'disabled', office);
  at.house.clock.pass(seconds(2));
  try {
    assert.deepEqual(await told(visitor), { acr: singleFactor, amr: ['pwd'] });
    assert.deepEqual(await told(visitor, { acr_values: multiFactor }), { error: 'interaction_required' });
  } finally {
    await access.policies.setState(policy.id, 'enabled', office);
    at.house.clock.pass(seconds(2));
  }
});

test('whoever has nothing but codes gets in by one, and must register something that lasts', async () => {
  await leadTo('applications');
  const { who, codes } = await withCodes('LedBare');
  await query(at.house, `delete from phones where user_id = '${who.id}'`);
  const visitor = at.house.visitor();
  await askCode(visitor, who);
  await visitor.send('/answer', { code: codes[0] ?? '' });
  assert.ok(visitor.page.text.includes('詳細情報が必要'), visitor.page.text);
  await assertNotSignedIn(visitor);
});

test('where a strength is asked for by its combinations, no code on paper is one of them', async () => {
  await leadTo('applications');
  const { who } = await withCodes('LedStrength');
  const { access } = at.house.foundation.directory;
  const office = { is: 'office', name: 'test' } as const;
  const strength = await access.strengths.create(
    { displayName: 'A phone', allowedCombinations: ['password,sms'] },
    office,
  );
  assert.ok(strength.saved);
  const policy = await access.policies.create(
    {
      displayName: 'By phone',
      state: 'enabled',
      conditions: {
        users: { includeUsers: [who.id] },
        applications: { includeApplications: ['All'] },
        clientAppTypes: ['all'],
      },
      grantControls: { authenticationStrength: { id: strength.kept.id } },
    },
    office,
  );
  assert.ok(policy.saved, JSON.stringify(policy));
  at.house.clock.pass(seconds(2));
  const visitor = at.house.visitor();
  await enter(visitor, who);
  assert.ok(visitor.page.html.includes('mobile text'));
  assert.ok(!visitor.page.html.includes(await wayOf(who)), visitor.page.text);
});

test('the pages say where a code leads', async () => {
  const { who } = await withCodes('LedWords');
  const visitor = at.house.visitor();
  await signInByText(visitor, who);
  const path = '/account/security-info/recovery-codes';
  for (const [where, says, and] of [
    ['security-info', 'アプリへのサインインには使用できません', 'パスワードと回復コードでサインイン'],
    ['applications', 'パスワードと回復コードでサインイン', 'アプリへのサインインには使用できません'],
  ] as const) {
    await leadTo(where);
    await visitor.open(path);
    assert.ok(visitor.page.text.includes(says) && !visitor.page.text.includes(and), visitor.page.text);
    await visitor.send('/recovery-codes');
    assert.ok(visitor.page.text.includes(says) && !visitor.page.text.includes(and), visitor.page.text);
  }
  const asked = at.house.visitor();
  await name(asked, who.loginName);
  await asked.send('/password', { password });
  assert.ok(asked.page.html.includes(await wayOf(who)), asked.page.text);
});
