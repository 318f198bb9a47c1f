import type { ShellCommand } from './shell-words';

export const isTool = (word: string): boolean =>
  /^(?:\S*[/\\])?(?:docker|podman|nerdctl)(?:\.exe)?$/.test(word);
export const isFlag = (word: string): boolean => /^[-–—]/.test(word);

/** A line that makes a network, perhaps with a slip of the keys. */
export const mayCreate =
  /\bnetwork\s+create\b|\b(?:docker|podman|nerdctl)(?:\.exe)?\s|[–—-](?:d|driver)[\s=]*(?:mac|ip)vlan|\s[–—-]{1,2}subnet\b/;

/** Slips of the keys between two words: letters that were left out, put in, changed, or swapped with the next. */
function slips(one: string, other: string): number {
  const rows: number[][] = [Array.from({ length: other.length + 1 }, (_, at) => at)];
  for (let i = 1; i <= one.length; i += 1) {
    const row = [i];
    const at = (back: number, column: number) => rows[i - back]?.[column] ?? 0;
    for (let j = 1; j <= other.length; j += 1) {
      const same = one[i - 1] === other[j - 1];
      const swapped = i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1];
      row[j] = Math.min(
        at(1, j) + 1,
        (row[j - 1] ?? 0) + 1,
        at(1, j - 1) + (same ? 0 : 1),
        swapped ? at(2, j - 2) + 1 : Infinity,
      );
    }
    rows.push(row);
  }
  return rows[one.length]?.[other.length] ?? 0;
}
/** Two words that may be one; what is much longer needs no count. */
const near = (word: string, meant: string): boolean =>
  Math.abs(word.length - meant.length) <= 2 && slips(word, meant) <= 2;

/** Commands of `network` that are not read here, and are no slips of `create`. */
const others = ['connect', 'disconnect', 'inspect', 'ls', 'list', 'prune', 'rm', 'remove', 'exists'];
const isOther = (word: string): boolean =>
  [...others, 'reload', 'update', 'ps', 'help'].includes(word) || isFlag(word);

/** What says that a network is made, whatever the words before it are. */
const makes = /^[–—-]{1,2}(?:driver|d)?=?(?:mac|ip)vlan$|^[–—-]{1,2}subnet(?:=|$)|^(?:--opt=)?parent=/;

/** The words that are a command's own begin here: behind `sudo -E`, `if !`, `NAME=value`. */
export function begins(words: readonly string[]): number {
  const before = /^(?:sudo|doas|env|time|exec|command|if|then|do|else|while|until|!|\{|[A-Za-z_]\w*=.*)$/;
  const at = words.findIndex((word) => !before.test(word) && !isFlag(word));
  return at < 0 ? words.length : at;
}

export interface CreateCommand {
  /** What follows `docker network create`. */
  words: string[];
  /** What was typed for that, where it is not that; empty where it is. */
  misspelt: string;
}

/** Of a command that makes a network and is not called so: where its flags and name begin. */
function misspelt(words: readonly string[], start: number): number | null {
  const own = words.slice(start);
  const tool = own[0] ?? '';
  const making = own.some((word) => makes.test(word));
  const typo = !isTool(tool) && ['docker', 'podman', 'nerdctl'].some((meant) => near(tool, meant));
  if (!isTool(tool) && !(typo && making)) return null;
  const network = own.findIndex((word, at) => at > 0 && !isFlag(word) && near(word, 'network'));
  // `docker run --network macvlan …` makes a container.
  const flagged = own.findIndex((word, at) => at > 0 && isFlag(word));
  if (network > 0 && (flagged < 0 || network < flagged || making)) {
    const verb = own[network + 1] ?? '';
    if (isOther(verb)) return !making || !isFlag(verb) ? null : start + network + 1;
    if (near(verb, 'create') || making) return start + network + 2;
    return null;
  }
  const [, verb = ''] = own;
  return making && near(verb, 'create') ? start + 2 : null;
}

/**
 * What follows `docker network create`, whatever stands before it (`sudo`, `if !`, `docker -H …`). A command that was meant
 * to be that is read as if it was, with what was typed instead.
 */
export function commandOf({ words }: ShellCommand): CreateCommand | null {
  const tool = words.findIndex(isTool);
  const network = tool < 0 ? -1 : words.indexOf('network', tool);
  if (network > tool && tool >= 0 && words[network + 1] === 'create')
    return { words: words.slice(network + 2), misspelt: '' };
  const start = begins(words);
  const end = misspelt(words, start);
  return end === null ? null : { words: words.slice(end), misspelt: words.slice(start, end).join(' ') };
}
