import type { ImportProblem } from '../directory/index.ts';
import { shortest } from '../methods/password/index.ts';
import { type Words, wordsFor } from '../words/index.ts';
import type { CommandContext } from './command.ts';
import { problemSentence } from './finding.ts';

/** `line 12: Mail "x" does not look like a mail address` */
export const problemLine = ({ words, language }: CommandContext, problem: ImportProblem): string =>
  words.imports.line({ line: problem.line, what: sentence(words, wordsFor(language).password, problem) });

function sentence(words: Words['office'], passwords: Words['password'], problem: ImportProblem): string {
  switch (problem.problem) {
    case 'spreadsheet':
      return words.imports.spreadsheet;
    case 'heading-again':
      return words.imports.headingAgain;
    case 'utf-16':
      return words.imports.utf16;
    case 'too-large':
      return words.imports.tooLarge;
    case 'undecodable':
      return words.imports.undecodable;
    case 'nothing-in-it':
      return words.imports.nothingInIt;
    case 'broken-quotes':
      return words.imports.brokenQuotes;
    case 'too-many-cells':
      return words.imports.tooManyCells;
    case 'unknown-column':
      return words.imports.unknownColumn({ column: problem.column, guess: problem.guess });
    case 'column-twice':
      return words.imports.columnTwice({ field: problem.column });
    case 'missing-column':
      return words.imports.missingColumn({ field: problem.column });
    case 'no-such-column':
      return words.imports.noSuchColumn({ column: problem.column });
    case 'twice-in-file':
      return words.imports.twiceInFile({
        field: words.fields.names[problem.field],
        value: problem.value,
        line: problem.otherLine,
      });
    case 'weak-password':
      return words.imports.weakPassword({ because: whyWeak(passwords, problem.because) });
    case 'hash-not-accepted':
      return words.imports.hashNotAccepted;
    case 'not-yes-or-no':
      return words.imports.notYesOrNo({ value: problem.value });
    default:
      return problemSentence(words, problem.field, problem.problem, shortened(problem.value));
  }
}

function whyWeak(passwords: Words['password'], because: string): string {
  const said = (
    passwords as Readonly<Record<string, string | ((p: { minimum: number; maximum: number }) => string)>>
  )[because];
  return typeof said === 'function'
    ? said({ minimum: shortest.withSecondFactor, maximum: 256 })
    : (said ?? because);
}

const shortened = (value: string | undefined): string | undefined =>
  value !== undefined && value.length > 60 ? `${value.slice(0, 60)}…` : value;
