import type { Application, FieldProblem, Group, User } from '../directory/index.ts';
import { nearest } from '../kit/nearest.ts';
import { builtInStrengths, type NamedLocation, type Policy, type Strength } from '../policies/index.ts';
import { type CommandContext, CommandFailed } from './command.ts';

/** By login name in any spelling, or by id. */
export async function findUser({ directory, words }: CommandContext, name: string): Promise<User> {
  const user = (await directory.users.byLoginName(name)) ?? (await directory.users.byId(name));
  if (user) return user;
  throw new CommandFailed(words.users.unknown({ name }), { next: words.users.unknownNext({ name }) });
}

export async function findGroup({ directory, words }: CommandContext, name: string): Promise<Group> {
  const group = (await directory.groups.byName(name)) ?? (await directory.groups.byId(name));
  if (group) return group;
  throw new CommandFailed(words.groups.unknown({ name }), { next: words.groups.unknownNext });
}

export async function findApplication(
  { directory, words }: CommandContext,
  id: string,
): Promise<Application> {
  const application = await directory.applications.byId(id);
  if (application) return application;
  throw new CommandFailed(words.applications.unknown({ name: id }), { next: words.applications.unknownNext });
}

export async function findPolicy({ directory, words }: CommandContext, name: string): Promise<Policy> {
  const policy = only(name, await directory.access.policies.list(), words.outcome.sameName({ name }));
  if (policy) return policy;
  throw new CommandFailed(words.policies.unknown({ name }), { next: words.policies.unknownNext });
}

export async function findLocation(
  { directory, words }: CommandContext,
  name: string,
): Promise<NamedLocation> {
  const location = only(name, await directory.access.locations.list(), words.outcome.sameName({ name }));
  if (location) return location;
  throw new CommandFailed(words.locations.unknown({ name }), { next: words.locations.unknownNext });
}

/** One that administrators made: the built-in ones are as they are. */
export async function findStrength({ directory, words }: CommandContext, name: string): Promise<Strength> {
  const strength = only(name, await directory.access.strengths.list(), words.outcome.sameName({ name }));
  if (strength) return strength;
  if (only(name, builtInStrengths, '')) throw new CommandFailed(words.strengths.builtIn({ name }));
  throw new CommandFailed(words.strengths.unknown({ name }), { next: words.strengths.unknownNext });
}

/** The names of policies, locations and strengths are not unique; an id always is. */
function only<Thing extends { readonly id: string; readonly displayName: string }>(
  name: string,
  all: readonly Thing[],
  several: string,
): Thing | undefined {
  const byId = all.find(({ id }) => id === name.toLowerCase());
  const called = all.filter(({ displayName }) => displayName === name);
  if (!byId && called.length > 1) throw new CommandFailed(several, { data: called.map(({ id }) => id) });
  return byId ?? called[0];
}

/** What is gone is gone: asks for `--yes`. */
export function confirmed({ words }: CommandContext, yes: boolean, what: string): void {
  if (!yes)
    throw new CommandFailed(words.outcome.notConfirmed({ what }), { next: words.outcome.notConfirmedNext });
}

/** A command that changes something was told what. */
export function somethingGiven(
  { words }: CommandContext,
  path: string,
  options: Readonly<Record<string, unknown>>,
): void {
  const isGiven = (value: unknown): boolean =>
    Array.isArray(value) ? value.length > 0 : value !== undefined && value !== false;
  if (!Object.values(options).some(isGiven))
    throw new CommandFailed(words.usage.nothingToChange, { next: `genkan help ${path}` });
}

/** One of a few words, or a failure that names them. */
export function oneOf<Word extends string>(
  { words }: CommandContext,
  option: string,
  value: string,
  known: readonly Word[],
): Word {
  const found = known.find(word => word === value);
  if (found !== undefined) return found;
  throw new CommandFailed(
    words.usage.oneOf({ option, value, known: known.join(', '), guess: nearest(value, known) }),
  );
}

/** Everything that was wrong, one a line. */
export function refused(
  { words }: CommandContext,
  sentence: string,
  problems: readonly FieldProblem[],
): CommandFailed {
  const lines = problems.map(
    ({ field, problem, value }) => `  ${problemSentence(words, field, problem, value)}`,
  );
  return new CommandFailed([sentence, ...lines].join('\n'), { data: { problems } });
}

export function problemSentence(
  words: CommandContext['words'],
  field: string,
  problem: string,
  value: string | undefined,
): string {
  const fields: Readonly<Record<string, string>> = words.fields.names;
  const sentences: Readonly<Record<string, string>> = words.fields.problems;
  return words.fields.wrong({
    field: fields[field] ?? field,
    value,
    problem: sentences[problem] ?? `: ${problem}`,
  });
}
