import { isRole, roles } from '../../directory/index.ts';
import { type Command, CommandFailed, command } from '../command.ts';
import { confirmed, findGroup, findUser, oneOf, refused } from '../finding.ts';
import { listOf, tableOf, tableOr } from '../table-text.ts';

const list = command({
  path: 'groups list',
  async run({ directory, words }) {
    const groups = await directory.groups.list();
    const rows = groups.map(group => [
      group.displayName,
      String(group.members),
      group.description ?? '',
      group.id,
    ]);
    return {
      data: groups,
      text: tableOr(
        words.outcome.nothing,
        [words.headings.displayName, words.headings.members, words.headings.description, words.headings.id],
        rows,
      ),
    };
  },
});

const show = command({
  path: 'groups show',
  arguments: ['<group>'],
  options: { limit: { kind: 'number', value: 'n' }, after: { kind: 'text', value: 'name' } },
  async run(context, { limit = 100, after }, name = '') {
    const { directory, words } = context;
    const group = await findGroup(context, name);
    const members = await directory.users.list({ group: group.id, limit, after });
    const head = listOf([
      [words.headings.id, group.id],
      [words.headings.displayName, group.displayName],
      [words.headings.description, group.description],
      [words.headings.members, String(group.members)],
    ]);
    const rows = members.users.map(user => [user.loginName, user.displayName]);
    return {
      data: { ...group, users: members.users, next: members.next },
      text:
        rows.length === 0
          ? head
          : `${head}\n\n${tableOf([words.headings.loginName, words.headings.displayName], rows)}`,
      ...(members.next === undefined ? {} : { next: words.outcome.page({ next: members.next }) }),
    };
  },
});

const create = command({
  path: 'groups create',
  arguments: ['<name>'],
  options: { description: { kind: 'text' } },
  async run(context, { description }, displayName = '') {
    const { directory, actor, words } = context;
    const made = await directory.groups.create({ displayName, description }, actor);
    if (made.created)
      return { data: made.group, text: words.outcome.created({ name: made.group.displayName }) };
    throw refused(context, words.outcome.notCreated({ name: displayName }), [
      { field: 'groups', problem: made.problem },
    ]);
  },
});

const remove = command({
  path: 'groups delete',
  arguments: ['<group>'],
  options: { yes: { kind: 'flag' } },
  async run(context, { yes }, name = '') {
    const group = await findGroup(context, name);
    confirmed(context, yes, group.displayName);
    const { words } = context;
    const outcome = await context.directory.groups.delete(group.id, context.actor);
    if (outcome === 'in-use')
      throw new CommandFailed(words.groups.inUse({ name: group.displayName }), {
        next: words.groups.inUseNext,
      });
    return { data: { deleted: group }, text: words.outcome.deleted({ name: group.displayName }) };
  },
});

const add = command({
  path: 'groups add',
  arguments: ['<group>', '<users...>'],
  async run(context, _, name = '', ...names) {
    const group = await findGroup(context, name);
    const users = await Promise.all(names.map(user => findUser(context, user)));
    const n = await context.directory.groups.add(
      group.id,
      users.map(({ id }) => id),
      context.actor,
    );
    return { data: { added: n }, text: context.words.groups.membersAdded({ n, group: group.displayName }) };
  },
});

const take = command({
  path: 'groups remove',
  arguments: ['<group>', '<users...>'],
  async run(context, _, name = '', ...names) {
    const group = await findGroup(context, name);
    const users = await Promise.all(names.map(user => findUser(context, user)));
    const n = await context.directory.groups.remove(
      group.id,
      users.map(({ id }) => id),
      context.actor,
    );
    return {
      data: { removed: n },
      text: context.words.groups.membersRemoved({ n, group: group.displayName }),
    };
  },
});

const listRoles = command({
  path: 'roles list',
  async run({ directory, words }) {
    const members = await directory.roles.members();
    const data = roles.map(role => ({
      role,
      users: members.filter(member => member.role === role).map(({ user }) => user),
    }));
    const rows = data.map(({ role, users }) => [
      role,
      users.map(({ loginName }) => loginName).join(', ') || words.outcome.none,
    ]);
    return { data, text: tableOf([words.headings.role, words.headings.members], rows) };
  },
});

const changeRole = (path: string, change: 'add' | 'remove') =>
  command({
    path,
    arguments: ['<role>', '<user>'],
    async run(context, _, word = '', name = '') {
      const { directory, actor, words } = context;
      const role = isRole(word) ? word : oneOf(context, '<role>', word, roles);
      const user = await findUser(context, name);
      const changed = await directory.roles[change](role, user.id, actor);
      const told = { name: user.loginName, role };
      const text = change === 'add' ? words.roles.added(told) : words.roles.removed(told);
      return { data: { role, user: user.id, changed }, text: changed ? text : words.roles.asBefore };
    },
  });

export const groupCommands: readonly Command[] = [list, show, create, remove, add, take];
export const roleCommands: readonly Command[] = [
  listRoles,
  changeRole('roles add', 'add'),
  changeRole('roles remove', 'remove'),
];
