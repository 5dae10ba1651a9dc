import { type CsvError, parse } from 'csv-parse/sync';
import { unguarded } from './cells.ts';

export interface Line {
  /** where it begins in the file; the first line is 1 */
  readonly line: number;
  readonly cells: readonly string[];
}

export interface ReadLines {
  readonly header: readonly string[];
  readonly lines: readonly Line[];
  /** a quotation mark that is never closed, or stands where none may: what follows cannot be told apart */
  readonly brokenAt: number | undefined;
}

interface Parsed {
  readonly record: readonly string[];
  readonly info: { readonly lines: number };
  readonly raw: string;
}

/** Splits CSV (RFC 4180, any line end; tabs when the first line has tabs and no comma). Empty lines are passed over. */
export function readLines(text: string): ReadLines {
  const plain = text.replace(/^\ufeff/, '').replace(/\r\n?/g, '\n');
  const first = plain.slice(0, plain.indexOf('\n') < 0 ? plain.length : plain.indexOf('\n'));
  let error: CsvError | undefined;
  const parsed = parse(plain, {
    delimiter: first.includes('\t') && !first.includes(',') ? '\t' : ',',
    record_delimiter: '\n',
    info: true,
    raw: true,
    relax_column_count: true,
    skip_empty_lines: true,
    skip_records_with_error: true,
    on_skip: skipped => {
      error ??= skipped;
      return undefined;
    },
  }) as unknown as readonly Parsed[];
  const lines = parsed.map(({ record, info, raw }) => ({
    line: info.lines - (raw.trim().split('\n').length - 1),
    end: info.lines,
    cells: record.map(unguarded),
  }));
  const brokenAt = error && whereBroken(error, lines);
  const [header, ...rest] = lines.filter(({ end }) => brokenAt === undefined || end < brokenAt);
  return {
    header: header?.cells ?? [],
    lines: rest.filter(({ cells }) => cells.some(cell => cell.trim() !== '')),
    brokenAt,
  };
}

/** A mark that is never closed is found at the end of the file; it was opened after the last good line. */
function whereBroken(error: CsvError, lines: readonly { readonly end: number }[]): number {
  const at = Number(error.lines);
  return error.code === 'CSV_QUOTE_NOT_CLOSED' ? (lines.at(-1)?.end ?? 0) + 1 : at;
}
