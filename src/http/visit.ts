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
  /** whether it was chosen at the foot of a page: then it stands before what anybody else wishes */
  readonly languageChosen: boolean;
  readonly userAgent: string | undefined;
  /** the session cookie that came along; a new session takes its place */
  readonly sessionCookie: string | undefined;
}

/** The same visit for the pages, texts and calls of something that an application asked for in a language. */
export const speaking = (visit: Visit, asked: Language | undefined): Visit =>
  asked === undefined || visit.languageChosen ? visit : { ...visit, language: asked };
