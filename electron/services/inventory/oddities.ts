import { ProblemError } from '../../../shared/model';

/** So many are named to the admin. */
const named = 5;

const textOf = (error: unknown): string =>
  error instanceof ProblemError
    ? (error.problem.engineText ?? error.problem.message)
    : error instanceof Error
      ? error.message
      : String(error);

/**
 * What of an engine can't be read although the engine itself answers: a container whose inspect hangs, or comes
 * broken. Each is reported once, not at each audit, and all of one reading in one line.
 */
export class Oddities {
  private readonly texts = new Map<string, string>();
  /** Since the last telling. */
  private fresh: { count: number; id: string; text: string } | undefined;
  private changed = false;
  /** Entries of the lists that have no id: nobody can ask for them, and they are shown nowhere. */
  private lacking = 0;
  private lackingTold = 0;

  constructor(
    private readonly report: (error: unknown) => void,
    /** The set, or a reason in it, is another than before. */
    private readonly onChange: () => void,
    /** Whose they are, for the log. */
    private readonly place = 'an engine',
  ) {}

  found(id: string, error: unknown): void {
    const text = textOf(error);
    if (this.texts.get(id) === text) return;
    this.texts.set(id, text);
    this.fresh = { ...(this.fresh ?? { id, text }), count: (this.fresh?.count ?? 0) + 1 };
    this.changed = true;
  }

  /** How many entries of the lists have no id. */
  get nameless(): number {
    return this.lacking;
  }

  listedWithoutId(count: number): void {
    if (this.lacking !== count) this.changed = true;
    this.lacking = count;
  }

  /** A reading is over: what it found is told. */
  tell(): void {
    const { fresh, changed } = this;
    if (this.lacking > 0 && this.lacking !== this.lackingTold)
      this.report(`${this.place}: ${this.lacking} entries of its lists have no id`);
    this.lackingTold = this.lacking;
    this.fresh = undefined;
    this.changed = false;
    if (fresh)
      this.report(
        `${this.place}: ${fresh.count} could not be read; the first: ${fresh.id.slice(0, 64)}: ${fresh.text.slice(0, 300)}`,
      );
    if (changed) this.onChange();
  }

  mended(id: string): void {
    if (this.texts.delete(id)) this.changed = true;
  }

  /** Without a word: the engine's own problem is told instead. */
  clear(): void {
    this.texts.clear();
    this.lacking = 0;
    this.lackingTold = 0;
    this.fresh = undefined;
    this.changed = false;
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
