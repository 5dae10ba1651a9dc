import type { ComponentChildren } from 'preact';

export interface TableProps {
  /** the names of its columns */
  readonly head: readonly string[];
  /** what it lists, for ears, where the page's heading does not say it */
  readonly caption?: string | undefined;
  readonly rows: readonly { readonly key: string; readonly cells: readonly ComponentChildren[] }[];
}

/** Rows and columns; on a narrow screen each row is a small list with the names of its columns. */
export function Table({ caption, head, rows }: TableProps) {
  return (
    <table class="table">
      {caption && <caption class="unseen">{caption}</caption>}
      <thead>
        <tr>
          {head.map(column => (
            <th key={column} scope="col">
              {column}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(row => (
          <tr key={row.key}>
            {row.cells.map((cell, i) => (
              <td key={head[i]} data-label={head[i]}>
                {cell}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
