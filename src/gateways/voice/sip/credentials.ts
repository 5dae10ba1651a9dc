import {
  answerChallenge,
  type Challenge,
  chooseChallenge,
  type Header,
  linesOf,
  type SipRequest,
  type SipResponse,
} from '../../../wire/sip/index.ts';
import { newToken } from './compose.ts';

export interface Credentials {
  readonly username: string;
  readonly password: string;
  /** proven for these only; without them, for those in which the provider's own servers were the first to ask */
  readonly realms?: readonly string[];
}

/**
 * Our password on one line. A challenge reaches us from whoever answers a call, and a proof by digest lets them guess
 * the password at leisure: it is given to no realm that is not our provider's, and no more weakly than before.
 */
export interface LinePassword {
  /** for what only our provider's servers answer: REGISTER, and OPTIONS to a proxy */
  toProvider(): Proving;
  /** for what the called phone may answer too */
  inCalls(): Proving;
}

/** The challenges that one request met, and whether they may be answered once more. */
export interface Proving {
  /** True when the request is worth sending again, with `headers`. */
  challenged(response: SipResponse): boolean;
  /** why the last challenge was not answered, where that is for an operator to settle */
  refusal(): string | undefined;
  headers(request: Pick<SipRequest, 'method' | 'uri'>): readonly Header[];
}

const mostStale = 2;

export const noProof: Proving = { challenged: () => false, refusal: () => undefined, headers: () => [] };

/** What a line learned of its realms while it lives: whether they ever asked for more than MD5. */
type Known = Map<string, 'md5' | 'better'>;

export function openPassword(credentials: Credentials | undefined): LinePassword {
  if (!credentials) return { toProvider: () => noProof, inCalls: () => noProof };
  const { realms } = credentials;
  const known: Known = new Map();
  const isNamed = (realm: string): boolean => realms === undefined || realms.includes(realm);
  return {
    toProvider: () => openProving(credentials, known, isNamed),
    inCalls: () =>
      openProving(
        credentials,
        known,
        realm => isNamed(realm) && (realms !== undefined || known.size === 0 || known.has(realm)),
      ),
  };
}

/**
 * A wrong password is tried once, or the account would be locked by us. Only an old nonce is answered again,
 * and a second realm on the way.
 */
function openProving(credentials: Credentials, known: Known, isOurs: (realm: string) => boolean): Proving {
  const met = new Map<string, { answer: string; challenge: Challenge; count: number }>();
  let stale = 0;
  let refusal: string | undefined;

  const whyNot = ({ realm, algorithm }: Challenge): string | undefined => {
    if (!isOurs(realm)) return `our password is not for the realm "${realm.slice(0, 60)}"`;
    if (algorithm === 'MD5' && known.get(realm) === 'better')
      return 'MD5 is asked for where a better proof was asked for before';
    return undefined;
  };

  return {
    challenged(response) {
      const kind = response.status === 407 ? 'proxy-' : response.status === 401 ? 'www-' : undefined;
      const lines = kind ? linesOf(response, `${kind}authenticate`) : [];
      const first = chooseChallenge(lines);
      const challenge = chooseChallenge(lines, one => whyNot(one) === undefined);
      refusal = first && !challenge ? whyNot(first) : undefined;
      if (!challenge) return false;
      const key = `${kind} ${challenge.realm}`;
      if (met.has(key)) {
        if (!challenge.stale || stale >= mostStale) return false;
        stale += 1;
      }
      known.set(challenge.realm, challenge.algorithm === 'MD5' ? 'md5' : 'better');
      met.set(key, {
        answer: kind === 'proxy-' ? 'proxy-authorization' : 'authorization',
        challenge,
        count: 0,
      });
      return true;
    },
    refusal: () => refusal,
    headers: ({ method, uri }) =>
      [...met.values()].map(one => {
        one.count += 1;
        const proof = { ...credentials, method, uri, cnonce: newToken(), count: one.count };
        return { name: one.answer, value: answerChallenge(one.challenge, proof) };
      }),
  };
}
