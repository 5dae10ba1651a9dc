// The test vectors of WebAuthn Level 3 (https://www.w3.org/TR/webauthn-3/#sctn-test-vectors), as our ceremonies see them.
import assert from 'node:assert/strict';
import { createHash, createPublicKey, type KeyObject, verify } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { before, test } from 'node:test';
import {
  SettingsService,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from '@simplewebauthn/server';
import type { Made, Used } from './answer.ts';
import { algorithms, judgeMaking, judgeUse } from './ceremony.ts';

interface Vector {
  readonly name: string;
  readonly credentialId: string;
  readonly registration: Readonly<Record<'challenge' | 'clientDataJSON' | 'attestationObject', string>>;
  readonly authentication: Readonly<
    Record<'challenge' | 'clientDataJSON' | 'authenticatorData' | 'signature', string>
  >;
}

const published: { readonly root: string; readonly vectors: readonly Vector[] } = JSON.parse(
  readFileSync(new URL('vectors.json', import.meta.url), 'utf8'),
);
const site = { origin: 'https://example.org', host: 'example.org' };
const text = (hex: string): string => Buffer.from(hex, 'hex').toString('base64url');

/** What becomes of a registration here; where nobody was verified, what would if that did not matter. */
const registrations: Readonly<Record<string, 'accepted' | 'unverified' | RegExp>> = {
  'none-es256': 'unverified',
  'packed-self-es256': 'accepted',
  // Ours are never framed; to the library that is no fault.
  'none-es256-crossOrigin': /^right$/,
  'none-es256-topOrigin': 'unverified',
  'none-es256-long-credential-id': 'unverified',
  'packed-es256': 'accepted',
  'packed-es384': 'unverified',
  'packed-es512': 'accepted',
  'packed-rs256': 'accepted',
  'packed-eddsa': 'unverified',
  // Nobody makes such an authenticator, and the library does not know the curve.
  'packed-ed448': /public key alg "-53"/,
  // Made up for the vector: no maker of a TPM has this number.
  'tpm-es256': /TPM manufacturer "id:00000000"/,
  // Its root is held to the rules of a real one.
  'android-key-es256': /certificate path/,
  'apple-es256': 'unverified',
  // U2F has no models: a model that it names nevertheless is refused.
  'fido-u2f-es256': /AAGUID/,
};

before(() => {
  const root = Buffer.from(published.root, 'hex').toString('base64');
  const certificates = [`-----BEGIN CERTIFICATE-----\n${root}\n-----END CERTIFICATE-----\n`];
  for (const identifier of ['apple', 'packed'] as const)
    SettingsService.setRootCertificates({ identifier, certificates });
});

const madeBy = ({ credentialId, registration }: Vector): Made => ({
  is: 'made',
  id: text(credentialId),
  rawId: text(credentialId),
  type: 'public-key',
  response: {
    clientDataJSON: text(registration.clientDataJSON),
    attestationObject: text(registration.attestationObject),
    transports: [],
  },
});

const usedBy = ({ credentialId, authentication: said }: Vector): Used => ({
  is: 'used',
  id: text(credentialId),
  rawId: text(credentialId),
  type: 'public-key',
  response: {
    clientDataJSON: text(said.clientDataJSON),
    authenticatorData: text(said.authenticatorData),
    signature: text(said.signature),
  },
});

/** Bytes 0–31 are the host, then flags and counter, model, length and id, and the key to the end (§6.1). */
function keyOf({ credentialId, registration, authentication }: Vector) {
  const whole = registration.attestationObject;
  const data = whole.slice(whole.indexOf(authentication.authenticatorData.slice(0, 64)));
  const flags = Number.parseInt(data.slice(64, 66), 16);
  const publicKey = Buffer.from(data.slice(2 * (37 + 16 + 2) + credentialId.length), 'hex');
  return {
    credentialId: Buffer.from(credentialId, 'hex'),
    publicKey,
    counter: 0,
    backupEligible: (flags & 0x08) !== 0,
  };
}

/** The library knows no Ed448: that vector is verified below without it. */
const unknown: readonly string[] = ['packed-ed448'];

const wasVerified = ({ authentication }: Vector): boolean =>
  (Number.parseInt(authentication.authenticatorData.slice(64, 66), 16) & 0x04) !== 0;

/** The library as our ceremony calls it, but content with a mere touch. */
const byTouch = (vector: Vector): Promise<string> =>
  verifyRegistrationResponse({
    response: { ...madeBy(vector), clientExtensionResults: {} } as never,
    expectedChallenge: text(vector.registration.challenge),
    expectedOrigin: site.origin,
    expectedRPID: site.host,
    requireUserVerification: false,
    supportedAlgorithmIDs: [...algorithms],
  }).then(
    ({ verified }) => (verified ? 'right' : 'wrong'),
    (error: unknown) => String(error),
  );

/** The frame around the page in one of the vectors, which has to be named to the library. */
const frame = 'https://example.com';
const isInFrame = ({ name }: Vector): boolean => name.endsWith('topOrigin');

const useByTouch = (vector: Vector, expectedTopOrigin = frame): Promise<boolean> =>
  verifyAuthenticationResponse({
    ...(isInFrame(vector) ? { expectedTopOrigin } : {}),
    response: { ...usedBy(vector), clientExtensionResults: {} } as never,
    expectedChallenge: text(vector.authentication.challenge),
    expectedOrigin: site.origin,
    expectedRPID: site.host,
    requireUserVerification: false,
    credential: {
      id: text(vector.credentialId),
      publicKey: new Uint8Array(keyOf(vector).publicKey),
      counter: 0,
    },
  }).then(
    ({ verified }) => verified,
    () => false,
  );

const make = (vector: Vector) => judgeMaking(site, text(vector.registration.challenge), madeBy(vector));
const use = (vector: Vector) =>
  judgeUse(site, text(vector.authentication.challenge), keyOf(vector), usedBy(vector));

/** One bit of each byte turned over, one after the other. */
function* flipped(
  hex: string,
  { from = 0, counts = () => true }: { from?: number; counts?: (at: number) => boolean } = {},
): Generator<string> {
  for (let at = from; at < hex.length / 2; at++) {
    if (!counts(at)) continue;
    const bytes = Buffer.from(hex, 'hex');
    bytes.writeUInt8(bytes.readUInt8(at) ^ (1 << (at % 8)), at);
    yield bytes.toString('hex');
  }
}

/** Two numbers are the signature of a curve; the tags and lengths around them (DER) say nothing that was signed. */
function ofNumbers(signature: string): (at: number) => boolean {
  const bytes = Buffer.from(signature, 'hex');
  const sequence = bytes[1] === 0x81 ? 3 : 2;
  const first = bytes[sequence + 1] ?? 0;
  const second = sequence + 2 + first;
  if (bytes[0] !== 0x30 || bytes[sequence] !== 2 || bytes[second] !== 2) return () => true;
  return at => (at >= sequence + 2 && at < second) || at >= second + 2;
}

/** COSE_Key of an octet key pair (RFC 9053 §7.2): the point is what stands after the label -2, to the end. */
function ed448Of(cose: Buffer): KeyObject {
  const head = Buffer.from('215839', 'hex');
  const from = cose.indexOf(head) + head.length;
  const x = cose.subarray(from, from + 57).toString('base64url');
  return createPublicKey({ key: { kty: 'OKP', crv: 'Ed448', x }, format: 'jwk' });
}

test('packed-ed448: it is right, and refused only because nobody here speaks Ed448', () => {
  const vector = published.vectors.find(({ name }) => name === 'packed-ed448');
  assert.ok(vector);
  const { authenticatorData, clientDataJSON, signature } = vector.authentication;
  const said = createHash('sha256').update(Buffer.from(clientDataJSON, 'hex')).digest();
  const signed = Buffer.concat([Buffer.from(authenticatorData, 'hex'), said]);
  const right = (data: Buffer): boolean =>
    verify(null, data, ed448Of(keyOf(vector).publicKey), Buffer.from(signature, 'hex'));
  assert.ok(right(signed));
  assert.ok(!right(Buffer.concat([signed, Buffer.alloc(1)])));
});

test('every published vector is here', () => {
  assert.deepEqual(
    published.vectors.map(({ name }) => name),
    Object.keys(registrations),
  );
});

for (const vector of published.vectors) {
  const { name, registration, authentication } = vector;
  const expected = registrations[name];

  test(`${name}: making it is judged as it should be`, async () => {
    const made = await make(vector);
    if (expected === 'accepted') {
      assert.equal(made?.credentialId.toString('hex'), vector.credentialId);
      assert.deepEqual(made.publicKey, keyOf(vector).publicKey);
      return;
    }
    assert.equal(made, undefined);
    assert.match(await byTouch(vector), expected === 'unverified' ? /^right$/ : (expected ?? /^$/));
  });

  test(`${name}: using it is right, and opens nothing to whoever was not verified or is framed`, async () => {
    const framed = /cross|top/.test(name) && !name.startsWith('packed');
    assert.equal(await useByTouch(vector), !unknown.includes(name));
    if (isInFrame(vector)) assert.equal(await useByTouch(vector, 'https://elsewhere.example'), false);
    assert.equal((await use(vector)).right, wasVerified(vector) && !framed && !unknown.includes(name));
  });

  test(`${name}: with one bit turned over it is wrong`, async () => {
    for (const part of ['clientDataJSON', 'authenticatorData', 'signature'] as const)
      for (const wrong of flipped(authentication[part], {
        counts: part === 'signature' ? ofNumbers(authentication.signature) : () => true,
      })) {
        const turned = { ...vector, authentication: { ...authentication, [part]: wrong } };
        assert.equal(await useByTouch(turned), false, `${part} ${wrong}`);
        assert.equal((await use(turned)).right, false);
      }
    if (expected !== 'accepted') return;
    for (const wrong of flipped(registration.clientDataJSON))
      assert.equal(
        await make({ ...vector, registration: { ...registration, clientDataJSON: wrong } }),
        undefined,
      );
    // What the statement signs: the authenticator's data, to the end.
    const signed = registration.attestationObject.indexOf(authentication.authenticatorData.slice(0, 64)) / 2;
    for (const wrong of flipped(registration.attestationObject, { from: signed }))
      assert.equal(
        await make({ ...vector, registration: { ...registration, attestationObject: wrong } }),
        undefined,
        wrong,
      );
  });
}
