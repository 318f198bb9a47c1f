import type { Readable } from 'node:stream';
import type { ProblemError } from '../../../shared/model';
import { parseStatsLine } from '../json/counters';
import type { CountersSample, Disposable } from '../engine-client';
import { followLines, type LineHandlers } from './follow-lines';

/** What an engine tells line by line: followed until it ends, is disposed of, or all are closed. */
export class Streams {
  private readonly open = new Set<Disposable>();

  /** @param wordEnd why a stream ended, as a problem */
  constructor(private readonly wordEnd: (reason: Error) => ProblemError) {}

  follow(stream: Readable, handlers: LineHandlers): Disposable {
    const following = followLines(stream, {
      onLine: (line) => handlers.onLine(line),
      onEnd: (reason) => {
        this.open.delete(handle);
        handlers.onEnd(this.wordEnd(reason));
      },
    });
    const handle: Disposable = {
      dispose: () => {
        this.open.delete(handle);
        following.dispose();
      },
    };
    this.open.add(handle);
    return handle;
  }

  counters(
    coming: Promise<Readable>,
    onSample: (sample: CountersSample) => void,
    onEnd: (reason: Error) => void,
  ): Disposable {
    const onLine = (line: string) => {
      const sample = parseStatsLine(line);
      if (sample) onSample(sample);
    };
    return this.later(coming, { onLine, onEnd });
  }

  /** Follows a stream as soon as it is there; it can be disposed of before that. */
  later(coming: Promise<Readable>, { onLine, onEnd }: LineHandlers): Disposable {
    let following: Disposable | undefined;
    let disposed = false;
    const handle: Disposable = {
      dispose: () => {
        disposed = true;
        this.open.delete(handle);
        following?.dispose();
      },
    };
    this.open.add(handle);
    const ended = (reason: Error) => {
      this.open.delete(handle);
      if (!disposed) onEnd(reason);
    };
    coming.then((stream) => {
      if (disposed) stream.destroy();
      else following = this.follow(stream, { onLine, onEnd: ended });
    }, ended);
    return handle;
  }

  close(): void {
    for (const stream of [...this.open]) stream.dispose();
  }
}
