import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import type { z } from 'zod';
import { nearest } from '../kit/nearest.ts';
import { type Configuration, schema } from './schema.ts';

/** The configuration cannot be used; each problem is a sentence that names the key. */
export class ConfigurationError extends Error {
  readonly problems: readonly string[];
  constructor(problems: readonly string[]) {
    super(problems.join('\n'));
    this.name = 'ConfigurationError';
    this.problems = problems;
  }
}

/**
 * Reads the file, then lets `GENKAN_…` variables override it: `GENKAN_LISTEN_PORT` is `listen.port`.
 * Any variable may end in `_FILE` and name a file that holds the value.
 * @throws ConfigurationError with every problem at once
 */
export function loadConfiguration(from: {
  file?: string;
  env: NodeJS.ProcessEnv;
  defaults?: Record<string, unknown>;
}): Configuration {
  const problems: string[] = [];
  const values: Record<string, unknown> = { ...from.defaults, ...(from.file ? readYaml(from.file) : {}) };
  for (const [name, text] of Object.entries(from.env)) {
    if (!name.startsWith('GENKAN_') || text === undefined || notKeys.has(name)) continue;
    const value = name.endsWith('_FILE') && !paths.has(name) ? readFileSync(text, 'utf8').trim() : text;
    const path = paths.get(name) ?? paths.get(name.replace(/_FILE$/, ''));
    if (path) put(values, path, valueIn(path, value));
    else problems.push(unknown(name, [...paths.keys()]));
  }
  const result = schema.safeParse(values);
  if (result.success && problems.length === 0) return result.data;
  throw new ConfigurationError([...problems, ...(result.error?.issues ?? []).flatMap(sentences)]);
}

/** Ours, but not of the configuration: where it lies, the tests', and the demo's sample application. */
const notKeys = new Set([
  'GENKAN_CONFIG',
  'GENKAN_SAMPLE_PORT',
  'GENKAN_TEST_CHROMIUM',
  'GENKAN_TEST_DATABASE',
]);

/** Every key, by the name of its variable. */
export const paths: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries(schema.shape).flatMap(([key, field]) => {
    const inner =
      key === 'listen' || key === 'gateways' ? Object.keys(schema.shape[key].unwrap().shape) : undefined;
    const all = inner ? inner.map(name => [key, name]) : [[key]];
    return field ? all.map(path => [variable(path), path] as const) : [];
  }),
);

function variable(path: readonly string[]): string {
  return `GENKAN_${path.map(part => part.replace(/[A-Z]/g, '_$&').toUpperCase()).join('_')}`;
}

/** What a variable says, in the shape that its key has in the file. */
function valueIn([first]: readonly string[], text: string): unknown {
  if (first === 'trustedProxies') return text.split(',');
  return first === 'gateways' ? parse(text) : text;
}

function put(values: Record<string, unknown>, path: readonly string[], value: unknown): void {
  const [first, second] = path;
  if (first === undefined) return;
  if (second === undefined) values[first] = value;
  else values[first] = { ...(values[first] as object | undefined), [second]: value };
}

function readYaml(file: string): Record<string, unknown> {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw new ConfigurationError([`${file} cannot be read: ${(error as Error).message}`]);
  }
  let value: unknown;
  try {
    value = parse(text) ?? {};
  } catch (error) {
    throw new ConfigurationError([`${file} is not YAML: ${(error as Error).message.trimEnd()}`]);
  }
  if (typeof value !== 'object' || Array.isArray(value) || value === null)
    throw new ConfigurationError([`${file} must hold keys and values.`]);
  return value as Record<string, unknown>;
}

function sentences(issue: z.core.$ZodIssue): string[] {
  const at = nameOf(issue.path);
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map(key => unknown(at ? `${at}.${key}` : key, Object.keys(schema.shape)));
  return [`${at}: ${issue.message}`];
}

/** `gateways.text[0].host` */
export const nameOf = (path: readonly PropertyKey[]): string =>
  path
    .map((key, at) => (typeof key === 'number' ? `[${key}]` : `${at > 0 ? '.' : ''}${String(key)}`))
    .join('');

/** A sentence about a key that nobody knows. */
export function unknown(name: string, known: readonly string[]): string {
  const guess = nearest(name, known);
  return `${name} is not a setting${guess ? `; did you mean ${guess}?` : '.'}`;
}
