/** What one answer may hold. Real ones stay far below: a container has about a hundred values, and 2 kB. */
export const most = {
  /** Containers, or networks, of one list. */
  entries: 30_000,
  /** Values of one entry, or of an answer that is no list: each is held in memory apart, however short its text is. */
  values: 250_000,
  /** Values of a list altogether. */
  listValues: 3_000_000,
  /** Bytes of one entry, or of an answer that is no list. */
  bytes: 8 * 1024 * 1024,
} as const;

/** There is more of something than an engine has. */
export class TooManyError extends Error {
  constructor(
    readonly what: 'entries' | 'values' | 'endpoints' | 'bytes',
    readonly limit: number,
  ) {
    super(`more than ${limit} ${what}`);
    this.name = 'TooManyError';
  }
}

const [QUOTE, BACKSLASH, COMMA, LIST, LIST_END] = [0x22, 0x5c, 0x2c, 0x5b, 0x5d];
const isOpening = (byte: number) => byte === 0x7b || byte === LIST;
const isClosing = (byte: number) => byte === 0x7d || byte === LIST_END;
const isSpace = (byte: number) => byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;

/**
 * Goes over JSON as it comes and tells how deep it is nested, and how many values there are at most, without making any:
 * whether it may be parsed is known before. What is no JSON is left for the parser to find.
 */
class Scanner {
  depth = 0;
  values = 0;
  private inText = false;
  private escaped = false;

  /** Goes on to the next byte that means something outside of texts, from `at` on; its place, or the chunk's length. */
  next(chunk: Buffer, at: number): number {
    for (let index = at; index < chunk.length; index++) {
      const byte = chunk[index] ?? 0;
      if (this.inText) this.text(byte);
      else if (byte === QUOTE) this.inText = true;
      else if (isOpening(byte) || isClosing(byte) || byte === COMMA) {
        this.count(byte);
        return index;
      }
    }
    return chunk.length;
  }

  private text(byte: number): void {
    if (this.escaped) this.escaped = false;
    else if (byte === BACKSLASH) this.escaped = true;
    else if (byte === QUOTE) this.inText = false;
  }

  private count(byte: number): void {
    if (isOpening(byte)) this.depth += 1;
    else if (isClosing(byte)) this.depth -= 1;
    if (!isClosing(byte)) this.values += 1;
  }
}

/** JSON that is no list of entries, whole. @throws SyntaxError, TooManyError */
export function parseBounded(body: Buffer): unknown {
  const scanner = new Scanner();
  for (let at = scanner.next(body, 0); at < body.length; at = scanner.next(body, at + 1))
    if (scanner.values > most.values) throw new TooManyError('values', most.values);
  return JSON.parse(body.toString()) as unknown;
}

/**
 * Parses a list as it comes, entry by entry: no more of it is in memory at once than an entry and what was made of those
 * before, nothing waits for long, and a list that is too long ends where it becomes so.
 */
export class ListReader<T> {
  private readonly scanner = new Scanner();
  private readonly taken: T[] = [];
  /** Of the entry under way. */
  private pieces: Buffer[] = [];
  private bytes = 0;
  private valuesBefore = 0;
  private entries = 0;
  private state: 'before' | 'inside' | 'after' = 'before';

  /** @param take makes of an entry what is kept of it; undefined is left out */
  constructor(private readonly take: (json: unknown) => T | undefined) {}

  /** @throws SyntaxError for what is no JSON or no list, TooManyError */
  push(chunk: Buffer): void {
    let from = this.state === 'before' ? this.begin(chunk) : 0;
    if (this.state === 'after') return this.nothingMore(chunk);
    if (this.state === 'before') return;
    for (let at = this.scanner.next(chunk, from); at < chunk.length; at = this.scanner.next(chunk, at + 1)) {
      const { depth } = this.scanner;
      if (this.scanner.values - this.valuesBefore > most.values)
        throw new TooManyError('values', most.values);
      const ends = depth === 0 || (depth === 1 && chunk[at] === COMMA);
      if (!ends) continue;
      this.finish(chunk.subarray(from, at), depth === 0);
      from = at + 1;
      if (depth === 0) {
        if (chunk[at] !== LIST_END) throw new SyntaxError('no list');
        this.state = 'after';
        return this.nothingMore(chunk.subarray(from));
      }
    }
    this.keep(chunk.subarray(from));
  }

  /** @throws SyntaxError for a list that was cut off */
  end(): T[] {
    if (this.state !== 'after') throw new SyntaxError('no whole list');
    return this.taken;
  }

  private begin(chunk: Buffer): number {
    const at = chunk.findIndex((byte) => !isSpace(byte));
    if (at < 0) return chunk.length;
    if (chunk[at] !== LIST) throw new SyntaxError('no list');
    this.scanner.next(chunk, at);
    this.state = 'inside';
    return at + 1;
  }

  private keep(piece: Buffer): void {
    this.bytes += piece.length;
    if (this.bytes > most.bytes) throw new TooManyError('bytes', most.bytes);
    if (piece.length > 0) this.pieces.push(piece);
  }

  private finish(piece: Buffer, isLast: boolean): void {
    this.keep(piece);
    const text = Buffer.concat(this.pieces).toString();
    this.pieces = [];
    this.bytes = 0;
    this.valuesBefore = this.scanner.values;
    if (isLast && this.entries === 0 && text.trim() === '') return;
    if (this.scanner.values > most.listValues) throw new TooManyError('values', most.listValues);
    this.entries += 1;
    if (this.entries > most.entries) throw new TooManyError('entries', most.entries);
    const made = this.take(JSON.parse(text));
    if (made !== undefined) this.taken.push(made);
  }

  private nothingMore(rest: Buffer): void {
    if (rest.some((byte) => !isSpace(byte))) throw new SyntaxError('more than a list');
  }
}
