import { listKeys, rotateKeys, type SigningKey, stateOf, withdrawKey } from '../../protocols/oidc/index.ts';
import { type Command, type CommandContext, CommandFailed, command } from '../command.ts';
import { confirmed } from '../finding.ts';
import { tableOf } from '../table-text.ts';
import { shownTime } from '../time.ts';

function shown(context: CommandContext, keys: readonly SigningKey[]) {
  const { words, clock } = context;
  const states = keys.map(key => ({ ...key, state: stateOf(key, clock.now()) }));
  const rows = states.map(key => [
    key.id,
    key.algorithm,
    words.keys.states[key.state],
    shownTime(context, key.activeFrom),
    key.retiredAt === undefined ? '' : shownTime(context, key.retiredAt),
  ]);
  return {
    data: states,
    table: tableOf(
      [
        words.headings.id,
        words.headings.algorithm,
        words.headings.state,
        words.headings.activeFrom,
        words.headings.retiredAt,
      ],
      rows,
    ),
  };
}

const list = command({
  path: 'keys list',
  async run(context) {
    const { data, table } = shown(context, await listKeys(context.storage.db));
    return { data, text: table };
  },
});

const rotate = command({
  path: 'keys rotate',
  options: { now: { kind: 'flag' } },
  async run(context, { now }) {
    const keys = await rotateKeys(context, { now }, context.actor);
    const { data, table } = shown(context, keys);
    const from = shownTime(context, Math.max(...keys.map(key => key.activeFrom)));
    return { data, text: `${context.words.keys.rotated({ from })}\n\n${table}` };
  },
});

/** For a key that leaked: what it signed is believed no more, as soon as applications look at our keys again. */
const withdraw = command({
  path: 'keys withdraw',
  arguments: ['<key>'],
  options: { yes: { kind: 'flag' } },
  async run(context, { yes }, id = '') {
    const { words, storage } = context;
    if (!(await listKeys(storage.db)).some(key => key.id === id))
      throw new CommandFailed(words.keys.unknown({ id }), { next: 'genkan keys list' });
    confirmed(context, yes, id);
    if (!(await withdrawKey(context, id, context.actor)))
      throw new CommandFailed(words.keys.stillSigns({ id }), { next: 'genkan keys rotate --now' });
    const { data, table } = shown(context, await listKeys(storage.db));
    return { data, text: `${words.keys.withdrawn({ id })}\n\n${table}` };
  },
});

export const keyCommands: readonly Command[] = [list, rotate, withdraw];
