import { nameKey, readGroupName, type TextProblem } from '../../names.ts';
import { readDetails } from '../../user.ts';
import type { Field, HeaderProblem } from './columns.ts';
import type { Line } from './rows.ts';

/** One thing that is wrong with the file, by line. Never holds a password. */
export type ImportProblem =
  | ({ readonly line: number } & HeaderProblem)
  | {
      readonly line: number;
      readonly problem:
        | 'spreadsheet'
        | 'utf-16'
        | 'too-large'
        | 'undecodable'
        | 'nothing-in-it'
        | 'broken-quotes'
        | 'too-many-cells'
        | 'heading-again';
    }
  | {
      readonly line: number;
      readonly field: Field;
      readonly problem: TextProblem | 'unknown-language' | 'taken' | 'hash-not-accepted' | 'not-yes-or-no';
      readonly value?: string;
    }
  | {
      readonly line: number;
      readonly field: Field;
      readonly problem: 'twice-in-file';
      readonly value: string;
      readonly otherLine: number;
    }
  | {
      readonly line: number;
      readonly field: 'groups';
      readonly problem: 'unknown-group';
      readonly value: string;
    }
  | {
      readonly line: number;
      readonly field: 'password';
      readonly problem: 'weak-password';
      readonly because: string;
    };

export type PlannedPassword =
  | { readonly is: 'generated' }
  | { readonly is: 'clear'; readonly text: string }
  | { readonly is: 'hash'; readonly encoded: string };

export interface PlannedUser {
  readonly line: number;
  readonly loginName: string;
  readonly displayName: string;
  readonly mail: string | undefined;
  readonly language: string | undefined;
  /** as they are written in the file */
  readonly groups: readonly string[];
  readonly enabled: boolean;
  readonly password: PlannedPassword;
}

/** How passwords are judged; made by whoever knows how they are hashed. */
export interface PasswordJudge {
  /** Keys of what is wrong with a password; nothing when it will do. */
  weaknesses(password: string, about: readonly string[]): readonly string[];
  /** Whether something that begins like a hash is one that we can verify. */
  isAcceptableHash(encoded: string): boolean;
}

export interface Checked {
  readonly users: readonly PlannedUser[];
  readonly problems: readonly ImportProblem[];
}

/** Checks every line by itself and against the others. All problems are named, not only the first. */
export function checkLines(
  lines: readonly Line[],
  columns: readonly (Field | undefined)[],
  judge: PasswordJudge,
): Checked {
  const problems: ImportProblem[] = [];
  const seen = new Map<string, number>();
  const users = lines.flatMap(line => {
    const user = checkLine(line, columns, judge, problems);
    const key = nameKey(user.loginName);
    const otherLine = seen.get(key);
    if (key !== '' && otherLine !== undefined)
      problems.push({
        line: line.line,
        field: 'loginName',
        problem: 'twice-in-file',
        value: user.loginName,
        otherLine,
      });
    else seen.set(key, line.line);
    return user;
  });
  return { users, problems };
}

function checkLine(
  { line, cells }: Line,
  columns: readonly (Field | undefined)[],
  judge: PasswordJudge,
  problems: ImportProblem[],
): PlannedUser {
  const cell = (field: Field): string => cells[columns.indexOf(field)] ?? '';
  if (cells.slice(columns.length).some(extra => extra.trim() !== ''))
    problems.push({ line, problem: 'too-many-cells' });
  const given = {
    loginName: cell('loginName'),
    displayName: cell('displayName'),
    mail: cell('mail'),
    language: cell('language'),
  };
  const read = readDetails(given);
  if (!read.ok)
    for (const { field, problem } of read.problems)
      if (problem !== 'unknown-group')
        problems.push({
          line,
          field,
          problem,
          ...(problem === 'empty' ? {} : { value: given[field as keyof typeof given] }),
        });
  const details = read.ok ? read.details : { ...given, mail: undefined, language: undefined };
  const about = [details.loginName, details.displayName, details.mail ?? ''];
  return {
    line,
    ...details,
    groups: groupsIn(cell('groups'), line, problems),
    enabled: enabledIn(cell('enabled'), line, problems),
    password: passwordIn(cell('password'), about, line, judge, problems),
  };
}

function groupsIn(cell: string, line: number, problems: ImportProblem[]): readonly string[] {
  const names = cell.split(/[;；\n]/u).filter(name => name.trim() !== '');
  const groups = new Map<string, string>();
  for (const name of names) {
    const read = readGroupName(name);
    if (read.ok) groups.set(nameKey(read.text), read.text);
    else problems.push({ line, field: 'groups', problem: read.problem, value: name });
  }
  return [...groups.values()];
}

const yes = new Set(['', 'true', 'yes', 'y', '1', 'on', 'enabled', 'active', 'はい', '有効', '○', '在籍']);
const no = new Set(['false', 'no', 'n', '0', 'off', 'disabled', 'inactive', 'いいえ', '無効', '×']);

function enabledIn(cell: string, line: number, problems: ImportProblem[]): boolean {
  const word = cell.normalize('NFKC').trim().toLowerCase();
  if (!yes.has(word) && !no.has(word))
    problems.push({ line, field: 'enabled', problem: 'not-yes-or-no', value: cell });
  return yes.has(word);
}

/** `$argon2id$…`, `{SSHA}…`: what other systems keep. */
const likeHash = /^(\$[a-z0-9-]{1,12}\$|\{[A-Za-z0-9-]{2,12}\}\S{8})/;

function passwordIn(
  cell: string,
  about: readonly string[],
  line: number,
  judge: PasswordJudge,
  problems: ImportProblem[],
): PlannedPassword {
  if (cell.trim() === '') return { is: 'generated' };
  const encoded = cell.trim();
  if (likeHash.test(encoded)) {
    if (!judge.isAcceptableHash(encoded))
      problems.push({ line, field: 'password', problem: 'hash-not-accepted' });
    return { is: 'hash', encoded };
  }
  for (const because of judge.weaknesses(cell, about))
    problems.push({ line, field: 'password', problem: 'weak-password', because });
  return { is: 'clear', text: cell };
}
