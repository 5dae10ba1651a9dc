import {
  defaultOf,
  isSettingKey,
  type SettingKey,
  settingKeys,
  settingParts,
} from '../../directory/index.ts';
import { nearest } from '../../kit/nearest.ts';
import { type Command, type CommandContext, CommandFailed, command } from '../command.ts';
import { findGroup, refused } from '../finding.ts';
import { tableOf } from '../table-text.ts';

/** `phone.countries` is one part of the setting `phone`. */
function readKey({ words }: CommandContext, path: string): { key: SettingKey; inside: readonly string[] } {
  const [first = '', ...inside] = path.split('.');
  const [part] = inside;
  if (isSettingKey(first) && (part === undefined || settingParts(first).includes(part)))
    return { key: first, inside };
  const known = part === undefined ? settingKeys : settingKeys.flatMap(pathsOf);
  throw new CommandFailed(words.settings.unknown({ name: path, guess: nearest(path, known) }), {
    next: 'genkan settings list',
  });
}

const pathsOf = (key: SettingKey): readonly string[] => settingParts(key).map(part => `${key}.${part}`);

function flat(value: unknown, path: string, notSet: string): string[][] {
  if (typeof value === 'object' && value !== null && !Array.isArray(value))
    return Object.entries(value).flatMap(([key, inner]) => flat(inner, `${path}.${key}`, notSet));
  if (value === undefined) return [[path, notSet]];
  return [[path, typeof value === 'string' ? value : JSON.stringify(value)]];
}

/** Each part of a setting, also those about which nothing was said: they can be set. */
const whole = (key: SettingKey, value: object): object => ({
  ...Object.fromEntries(settingParts(key).map(part => [part, undefined])),
  ...value,
});

const list = command({
  path: 'settings list',
  async run({ directory, words }) {
    const entries = await Promise.all(
      settingKeys.map(async key => [key, await directory.settings.get(key)] as const),
    );
    const rows = entries.flatMap(([key, value]) => flat(whole(key, value), key, words.settings.notSet));
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
    const { headings, settings } = context.words;
    const kept = await context.directory.settings.get(key);
    const value = inside.reduce<unknown>(valueIn, kept);
    const shown = inside.length === 0 ? whole(key, kept) : value;
    return {
      data: value,
      text: tableOf([headings.key, headings.value], flat(shown, path, settings.notSet)),
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
    const { directory, actor, words } = context;
    const { key, inside } = readKey(context, path);
    if (inside.length === 0) await directory.settings.reset(key, actor);
    else {
      // The rest of the setting stays as it is.
      const byDefault = inside.reduce<unknown>(valueIn, defaultOf(key));
      const value = replaced(await directory.settings.get(key), inside, byDefault);
      const saved = await directory.settings.set(key, value, actor);
      if (!saved.saved) throw refused(context, words.outcome.notChanged({ name: path }), saved.problems);
    }
    return { data: await directory.settings.get(key), text: words.settings.reset({ name: path }) };
  },
});

export const settingCommands: readonly Command[] = [list, show, set, reset];
