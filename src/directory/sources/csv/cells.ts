/** What a spreadsheet would compute, also in full width (facts of CSV injection: OWASP). */
const computed = /^[=+\-@＝＋－＠\t\r\0]/u;

/** RFC 4180, with an apostrophe before whatever a spreadsheet would compute. */
export function csvLine(cells: readonly (string | number | boolean | undefined)[]): string {
  return `${cells.map(cell => written(String(cell ?? ''))).join(',')}\r\n`;
}

function written(text: string): string {
  const inert = computed.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(inert) ? `"${inert.replaceAll('"', '""')}"` : inert;
}

/** Takes away the apostrophe that an export of ours put there: what was exported can be read again. */
export const unguarded = (cell: string): string =>
  cell.startsWith("'") && computed.test(cell.slice(1)) ? cell.slice(1) : cell;

/** Excel takes a file for UTF-8 only when it begins with this. */
export const byteOrderMark = '\ufeff';
