import type { Words } from '../words/index.ts';

export type ReadName =
  | { readonly ok: true; readonly name: string }
  | { readonly ok: false; readonly problem: 'empty' | 'too-long' | 'is-number' };

/** What a person calls a device or a key. */
export function readName(typed: string): ReadName {
  const name = typed
    .normalize('NFKC')
    .replace(/\p{Cc}/gu, ' ')
    .trim();
  if (name === '') return { ok: false, problem: 'empty' };
  if ([...name].length > 50) return { ok: false, problem: 'too-long' };
  // Names are logged, and the log has no telephone numbers.
  if (/\+\s*\d/.test(name)) return { ok: false, problem: 'is-number' };
  return { ok: true, name };
}

/** The same for a page: the name as it will be kept, or what is wrong with it as a sentence. */
export function nameOrProblem(
  typed: string,
  words: Words,
): { readonly name: string } | { readonly problem: string } {
  const read = readName(typed);
  return read.ok ? { name: read.name } : { problem: words.approval.nameProblems[read.problem] };
}
