import { parseArgs } from 'node:util';
import { nearest } from '../kit/nearest.ts';
import type { Words } from '../words/index.ts';
import type { Common, Given, OptionSpec, Shape } from './command.ts';

/** The command line cannot be understood; the sentence says what was probably meant. */
export class UsageError extends Error {
  readonly command: Shape | undefined;
  constructor(sentence: string, command?: Shape) {
    super(sentence);
    this.name = 'UsageError';
    this.command = command;
  }
}

/** Options that every command has. */
export const commonOptions = {
  config: { kind: 'text', value: 'file' },
  json: { kind: 'flag' },
  language: { kind: 'text', value: 'ja|en' },
  help: { kind: 'flag' },
} as const satisfies Record<string, OptionSpec>;

/** What may be known before anything else is: the language of the error that comes next. */
export function peek(argv: readonly string[], option: string): string | undefined {
  const at = argv.findIndex(word => word === `--${option}` || word.startsWith(`--${option}=`));
  if (at < 0) return undefined;
  return argv[at]?.includes('=') ? argv[at].slice(option.length + 3) : argv[at + 1];
}

/** The command that is meant, if there is one of that name. */
export const commandNamed = <Known extends Shape>(
  [first, second]: readonly string[],
  commands: readonly Known[],
): Known | undefined =>
  commands.find(({ path }) => path === `${first} ${second}`) ?? commands.find(({ path }) => path === first);

export type Asked<Known extends Shape> =
  | { readonly is: 'help'; readonly about: Shape | string | undefined }
  | { readonly is: 'version' }
  | { readonly is: 'command'; readonly command: Known; readonly given: Given; readonly common: Common };

/** Finds the command and reads what was given to it. Throws a UsageError. */
export function understand<Known extends Shape>(
  argv: readonly string[],
  commands: readonly Known[],
  words: Words['office'],
): Asked<Known> {
  const [first, second] = argv;
  if (first === undefined || first === 'help' || first === '--help' || first === '-h')
    return helpFor(first === 'help' ? argv.slice(1) : [], commands, words);
  if (first === '--version' || first === '-v' || first === 'version') return { is: 'version' };
  const command = commandNamed(argv, commands);
  if (!command) {
    const inNoun = commands.filter(({ path }) => path.startsWith(`${first} `));
    if (inNoun.length > 0 && (second === undefined || second.startsWith('-')))
      return { is: 'help', about: first };
    throw new UsageError(unknownCommand(argv, commands, words));
  }
  const rest = argv.slice(command.path.split(' ').length);
  const { values, positionals } = read(rest, command, words);
  const common: Common = {
    config: values.config as string | undefined,
    json: values.json === true,
    language: command.options.language ? undefined : (values.language as string | undefined),
    help: values.help === true,
  };
  if (common.help) return { is: 'help', about: command };
  return { is: 'command', command, common, given: given(values, positionals, command, words) };
}

function helpFor(about: readonly string[], commands: readonly Shape[], words: Words['office']): Asked<never> {
  const end = about.findIndex(word => word.startsWith('-'));
  const wanted = about.slice(0, end < 0 ? undefined : end).join(' ');
  if (wanted === '') return { is: 'help', about: undefined };
  const command = commands.find(({ path }) => path === wanted);
  if (command) return { is: 'help', about: command };
  if (commands.some(({ path }) => path.startsWith(`${wanted} `))) return { is: 'help', about: wanted };
  throw new UsageError(unknownCommand(about, commands, words));
}

function unknownCommand(argv: readonly string[], commands: readonly Shape[], words: Words['office']): string {
  const typed = argv
    .slice(0, 2)
    .filter(word => !word.startsWith('-'))
    .join(' ');
  const nouns = [...new Set(commands.map(({ path }) => path.split(' ')[0] ?? ''))];
  const [noun = ''] = argv;
  const inNoun = commands.filter(({ path }) => path.startsWith(`${noun} `)).map(({ path }) => path);
  const guess =
    nearest(typed, inNoun.length > 0 ? inNoun : commands.map(({ path }) => path)) ?? nearest(noun, nouns);
  return words.usage.unknownCommand({ typed, guess });
}

function read(rest: readonly string[], command: Shape, words: Words['office']) {
  const specs: Readonly<Record<string, OptionSpec>> = { ...command.options, ...commonOptions };
  try {
    return parseArgs({
      args: [...rest],
      allowPositionals: true,
      allowNegative: false,
      strict: true,
      options: Object.fromEntries(
        Object.entries(specs).map(([name, { kind }]) => [
          name,
          {
            type: kind === 'flag' ? 'boolean' : 'string',
            multiple: kind === 'list',
            ...(name === 'help' ? { short: 'h' } : {}),
          } as const,
        ]),
      ),
    });
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw new UsageError(optionProblem(rest, Object.keys(specs), error, words), command);
  }
}

function optionProblem(
  rest: readonly string[],
  known: readonly string[],
  error: TypeError,
  words: Words['office'],
): string {
  const unknown = rest
    .filter(word => word.startsWith('--') && word !== '--')
    .map(word => word.slice(2).split('=')[0] ?? '')
    .find(name => !known.includes(name));
  if (unknown !== undefined) {
    const guess = nearest(unknown, known);
    return words.usage.unknownOption({ option: `--${unknown}`, guess: guess && `--${guess}` });
  }
  const named = /'(-[^' ]*(?: <value>)?)[^']*'/.exec(error.message)?.[1]?.replace(/,.*| <value>/, '') ?? '';
  return words.usage.optionNeedsValue({ option: named });
}

function given(
  values: Readonly<Record<string, unknown>>,
  positionals: readonly string[],
  command: Shape,
  words: Words['office'],
): Given {
  const wanted = command.arguments.filter(spec => spec.startsWith('<'));
  const most = command.arguments.some(spec => spec.includes('...')) ? Infinity : command.arguments.length;
  const missing = wanted[positionals.length];
  if (missing !== undefined)
    throw new UsageError(words.usage.missingArgument({ argument: missing }), command);
  const extra = positionals[most];
  if (extra !== undefined) throw new UsageError(words.usage.extraArgument({ argument: extra }), command);
  const options = Object.entries(command.options).map(([name, spec]) => {
    const value = values[name];
    if (spec.required && value === undefined)
      throw new UsageError(words.usage.missingOption({ option: `--${name}` }), command);
    if (spec.kind === 'flag') return [name, value === true];
    if (spec.kind === 'list') return [name, value ?? []];
    if (spec.kind !== 'number' || value === undefined) return [name, value];
    const number = Number(value);
    if (!Number.isSafeInteger(number) || number < 0 || String(value).trim() === '')
      throw new UsageError(words.usage.notANumber({ option: `--${name}`, value: String(value) }), command);
    return [name, number];
  });
  return { arguments: positionals, options: Object.fromEntries(options) };
}
