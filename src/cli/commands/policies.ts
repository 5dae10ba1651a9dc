import { type Policy, type PolicyState, warningsOf } from '../../policies/index.ts';
import { type Command, type CommandContext, command } from '../command.ts';
import { readJson } from '../files.ts';
import { confirmed, findPolicy, refused } from '../finding.ts';
import { tableOr } from '../table-text.ts';

const list = command({
  path: 'policies list',
  async run({ directory, words }) {
    const policies = await directory.access.policies.list();
    const rows = policies.map(({ id, displayName, state }) => [
      displayName,
      words.policies.states[state],
      id,
    ]);
    return {
      data: policies,
      text: tableOr(
        words.outcome.nothing,
        [words.headings.displayName, words.headings.state, words.headings.id],
        rows,
      ),
    };
  },
});

const asJson = (policy: Policy): string => JSON.stringify(policy, null, 2);

const show = command({
  path: 'policies show',
  arguments: ['<policy>'],
  async run(context, _, name = '') {
    const policy = await findPolicy(context, name);
    return { data: policy, text: asJson(policy) };
  },
});

/** It is kept as it is; what may not be meant is said beside it. */
function warn({ words, stderr }: CommandContext, policy: Policy): void {
  for (const warning of warningsOf(policy)) stderr.write(`${words.policies.warnings[warning]}\n`);
}

const create = command({
  path: 'policies create',
  arguments: ['<file>'],
  async run(context, _, file = '') {
    const { directory, actor, words } = context;
    const made = await directory.access.policies.create(readJson(context, file), actor);
    if (!made.saved) throw refused(context, words.outcome.notCreated({ name: file }), made.problems);
    warn(context, made.kept);
    return { data: made.kept, text: words.outcome.created({ name: made.kept.displayName }) };
  },
});

const update = command({
  path: 'policies update',
  arguments: ['<policy>', '<file>'],
  async run(context, _, name = '', file = '') {
    const { directory, actor, words } = context;
    const policy = await findPolicy(context, name);
    const made = await directory.access.policies.update(policy.id, readJson(context, file), actor);
    if (!made?.saved) throw refused(context, words.outcome.notChanged({ name }), made?.problems ?? []);
    warn(context, made.kept);
    return { data: made.kept, text: words.outcome.changed({ name: made.kept.displayName }) };
  },
});

const remove = command({
  path: 'policies delete',
  arguments: ['<policy>'],
  options: { yes: { kind: 'flag' } },
  async run(context, { yes }, name = '') {
    const policy = await findPolicy(context, name);
    confirmed(context, yes, policy.displayName);
    await context.directory.access.policies.delete(policy.id, context.actor);
    return { data: { deleted: policy }, text: context.words.outcome.deleted({ name: policy.displayName }) };
  },
});

const turn = (path: string, state: PolicyState): Command =>
  command({
    path,
    arguments: ['<policy>'],
    async run(context, _, name = '') {
      const { directory, actor, words } = context;
      const policy = await findPolicy(context, name);
      const made = await directory.access.policies.setState(policy.id, state, actor);
      if (!made?.saved) throw refused(context, words.outcome.notChanged({ name }), made?.problems ?? []);
      warn(context, made.kept);
      return { data: made.kept, text: `${made.kept.displayName}: ${words.policies.states[state]}` };
    },
  });

export const policyCommands: readonly Command[] = [
  list,
  show,
  create,
  update,
  remove,
  turn('policies enable', 'enabled'),
  turn('policies report-only', 'enabledForReportingButNotEnforced'),
  turn('policies disable', 'disabled'),
];
