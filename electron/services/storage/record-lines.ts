import { z } from 'zod';
import type { Reason } from '../../../shared/model';
import { reason, shapeReason } from '../../../shared/rules';
import { brokenText } from './broken-text';
import { foldNote, noteSchema, type Note, type Run } from './journal';

/** One state of something done, what else is needed to take it back, and how far it came while it is on its way. */
export interface LogEntry {
  /** `at`: when, milliseconds since the epoch. */
  record: { id: string; at?: number };
  run?: Run | undefined;
}

/**
 * How many records are kept, the newest, as many as a window can ask for. Those that are not settled are never left
 * out: they are still to be decided on.
 */
const kept = 1000;
/** A console has opened the log: what it will write, nobody else knows. */
const openedSchema = z.object({ note: z.literal('open'), owner: z.string() });
/** The lines before it that can't be read have been told of: so many. */
const toldSchema = z.object({ note: z.literal('told'), lines: z.number() });

/** What the lines of a log come to. */
export class RecordLines<E extends LogEntry> {
  readonly entries = new Map<string, E>();
  /** Consoles that have opened it. */
  readonly owners = new Set<string>();
  /** How often a console before this one has told of lines that can't be read. */
  tellings = 0;

  /** Those of the entries that are settled, the first one first. */
  private readonly settled = new Set<string>();

  constructor(private readonly schema: z.ZodType<E>) {}

  /** @throws where it is no line of such a log */
  take(line: string): void {
    if (!line) return;
    const json: unknown = JSON.parse(line);
    if (typeof json !== 'object' || json === null || !('note' in json))
      this.remember(this.schema.parse(json));
    else if (json.note === 'open') this.owners.add(openedSchema.parse(json).owner);
    else if (toldSchema.safeParse(json).success) this.tellings += 1;
    else this.fold(noteSchema.parse(json));
  }

  remember(entry: E): void {
    const { id } = entry.record;
    this.entries.set(id, entry);
    // What is not settled is still to be decided on.
    if (entry.run) this.settled.delete(id);
    else this.settled.add(id);
    for (const oldest of this.settled) {
      if (this.entries.size <= kept) break;
      this.entries.delete(oldest);
      this.settled.delete(oldest);
    }
  }

  unsettled(): E[] {
    return [...this.entries.values()].filter((each) => each.run !== undefined);
  }

  /** Takes in entries of another log, in the order of their times. What is there already is newer. */
  mix(others: readonly E[]): void {
    const all = [...others.filter(({ record }) => !this.entries.has(record.id)), ...this.entries.values()];
    this.entries.clear();
    this.settled.clear();
    for (const each of all.sort((a, b) => (a.record.at ?? 0) - (b.record.at ?? 0))) this.remember(each);
  }

  /** Whether a console other than this one lives that works on it. */
  shared(owner: string | undefined, alive: (owner: string) => boolean): boolean {
    // One of an earlier version has only put its name to what it works on.
    const owners = [...this.owners, ...this.unsettled().map((each) => each.run?.owner ?? '')];
    return owners.some((each) => each !== owner && alive(each));
  }

  private fold(note: Note): void {
    const run = this.entries.get(note.id)?.run;
    if (run) foldNote(run, note);
  }
}

const beginnings = ['{"record":', '{"note":'];

/**
 * Whether it is the beginning of one of our lines: a full disk, or a console that was killed, has cut it off. Nothing is lost
 * with it: a call is sent only once its line is whole, what is still to be written is written again, and a change whose end
 * was cut off waits for a decision.
 */
function isHalf(line: string, error: unknown): boolean {
  if (!(error instanceof SyntaxError)) return false;
  const at = /at position (\d+)/.exec(error.message)?.[1];
  const cut = error.message.includes('end of JSON input') || Number(at) === line.length;
  return cut && beginnings.some((each) => line.startsWith(each) || each.startsWith(line));
}

/** Signs of lines that can't be read, after which no more are tried: what else is there is none of ours either. */
const patience = 64 << 20;
/** What an attempt costs beside a line's length. */
const attempt = 1000;

/** One pass over a log's lines, and what could not be read of them. */
export class LogReading<E extends LogEntry> {
  /** Lines that can't be read. */
  count = 0;
  /** Those of them that nobody was told of. */
  untold = 0;
  /** One of them is too long to stay in the file: each start would go through it. */
  long = false;
  first: { line: number; detail: Reason } | null = null;
  firstUntold = this.first;
  private spent = 0;

  constructor(private readonly told: RecordLines<E>) {}

  readonly take = (line: string | null, number: number): void => {
    if (line === null) {
      this.long = true;
      return this.miss(number, () => reason('line_long'));
    }
    if (this.spent > patience) return this.miss(number, () => reason('file_large'));
    const { tellings } = this.told;
    try {
      this.told.take(line);
      if (this.told.tellings === tellings) return;
      this.untold = 0;
      this.firstUntold = null;
    } catch (error) {
      if (isHalf(line, error)) return;
      this.spent += line.length + attempt;
      this.miss(number, () =>
        error instanceof z.ZodError
          ? shapeReason(error.issues, JSON.parse(line) as unknown)
          : brokenText(error, line),
      );
    }
  };

  private miss(line: number, why: () => Reason): void {
    this.count += 1;
    this.untold += 1;
    if (this.firstUntold) return;
    this.firstUntold = { line, detail: why() };
    this.first ??= this.firstUntold;
  }
}
