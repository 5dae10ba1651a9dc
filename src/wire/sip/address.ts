import { cut, type Param, paramOf, quote, readParams, unquote, writeParams } from './params.ts';

/** `"name" <uri>;params` as in From, To, Contact, Route. The URI is not looked into. */
export interface Address {
  readonly name?: string;
  readonly uri: string;
  readonly params: readonly Param[];
}

export function readAddress(text: string): Address | undefined {
  const [first, ...rest] = cut(text, ';');
  if (first === undefined) return undefined;
  const params = readParams(rest);
  if (!params) return undefined;
  const open = openingOf(first);
  if (open === -1) return isUri(first) ? { uri: first, params } : undefined;
  if (!first.endsWith('>')) return undefined;
  const uri = first.slice(open + 1, -1).trim();
  const name = unquote(first.slice(0, open).trim());
  return isUri(uri) ? { ...(name === '' ? {} : { name }), uri, params } : undefined;
}

/** Where `<` stands outside of quotes. */
function openingOf(text: string): number {
  if (!text.startsWith('"')) return text.indexOf('<');
  for (let at = 1; at < text.length; at++) {
    if (text[at] === '\\') at++;
    else if (text[at] === '"') return text.indexOf('<', at);
  }
  return -1;
}

const isUri = (text: string): boolean => /^[A-Za-z][A-Za-z0-9+.-]*:[^\s<>]+$/.test(text);

export const writeAddress = ({ name, uri, params }: Address): string =>
  `${name === undefined ? '' : `${quote(name)} `}<${uri}>${writeParams(params)}`;

export const tagOf = (address: Address): string | undefined => paramOf(address.params, 'tag');
