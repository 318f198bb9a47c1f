const headingLine = /^\s*#\s*(?:host:|Segment )/i;
const topKey = /^(["']?)([\w.-]+)\1\s*:/;
/** What may stand above the first key of a file and belongs to it. */
const preamble = /^\s*$|^\s*#|^---\s*$|^(?:version|name)\s*:/;

/** The whole text moved to the left as far as it goes: a part of a file is pasted with its indentation. */
export function dedent(lines: readonly string[]): string[] {
  const own = lines.filter(
    (line) => line.trim() !== '' && !line.trimStart().startsWith('#') && line !== '---',
  );
  const indent = own.reduce((least, line) => Math.min(least, line.search(/\S/)), Infinity);
  if (!Number.isFinite(indent) || indent === 0) return [...lines];
  return lines.map((line) => (line.slice(0, indent).trim() === '' ? line.slice(indent) : line.trimStart()));
}

/** Where a file begins whose first repeated key is on line `at`: its heading, `name:` and the like stand above that. */
function beginning(lines: readonly string[], at: number, after: number): number {
  let start = at;
  while (start - 1 > after && preamble.test(lines[start - 1] ?? '')) start -= 1;
  const heading = lines
    .slice(start, at)
    .findIndex((line) => headingLine.test(line) || line.startsWith('---'));
  return heading < 0 ? start : start + heading;
}

/**
 * Several files, one below the other, as one text each: YAML takes no key twice. A file begins at `---`, and where a key
 * comes that the one before it has already. They keep their lines' numbers, for what is wrong in them.
 */
export function filesOf(source: string): { text: string; firstLine: number }[] {
  const lines = dedent(source.split('\n'));
  const starts = [0];
  let seen = new Set<string>();
  let lastKey = -1;
  for (const [index, line] of lines.entries()) {
    if (/^---\s*$/.test(line) && seen.size > 0) {
      starts.push(index);
      [seen, lastKey] = [new Set(), index];
      continue;
    }
    const key = topKey.exec(line)?.[2];
    if (key === undefined) continue;
    if (seen.has(key)) {
      starts.push(beginning(lines, index, lastKey));
      seen = new Set();
    }
    seen.add(key);
    if (!preamble.test(line)) lastKey = index;
  }
  return starts.map((start, index) => ({
    text: lines.slice(start, starts[index + 1] ?? lines.length).join('\n'),
    firstLine: start,
  }));
}
