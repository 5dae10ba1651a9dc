import { availableParallelism } from 'node:os';
import {
  byteOrderMark,
  type ColumnMap,
  carryOut,
  csvLine,
  encodings,
  type Field,
  fields,
  type ImportPlan,
  type InitialPassword,
  isField,
  type PasswordJudge,
  planImport,
} from '../../directory/index.ts';
import { referenceOf } from '../../kit/reference.ts';
import { checkPassword, isAcceptableHash, shortest } from '../../methods/password/index.ts';
import { isPassing } from '../../storage/index.ts';
import { type Command, type CommandContext, CommandFailed, command, type Output } from '../command.ts';
import { createPrivateFile, type PrivateFile, readInput } from '../files.ts';
import { oneOf } from '../finding.ts';
import { problemLine } from '../import-problems.ts';
import { type Progress, showProgress } from '../progress.ts';
import { shownTime } from '../time.ts';

/** More problems than anybody reads on a screen; `--json` has them all. */
const mostShown = 200;

function readMap({ words }: CommandContext, given: readonly string[]): ColumnMap {
  const pairs = given.map(value => {
    const at = value.lastIndexOf('=');
    const [column, field] = [value.slice(0, at).trim(), value.slice(at + 1).trim()];
    if (at < 1 || (field !== '-' && !isField(field)))
      throw new CommandFailed(words.imports.badMap({ value, fields: fields.join(', ') }));
    return [column, field satisfies Field | '-'] as const;
  });
  return Object.fromEntries(pairs);
}

async function judgeFor({ directory }: CommandContext): Promise<PasswordJudge> {
  const { name } = await directory.settings.get('organisation');
  const organisation = Object.values(name).filter(text => text !== '');
  // They are changed at the first sign-in: the shorter rule will do until then.
  return {
    isAcceptableHash,
    weaknesses: (password, about) =>
      checkPassword(password, { minimum: shortest.withSecondFactor, about, organisation }).map(
        ({ problem }) => problem,
      ),
  };
}

const importing = command({
  path: 'users import',
  arguments: ['<file>'],
  options: {
    'dry-run': { kind: 'flag' },
    encoding: { kind: 'text', value: encodings.join('|') },
    map: { kind: 'list', value: 'column=field' },
    'create-groups': { kind: 'flag' },
    passwords: { kind: 'text', value: 'file' },
    'valid-days': { kind: 'number', value: 'days' },
  },
  async run(context, options, file = '') {
    const { words, storage } = context;
    const plan = await planImport(storage.db, await judgeFor(context), readInput(context, file), {
      encoding:
        options.encoding === undefined
          ? undefined
          : oneOf(context, '--encoding', options.encoding, encodings),
      map: readMap(context, options.map),
      createGroups: options['create-groups'],
    });
    if (plan.problems.length > 0) {
      const lines = plan.problems.slice(0, mostShown).map(problem => `  ${problemLine(context, problem)}`);
      if (plan.problems.length > mostShown)
        lines.push(`  ${words.imports.moreProblems({ n: plan.problems.length - mostShown })}`);
      throw new CommandFailed(
        [words.imports.failed({ file, n: plan.problems.length }), ...lines].join('\n'),
        {
          data: { problems: plan.problems },
          next: words.imports.failedNext,
        },
      );
    }
    if (options['dry-run']) return dryRun(context, file, plan);
    return forReal(context, plan, options.passwords, options['valid-days'] ?? 90);
  },
});

async function dryRun({ words, hashing }: CommandContext, file: string, plan: ImportPlan): Promise<Output> {
  const { users, newGroups, encoding = '', passwords, columns } = plan;
  const rate = passwords.clear > 0 ? await hashesASecond(hashing) : undefined;
  const text = [
    words.imports.fine({ file, n: users.length, groups: newGroups.length, encoding }),
    words.imports.passwords(passwords),
    ...(rate === undefined
      ? []
      : [words.imports.takes({ rate, seconds: Math.ceil(passwords.clear / rate) })]),
  ];
  return {
    data: { users: users.length, newGroups, encoding, columns, passwords, hashesASecond: rate },
    text: text.join('\n'),
    next: words.imports.fineNext({ passwords: passwords.generated > 0 }),
  };
}

/** Measured, not promised: on every core, for long enough that a moment in which it does something else is one of many. */
async function hashesASecond(hashing: CommandContext['hashing']): Promise<number> {
  await hashing.hashPassword('the first one loads the library');
  const began = performance.now();
  const passed = (): number => performance.now() - began;
  let made = 0;
  const work = async (): Promise<void> => {
    for (; passed() < 500; made++) await hashing.hashPassword(`measured ${made}`);
  };
  await Promise.all(Array.from({ length: availableParallelism() }, work));
  return Math.max(1, Math.round((made / passed()) * 1_000));
}

async function forReal(
  context: CommandContext,
  plan: ImportPlan,
  passwordFile: string | undefined,
  validDays: number,
): Promise<Output> {
  const { words, storage, audit, clock, hashing, actor, stderr } = context;
  const { generated } = plan.passwords;
  if (generated > 0 && passwordFile === undefined)
    throw new CommandFailed(words.imports.passwordsNeeded({ n: generated }), {
      next: words.imports.passwordsNeededNext,
    });
  const file =
    generated > 0 && passwordFile !== undefined ? createPrivateFile(context, passwordFile) : undefined;
  const bars = new Map<string, Progress>();
  const bar = (phase: 'hashing' | 'writing'): Progress => {
    const known = bars.get(phase);
    if (known) return known;
    for (const before of bars.values()) before.end();
    const fresh = showProgress(stderr, words.outcome.phases[phase]);
    bars.set(phase, fresh);
    return fresh;
  };
  let expiresAt = 0;
  try {
    const outcome = await carryOut({ storage, audit, clock }, plan, {
      maker: { hash: password => hashing.hashPassword(password), newInitial: () => hashing.newInitial() },
      actor,
      atOnce: availableParallelism(),
      validDays,
      async keepPasswords(passwords) {
        expiresAt = passwords[0]?.expiresAt ?? 0;
        if (file) writePasswords(context, file, passwords);
      },
      onProgress: (phase, done, total) => bar(phase).at(done, total),
    });
    if (!outcome.imported)
      throw new CommandFailed(
        words.imports.taken({ n: outcome.taken.length, names: outcome.taken.slice(0, 20).join(', ') }),
        {
          data: outcome,
          next: words.imports.takenNext,
        },
      );
    const told = words.imports.done({
      n: outcome.users,
      groups: outcome.groups,
      number: referenceOf(outcome.correlation),
    });
    const until = shownTime(context, expiresAt);
    return file
      ? {
          data: { ...outcome, passwords: passwordFile, passwordsExpireAt: expiresAt },
          text: `${told}\n${words.imports.passwordsWritten({ file: passwordFile ?? '', n: generated, until })}`,
          next: words.imports.passwordsWrittenNext,
        }
      : { data: outcome, text: told };
  } catch (error) {
    // Nobody was created: these passwords open nothing. When the database went away in the middle, it may be otherwise.
    if (!isPassing(error)) file?.remove();
    throw error;
  } finally {
    for (const shown of bars.values()) shown.end();
  }
}

/** On the disk before anybody exists who needs it: these passwords are nowhere else. */
function writePasswords(
  context: CommandContext,
  file: PrivateFile,
  passwords: readonly InitialPassword[],
): void {
  file.write(byteOrderMark + csvLine(context.words.imports.initialPasswordHeadings.split(',')));
  const portion = 1_000;
  for (let from = 0; from < passwords.length; from += portion)
    file.write(
      passwords
        .slice(from, from + portion)
        .map(one =>
          csvLine([one.loginName, one.displayName, one.password, shownTime(context, one.expiresAt)]),
        )
        .join(''),
    );
  file.keep();
}

export const importCommands: readonly Command[] = [importing];
