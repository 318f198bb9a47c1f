/** One row of a table, and the line of the text that it begins in. */
export interface CsvRow {
  readonly line: number;
  readonly cells: readonly string[];
}

export interface CsvText {
  /** Without those that are empty. */
  readonly rows: readonly CsvRow[];
  /** A quote that nothing closes, or that something follows: nothing is read from there on. */
  readonly broken: { readonly line: number; readonly column: number } | null;
  /** The line that is one too many. */
  readonly cutAt: number | null;
}

const lineEnds = (text: string): number => text.match(/\r\n|\r|\n/g)?.length ?? 0;

/** Reads a table as RFC 4180 has it, by any separator and line end; a byte order mark is no part of it. */
export function readCsv(whole: string, separator: string, most: number): CsvText {
  const text = whole.startsWith('\ufeff') ? whole.slice(1) : whole;
  const plain = new RegExp(`[^${separator}\\r\\n]*`, 'y');
  const rows: CsvRow[] = [];
  let [at, line] = [0, 1];

  /** What is between quotes, two of which stand for one; null where nothing closes it. */
  const quoted = (): string | null => {
    let value = '';
    for (let from = at + 1; ;) {
      const end = text.indexOf('"', from);
      if (end < 0) return null;
      value += text.slice(from, end);
      at = end + 1;
      if (text[at] !== '"') return value;
      value += '"';
      from = at + 1;
    }
  };
  const cell = (): string | null => {
    if (text[at] === '"') return quoted();
    plain.lastIndex = at;
    const value = plain.exec(text)?.[0] ?? '';
    at += value.length;
    return value;
  };

  while (at < text.length) {
    const cells: string[] = [];
    const begin = line;
    for (;;) {
      const value = cell();
      const end = text[at];
      if (value === null || (end !== undefined && end !== separator && end !== '\r' && end !== '\n'))
        return { rows, broken: { line, column: cells.length }, cutAt: null };
      cells.push(value);
      line += lineEnds(value);
      if (end !== separator) break;
      at += 1;
    }
    at += text.startsWith('\r\n', at) ? 2 : 1;
    line += 1;
    if (cells.every((each) => each.trim() === '')) continue;
    if (rows.length === most) return { rows, broken: null, cutAt: begin };
    rows.push({ line: begin, cells });
  }
  return { rows, broken: null, cutAt: null };
}
