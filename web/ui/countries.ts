import { type CountryCode, getCountries, getCountryCallingCode } from 'libphonenumber-js/max';
import type { Language } from '../../src/words/index.ts';

export interface Country {
  /** ISO 3166-1 alpha-2 */
  readonly code: CountryCode;
  readonly dialCode: string;
  /** 日本 (+81) */
  readonly label: string;
  /** what one may also type to find it; the script adds the label and the code itself */
  readonly search: string | undefined;
}

const known = new Map<Language, readonly Country[]>();

/** Every country and region that has telephone numbers, named in a language and sorted as its speakers look them up. */
export function countriesIn(language: Language): readonly Country[] {
  const made = known.get(language) ?? listIn(language);
  known.set(language, made);
  return made;
}

function listIn(language: Language): readonly Country[] {
  const names = new Intl.DisplayNames([language], { type: 'region' });
  const order = new Intl.Collator(language);
  return getCountries()
    .map(code => {
      const name = names.of(code) ?? code;
      const dialCode = getCountryCallingCode(code);
      return { code, dialCode, label: `${name} (+${dialCode})`, search: undefined, name };
    })
    .sort((a, b) => order.compare(a.name, b.name))
    .map(({ name: _, ...country }) => country);
}
