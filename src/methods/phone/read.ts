import {
  type CountryCode,
  type NumberProblem,
  parsePhoneNumber,
  type ReadNumber,
} from '../../gateways/index.ts';
import type { PhoneSettings } from './settings.ts';
import type { Line, PhoneKind, PhoneWay } from './store.ts';

/** What the wizard's form sends. */
export interface NumberFields {
  readonly country?: string | undefined;
  readonly number?: string | undefined;
  readonly extension?: string | undefined;
  readonly way?: string | undefined;
  /** the number that the page already read back */
  readonly seen?: string | undefined;
}

export type FieldProblem =
  | NumberProblem
  | 'notAMobile'
  | 'notForMobile'
  | 'extensionInvalid'
  | 'chooseWay'
  | 'confirm';

export type Filled =
  | { readonly ok: true; readonly line: Line; readonly way: PhoneWay }
  | {
      readonly ok: false;
      readonly field: 'number' | 'extension' | 'way' | 'confirm';
      readonly problem: FieldProblem;
    };

const wrong = (field: 'number' | 'extension' | 'way' | 'confirm', problem: FieldProblem): Filled => ({
  ok: false,
  field,
  problem,
});

/** Reads the form; the first problem is the one that is told. */
export function readForm(fields: NumberFields, kind: PhoneKind, settings: PhoneSettings): Filled {
  const reading = readNumber(fields, settings);
  if (!reading.ok) return wrong('number', reading.problem);
  const way = kind === 'mobile' ? wayOf(fields.way) : 'call';
  if (!way) return wrong('way', 'chooseWay');
  if (way === 'text' && reading.type !== 'mobile') return wrong('way', 'notAMobile');
  if (kind === 'alternateMobile' && reading.type !== 'mobile') return wrong('number', 'notForMobile');
  const typed = kind === 'office' ? extensionOf(fields.extension, reading) : undefined;
  if (typed === 'invalid') return wrong('extension', 'extensionInvalid');
  // Nothing is behind a mobile phone: with another extension it would pass for another phone.
  const extension = reading.type === 'mobile' ? undefined : typed;
  if (reading.guessed && fields.seen !== reading.number) return wrong('confirm', 'confirm');
  return { ok: true, way, line: { number: reading.number, ...(extension ? { extension } : {}) } };
}

/** The number as it was typed, in the country that was chosen. */
export function readNumber(fields: NumberFields, settings: PhoneSettings) {
  const chosen = settings.allowedCountries.find(country => country === fields.country);
  if (fields.country && !chosen && !/^\s*[+＋]/u.test(fields.number ?? ''))
    return { ok: false, problem: 'country-not-allowed' } as const;
  const defaultCountry: CountryCode = chosen ?? settings.defaultCountry;
  return parsePhoneNumber(fields.number ?? '', { ...settings, defaultCountry });
}

const wayOf = (text: string | undefined): PhoneWay | undefined =>
  text === 'text' || text === 'call' ? text : undefined;

function extensionOf(typed: string | undefined, reading: ReadNumber): string | undefined | 'invalid' {
  const plain = (typed ?? '').normalize('NFKC').replace(/[\s-]/g, '');
  if (plain === '') return reading.extension;
  return /^\d{1,10}$/.test(plain) ? plain : 'invalid';
}
