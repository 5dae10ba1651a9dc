import { referenceOf } from '../kit/reference.ts';
import type { AuditRecord } from './record.ts';

export type ExportFormat = 'csv' | 'json-lines';

/** Lines of an export, each with its end. CSV begins with a byte order mark, which Excel needs to read UTF-8. */
export async function* written(
  records: AsyncIterable<AuditRecord>,
  format: ExportFormat,
): AsyncGenerator<string> {
  if (format === 'csv') yield `\ufeff${headings.join(',')}\r\n`;
  for await (const record of records) yield format === 'csv' ? csvLine(record) : jsonLine(record);
}

const headings = [
  'id',
  'at',
  'kind',
  'user',
  'correlation',
  'reference',
  'actor',
  'application',
  'address',
  'detail',
  'seal',
] as const;

/** One line is one record, whatever people typed: nothing in it moves a cursor, breaks a line or turns text around. */
function jsonLine({ actor, detail, ...record }: AuditRecord): string {
  const line = { ...record, at: new Date(record.at).toISOString(), actor, detail };
  return `${visible(JSON.stringify(line))}\n`;
}

function csvLine(record: AuditRecord): string {
  const { actor, detail } = record;
  const cells = [
    record.id,
    new Date(record.at).toISOString(),
    record.kind,
    record.user ?? '',
    record.correlation ?? '',
    record.correlation === undefined ? '' : referenceOf(record.correlation),
    actor ? JSON.stringify(actor) : '',
    record.application ?? '',
    record.address ?? '',
    detail ? JSON.stringify(detail) : '',
    record.seal === undefined ? '' : String(record.seal),
  ];
  return `${cells.map(cell).join(',')}\r\n`;
}

/** RFC 4180, and an apostrophe before what a spreadsheet would compute (also in full width). */
function cell(text: string): string {
  const shown = visible(text);
  const inert = /^[=+\-@＝＋－＠]/u.test(text) || /^[\t\r\0]/u.test(text) ? `'${shown}` : shown;
  return /[",\r\n]/.test(inert) ? `"${inert.replaceAll('"', '""')}"` : inert;
}

/** Control and format characters (among them all that turn the direction of text), line and paragraph ends. */
const invisible = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

const visible = (text: string): string => text.replace(invisible, escaped);

const escaped = (sign: string): string =>
  Array.from(
    { length: sign.length },
    (_, unit) => `\\u${sign.charCodeAt(unit).toString(16).padStart(4, '0')}`,
  ).join('');
