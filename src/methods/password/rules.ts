import { banned } from './banned.ts';
import { longestPassword, normalPassword } from './hashing.ts';

/** Code points: beside a second proof, and where the password may stand alone (NIST SP 800-63B §3.1.1.2). */
export const shortest = { withSecondFactor: 8, alone: 15 } as const;

export type PasswordProblem =
  | { readonly problem: 'too-short'; readonly minimum: number }
  | { readonly problem: 'too-long'; readonly maximum: number }
  /** signs that no keyboard has, or half a character */
  | { readonly problem: 'unreadable' }
  /** among those that everybody guesses first */
  | { readonly problem: 'common' }
  /** the person's own name, or the organisation's */
  | { readonly problem: 'about-you' }
  /** the one that is to be changed */
  | { readonly problem: 'same-as-before' };

export interface PasswordContext {
  /** code points */
  readonly minimum: number;
  /** login name, display name, mail address … */
  readonly about: readonly string[];
  /** names of the organisation and of this service */
  readonly organisation: readonly string[];
}

/**
 * What is wrong with a password that someone wants to have; nothing, when it will do. There are no
 * rules of composition: a long one of small letters is fine. A listed word is refused only when it
 * is the whole password, with or without a year behind it.
 */
export function checkPassword(password: string, context: PasswordContext): readonly PasswordProblem[] {
  const normal = normalPassword(password);
  const length = [...normal].length;
  const problems: PasswordProblem[] = [];
  if (length < context.minimum) problems.push({ problem: 'too-short', minimum: context.minimum });
  if (length > longestPassword) return [{ problem: 'too-long', maximum: longestPassword }];
  if (/\p{Cc}/u.test(normal) || !normal.isWellFormed()) problems.push({ problem: 'unreadable' });
  const readings = readingsOf(normal);
  const own = new Set(['genkan', ...[...context.about, ...context.organisation].flatMap(wordsOf)]);
  if (readings.some(reading => own.has(reading))) problems.push({ problem: 'about-you' });
  else if (isDull(normal) || readings.some(reading => banned.has(reading)))
    problems.push({ problem: 'common' });
  return problems;
}

const stands: Readonly<Record<string, string>> = {
  '@': 'a',
  '4': 'a',
  '3': 'e',
  '1': 'i',
  '!': 'i',
  '0': 'o',
  $: 's',
  '5': 's',
  '7': 't',
};

/** A password as a guesser sees it: small, `@` read as `a`, without the year or the sign behind it. */
function readingsOf(normal: string): string[] {
  const small = normal.toLowerCase();
  const bare = small.replace(/[^\p{L}\p{N}]{0,2}\p{N}{0,4}[^\p{L}\p{N}]{0,2}$/u, '');
  const plain = (text: string): string => [...text].map(sign => stands[sign] ?? sign).join('');
  const all = [small, bare, plain(small), plain(bare)];
  return [...all, ...all.map(text => text.replace(/[^\p{L}\p{N}]/gu, ''))].filter(text => text.length > 0);
}

/** The whole and its parts: `yamada.taro@example.ac.jp` gives `yamada`, `taro`, `yamada.taro` … */
function wordsOf(text: string): string[] {
  const small = normalPassword(text).toLowerCase();
  const [local = ''] = small.split('@');
  const parts = small.split(/[^\p{L}\p{N}]+/u);
  const joined = [small, local].flatMap(name => [name, name.replace(/[^\p{L}\p{N}]/gu, '')]);
  return [...joined, ...parts].filter(word => [...word].length >= 3);
}

/** Two signs over and over, a run of the keyboard or the alphabet, a date. */
function isDull(normal: string): boolean {
  const signs = [...normal.toLowerCase()];
  if (new Set(signs).size <= 2) return true;
  if (/^(19|20)\d{2}[-/.]?[01]\d[-/.]?[0-3]\d$/.test(normal)) return true;
  const steps = signs.slice(1).map((sign, i) => (sign.codePointAt(0) ?? 0) - (signs[i]?.codePointAt(0) ?? 0));
  return new Set(steps).size === 1;
}
