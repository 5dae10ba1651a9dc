import { z } from 'zod';

/** What a template may name: `{{to}}`. */
export const names = ['to', 'to.national', 'to.digits', 'text', 'id', 'sender', 'timestamp'] as const;
export type Name = (typeof names)[number];
export type Values = Readonly<Record<Name, string>>;

const placeholder = /\{\{\s*([^{}]*?)\s*\}\}/g;

/** A text with placeholders, none of them unknown, and none of those that may not stand here. */
export const templateOf = (allowed: readonly Name[] = names) =>
  z.string().superRefine((text, context) => {
    for (const [whole, name] of text.matchAll(placeholder))
      if (!allowed.some(known => known === name))
        context.addIssue({
          code: 'custom',
          message: `${whole} cannot stand here; possible: ${allowed.map(known => `{{${known}}}`).join(' ')}`,
        });
  });

/** Puts the values in, each escaped for the place where it stands. What was put in is not read again. */
export const fill = (template: string, values: Values, write: (value: string) => string): string =>
  template.replace(placeholder, (_whole, name: string) => write(valueIn(values, name)));

const valueIn = (values: Values, name: string): string => {
  const known = names.find(each => each === name);
  return known === undefined ? '' : values[known];
};

/** A body in JSON: placeholders stand in its strings, and stay in them. */
export type JsonTemplate =
  | string
  | number
  | boolean
  | null
  | readonly JsonTemplate[]
  | { readonly [key: string]: JsonTemplate };

export const jsonTemplate: z.ZodType<JsonTemplate> = z.lazy(() =>
  z.union([
    templateOf(),
    z.number(),
    z.boolean(),
    z.null(),
    z.array(jsonTemplate),
    z.record(z.string(), jsonTemplate),
  ]),
);

export function fillJson(template: JsonTemplate, values: Values): unknown {
  if (typeof template === 'string') return fill(template, values, asItIs);
  if (Array.isArray(template)) return template.map((inner: JsonTemplate) => fillJson(inner, values));
  if (typeof template !== 'object' || template === null) return template;
  return Object.fromEntries(Object.entries(template).map(([key, inner]) => [key, fillJson(inner, values)]));
}

export const asItIs = (value: string): string => value;

export const asXml = (value: string): string =>
  value.replace(/[&<>"']/g, character => `&#${character.codePointAt(0)};`);

/** For bodies of lines and fields, of which nobody here knows how they are escaped: one line stays one line. */
export const asOneLine = (value: string): string => value.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ');

/** Of a JSON answer: `messages.0.id`. */
export function at(path: string, value: unknown): string | undefined {
  const found = path
    .split('.')
    .reduce<unknown>(
      (inner, key) =>
        typeof inner === 'object' && inner !== null && Object.hasOwn(inner, key)
          ? (inner as Readonly<Record<string, unknown>>)[key]
          : undefined,
      value,
    );
  return typeof found === 'string' || typeof found === 'number' || typeof found === 'boolean'
    ? String(found)
    : undefined;
}
