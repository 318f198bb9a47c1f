import { ProblemError } from '../../../shared/model';

/** So many are named to the admin; the log has all. */
const named = 5;

const textOf = (error: unknown): string =>
  error instanceof ProblemError
    ? (error.problem.engineText ?? error.problem.message)
    : error instanceof Error
      ? error.message
      : String(error);

/**
 * What of an engine can't be read although the engine itself answers: a container whose inspect hangs, or comes
 * broken. Each is reported once, not at each audit.
 */
export class Oddities {
  private readonly texts = new Map<string, string>();

  constructor(
    private readonly report: (error: unknown) => void,
    /** The set, or a reason in it, is another than before. */
    private readonly onChange: () => void,
  ) {}

  found(id: string, error: unknown): void {
    const text = textOf(error);
    if (this.texts.get(id) === text) return;
    this.texts.set(id, text);
    this.report(error);
    this.onChange();
  }

  mended(id: string): void {
    if (this.texts.delete(id)) this.onChange();
  }

  /** Without a word: the engine's own problem is told instead. */
  clear(): void {
    this.texts.clear();
  }

  /** Null while everything can be read. `nameOf` gives a thing's name by its id. */
  summary(nameOf: (id: string) => string): { count: number; names: string; text: string } | null {
    const [text] = this.texts.values();
    if (text === undefined) return null;
    const names = [...this.texts.keys()].slice(0, named).map(nameOf);
    if (this.texts.size > named) names.push('…');
    return { count: this.texts.size, names: names.join(', '), text };
  }
}
