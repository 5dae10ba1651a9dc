import { listKeys, rotateKeys, type SigningKey, stateOf } from '../../protocols/oidc/index.ts';
import { type Command, type CommandContext, command } from '../command.ts';
import { tableOf } from '../table-text.ts';
import { shownTime } from '../time.ts';

function shown({ words, clock }: CommandContext, keys: readonly SigningKey[]) {
  const states = keys.map(key => ({ ...key, state: stateOf(key, clock.now()) }));
  const rows = states.map(key => [
    key.id,
    key.algorithm,
    words.keyStates[key.state],
    shownTime(key.activeFrom),
    key.retiredAt === undefined ? '' : shownTime(key.retiredAt),
  ]);
  return {
    data: states,
    table: tableOf([words.id, words.algorithm, words.state, words.activeFrom, words.retiredAt], rows),
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
    const from = shownTime(Math.max(...keys.map(key => key.activeFrom)));
    return { data, text: `${context.words.keysRotated({ from })}\n\n${table}` };
  },
});

export const keyCommands: readonly Command[] = [list, rotate];
