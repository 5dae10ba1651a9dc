import type { CallScript } from '../gateway.ts';

export type Press = '0' | '1' | '2' | '3' | '4' | '5' | '6' | '7' | '8' | '9' | '*' | '#';

/** What the keys pressed so far amount to. All but 'listening' end the call. */
export type Heard = 'listening' | 'confirmed' | 'fraud' | 'wrong-key';

/**
 * Judges the keys of one call, in order. `*` is ignored: analog lines need it to switch to tones.
 * `0#` says that it was not them. A number is one try; where `#` alone is asked for, other keys before
 * it are a wrong answer too, since whoever plays with the keys has not understood the question.
 */
export function pressed(keys: readonly Press[], expect: CallScript['expect']): Heard {
  const typed = keys.filter(key => key !== '*').join('');
  const end = typed.indexOf('#');
  if (end === -1) return typed.length > longest ? 'wrong-key' : 'listening';
  const answer = typed.slice(0, end);
  if (answer === '0' && !isAsked('0', expect)) return 'fraud';
  if (expect.keys === '#') return answer === '' ? 'confirmed' : 'wrong-key';
  return answer === expect.number ? 'confirmed' : 'wrong-key';
}

const longest = 12;

const isAsked = (answer: string, expect: CallScript['expect']): boolean =>
  expect.keys === 'number' && expect.number === answer;

/** The keys in a text, such as `*#`; nothing when it has anything else in it. */
export function pressesIn(text: string): readonly Press[] | undefined {
  const presses = [...text.replace(/\s/g, '')];
  return presses.every(isPress) ? presses : undefined;
}

const isPress = (key: string): key is Press => /^[0-9*#]$/.test(key);
