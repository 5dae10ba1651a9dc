import { builtInStrengths, combinations, type Strength } from '../../policies/index.ts';
import { type Command, type CommandContext, CommandFailed, command } from '../command.ts';
import { confirmed, findStrength, oneOf, refused, somethingGiven } from '../finding.ts';
import { tableOf } from '../table-text.ts';

const list = command({
  path: 'strengths list',
  async run({ directory, words }) {
    const strengths: readonly Strength[] = [
      ...builtInStrengths,
      ...(await directory.access.strengths.list()),
    ];
    const rows = strengths.map(({ id, displayName, policyType, allowedCombinations }) => [
      displayName,
      words.strengths.types[policyType],
      allowedCombinations.join(' '),
      id,
    ]);
    return {
      data: strengths,
      text: tableOf(
        [
          words.headings.displayName,
          words.headings.strengthType,
          words.headings.combinations,
          words.headings.id,
        ],
        rows,
      ),
    };
  },
});

/** In Graph's words, as far as there is a method for them. */
const known = (context: CommandContext, given: readonly string[]) =>
  given.map(each => oneOf(context, '--combination', each, combinations));

const create = command({
  path: 'strengths create',
  arguments: ['<name>'],
  options: { combination: { kind: 'list', value: 'proofs' } },
  async run(context, { combination }, displayName = '') {
    const { directory, actor, words } = context;
    const given = { displayName, allowedCombinations: known(context, combination) };
    const made = await directory.access.strengths.create(given, actor);
    if (!made.saved) throw refused(context, words.outcome.notCreated({ name: displayName }), made.problems);
    const { id } = made.kept;
    return {
      data: made.kept,
      text: words.outcome.created({ name: displayName }),
      next: words.strengths.createdNext({ id }),
    };
  },
});

const change = command({
  path: 'strengths change',
  arguments: ['<strength>'],
  options: { name: { kind: 'text', value: 'name' }, combination: { kind: 'list', value: 'proofs' } },
  async run(context, options, name = '') {
    const { directory, actor, words } = context;
    const before = await findStrength(context, name);
    somethingGiven(context, 'strengths change', options);
    const given = known(context, options.combination);
    const changed = {
      ...before,
      displayName: options.name ?? before.displayName,
      allowedCombinations: given.length > 0 ? given : before.allowedCombinations,
    };
    const made = await directory.access.strengths.update(before.id, changed, actor);
    if (!made?.saved) throw refused(context, words.outcome.notChanged({ name }), made?.problems ?? []);
    return { data: made.kept, text: words.outcome.changed({ name: made.kept.displayName }) };
  },
});

const remove = command({
  path: 'strengths delete',
  arguments: ['<strength>'],
  options: { yes: { kind: 'flag' } },
  async run(context, { yes }, name = '') {
    const { directory, actor, words } = context;
    const strength = await findStrength(context, name);
    confirmed(context, yes, strength.displayName);
    const outcome = await directory.access.strengths.delete(strength.id, actor);
    if (outcome === 'in-use')
      throw new CommandFailed(words.strengths.inUse({ name: strength.displayName }), {
        next: words.policies.takeOutNext,
      });
    return { data: { deleted: strength }, text: words.outcome.deleted({ name: strength.displayName }) };
  },
});

export const strengthCommands: readonly Command[] = [list, create, change, remove];
