/** In scripts: starts the section of the output that is named by its first argument. */
export const sayFunction = `say() { printf '\\n@@ %s\\n' "$1"; }`;

/** A script's output by sections; a name that comes twice has both its texts joined. */
export function sectionsOf(output: string): Map<string, string> {
  const sections = new Map<string, string>();
  for (const part of output.split(/^@@ /m).slice(1)) {
    const end = part.indexOf('\n');
    const name = end < 0 ? part : part.slice(0, end);
    const text = end < 0 ? '' : part.slice(end + 1).trim();
    const known = sections.get(name);
    sections.set(name, known === undefined ? text : `${known}\n${text}`);
  }
  return sections;
}
