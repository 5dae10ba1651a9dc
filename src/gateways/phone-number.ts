import {
  type CountryCode,
  getCountryCallingCode,
  type NumberType,
  type PhoneNumber as Parsed,
  parsePhoneNumberFromString,
  validatePhoneNumberLength,
} from 'libphonenumber-js/max';
import type { PhoneNumber } from './gateway.ts';

export type { CountryCode } from 'libphonenumber-js/max';

/** What a number reaches, as far as it matters to us. Only a mobile phone can be texted. */
export type PhoneType = 'mobile' | 'fixed' | 'voip';

export interface ReadNumber {
  readonly ok: true;
  readonly number: PhoneNumber;
  /** ISO 3166, `JP` */
  readonly country: CountryCode;
  readonly type: PhoneType;
  /** as people of that country write it, `090-1234-5678` */
  readonly national: string;
  /** as it is read back, `+81 90-1234-5678` */
  readonly international: string;
  /** digits to dial after the switchboard answered */
  readonly extension?: string;
  /** whether the country was taken from bare digits that could have been meant otherwise (`813…`) */
  readonly guessed: boolean;
}

export type NumberProblem =
  | 'empty'
  | 'not-a-number'
  | 'too-short'
  | 'too-long'
  | 'invalid'
  | 'country-not-allowed'
  /** premium, shared cost, pager … : never called or texted */
  | 'kind-not-allowed'
  | 'toll-free'
  | 'voip-not-allowed'
  | 'emergency';

export type Reading = ReadNumber | { readonly ok: false; readonly problem: NumberProblem };

export interface NumberRules {
  /** the country of numbers written in national form */
  readonly defaultCountry: CountryCode;
  /** where calls and texts may go; the toll-fraud door */
  readonly allowedCountries: readonly CountryCode[];
  /** 050 in Japan: reachable without the line, so refused unless policy says otherwise */
  readonly voip: 'allowed' | 'refused';
}

const longest = 64;

/**
 * Reads a telephone number as people write them: national or international, full-width, with
 * separators, with an extension (`内線123`, `ext. 123`, `x123`).
 */
export function parsePhoneNumber(text: string, rules: NumberRules): Reading {
  const { digits, extension } = split(text);
  if (digits === '') return refuse(text.trim() === '' ? 'empty' : 'not-a-number');
  if (isEmergency(digits, rules.defaultCountry)) return refuse('emergency');
  const { parsed, guessed } = parse(digits, rules.defaultCountry);
  if (!parsed) return refuse(lengthProblem(digits, rules.defaultCountry) ?? 'not-a-number');
  // A country is asked for first: what we never call needs no better explanation.
  const { country } = parsed;
  if (!country) return refuse(parsed.isValid() ? 'kind-not-allowed' : 'invalid');
  if (!rules.allowedCountries.includes(country)) return refuse('country-not-allowed');
  if (!parsed.isValid()) return refuse(lengthProblem(parsed.number, country) ?? 'invalid');
  const type = typeOf(parsed.getType());
  if (type.is === 'refused') return refuse(type.problem);
  if (type.is === 'voip' && rules.voip === 'refused') return refuse('voip-not-allowed');
  return {
    ok: true,
    number: parsed.number as string as PhoneNumber,
    country,
    type: type.is,
    national: parsed.formatNational(),
    international: grouped(parsed),
    ...(extension ? { extension } : {}),
    guessed,
  };
}

const refuse = (problem: NumberProblem): Reading => ({ ok: false, problem });

/** `+81 90-1234-5678`: the national grouping behind the country code. */
function grouped(parsed: Parsed): string {
  const prefix = `+${parsed.countryCallingCode}`;
  const rest = parsed.formatInternational().slice(prefix.length).trim();
  return `${prefix} ${rest.replaceAll(' ', '-')}`;
}

const extensionMark = /(?:内線|ext(?:ension)?\.?|;ext=|[x#×])[\s:]*(\d{1,10})$/iu;

function split(text: string): { digits: string; extension: string | undefined } {
  const plain = text
    .slice(0, 4 * longest)
    .normalize('NFKC')
    .replace(/[\u2010-\u2015\u2212\u30fc\uff70\u02d7]/gu, '-')
    .replace(/[\p{Cf}\p{Cc}]/gu, '')
    .replace(/\s+/gu, ' ')
    .trim();
  const found = extensionMark.exec(plain.replace(/[()\]】]+$/u, ''));
  const number = (found ? plain.slice(0, found.index) : plain).replace(/^tel:\s*/i, '');
  const shape = /^[+\d][\d\s().\-/[\]]*$|^\([\d\s().\-/+]+$/u;
  const trimmed = number.replace(/[\s(,、【[]+$/u, '').trim();
  return {
    digits: shape.test(trimmed) && trimmed.length <= longest ? trimmed.replace(/[^\d+]/g, '') : '',
    extension: found?.[1],
  };
}

function parse(digits: string, country: CountryCode): { parsed: Parsed | undefined; guessed: boolean } {
  const code = getCountryCallingCode(country);
  const whole = internationalForm(digits, country, code);
  if (whole) return { parsed: parsePhoneNumberFromString(whole), guessed: false };
  const bare = digits.startsWith(code)
    ? parsePhoneNumberFromString(`+${withoutTrunkZero(digits, code)}`)
    : undefined;
  const national = parsePhoneNumberFromString(digits, country);
  if (bare?.isValid() && !(digits.startsWith('0') && national?.isValid()))
    return { parsed: bare, guessed: true };
  return { parsed: national, guessed: false };
}

/** `+…`, or `+…` behind an international prefix: 010 in Japan, 00 nearly everywhere. */
function internationalForm(digits: string, country: CountryCode, code: string): string | undefined {
  if (digits.startsWith('+')) return `+${withoutTrunkZero(digits.slice(1), code)}`;
  const prefixes = country === 'JP' ? ['010', '00'] : ['00', '011'];
  const prefix = prefixes.find(p => digits.startsWith(p) && /^[1-9]/.test(digits.slice(p.length)));
  return prefix && `+${withoutTrunkZero(digits.slice(prefix.length), code)}`;
}

/** `+81(0)90…` and `+81 090…`: the zero belongs to the national form only. */
const withoutTrunkZero = (digits: string, code: string): string =>
  code !== '39' && digits.startsWith(`${code}0`)
    ? code + digits.slice(code.length).replace(/^0+/, '')
    : digits;

const isEmergency = (digits: string, country: CountryCode): boolean => {
  const everywhere = ['112', '911', '999', '000'];
  const japan = ['110', '118', '119', '171', '188', '189'];
  return [...everywhere, ...(country === 'JP' ? japan : [])].includes(digits.replace(/^\+81/, ''));
};

function lengthProblem(digits: string, country: CountryCode): NumberProblem | undefined {
  switch (validatePhoneNumberLength(digits, country)) {
    case 'TOO_SHORT':
      return 'too-short';
    case 'TOO_LONG':
      return 'too-long';
    case 'NOT_A_NUMBER':
      return 'not-a-number';
    default:
      return undefined;
  }
}

function typeOf(type: NumberType): { is: PhoneType } | { is: 'refused'; problem: NumberProblem } {
  switch (type) {
    case 'MOBILE':
    case 'FIXED_LINE_OR_MOBILE':
      return { is: 'mobile' };
    case 'FIXED_LINE':
      return { is: 'fixed' };
    case 'VOIP':
      return { is: 'voip' };
    case 'TOLL_FREE':
      return { is: 'refused', problem: 'toll-free' };
    default:
      return { is: 'refused', problem: 'kind-not-allowed' };
  }
}

/** What pages say of a number that was read before. */
interface Shown {
  readonly texted: boolean;
  readonly extended: boolean;
  readonly masked: string;
}

/** Each step of a sign-in asks about the same number, and reading one costs a tenth of a page. */
const shown = new Map<PhoneNumber, Shown>();
const mostShown = 1_000;

function shownOf(number: PhoneNumber): Shown {
  const known = shown.get(number);
  if (known) return known;
  const parsed = parsePhoneNumberFromString(number);
  const made = {
    texted: typeOf(parsed?.getType()).is === 'mobile',
    extended: parsed?.getType() !== 'MOBILE',
    masked: parsed ? masked(grouped(parsed)) : 'XX',
  };
  if (shown.size >= mostShown) shown.clear();
  shown.set(number, made);
  return made;
}

function masked(whole: string): string {
  const [code = '', ...rest] = whole.split(' ');
  const from = rest.join(' ').length - 2;
  return `${code} ${[...rest.join(' ')].map((c, i) => (/\d/.test(c) && i < from ? 'X' : c)).join('')}`;
}

/** Whether a number that was read before can receive a text. */
export const canBeTexted = (number: PhoneNumber): boolean => shownOf(number).texted;

/** Whether more can be dialled once it has answered: not where it surely is a mobile phone. */
export const mayHaveExtension = (number: PhoneNumber): boolean => shownOf(number).extended;

/** `+81 XX-XXXX-XX78`: the country and the last two digits, which tell one's own phones apart. */
export const maskPhoneNumber = (number: PhoneNumber): string => shownOf(number).masked;

/** The whole number, as it is read back to the person who just typed it. */
export function readBack(number: PhoneNumber): string {
  const parsed = parsePhoneNumberFromString(number);
  return parsed ? grouped(parsed) : number;
}

/** The digits as they are dialled in their own country: `09012345678`. */
export const nationalDigits = (number: PhoneNumber): string =>
  (parsePhoneNumberFromString(number)?.formatNational() ?? number).replace(/\D/g, '');

/** The country of a number that was read before. */
export const countryOf = (number: PhoneNumber): CountryCode | undefined =>
  parsePhoneNumberFromString(number)?.country;
