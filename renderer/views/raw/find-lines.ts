/** The numbers of the lines that contain `text`, without regard to case; none for empty text. */
export function findLines(lines: readonly string[], text: string): number[] {
  const wanted = text.trim().toLowerCase();
  if (!wanted) return [];
  const found: number[] = [];
  lines.forEach((line, at) => {
    if (line.toLowerCase().includes(wanted)) found.push(at);
  });
  return found;
}
