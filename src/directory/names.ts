/** What is wrong with a text that somebody gave. */
export type TextProblem = 'empty' | 'too-long' | 'control-characters' | 'has-spaces' | 'malformed';

export type ReadText =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly problem: TextProblem };

const refused = (problem: TextProblem): ReadText => ({ ok: false, problem });

/** Control characters, half characters, and marks that turn the direction of text: nobody means to type them. */
const hidden = /[\p{Cc}\p{Cs}\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]/u;

/**
 * What shows nothing and makes of one name two that look alike: joiners, fillers, soft hyphens, tags, variation
 * selectors. Names that are shown keep them: 葛󠄀 and emoji are made with some.
 */
const unseen = /\p{Default_Ignorable_Code_Point}/u;

const longest = { loginName: 256, displayName: 256, mail: 254, groupName: 256, description: 1024 };

function readText(given: string, most: number): ReadText {
  const text = given.normalize('NFC').trim();
  if (text === '') return refused('empty');
  if (hidden.test(text)) return refused('control-characters');
  if ([...text].length > most) return refused('too-long');
  return { ok: true, text };
}

/** As it is shown: half width, no spaces around it, capitals as they were typed. */
export function readLoginName(given: string): ReadText {
  const read = readText(given.normalize('NFKC'), longest.loginName);
  if (!read.ok) return read;
  if (unseen.test(read.text)) return refused('control-characters');
  return /\s/u.test(read.text) ? refused('has-spaces') : read;
}

/** A name of a person or a group keeps its signs: 髙, ㈱ and ～ are part of it. */
export const readDisplayName = (given: string): ReadText => readText(given, longest.displayName);
export const readGroupName = (given: string): ReadText => readText(given, longest.groupName);
export const readDescription = (given: string): ReadText => readText(given, longest.description);

export function readMail(given: string): ReadText {
  const read = readText(given.normalize('NFKC'), longest.mail);
  if (!read.ok) return read;
  return /^[^\s@<>()[\]\\,;:"]+@[^\s@<>()[\]\\,;:"]+\.[^\s@<>()[\]\\,;:".]+$/u.test(read.text)
    ? read
    : refused('malformed');
}

/**
 * The form in which names are compared: JOHN, John and ｊｏｈｎ are one. So are the two signs that Windows and everybody
 * else make of one sign of Shift_JIS: the wave dash and the minus.
 */
export const nameKey = (name: string): string =>
  name
    .replaceAll('\u301c', '~')
    .replaceAll('\u2212', '-')
    .normalize('NFKC')
    .trim()
    .replace(/\s+/gu, ' ')
    .toLowerCase()
    .normalize('NFKC');

/**
 * What of a name goes into the audit log: nothing, when a telephone number may be in it. The log is
 * kept for years and has whole numbers nowhere; the id says who it was.
 */
export const loggable = (name: string): string | undefined => (/[+＋]/u.test(name) ? undefined : name);
