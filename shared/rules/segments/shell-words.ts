import { expressionEnd } from './import-variables';

/** A word that a POSIX shell reads as itself. */
export function shellQuote(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`;
}

/** One command of a line. */
export interface ShellCommand {
  words: string[];
  /** Expansions that nobody knows a value of, as they are written. */
  missing: string[];
}

class Reader {
  readonly commands: ShellCommand[] = [];
  private words: string[] = [];
  private missing: string[] = [];
  word: string | null = null;
  /** The next word is the file of a redirection. */
  private drop = false;

  add(text: string): void {
    this.word = (this.word ?? '') + text;
  }

  end(): void {
    if (this.word === null) return;
    if (!this.drop) this.words.push(this.word);
    this.drop = false;
    this.word = null;
  }

  endCommand(): void {
    this.end();
    if (this.words.length > 0) this.commands.push({ words: this.words, missing: this.missing });
    [this.words, this.missing] = [[], []];
  }

  redirect(): void {
    // `2>`: the number is the redirection's own.
    if (this.word !== null && /^\d$/.test(this.word)) this.word = null;
    this.end();
    this.drop = true;
  }

  expand(written: string, value: string | null, quoted: boolean): void {
    if (value === null) this.missing.push(written);
    if (quoted || value === null) {
      this.add(value ?? written);
      return;
    }
    // Outside of quotes a shell splits what it puts in.
    for (const [index, part] of value.split(/\s+/).entries()) {
      if (index > 0) this.end();
      if (part !== '') this.add(part);
    }
  }
}

type ValueOf = (expression: string) => string | null;

/** Reads the quoted part that begins at `at`; gives where it ends, or the line's length when it never does. */
function quoted(line: string, at: number, reader: Reader, valueOf: ValueOf): number {
  const mark = line[at];
  let index = at + 1;
  reader.add('');
  while (index < line.length && line[index] !== mark) {
    const end = mark === '"' && /[$`]/.test(line[index] ?? '') ? expressionEnd(line, index) : index;
    if (end > index) {
      const written = line.slice(index, end);
      reader.expand(written, valueOf(written), true);
      index = end;
      continue;
    }
    // Inside double quotes a backslash means itself but before these four (POSIX 2.2.3).
    if (mark === '"' && line[index] === '\\' && /["\\$`]/.test(line[index + 1] ?? '')) index += 1;
    reader.add(line[index] ?? '');
    index += 1;
  }
  return index;
}

/**
 * Splits one line into commands and their words as a shell does: quotes, backslashes, comments, `&&`, `||`, `;`, pipes,
 * brackets; redirections are left out. `valueOf` tells what an expansion stands for. Null when a quote is not closed.
 */
export function shellCommands(line: string, valueOf: ValueOf): ShellCommand[] | null {
  const reader = new Reader();
  for (let index = 0; index < line.length; index += 1) {
    const character = line[index] ?? '';
    const end = /[$`]/.test(character) ? expressionEnd(line, index) : index;
    if (end > index) {
      const written = line.slice(index, end);
      reader.expand(written, valueOf(written), false);
      index = end - 1;
    } else if (/\s/.test(character)) reader.end();
    else if (character === '#' && reader.word === null) break;
    else if (character === "'" || character === '"') {
      index = quoted(line, index, reader, valueOf);
      if (index >= line.length) return null;
    } else if (character === '\\') {
      index += 1;
      if (index < line.length) reader.add(line[index] ?? '');
    } else if (/[<>]/.test(character) || (character === '&' && line[index + 1] === '>')) {
      reader.redirect();
      while (/[<>&]/.test(line[index + 1] ?? '')) index += 1;
    } else if (/[;|&()]/.test(character)) reader.endCommand();
    else reader.add(character);
  }
  reader.endCommand();
  return reader.commands;
}

/** A command's line and where it begins, from 1. */
export interface NumberedLine {
  text: string;
  line: number;
}

/**
 * Lines with a backslash at their end are one with the next, also where blanks stand behind it (pasted so); so are those
 * with a backtick (PowerShell) or caret (cmd). The prompt of a continued line (`>`) is left out.
 */
export function joinLines(text: string): NumberedLine[] {
  const joined: NumberedLine[] = [];
  let open: NumberedLine | null = null;
  for (const [index, line] of text.split('\n').entries()) {
    const continued: boolean = /(?:\\|(?<=\s)[`^])[ \t]*$/.test(line);
    const own: string = continued ? line.replace(/.[ \t]*$/, ' ') : line;
    if (open) open.text += own.replace(/^\s*>{1,2}\s+/, ' ');
    else joined.push((open = { text: own, line: index + 1 }));
    if (!continued) open = null;
  }
  return joined;
}
