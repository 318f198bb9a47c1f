import { basename } from 'node:path';
import type { Problem } from '../../../shared/model';
import { problem, reasonText, systemReason } from '../../../shared/rules';

type Listener = (problems: Problem[]) => void;

/** Whether the console's own folder takes what is written to it, and where problems with that go. */
export class Storage {
  private readonly broken = new Map<string, Problem>();
  private readonly failing = new Map<string, Problem>();

  constructor(
    /** To the process's own log. */
    readonly report: (error: unknown) => void,
    private onChange: Listener = () => undefined,
  ) {}

  /** Who is told when a file begins to fail and when it works again. */
  tell(onChange: Listener): void {
    this.onChange = onChange;
  }

  /** Files that could not be read at the start, and those that can't be written: these are tried again until they can. */
  problems(): Problem[] {
    return [...this.broken.values(), ...this.failing.values()];
  }

  /** A file can't be read; what became of it. */
  unreadable(file: string, told: Problem, cause?: unknown): void {
    if (this.broken.get(file)?.message === told.message) return;
    this.report(new Error(`${told.message} ${told.hint ?? ''}`, { cause }));
    this.broken.set(file, told);
    this.onChange(this.problems());
  }

  /** Nothing that can't be read is there any more. */
  gone(file: string): void {
    if (this.broken.delete(file)) this.onChange(this.problems());
  }

  failed(file: string, error: unknown): void {
    const detail = systemReason(error, 'writing');
    const known = this.failing.get(file);
    if (known?.params?.['detail'] === reasonText(detail)) return;
    this.report(error);
    this.failing.set(file, problem('storage_failed', { context: 'waiting', file: basename(file), detail }));
    this.onChange(this.problems());
  }

  wrote(file: string): void {
    if (this.failing.delete(file)) this.onChange(this.problems());
  }
}
