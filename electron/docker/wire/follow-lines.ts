import type { Readable } from 'node:stream';
import { StringDecoder } from 'node:string_decoder';
import type { Disposable } from '../engine-client';

/** Far above any event or stats frame; beyond it what comes is no engine's. Characters. */
const LONGEST_LINE = 2 * 1024 * 1024;

export interface LineHandlers {
  /** One line without its end; empty lines are left out. */
  onLine(line: string): void;
  /** Once, when the stream ends for whatever reason; not after dispose. */
  onEnd(reason: Error): void;
}

/** Cuts a stream of text into lines, across chunks and across the bytes of one character. */
class LineSplitter {
  private readonly decoder = new StringDecoder('utf8');
  /** Pieces of the line whose end has not come: put together once, however many they are. */
  private pieces: string[] = [];
  private length = 0;

  /** @throws when a line grows beyond all measure. */
  push(chunk: Buffer): string[] {
    const parts = this.decoder.write(chunk).split('\n');
    const rest = parts.pop() ?? '';
    const [first, ...others] = parts;
    const lines = first === undefined ? [] : [this.finish(first), ...others];
    this.pieces.push(rest);
    this.length += rest.length;
    if (this.length > LONGEST_LINE) throw new SyntaxError('a line without end');
    return lines.map((line) => line.trim()).filter((line) => line !== '');
  }

  private finish(end: string): string {
    const line = this.pieces.join('') + end;
    this.pieces = [];
    this.length = 0;
    return line;
  }
}

/** Follows a streamed answer line by line until it ends or is disposed of. */
export function followLines(stream: Readable, handlers: LineHandlers): Disposable {
  const splitter = new LineSplitter();
  let over = false;
  const end = (reason?: Error) => {
    if (over) return;
    over = true;
    stream.destroy();
    if (reason) handlers.onEnd(reason);
  };
  stream.on('data', (chunk: Buffer) => {
    try {
      for (const line of splitter.push(chunk)) {
        if (over) return;
        handlers.onLine(line);
      }
    } catch (error) {
      end(error instanceof Error ? error : new Error(String(error)));
    }
  });
  stream.on('error', (error) => end(error));
  stream.on('end', () => end(new Error('the engine ended the stream')));
  stream.on('close', () => end(new Error('the connection was cut')));
  return { dispose: () => end() };
}
