import { z } from 'zod';
import { isId } from '../kit/ids.ts';

/** Annotations that Graph adds to what it answers. `@odata.bind` is not one: it says something. */
const annotation = /@odata\.(context|type|id|etag|count)$/;

const saysNothing = (value: unknown): boolean =>
  value === null || value === undefined || (Array.isArray(value) && value.length === 0);

/**
 * Prepares an object that may have been exported from Graph for a strict schema: takes away annotations and those of
 * `unsupported` that say nothing (null, an empty list). One that does say something stays and is refused by name.
 */
export const dropping =
  (...unsupported: readonly string[]) =>
  (value: unknown): unknown =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(
          Object.entries(value).filter(
            ([key, inner]) => !annotation.test(key) && !(unsupported.includes(key) && saysNothing(inner)),
          ),
        )
      : value;

/** A UUID from outside, as an id of the kind that is meant. */
export const idOf = <Kind extends string>() =>
  z
    .string()
    .transform(text => text.toLowerCase())
    .refine(isId, 'not-an-id')
    .transform(text => text as Kind);

const lookalikes = [
  'all',
  'alltrusted',
  'none',
  'guestsorexternalusers',
  'office365',
  'microsoftadminportals',
];

/** The id of something that is named by administrators: an application, a role. Never a misspelt special word. */
export const nameId = z
  .string()
  .min(1, 'empty')
  .max(256)
  .refine(text => !/\s/.test(text), 'has-spaces')
  .refine(text => !lookalikes.includes(text.toLowerCase()), 'unknown-special-word');
