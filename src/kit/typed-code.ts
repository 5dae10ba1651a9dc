import { randomBytes } from 'node:crypto';

/** Crockford's base32: without I, L, O and U, nobody mistakes one sign for another on paper. */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** A number below 32 to the power of `signs`, as so many signs. */
export const typedCodeOf = (value: number, signs: number): string =>
  Array.from(value.toString(32).padStart(signs, '0'), digit => alphabet[Number.parseInt(digit, 32)]).join('');

/** The number that signs stand for, as `readTypedCode` gives them: ten at the most. */
export const numberOf = (signs: string): number =>
  Array.from(signs).reduce((value, sign) => value * 32 + alphabet.indexOf(sign), 0);

/** So many random signs of five bits each. */
export const newTypedCode = (signs: number): string =>
  Array.from(randomBytes(signs), byte => alphabet[byte & 31]).join('');

/** In groups of four, as it is printed and read aloud: `7WK3-9QTB-…`. */
export const inGroups = (code: string): string => code.replace(/.{4}(?=.)/g, '$&-');

/** What was typed from paper, in the form in which it is kept; undefined when no code looks like that. */
export function readTypedCode(typed: string): string | undefined {
  const signs = typed
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\s\p{Pd}\u2212\u30fc]/gu, '')
    .replaceAll('O', '0')
    .replace(/[IL]/g, '1');
  return signs !== '' && [...signs].every(sign => alphabet.includes(sign)) ? signs : undefined;
}
