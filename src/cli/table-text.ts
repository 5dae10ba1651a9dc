/** Signs that take two places on a terminal. */
const wide =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6]|\p{Extended_Pictographic}/u;

/** How many columns of a terminal it takes. */
export const widthOf = (text: string): number =>
  [...text].reduce((sum, sign) => sum + (/\p{Mn}/u.test(sign) ? 0 : wide.test(sign) ? 2 : 1), 0);

/** Nothing that people typed moves the cursor or turns the text around. */
export const visible = (text: string): string =>
  text.replace(
    /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu,
    sign => `\\u${(sign.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`,
  );

/** Lines whose cells stand below each other. */
export function columnsOf(rows: readonly (readonly string[])[]): string[] {
  const shown = rows.map(row => row.map(visible));
  const widths: number[] = [];
  for (const row of shown)
    row.forEach((cell, i) => {
      widths[i] = Math.max(widths[i] ?? 0, widthOf(cell));
    });
  return shown.map(row =>
    row
      .map((cell, i) => cell + ' '.repeat(Math.max(0, (widths[i] ?? 0) - widthOf(cell))))
      .join('  ')
      .trimEnd(),
  );
}

/** A table with a line of headings. */
export const tableOf = (headings: readonly string[], rows: readonly (readonly string[])[]): string =>
  columnsOf([headings, ...rows]).join('\n');

/** The same, or a sentence where headings would stand above nothing. */
export const tableOr = (
  none: string,
  headings: readonly string[],
  rows: readonly (readonly string[])[],
): string => (rows.length === 0 ? none : tableOf(headings, rows));

/** `name: value`, one a line, without what is absent. */
export const listOf = (entries: readonly (readonly [string, string | undefined])[]): string =>
  columnsOf(entries.flatMap(([name, value]) => (value === undefined ? [] : [[`${name}:`, value]]))).join(
    '\n',
  );
