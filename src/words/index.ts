import { en } from './en/index.ts';
import { ja } from './ja/index.ts';
import type { WordsOf } from './section.ts';
import { isSpokenLanguage, type SpokenLanguage } from './spoken/index.ts';

export type { WordsOf } from './section.ts';
export {
  isSpokenLanguage,
  type SpokenLanguage,
  type SpokenWords,
  spokenLanguages,
  spokenWordsFor,
} from './spoken/index.ts';

/** Every sentence that is shown or spoken. English is the type; a missing key elsewhere does not compile. */
export type Words = { readonly [Section in keyof typeof en]: WordsOf<(typeof en)[Section]> };

export const languages = ['ja', 'en'] as const;
export type Language = (typeof languages)[number];

const catalogues: Readonly<Record<Language, Words>> = { ja, en };

export const wordsFor = (language: Language): Words => catalogues[language];

/** What the organisation is called in this language; until it says its name, by ours. */
export const organisationIn = (language: Language, name: Readonly<Record<Language, string>>): string =>
  name[language] || catalogues[language].page.product;

export const isLanguage = (text: string): text is Language => (languages as readonly string[]).includes(text);

/** A BCP 47 tag's language, when we speak it. */
const spoken = (tag: string): Language | undefined => {
  const [primary = ''] = tag.trim().toLowerCase().split('-');
  return isLanguage(primary) ? primary : undefined;
};

/**
 * The language of a call or a text: that of the page it belongs to, which they read. Only whose own language
 * has no pages hears and reads theirs here.
 * @param own the language that was set for the person
 */
export const languageSpokenTo = (own: string | undefined, page: Language): SpokenLanguage =>
  own !== undefined && isSpokenLanguage(own) && !isLanguage(own) ? own : page;

/**
 * The language of a page: what the application asked for, else what the person set, else what the
 * browser prefers, else the organisation's.
 * @param from `uiLocales` as OpenID Connect Core §3.1.2.1 has it, `acceptLanguage` as RFC 9110 §12.5.4
 */
export function chooseLanguage(from: {
  uiLocales?: string | undefined;
  preferred?: string | undefined;
  acceptLanguage?: string | undefined;
  fallback: Language;
}): Language {
  const asked = (from.uiLocales ?? '').split(' ').map(spoken).find(Boolean);
  return asked ?? spoken(from.preferred ?? '') ?? accepted(from.acceptLanguage ?? '') ?? from.fallback;
}

function accepted(header: string): Language | undefined {
  const ranked = header
    .slice(0, 500)
    .split(',')
    .map((range, order) => {
      const [tag = '', ...parameters] = range.split(';');
      return { language: spoken(tag), weight: weightOf(parameters), order };
    })
    .filter(range => range.language && range.weight > 0)
    .sort((a, b) => b.weight - a.weight || a.order - b.order);
  return ranked[0]?.language;
}

/** RFC 9110 §12.4.2: three decimals at most, 1 when nothing is said; what cannot be read counts for nothing. */
function weightOf(parameters: readonly string[]): number {
  const said = parameters.map(p => p.trim().toLowerCase()).find(p => p.startsWith('q='));
  if (said === undefined) return 1;
  return /^q=(?:0(?:\.\d{0,3})?|1(?:\.0{0,3})?)$/.test(said) ? Number(said.slice(2)) : 0;
}
