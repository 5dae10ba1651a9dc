import type { UserId } from '../kit/ids.ts';
import type { Language } from '../words/index.ts';
import type { Address } from './address.ts';
import type { Browser } from './browser.ts';

/** Who knocks, from where, with what: read anew from every request, never kept. */
export interface Visit {
  readonly browser: Browser;
  /** what tells this browser from others, if it was signed in as that person before */
  knownTo(user: UserId): Buffer | undefined;
  readonly address: string | undefined;
  readonly place: Address | undefined;
  /** whether the address lies in a trusted named location (学内) */
  readonly trustedNetwork: boolean;
  readonly language: Language;
  readonly userAgent: string | undefined;
  /** the session cookie that came along; a new session takes its place */
  readonly sessionCookie: string | undefined;
}
