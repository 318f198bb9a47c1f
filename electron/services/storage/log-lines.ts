/** Bytes: the record of a change on a hundred hosts, with a thousand addresses left out on each, is half of it. */
const mostOfLine = 4 << 20;

const lineEnd = 0x0a;

/** Is given a line and its number, from 1; null for one that is too long to be ours, of which nothing is kept. */
export type LineTaker = (line: string | null, number: number) => void;

/**
 * Takes a log apart, in one pass and in no more memory than a line may have. Empty lines are passed over.
 *
 * @returns whether it ends in the midst of a line
 */
export async function eachLine(
  stream: AsyncIterable<Buffer>,
  take: LineTaker,
  most = mostOfLine,
): Promise<boolean> {
  let parts: Buffer[] = [];
  let [size, number] = [0, 0];
  const add = (part: Buffer) => {
    size += part.length;
    if (size <= most) parts.push(part);
    else parts = [];
  };
  const end = () => {
    number += 1;
    if (size > most) take(null, number);
    // Not by readline, which ends lines at U+2028 as well: a name may hold it.
    else if (size > 0) take(Buffer.concat(parts).toString('utf8'), number);
    parts = [];
    size = 0;
  };
  for await (const chunk of stream) {
    let start = 0;
    while (start < chunk.length) {
      const at = chunk[start] === lineEnd ? start : chunk.indexOf(lineEnd, start);
      add(chunk.subarray(start, at < 0 ? chunk.length : at));
      if (at < 0) break;
      end();
      start = at + 1;
    }
  }
  const torn = size > 0;
  end();
  return torn;
}
