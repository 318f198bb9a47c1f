import { basename } from 'node:path';
import type { Problem } from '../../shared/model';
import { problem } from '../../shared/rules';

/** The system's reason without Node's trimmings: `ENOSPC: no space left on device`. */
export const reasonOf = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).split(', ')[0] ?? '';

/** Whether the console's own folder takes what is written to it, and where problems with that go. */
export class Storage {
  private readonly failing = new Map<string, Problem>();

  constructor(
    /** To the process's own log. */
    readonly report: (error: unknown) => void,
    /** Told when a file begins to fail and when it works again. */
    private readonly onChange: (problems: Problem[]) => void = () => undefined,
  ) {}

  /** Files that could not be written as they should: they are tried again until they can. */
  problems(): Problem[] {
    return [...this.failing.values()];
  }

  failed(file: string, error: unknown): void {
    const detail = reasonOf(error);
    const known = this.failing.get(file);
    if (known?.params?.['detail'] === detail) return;
    this.report(error);
    this.failing.set(file, problem('storage_failed', { context: 'waiting', file: basename(file), detail }));
    this.onChange(this.problems());
  }

  wrote(file: string): void {
    if (this.failing.delete(file)) this.onChange(this.problems());
  }
}
