import { shellCommands, type NumberedLine } from './shell-words';

/** Of each `if` that is open: the lines that make a network, branch by branch. */
type Branches = number[][];

/**
 * The lines that make networks of which a script chooses: an `if` has one in more than one of its branches, so that one of
 * them at most is made, and only the shell knows which.
 */
export function choiceLines(lines: readonly NumberedLine[]): ReadonlySet<number> {
  const found = new Set<number>();
  const open: Branches[] = [];
  const take = (words: readonly string[], line: number) => {
    const [first = ''] = words;
    if (first === 'if') open.push([[]]);
    // What is asked stands between `elif` and its `then`, and belongs to the branch all the same.
    if (first === 'else' || first === 'elif') open.at(-1)?.push([]);
    if (first === 'fi') {
      const chosen = (open.pop() ?? []).filter((branch) => branch.length > 0);
      if (chosen.length > 1) for (const each of chosen.flat()) found.add(each);
      // For an `if` around it, they are what that branch makes.
      open
        .at(-1)
        ?.at(-1)
        ?.push(...chosen.flat());
    }
    if (words.includes('network') && words.includes('create')) open.at(-1)?.at(-1)?.push(line);
  };
  for (const { text, line } of lines) {
    if (text.trimStart().startsWith('#')) continue;
    for (const { words } of shellCommands(text, () => null) ?? []) take(words, line);
  }
  return found;
}
