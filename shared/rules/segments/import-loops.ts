import { shellCommands } from './shell-words';

const opens = /^(?:for|while|until|select)$/;
/** In front of a command of a loop: what is done is the word behind. */
const before = /^(?:do|then|else|\{|!|sudo|time)$/;
/** Commands that run another one for each line or word that they are given; PowerShell's and cmd's loops, too. */
const repeats = /^(?:xargs|parallel|foreach|ForEach-Object|%)$/i;

/** How deep in loops of a shell the lines of a text are. */
export class LoopDepth {
  private depth = 0;

  /** Takes the next line; tells whether a network is made in it again and again. */
  take(line: string): boolean {
    let inside = false;
    for (const { words } of shellCommands(line, () => null) ?? []) {
      const word = words.find((one) => !before.test(one)) ?? '';
      // `until docker network create …`: one network, tried until it is there.
      const tried = this.depth === 0 && /^(?:while|until)$/.test(word) && words.includes('create');
      if (opens.test(word)) this.depth += 1;
      inside ||= words.includes('create') && ((this.depth > 0 && !tried) || repeats.test(word));
      if (word === 'done') this.depth = Math.max(0, this.depth - 1);
    }
    return inside;
  }
}
