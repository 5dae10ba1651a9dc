import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { nearest } from '../kit/nearest.ts';
import { rootFolder } from '../kit/root.ts';
import { isPassing } from '../storage/index.ts';
import { isLanguage, type Language, languages, type Words, wordsFor } from '../words/index.ts';
import {
  type Command,
  type CommandContext,
  CommandFailed,
  type Common,
  type Given,
  type Output,
  type Program,
  type Screens,
} from './command.ts';
import { helpPage } from './help.ts';
import { commandNamed, peek, UsageError, understand } from './parse.ts';

/** As in package.json, which lies at the root of what was installed. */
const { version } = JSON.parse(readFileSync(join(rootFolder(), 'package.json'), 'utf8')) as {
  version: string;
};

/** Exit statuses: done; could not be done; was not understood. */
const status = { done: 0, failed: 1, misunderstood: 2 } as const;

/** What a command stands on, opened when it is known that there is a command. */
export type OpenContext = (
  common: Common,
  speaking: { readonly language: Language; readonly words: Words['office'] } & Screens,
) => Promise<CommandContext & { close(): Promise<void> }>;

/** Runs what was typed after `genkan`. Never throws; the answer is the exit status. */
export async function run(
  argv: readonly string[],
  env: NodeJS.ProcessEnv,
  deps: {
    readonly commands: readonly Command[];
    readonly programs: readonly Program[];
    readonly open: OpenContext;
  } & Screens,
): Promise<number> {
  const { stdout, stderr } = deps;
  const known = [...deps.programs, ...deps.commands];
  // Where it is the language of a person, the terminal says what we speak.
  const wished = commandNamed(argv, known)?.options.language ? undefined : peek(argv, 'language');
  const language = languageOf(wished, env);
  const words = wordsFor(language).office;
  const asJson = argv.includes('--json');
  try {
    if (wished !== undefined && !isLanguage(wished))
      throw new UsageError(
        words.usage.oneOf({
          option: '--language',
          value: wished,
          known: languages.join(', '),
          guess: nearest(wished, languages),
        }),
      );
    const asked = understand(argv, known, words);
    if (asked.is === 'help') {
      stdout.write(helpPage(asked.about, known, words));
      return status.done;
    }
    if (asked.is === 'version') {
      stdout.write(asJson ? `${JSON.stringify({ version })}\n` : `genkan ${version}\n`);
      return status.done;
    }
    const { command, given, common } = asked;
    if ('start' in command) return await command.start(given, common, { stdout, stderr });
    const output = await withContext(command, given, () =>
      deps.open(common, { language, words, stdout, stderr }),
    );
    show(output, asJson, words, { stdout, stderr });
    return status.done;
  } catch (error) {
    return tell(error, asJson, words, { stdout, stderr });
  }
}

async function withContext(
  command: Command,
  given: Given,
  open: () => ReturnType<OpenContext>,
): Promise<Output> {
  const context = await open();
  try {
    return await command.run(context, given);
  } finally {
    await context.close();
  }
}

function show(
  { data, text, next }: Output,
  asJson: boolean,
  words: Words['office'],
  { stdout, stderr }: Screens,
): void {
  if (asJson) {
    if (data !== undefined) stdout.write(`${JSON.stringify(data, null, 2)}\n`);
    return;
  }
  if (text !== undefined) stdout.write(`${text}\n`);
  if (next !== undefined) stderr.write(`${words.outcome.next({ what: next })}\n`);
}

function tell(error: unknown, asJson: boolean, words: Words['office'], { stdout, stderr }: Screens): number {
  const failure = failureOf(error, words);
  if (asJson) {
    const { sentence, next, data } = failure;
    stdout.write(
      `${JSON.stringify({ error: sentence, ...(next ? { next } : {}), ...(data as object) }, null, 2)}\n`,
    );
  } else {
    stderr.write(`${failure.sentence}\n`);
    if (failure.next !== undefined) stderr.write(`${words.outcome.next({ what: failure.next })}\n`);
  }
  return error instanceof UsageError ? status.misunderstood : status.failed;
}

function failureOf(
  error: unknown,
  words: Words['office'],
): { sentence: string; next?: string | undefined; data?: unknown } {
  if (error instanceof CommandFailed) return { sentence: error.message, next: error.next, data: error.data };
  if (error instanceof UsageError)
    return { sentence: error.message, next: error.command && `genkan help ${error.command.path}` };
  const why = error instanceof Error ? error.message : String(error);
  if (isPassing(error))
    return { sentence: words.outcome.notReachable({ why }), next: words.outcome.notReachableNext };
  // The configuration and the private database explain themselves.
  if (error instanceof Error && ['ConfigurationError', 'EmbeddedFailure', 'PortRefused'].includes(error.name))
    return { sentence: why };
  if (['EACCES', 'EPERM'].includes((error as NodeJS.ErrnoException).code ?? ''))
    return { sentence: words.outcome.notPermitted({ why }), next: words.outcome.notPermittedNext };
  return { sentence: words.outcome.surprise({ why }), next: words.outcome.surpriseNext, data: {} };
}

/** `--language`, else what the terminal speaks. */
export function languageOf(wished: string | undefined, env: NodeJS.ProcessEnv): Language {
  if (wished !== undefined && isLanguage(wished)) return wished;
  const [spoken = ''] = (env.LC_ALL || env.LC_MESSAGES || env.LANG || '').split(/[_.]/);
  return isLanguage(spoken) ? spoken : 'en';
}
