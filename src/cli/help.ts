import type { Words } from '../words/index.ts';
import type { OptionSpec, Shape } from './command.ts';
import { commonOptions } from './parse.ts';
import { columnsOf } from './table-text.ts';

/** The help pages come from the table of commands: nothing to be forgotten. */
export function helpPage(
  about: Shape | string | undefined,
  commands: readonly Shape[],
  words: Words['office'],
): string {
  if (about !== undefined && typeof about !== 'string') return commandPage(about, words);
  const shown = about === undefined ? commands : commands.filter(({ path }) => path.startsWith(`${about} `));
  const byNoun = Map.groupBy(shown, ({ path }) => path.split(' ')[0]);
  const lines = columnsOf(
    [...byNoun.values()].flat().map(({ path }) => [`  ${path}`, summaryOf(path, words)]),
  );
  return [words.usage.intro, '', ...lines, '', words.usage.moreHelp, ''].join('\n');
}

const summaryOf = (path: string, words: Words['office']): string =>
  (words.commands as Readonly<Record<string, string>>)[path] ?? '';

function commandPage(command: Shape, words: Words['office']): string {
  const usage = [
    'genkan',
    command.path,
    ...command.arguments,
    ...Object.entries(command.options).flatMap(mustBeGiven),
  ];
  const rows = Object.entries({ ...command.options, ...commonOptions, ...command.options }).map(
    ([name, spec]) => [`  --${name}${placeholder(spec)}`, describe(command.path, name, words)],
  );
  return [summaryOf(command.path, words), '', `  ${usage.join(' ')} …`, '', ...columnsOf(rows), ''].join(
    '\n',
  );
}

const placeholder = ({ kind, value }: OptionSpec): string => (kind === 'flag' ? '' : ` <${value ?? 'text'}>`);

const mustBeGiven = ([name, spec]: [string, OptionSpec]): string[] =>
  spec.required ? [`--${name}${placeholder(spec)}`] : [];

/** An option means the same everywhere, unless a command says otherwise. */
function describe(path: string, name: string, words: Words['office']): string {
  const options = words.options as Readonly<Record<string, string>>;
  return options[`${path} ${name}`] ?? options[name] ?? '';
}
