/** What a record may hold: JSON, where an absent value may also be written `undefined`. */
export type Json =
  | string
  | number
  | boolean
  | null
  | readonly Json[]
  | { readonly [key: string]: Json | undefined };

/**
 * The one way to write a value: keys sorted, no spaces, `undefined` left out. What the database's jsonb
 * cannot hold (NUL, half a surrogate pair) becomes U+FFFD, so that a value read back is written the same.
 */
export function canonical(value: Json): string {
  if (typeof value === 'string') return quoted(value);
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  if (isList(value)) return `[${value.map(canonical).join(',')}]`;
  const members: string[] = [];
  for (const key of Object.keys(value).sort()) {
    const member = value[key];
    if (member !== undefined) members.push(`${quoted(key)}:${canonical(member)}`);
  }
  return `{${members.join(',')}}`;
}

const quoted = (text: string): string => JSON.stringify(text.toWellFormed().replaceAll('\0', '\ufffd'));

const isList = (value: object): value is readonly Json[] => Array.isArray(value);
