import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { isIP } from 'node:net';
import { verifyAuthenticationResponse, verifyRegistrationResponse } from '@simplewebauthn/server';
import { type Instant, minutes } from '../../kit/clock.ts';
import type { Made, Used } from './answer.ts';
import type { Passkey } from './store.ts';

/** Where our pages are, by the configuration and nothing that a request says. */
export interface Site {
  readonly origin: string;
  /** the relying party: passkeys belong to this host (WebAuthn L3 §5.1.3) */
  readonly host: string;
}

/** Passkeys belong to a name; at a bare address there are none. */
export function siteOf(url: string): Site | undefined {
  const { origin, hostname } = new URL(url);
  return isIP(hostname.replace(/^\[|\]$/g, '')) ? undefined : { origin, host: hostname };
}

/** One open question, kept in the row of the sign-in or registration that asks it. */
export interface Question {
  /** 32 random bytes, base64url */
  readonly challenge: string;
  readonly askedAt: Instant;
  /** those that may answer, or that must not be made again */
  readonly credentials: readonly { readonly id: string; readonly transports: readonly string[] }[];
}

export const questionLives = minutes(5);

export const newQuestion = (
  now: Instant,
  passkeys: readonly Pick<Passkey, 'credentialId' | 'transports'>[],
): Question => ({
  challenge: randomBytes(32).toString('base64url'),
  askedAt: now,
  credentials: passkeys.map(({ credentialId, transports }) => ({
    id: credentialId.toString('base64url'),
    transports,
  })),
});

export const isOver = ({ askedAt }: Pick<Question, 'askedAt'>, now: Instant): boolean =>
  now >= askedAt + questionLives;

/**
 * EdDSA, ES256, ES384, ES512, RS256, in the order in which an authenticator chooses (COSE algorithms, RFC 9053): what
 * all have, and the longer curves that some organisations prescribe for their keys.
 */
export const algorithms = [-8, -7, -35, -36, -257] as const;

export type Judged =
  | { readonly right: true; readonly counter: number; readonly backedUp: boolean }
  | { readonly right: false; readonly why: 'wrong' | 'cloned' };

/**
 * Whether a passkey answered this challenge, here, after it looked at its person (WebAuthn L3 §7.2).
 * A counter that does not go on is told apart: the signature is right, and a copy may be about.
 */
export async function judgeUse(
  site: Site,
  challenge: string,
  passkey: Pick<Passkey, 'credentialId' | 'publicKey' | 'counter' | 'backupEligible'>,
  given: Used,
): Promise<Judged> {
  const id = passkey.credentialId.toString('base64url');
  if (given.id !== id || isFramed(given.response.clientDataJSON)) return { right: false, why: 'wrong' };
  const { response } = given;
  const verified = await rightOr(
    verifyAuthenticationResponse({
      response: {
        id,
        rawId: given.rawId,
        type: given.type,
        response: {
          clientDataJSON: response.clientDataJSON,
          authenticatorData: response.authenticatorData,
          signature: response.signature,
        },
        clientExtensionResults: {},
      },
      expectedChallenge: challenge,
      expectedOrigin: site.origin,
      expectedRPID: site.host,
      requireUserVerification: true,
      // The counter is judged below, where its fault can be told from the others.
      credential: { id, publicKey: new Uint8Array(passkey.publicKey), counter: 0 },
    }),
  );
  if (!verified?.verified) return { right: false, why: 'wrong' };
  const { newCounter, credentialDeviceType, credentialBackedUp } = verified.authenticationInfo;
  // Backup eligibility never changes (§7.2 step 19).
  if ((credentialDeviceType === 'multiDevice') !== passkey.backupEligible)
    return { right: false, why: 'wrong' };
  const counts = newCounter > 0 || passkey.counter > 0;
  if (counts && newCounter <= passkey.counter) return { right: false, why: 'cloned' };
  return { right: true, counter: newCounter, backedUp: credentialBackedUp };
}

export type New = Pick<
  Passkey,
  'credentialId' | 'publicKey' | 'counter' | 'aaguid' | 'transports' | 'backupEligible' | 'backedUp'
>;

/** The passkey that was made in answer to this challenge, if it was (WebAuthn L3 §7.1). */
export async function judgeMaking(site: Site, challenge: string, given: Made): Promise<New | undefined> {
  if (isFramed(given.response.clientDataJSON)) return undefined;
  const { clientDataJSON, attestationObject, transports } = given.response;
  const verified = await rightOr(
    verifyRegistrationResponse({
      response: {
        id: given.id,
        rawId: given.rawId,
        type: given.type,
        response: { clientDataJSON, attestationObject },
        clientExtensionResults: {},
      },
      expectedChallenge: challenge,
      expectedOrigin: site.origin,
      expectedRPID: site.host,
      requireUserVerification: true,
      supportedAlgorithmIDs: [...algorithms],
    }),
  );
  if (!verified?.verified) return undefined;
  const { credential, aaguid, credentialDeviceType, credentialBackedUp } = verified.registrationInfo;
  // What the browser calls it must be what the authenticator does.
  if (credential.id !== given.id) return undefined;
  return {
    credentialId: Buffer.from(credential.id, 'base64url'),
    publicKey: Buffer.from(credential.publicKey),
    counter: credential.counter,
    aaguid,
    transports,
    backupEligible: credentialDeviceType === 'multiDevice',
    backedUp: credentialBackedUp,
  };
}

/** Everything that can be wrong with what a stranger sent is thrown there; here a wrong answer is a value. */
const rightOr = <Verified>(judging: Promise<Verified>): Promise<Verified | undefined> =>
  judging.catch((error: unknown) => {
    if (error instanceof Error) return undefined;
    throw error;
  });

/** Asked from within a page of somebody else. Ours are never framed. */
function isFramed(clientDataJSON: string): boolean {
  const said = saidIn(clientDataJSON);
  return said === undefined || ('crossOrigin' in said && said.crossOrigin !== false) || 'topOrigin' in said;
}

/** The challenge that a browser says it answers; empty when it says none. */
export function challengeIn(clientDataJSON: string): Buffer {
  const said = saidIn(clientDataJSON);
  const challenge = said && 'challenge' in said ? said.challenge : undefined;
  return Buffer.from(typeof challenge === 'string' ? challenge : '', 'base64url');
}

function saidIn(clientDataJSON: string): object | undefined {
  try {
    const said: unknown = JSON.parse(Buffer.from(clientDataJSON, 'base64url').toString());
    return typeof said === 'object' && said !== null ? said : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** Answers for passkeys that nobody has, so that they are judged as long as any other. */
export function nobodysPasskey(): Pick<Passkey, 'publicKey' | 'counter' | 'backupEligible'> {
  const { x = '', y = '' } = generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey.export({
    format: 'jwk',
  });
  const coordinate = (text: string): Buffer => Buffer.from(text, 'base64url');
  const publicKey = Buffer.concat([
    Buffer.from('a5010203262001215820', 'hex'),
    coordinate(x),
    Buffer.from('225820', 'hex'),
    coordinate(y),
  ]);
  return { publicKey, counter: 0, backupEligible: true };
}
