import { isSettingKey, type SettingKey, settingKeys } from '../../directory/index.ts';
import { type Command, type CommandContext, command } from '../command.ts';
import { findGroup, oneOf, refused } from '../finding.ts';
import { tableOf } from '../table-text.ts';

/** `phone.countries` is one value of the setting `phone`. */
function readKey(context: CommandContext, path: string): { key: SettingKey; inside: readonly string[] } {
  const [first = '', ...inside] = path.split('.');
  return { key: isSettingKey(first) ? first : oneOf(context, '<setting>', first, settingKeys), inside };
}

function flat(value: unknown, path: string): string[][] {
  if (typeof value === 'object' && value !== null && !Array.isArray(value))
    return Object.entries(value).flatMap(([key, inner]) => flat(inner, `${path}.${key}`));
  return value === undefined ? [] : [[path, typeof value === 'string' ? value : JSON.stringify(value)]];
}

const list = command({
  path: 'settings list',
  async run({ directory, words }) {
    const entries = await Promise.all(
      settingKeys.map(async key => [key, await directory.settings.get(key)] as const),
    );
    const rows = entries.flatMap(([key, value]) => flat(value, key));
    return {
      data: Object.fromEntries(entries),
      text: tableOf([words.headings.key, words.headings.value], rows),
    };
  },
});

const show = command({
  path: 'settings show',
  arguments: ['<setting>'],
  async run(context, _, path = '') {
    const { key, inside } = readKey(context, path);
    const value = inside.reduce<unknown>(valueIn, await context.directory.settings.get(key));
    return {
      data: value,
      text: tableOf([context.words.headings.key, context.words.headings.value], flat(value, path)),
    };
  },
});

const valueIn = (value: unknown, key: string): unknown =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined;

/** The same value with one part of it replaced. */
const replaced = (value: unknown, [key, ...rest]: readonly string[], by: unknown): unknown =>
  key === undefined
    ? by
    : { ...(typeof value === 'object' ? value : {}), [key]: replaced(valueIn(value, key), rest, by) };

/** JSON where it is JSON (`true`, `90`, `["JP"]`), else the words as they stand. */
function readValue(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return text;
    throw error;
  }
}

const set = command({
  path: 'settings set',
  arguments: ['<setting>', '<value>'],
  async run(context, _, path = '', text = '') {
    const { directory, actor, words } = context;
    const { key, inside } = readKey(context, path);
    const given = readValue(text);
    // People know groups by name; the setting keeps ids.
    const value =
      path === 'registration.groups' && Array.isArray(given)
        ? await Promise.all(given.map(async name => (await findGroup(context, String(name))).id))
        : given;
    const saved = await directory.settings.set(
      key,
      replaced(await directory.settings.get(key), inside, value),
      actor,
    );
    if (!saved.saved) throw refused(context, words.outcome.notChanged({ name: path }), saved.problems);
    return { data: await directory.settings.get(key), text: words.outcome.changed({ name: path }) };
  },
});

const reset = command({
  path: 'settings reset',
  arguments: ['<setting>'],
  async run(context, _, path = '') {
    const { key } = readKey(context, path);
    await context.directory.settings.reset(key, context.actor);
    return {
      data: await context.directory.settings.get(key),
      text: context.words.settings.reset({ name: key }),
    };
  },
});

export const settingCommands: readonly Command[] = [list, show, set, reset];
