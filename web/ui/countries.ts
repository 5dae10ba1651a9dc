import { type CountryCode, getCountries, getCountryCallingCode } from 'libphonenumber-js/max';
import type { Language } from '../../src/words/index.ts';
import { aliases, ownNames, readings } from './country-names.ts';

export interface Country {
  /** ISO 3166-1 alpha-2 */
  readonly code: CountryCode;
  readonly dialCode: string;
  /** 日本 (+81) */
  readonly label: string;
  /** what one may also type to find it: reading and other names; the browser knows the rest */
  readonly search: string | undefined;
}

const known = new Map<Language, readonly Country[]>();

/** Every country and region with telephone numbers, in the order in which speakers of the language look. */
export function countriesIn(language: Language): readonly Country[] {
  const countries = known.get(language) ?? listIn(language);
  known.set(language, countries);
  return countries;
}

function listIn(language: Language): readonly Country[] {
  const names = new Intl.DisplayNames([language], { type: 'region' });
  const order = new Intl.Collator(language);
  return getCountries()
    .map(code => {
      const name = ownNames[language][code] ?? names.of(code) ?? code;
      const reading = language === 'ja' ? readings[code] : undefined;
      return { code, name, reading, sortedAs: reading ?? name };
    })
    .sort((a, b) => order.compare(a.sortedAs, b.sortedAs))
    .map(({ code, name, reading }) => {
      const dialCode = getCountryCallingCode(code);
      const search = [reading, aliases[code]].filter(Boolean).join(' ') || undefined;
      return { code, dialCode, label: `${name} (+${dialCode})`, search };
    });
}
