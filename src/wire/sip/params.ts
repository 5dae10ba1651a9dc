/** `;name=value` after a value: names in lower case, values without their quotes. */
export interface Param {
  readonly name: string;
  readonly value?: string;
}

const token = /^[A-Za-z0-9.!%*_+`'~-]+$/;

export const isToken = (text: string): boolean => token.test(text);

/** Cuts at `separator` where it stands outside of quotes and of `<…>`. Empty parts are left out. */
export function cut(text: string, separator: ',' | ';'): readonly string[] {
  const parts: string[] = [];
  let start = 0;
  let quoted = false;
  let angle = false;
  const take = (end: number): void => {
    const part = text.slice(start, end).trim();
    if (part !== '') parts.push(part);
  };
  for (let at = 0; at < text.length; at++) {
    const char = text[at];
    if (quoted) {
      if (char === '\\') at++;
      else if (char === '"') quoted = false;
    } else if (char === '"') quoted = true;
    else if (char === '<') angle = true;
    else if (char === '>') angle = false;
    else if (char === separator && !angle) {
      take(at);
      start = at + 1;
    }
  }
  take(text.length);
  return parts;
}

export function readParams(parts: readonly string[]): readonly Param[] | undefined {
  const params: Param[] = [];
  for (const part of parts) {
    const equals = part.indexOf('=');
    const name = (equals === -1 ? part : part.slice(0, equals)).trim().toLowerCase();
    if (!isToken(name)) return undefined;
    params.push(equals === -1 ? { name } : { name, value: unquote(part.slice(equals + 1).trim()) });
  }
  return params;
}

/** The value of a parameter: '' when it stands alone, nothing when it is not there. */
export function paramOf(params: readonly Param[], name: string): string | undefined {
  const found = params.find(param => param.name === name);
  return found && (found.value ?? '');
}

const needsNoQuotes = /^[A-Za-z0-9.!%*_+`'~:[\]@/-]+$/;

export const writeParams = (params: readonly Param[]): string =>
  params
    .map(({ name, value }) => {
      if (value === undefined) return `;${name}`;
      return `;${name}=${needsNoQuotes.test(value) ? value : quote(value)}`;
    })
    .join('');

/** With line breaks taken out: a value never starts a header of its own. */
export const quote = (text: string): string => `"${text.replace(/[\r\n]+/g, ' ').replace(/["\\]/g, '\\$&')}"`;

export function unquote(text: string): string {
  if (text.length < 2 || !text.startsWith('"') || !text.endsWith('"')) return text;
  return text.slice(1, -1).replace(/\\(.)/gs, '$1');
}
