import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { wordsFor } from '../../words/index.ts';
import { answer, type Made, type Used } from './answer.ts';
import { judgeMaking, judgeUse, type New, nobodysPasskey, siteOf } from './ceremony.ts';
import { nameOf } from './names.ts';
import { isWelcome } from './settings.ts';
import { type Says, softPasskey } from './testing.ts';

const site = { origin: 'https://id.keyaki.example', host: 'id.keyaki.example' };
const newChallenge = (): string => randomBytes(32).toString('base64url');

const made = (text: string): Made => {
  const { credential } = answer.parse({ credential: text });
  assert.ok(credential.is === 'made');
  return credential;
};
const used = (text: string): Used => {
  const { credential } = answer.parse({ credential: text });
  assert.ok(credential.is === 'used');
  return credential;
};

async function registered(options: { backupEligible?: boolean } = {}) {
  const key = softPasskey({ ...site, ...options });
  const asked = { challenge: newChallenge(), rp: { id: site.host }, user: { id: 'aGFuZGxl' } };
  const kept = await judgeMaking(site, asked.challenge, made(key.made(asked)));
  assert.ok(kept);
  return { key, kept };
}

const use = (challenge: string) => ({ challenge, rpId: site.host });

test('a passkey that is made here answers here', async () => {
  const { key, kept } = await registered();
  const challenge = newChallenge();
  assert.deepEqual(await judgeUse(site, challenge, kept, used(key.used(use(challenge)))), {
    right: true,
    counter: 1,
    backedUp: false,
  });
});

test('a synced passkey counts nothing and is right each time', async () => {
  const { key, kept } = await registered({ backupEligible: true });
  assert.equal(kept.backupEligible, true);
  for (let i = 0; i < 2; i += 1) {
    const challenge = newChallenge();
    assert.deepEqual(await judgeUse(site, challenge, kept, used(key.used(use(challenge)))), {
      right: true,
      counter: 0,
      backedUp: true,
    });
  }
});

const lies: Readonly<Record<string, Says>> = {
  'another challenge': { challenge: newChallenge() },
  'another origin': { origin: 'https://id.keyaki.example.evil.test' },
  'the same host without encryption': { origin: 'http://id.keyaki.example' },
  'another port': { origin: 'https://id.keyaki.example:8443' },
  'another relying party': { rpId: 'keyaki.example' },
  'a frame of somebody else': { crossOrigin: true },
  'a page above ours': { topOrigin: 'https://evil.test' },
  'nobody present': { flags: 0x04 },
  'nobody verified': { flags: 0x01 },
  'backed up without being eligible': { flags: 0x15 },
};

for (const [what, says] of Object.entries(lies)) {
  test(`an answer is refused that tells of ${what}`, async () => {
    const { key, kept } = await registered();
    const challenge = newChallenge();
    const judged = await judgeUse(site, challenge, kept, used(key.used(use(challenge), says)));
    assert.deepEqual(judged, { right: false, why: 'wrong' });
  });

  test(`a new passkey is refused that tells of ${what}`, async () => {
    const key = softPasskey(site);
    const asked = { challenge: newChallenge(), rp: { id: site.host }, user: { id: 'aGFuZGxl' } };
    assert.equal(await judgeMaking(site, asked.challenge, made(key.made(asked, says))), undefined);
  });
}

test('what was said while making one is no answer, nor the other way round', async () => {
  const { key, kept } = await registered();
  const challenge = newChallenge();
  const wrongType = used(key.used(use(challenge), { type: 'webauthn.create' }));
  assert.equal((await judgeUse(site, challenge, kept, wrongType)).right, false);
  const asked = { challenge, rp: { id: site.host }, user: { id: 'aGFuZGxl' } };
  const wrongMaking = made(softPasskey(site).made(asked, { type: 'webauthn.get' }));
  assert.equal(await judgeMaking(site, challenge, wrongMaking), undefined);
});

test('a key that its maker may copy does not become one that he may not, nor the other way round', async () => {
  const { key, kept } = await registered();
  const challenge = newChallenge();
  const changed = used(key.used(use(challenge), { flags: 0x1d }));
  assert.deepEqual(await judgeUse(site, challenge, kept, changed), { right: false, why: 'wrong' });
});

test('a counter that does not go on tells of a copy', async () => {
  const { key, kept } = await registered();
  for (const counter of [0, 5, 6]) {
    const challenge = newChallenge();
    const judged = await judgeUse(
      site,
      challenge,
      { ...kept, counter: 6 },
      used(key.used(use(challenge), { counter })),
    );
    assert.deepEqual(judged, { right: false, why: 'cloned' });
  }
});

test('each bit that is turned over in an answer makes it wrong', async () => {
  const { key, kept } = await registered();
  const challenge = newChallenge();
  const right = used(key.used(use(challenge)));
  for (const field of ['clientDataJSON', 'authenticatorData', 'signature'] as const) {
    const length = Buffer.from(right.response[field], 'base64url').length;
    const says =
      field === 'signature' ? numbersIn(Buffer.from(right.response.signature, 'base64url')) : undefined;
    for (let at = 0; at < length; at += 1) {
      if (says && !says.has(at)) continue;
      const bytes = Buffer.from(right.response[field], 'base64url');
      bytes.writeUInt8(bytes.readUInt8(at) ^ (1 << (at % 8)), at);
      const altered = { ...right, response: { ...right.response, [field]: bytes.toString('base64url') } };
      const judged = await judgeUse(site, challenge, kept, altered);
      assert.equal(judged.right, false, `${field} ${at}`);
    }
  }
});

/**
 * Where the two numbers of a signature lie, the last 32 bytes of each. How long they are, and a zero before
 * them, is said around them (DER); the library reads over some of that, and the numbers stay what they were.
 */
function numbersIn(signature: Buffer): ReadonlySet<number> {
  const r = 4;
  const endOfR = r + signature.readUInt8(r - 1);
  const places = [endOfR, signature.length].flatMap((end, which) => {
    const start = which === 0 ? r : endOfR + 2;
    const first = Math.max(start, end - 32);
    return Array.from({ length: end - first }, (_, i) => first + i);
  });
  return new Set(places);
}

test('one passkey does not answer for another, and none for nobody', async () => {
  const [{ key }, { kept }] = await Promise.all([registered(), registered()]);
  const challenge = newChallenge();
  const given = used(key.used(use(challenge)));
  assert.equal((await judgeUse(site, challenge, kept, given)).right, false);
  const borrowed = { ...kept, credentialId: key.id };
  assert.equal((await judgeUse(site, challenge, borrowed, given)).right, false);
  const nobody = { ...nobodysPasskey(), credentialId: key.id };
  assert.deepEqual(await judgeUse(site, challenge, nobody, given), { right: false, why: 'wrong' });
});

test('garbage is no answer and breaks nothing', () => {
  for (const credential of ['', '{', 'null', '[]', '{}', '{"id":1}', '{"id":"a","rawId":"a","type":"x"}'])
    assert.equal(answer.safeParse({ credential }).success, false, credential);
  assert.equal(answer.safeParse({}).success, false);
});

test('passkeys belong to a name and to no bare address', () => {
  assert.deepEqual(siteOf('https://id.keyaki.example/'), {
    origin: 'https://id.keyaki.example',
    host: 'id.keyaki.example',
  });
  assert.equal(siteOf('http://localhost:4000')?.origin, 'http://localhost:4000');
  assert.equal(siteOf('http://192.0.2.1:4000'), undefined);
  assert.equal(siteOf('https://[2001:db8::1]'), undefined);
});

test('an organisation says which models it lends, and whether copies are welcome', () => {
  const yubikey = { aaguid: 'ee882879-721c-4913-9775-3dfcce97072a', backupEligible: false };
  const phone = { aaguid: 'ea9b8d66-4d01-1d21-3ce4-b6b48cb575d4', backupEligible: true };
  const any = { offered: true, signIn: true, models: [], synced: 'allowed' } as const;
  const lent = { ...any, models: [yubikey.aaguid] };
  const bound = { ...any, synced: 'refused' } as const;
  const welcome = [any, lent, bound].map(settings => [
    isWelcome(yubikey, settings),
    isWelcome(phone, settings),
  ]);
  assert.deepEqual(welcome, [
    [true, true],
    [true, false],
    [true, false],
  ]);
});

test('a passkey is called what people know it by', () => {
  const words = wordsFor('ja');
  const unknown: Pick<New, 'aaguid' | 'transports' | 'backupEligible'> = {
    aaguid: '00000000-0000-0000-0000-000000000000',
    transports: [],
    backupEligible: false,
  };
  const names = [
    { ...unknown, aaguid: 'fbfc3007-154e-4ecc-8c0b-6e020557d7bd' },
    { ...unknown, transports: ['usb', 'nfc'] },
    { ...unknown, transports: ['internal'] },
    unknown,
  ].map(made => nameOf(made, words));
  assert.deepEqual(names, ['iCloud Keychain', 'セキュリティ キー', '端末のパスキー', 'パスキー']);
});
