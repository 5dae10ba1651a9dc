import { z } from 'zod';
import { paths } from './load.ts';
import { schema } from './schema.ts';

/** Every setting with its meaning, its default and its variable, as a file to begin with. Made from the schema. */
export function template(): string {
  const shape = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as unknown as Described;
  const lines = Object.entries(shape.properties ?? {}).flatMap(([key, field]) =>
    field.properties
      ? [
          `${key}:`,
          ...Object.entries(field.properties).flatMap(([inner, value]) => entry([key, inner], value, '  ')),
        ]
      : entry([key], field, ''),
  );
  return [
    '# Genkan: what is needed to start. What administrators change while it runs lies in the database.',
    '# Each key can also be given as the variable beside it; a variable ending in _FILE names a file that holds the value.',
    '',
    ...lines,
  ]
    .join('\n')
    .trimEnd()
    .concat('\n');
}

interface Described {
  readonly description?: string;
  readonly default?: unknown;
  readonly properties?: Readonly<Record<string, Described>>;
}

const variables = new Map([...paths].map(([name, path]) => [path.join('.'), name]));

function entry(path: readonly string[], field: Described, indent: string): string[] {
  const key = path.at(-1) ?? '';
  const variable = variables.get(path.join('.')) ?? '';
  const required = path.join('.') === 'url';
  // A group whose keys were all commented out would be an empty value, which is an error.
  const stands = required || (path.length > 1 && field.default !== undefined);
  const value = required
    ? 'https://id.example.ac.jp'
    : field.default === undefined
      ? ''
      : JSON.stringify(field.default);
  return [
    ...(field.description ?? '').split('\n').map(line => `${indent}# ${line}`),
    `${indent}# ${variable}`,
    `${indent}${stands ? '' : '# '}${key}: ${value}`.trimEnd(),
    '',
  ];
}
