import { shellCommands } from './shell-words';

const opens = /^(?:for|while|until|select)$/;
/** In front of a command of a loop: what is done is the word behind. */
const before = /^(?:do|then|else|\{|!|sudo|time)$/;
/** Commands that run another one for each line or word that they are given; PowerShell's loops, too. */
const repeats = /^(?:xargs|parallel|foreach|ForEach-Object|%)$/i;

/** A loop whose commands stand on lines of their own, in other shells than POSIX's. */
interface Block {
  opens: RegExp;
  /** Of its lines those behind which one end more is to come. */
  deeper: RegExp;
  ends: RegExp;
}

const powershell: Block = {
  opens: /^\s*(?:foreach|for|while)\s*\(.*\{\s*$|\|\s*(?:foreach(?:-object)?|%)\s*\{\s*$/i,
  deeper: /\{\s*$/,
  ends: /^\s*\}/,
};
const cmdLoop = /^\s*@?for\s+(?:\/[dlrf]\s+)?(?:"[^"]*"\s+)?%{1,2}\w\s+in\s*\(/i;
const cmd: Block = { opens: /\bdo\s*\(\s*$/i, deeper: /\(\s*$/, ends: /^\s*\)/ };
const fish: Block = {
  // Not where its end is on the same line.
  opens: /^\s*(?:for\s+\w+\s+in|while)\s(?!.*;\s*(?:do|end)\b)/,
  deeper: /^\s*(?:for|while|if|switch|begin|function)\b/,
  // Or it was a loop of another shell all along, whose `do` stands on a line of its own.
  ends: /^\s*(?:end|done)\b/,
};

/** The same on one line. */
const fishLine = /^\s*(?:for\s+\w+\s+in|while)\s.*;\s*end\b/;

/** In which loops of a shell the lines of a text are. */
export class LoopDepth {
  private depth = 0;
  /** A loop was begun whose `do` is still to come, on this line or the next: without it, it was prose. */
  private begun = false;
  private block: { kind: Block; open: number } | null = null;

  /** @param ends whether a line of the text is `end`, by which fish ends its loops */
  constructor(private readonly ends: boolean) {}

  /** Takes the next line; tells whether a network that it makes is made again and again. */
  take(line: string): boolean {
    const inBlock = this.takeBlock(line);
    const isWhole = cmdLoop.test(line) || fishLine.test(line);
    const inLoop = !isWhole && this.takeCommands(line);
    return inBlock || isWhole || inLoop;
  }

  private takeBlock(line: string): boolean {
    const { block } = this;
    if (block) {
      if (block.kind.ends.test(line)) block.open -= 1;
      if (block.kind.deeper.test(line)) block.open += 1;
      if (block.open === 0) this.block = null;
    } else {
      const isCmd = cmdLoop.test(line) && cmd.opens.test(line);
      const isFish = this.ends && fish.opens.test(line);
      const kind = isCmd ? cmd : isFish ? fish : powershell.opens.test(line) ? powershell : null;
      if (kind) this.block = { kind, open: 1 };
    }
    return this.block !== null;
  }

  private takeCommands(line: string): boolean {
    const commands = shellCommands(line, () => null) ?? [];
    let inside = false;
    let begun = false;
    for (const { words } of commands) {
      if (words[0] === 'do' && (this.begun || begun)) {
        this.depth += 1;
        this.begun = begun = false;
      }
      const word = words.find((one) => !before.test(one)) ?? '';
      begun ||= opens.test(word);
      inside ||= words.includes('create') && (this.depth > 0 || repeats.test(word));
      if (word === 'done') this.depth = Math.max(0, this.depth - 1);
    }
    if (commands.length > 0) this.begun = begun;
    return inside;
  }
}
