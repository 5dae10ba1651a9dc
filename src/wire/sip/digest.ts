import { createHash } from 'node:crypto';
import { cut, quote, readParams } from './params.ts';

const hashes = { MD5: 'md5', 'SHA-256': 'sha256', 'SHA-512-256': 'sha512-256' } as const;

export type DigestAlgorithm = keyof typeof hashes;

/** What a server asks to be proven (RFC 3261 §22, RFC 8760). */
export interface Challenge {
  readonly realm: string;
  readonly nonce: string;
  readonly opaque?: string;
  readonly algorithm: DigestAlgorithm;
  /** without: as RFC 2069 had it, which old servers still want */
  readonly qop?: 'auth';
  /** the nonce was too old and nothing else was wrong */
  readonly stale: boolean;
}

/** Reads WWW-Authenticate or Proxy-Authenticate. Nothing for what is not supported, such as auth-int alone. */
export function readChallenge(text: string): Challenge | undefined {
  const [, rest] = /^Digest\s+(.*)$/is.exec(text) ?? [];
  const read = rest === undefined ? undefined : readParams(cut(rest, ','));
  if (!read) return undefined;
  const value = (name: string): string | undefined => read.find(param => param.name === name)?.value;
  const realm = value('realm');
  const nonce = value('nonce');
  const algorithm = algorithmOf(value('algorithm') ?? 'MD5');
  const qops = value('qop')
    ?.split(',')
    .map(qop => qop.trim().toLowerCase());
  if (realm === undefined || nonce === undefined || !algorithm) return undefined;
  if (qops && !qops.includes('auth')) return undefined;
  const opaque = value('opaque');
  return {
    realm,
    nonce,
    ...(opaque === undefined ? {} : { opaque }),
    algorithm,
    ...(qops ? { qop: 'auth' } : {}),
    stale: value('stale')?.toLowerCase() === 'true',
  };
}

const algorithmOf = (name: string): DigestAlgorithm | undefined =>
  (Object.keys(hashes) as DigestAlgorithm[]).find(known => known === name.toUpperCase());

/** The first that can and may be answered: servers put the one that they like best on top (RFC 8760 §2.4). */
export function chooseChallenge(
  lines: readonly string[],
  may: (challenge: Challenge) => boolean = () => true,
): Challenge | undefined {
  for (const line of lines) {
    const challenge = readChallenge(line);
    if (challenge && may(challenge)) return challenge;
  }
  return undefined;
}

export interface Proof {
  readonly username: string;
  readonly password: string;
  readonly method: string;
  readonly uri: string;
  readonly cnonce: string;
  /** how often this nonce was answered, this time included */
  readonly count: number;
}

/** The value of Authorization or Proxy-Authorization. */
export function answerChallenge(challenge: Challenge, proof: Proof): string {
  const { realm, nonce, opaque, algorithm, qop } = challenge;
  const hash = (text: string): string => createHash(hashes[algorithm]).update(text).digest('hex');
  const nc = proof.count.toString(16).padStart(8, '0');
  const secret = hash(`${proof.username}:${realm}:${proof.password}`);
  const what = hash(`${proof.method}:${proof.uri}`);
  const response = hash(
    qop ? `${secret}:${nonce}:${nc}:${proof.cnonce}:${qop}:${what}` : `${secret}:${nonce}:${what}`,
  );
  return [
    `Digest username=${quote(proof.username)}`,
    `realm=${quote(realm)}`,
    `nonce=${quote(nonce)}`,
    `uri=${quote(proof.uri)}`,
    `response="${response}"`,
    `algorithm=${algorithm}`,
    ...(qop ? [`qop=${qop}`, `nc=${nc}`, `cnonce=${quote(proof.cnonce)}`] : []),
    ...(opaque === undefined ? [] : [`opaque=${quote(opaque)}`]),
  ].join(', ');
}
