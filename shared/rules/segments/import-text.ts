const fence = /^\s*(?:```|~~~)/;

/** Of a text with fenced blocks (Markdown), what is inside of them; other lines become empty and keep their numbers. */
function fencedOnly(lines: string[]): string[] {
  if (lines.filter((line) => fence.test(line)).length < 2) return lines;
  let inside = false;
  return lines.map((line) => {
    if (!fence.test(line)) return inside ? line : '';
    inside = !inside;
    return '';
  });
}

/** Word processors and blogs make these of what was typed; in comments they may be meant. */
const plainSigns = (line: string): string =>
  line.trimStart().startsWith('#') ? line : line.replace(/[“”„]/g, '"').replace(/[‘’]/g, "'");

/** Other signs that look like a dash, where an option begins, as the dash that blogs make of two. */
const dashes = (line: string): string => line.replace(/(?<=^|[\s"'‐‑‒–—―−-])[‐‑‒―−](?=[\w‐‑‒–—―−-])/g, '–');

/**
 * A text as it was meant: without a byte order mark, with one kind of line end, space and quote, and of Markdown only the
 * code. Every line keeps its number.
 */
export function cleanText(source: string): string {
  const plain = source
    .replace(/[\uFEFF\u200B\u2060]/g, '')
    .replace(/\r\n?/g, '\n')
    .replace(/[\u00A0\u202F\u3000]/g, ' ');
  return fencedOnly(plain.split('\n')).map(plainSigns).map(dashes).join('\n');
}

const command = /\bnetwork[ \t]+create\b/;
const isComment = (line: string): boolean => line.trimStart().startsWith('#');

/** Whether a text is commands or a compose file, by what stands in it. */
export function importFormatOf(source: string): 'docker' | 'compose' {
  const lines = cleanText(source)
    .split('\n')
    .filter((line) => !isComment(line));
  const has = (pattern: RegExp) => lines.some((line) => pattern.test(line));
  if (has(/^\s*["']?driver["']?\s*:\s*["']?(?:macvlan|ipvlan)/)) return 'compose';
  if (has(command)) return 'docker';
  return has(/^\s*(?:networks|driver|driver_opts|ipam|external)\s*:/) ? 'compose' : 'docker';
}
