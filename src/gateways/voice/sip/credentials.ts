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
  /** answered only for this realm; without it for any that the configured proxies name */
  readonly realm?: string;
}

/** The challenges that one request met, and whether they may be answered once more. */
export interface Proving {
  /** True when the request is worth sending again, with `headers`. */
  challenged(response: SipResponse): boolean;
  headers(request: Pick<SipRequest, 'method' | 'uri'>): readonly Header[];
}

const mostStale = 2;

/**
 * A wrong password is tried once, or the account would be locked by us. Only an old nonce is answered again,
 * and a second realm on the way.
 */
export function openProving(credentials: Credentials | undefined): Proving {
  const met = new Map<string, { answer: string; challenge: Challenge; count: number }>();
  let stale = 0;

  return {
    challenged(response) {
      const kind = response.status === 407 ? 'proxy-' : response.status === 401 ? 'www-' : undefined;
      const challenge = kind && chooseChallenge(linesOf(response, `${kind}authenticate`));
      if (!challenge || !credentials) return false;
      if (credentials.realm !== undefined && credentials.realm !== challenge.realm) return false;
      const key = `${kind} ${challenge.realm}`;
      if (met.has(key)) {
        if (!challenge.stale || stale >= mostStale) return false;
        stale += 1;
      }
      met.set(key, {
        answer: kind === 'proxy-' ? 'proxy-authorization' : 'authorization',
        challenge,
        count: 0,
      });
      return true;
    },
    headers({ method, uri }) {
      if (!credentials) return [];
      return [...met.values()].map(one => {
        one.count += 1;
        const proof = { ...credentials, method, uri, cnonce: newToken(), count: one.count };
        return { name: one.answer, value: answerChallenge(one.challenge, proof) };
      });
    },
  };
}
