/** A word that a POSIX shell reads as itself. */
export function shellQuote(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`;
}

interface Reader {
  words: string[];
  word: string | null;
}

const end = (reader: Reader): void => {
  if (reader.word !== null) reader.words.push(reader.word);
  reader.word = null;
};

/** Where the quoted part that begins at `at` ends; the text's length when it never does. */
function quoted(line: string, at: number, reader: Reader): number {
  const mark = line[at];
  let index = at + 1;
  for (; index < line.length && line[index] !== mark; index += 1) {
    // Inside double quotes a backslash means itself but before these four (POSIX 2.2.3).
    if (mark === '"' && line[index] === '\\' && /["\\$`]/.test(line[index + 1] ?? '')) index += 1;
    reader.word = (reader.word ?? '') + (line[index] ?? '');
  }
  reader.word ??= '';
  return index;
}

/**
 * Splits one line into words as a shell does: quotes, backslashes, comments. Nothing is expanded. Null when a quote is
 * not closed, or when the line does more than to run one command (`;`, `|`, `&`, `$(…)`, redirection).
 */
export function shellWords(line: string): string[] | null {
  const reader: Reader = { words: [], word: null };
  for (let index = 0; index < line.length; index += 1) {
    const character = line[index] ?? '';
    if (/\s/.test(character)) end(reader);
    else if (character === '#' && reader.word === null) break;
    else if (character === "'" || character === '"') {
      index = quoted(line, index, reader);
      if (index >= line.length) return null;
    } else if (character === '\\') {
      index += 1;
      reader.word = (reader.word ?? '') + (line[index] ?? '');
    } else if (/[;|&<>$`()]/.test(character)) return null;
    else reader.word = (reader.word ?? '') + character;
  }
  end(reader);
  return reader.words;
}

/** Lines with a backslash at their end are one with the next. */
export const joinLines = (text: string): string[] => text.replace(/\\\r?\n/g, ' ').split(/\r?\n/);
