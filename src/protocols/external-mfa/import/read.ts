import { decode, readLines } from '../../../directory/index.ts';

/** One record of an export of Microsoft Graph, and where it stands: a line of CSV, the number of a JSON record. */
export interface Entry {
  readonly file: string;
  readonly line: number;
  readonly record: Readonly<Record<string, unknown>>;
}

export type ReadFile =
  | { readonly ok: true; readonly entries: readonly Entry[] }
  | { readonly ok: false; readonly problem: 'undecodable' | 'not-json' | 'nothing-in-it' };

/** Pages of JSON (`{ "value": [...] }`, one or several, or a list) or CSV with Graph's names as headings. */
export function readExport(file: string, bytes: Buffer): ReadFile {
  const decoded = decode(bytes);
  if (!decoded.ok) return { ok: false, problem: 'undecodable' };
  const text = decoded.text.replace(/^\ufeff/, '').trim();
  if (text === '') return { ok: false, problem: 'nothing-in-it' };
  const records = /^[[{]/.test(text) ? jsonRecords(text) : csvRecords(text);
  if (!records) return { ok: false, problem: 'not-json' };
  return { ok: true, entries: records.map(one => ({ file, ...one })) };
}

type Numbered = Omit<Entry, 'file'>;

function jsonRecords(text: string): readonly Numbered[] | undefined {
  const parsed = jsonOf(text) ?? jsonOf(`[${text.split(/\r?\n/).filter(Boolean).join(',')}]`);
  if (parsed === undefined) return undefined;
  return pagesOf(parsed).map((record, i) => ({ line: i + 1, record }));
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A page of one person's phones says whose they are in its context only: `$metadata#users('…')/authentication/…`. */
const ownerIn = (context: unknown): string | undefined => {
  const [, owner] = /#users\('([^']+)'\)/.exec(typeof context === 'string' ? context : '') ?? [];
  return owner === undefined ? undefined : decodeURIComponent(owner);
};

function pagesOf(value: unknown): Record<string, unknown>[] {
  if (Array.isArray(value)) return value.flatMap(pagesOf);
  if (!isRecord(value)) return [];
  // An answer of a JSON batch wraps the page in its body.
  if (isRecord(value.body)) return pagesOf(value.body);
  if (!Array.isArray(value.value)) return [value];
  const owner = ownerIn(value['@odata.context']);
  return pagesOf(value.value).map(record => (owner === undefined ? record : { ...record, userId: owner }));
}

function csvRecords(text: string): readonly Numbered[] {
  const { header, lines } = readLines(text);
  const names = header.map(named);
  return lines.map(({ line, cells }) => ({
    line,
    record: Object.fromEntries(names.map((name, i) => [name, cells[i] ?? ''])),
  }));
}

/** Graph's names, whatever capitals a script gave them. */
const graphNames = [
  'id',
  'userId',
  'userPrincipalName',
  'displayName',
  'userDisplayName',
  'mail',
  'preferredLanguage',
  'accountEnabled',
  'phoneNumber',
  'phoneType',
  'methodsRegistered',
  'isMfaRegistered',
  'isMfaCapable',
  'userPreferredMethodForSecondaryAuthentication',
] as const;
const byKey = new Map<string, string>(graphNames.map(name => [name.toLowerCase(), name]));
const named = (heading: string): string => byKey.get(heading.trim().toLowerCase()) ?? heading.trim();
