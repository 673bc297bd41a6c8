/** Columns of text, as wide as their longest cell. */

/** @param right indexes of the columns that are aligned right */
export function tableText(
  rows: readonly (readonly string[])[],
  right: readonly number[] = [],
): string {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => [...(row[column] ?? '')].length)),
  );
  return rows
    .map((row) =>
      row
        .map((cell, column) => {
          const fill = ' '.repeat(Math.max(0, (widths[column] ?? 0) - [...cell].length));
          return right.includes(column) ? fill + cell : cell + fill;
        })
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
