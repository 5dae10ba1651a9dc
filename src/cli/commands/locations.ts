import { type Command, CommandFailed, command } from '../command.ts';
import { confirmed, findLocation, refused, somethingGiven } from '../finding.ts';
import { tableOr } from '../table-text.ts';

const list = command({
  path: 'locations list',
  async run({ directory, words }) {
    const locations = await directory.access.locations.list();
    const rows = locations.map(({ id, displayName, isTrusted, ipRanges }) => [
      displayName,
      isTrusted ? words.outcome.yes : words.outcome.no,
      ipRanges.join(' '),
      id,
    ]);
    return {
      data: locations,
      text: tableOr(
        words.outcome.nothing,
        [words.headings.displayName, words.headings.trusted, words.headings.ranges, words.headings.id],
        rows,
      ),
    };
  },
});

const create = command({
  path: 'locations create',
  arguments: ['<name>'],
  options: { range: { kind: 'list', value: 'network' }, trusted: { kind: 'flag' } },
  async run(context, { range, trusted }, displayName = '') {
    const { directory, actor, words } = context;
    const given = { displayName, isTrusted: trusted, ipRanges: range };
    const made = await directory.access.locations.create(given, actor);
    if (!made.saved) throw refused(context, words.outcome.notCreated({ name: displayName }), made.problems);
    return { data: made.kept, text: words.outcome.created({ name: displayName }) };
  },
});

const update = command({
  path: 'locations update',
  arguments: ['<location>'],
  options: {
    name: { kind: 'text', value: 'name' },
    range: { kind: 'list', value: 'network' },
    trusted: { kind: 'flag' },
    untrusted: { kind: 'flag' },
  },
  async run(context, options, name = '') {
    const { directory, actor, words } = context;
    const before = await findLocation(context, name);
    somethingGiven(context, 'locations update', options);
    const changed = {
      ...before,
      displayName: options.name ?? before.displayName,
      ipRanges: options.range.length > 0 ? options.range : before.ipRanges,
      isTrusted: options.untrusted ? false : options.trusted || before.isTrusted,
    };
    const made = await directory.access.locations.update(before.id, changed, actor);
    if (!made?.saved) throw refused(context, words.outcome.notChanged({ name }), made?.problems ?? []);
    return { data: made.kept, text: words.outcome.changed({ name: made.kept.displayName }) };
  },
});

const remove = command({
  path: 'locations delete',
  arguments: ['<location>'],
  options: { yes: { kind: 'flag' } },
  async run(context, { yes }, name = '') {
    const { directory, actor, words } = context;
    const location = await findLocation(context, name);
    confirmed(context, yes, location.displayName);
    const outcome = await directory.access.locations.delete(location.id, actor);
    if (outcome === 'in-use')
      throw new CommandFailed(words.locations.inUse({ name: location.displayName }), {
        next: words.policies.takeOutNext,
      });
    return { data: { deleted: location }, text: words.outcome.deleted({ name: location.displayName }) };
  },
});

export const locationCommands: readonly Command[] = [list, create, update, remove];
