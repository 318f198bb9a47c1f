import { renameSync } from 'node:fs';
import { join } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { reasonText, systemReason } from '../../shared/rules';
import { readPlainFileSync } from '../files/plain-file';
import { defaultWindowState, windowStateSchema, type WindowState } from './window-state';

/** How long the user has to keep still before a new size or place is written. Milliseconds. */
const settleMs = 500;
/** Bytes: a place, a size and no more. */
const most = 64 << 10;

/** `window.json` in the user-data folder. What can't be read is set aside, and what can't be written is reported. */
export class WindowStateFile {
  readonly #path: string;
  readonly #report: (error: unknown) => void;
  #state: WindowState;
  #timer: NodeJS.Timeout | undefined;
  /** What is there could not be read, and is not ours to replace. */
  #foreign = false;

  constructor(userData: string, report: (error: unknown) => void) {
    this.#path = join(userData, 'window.json');
    this.#report = report;
    this.#state = this.#read();
  }

  get state(): WindowState {
    return this.#state;
  }

  /** Written once things have settled. */
  update(change: Partial<WindowState>): void {
    this.#state = { ...this.#state, ...change };
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.flush(), settleMs);
  }

  /** Written now, if anything waits to be. */
  flush(): void {
    if (!this.#timer) return;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#foreign) return;
    try {
      writeFileAtomic.sync(this.#path, `${JSON.stringify(this.#state, null, 2)}\n`);
    } catch (error) {
      // A full or read-only disk costs the window its place, not the user their work.
      this.#report(error);
    }
  }

  #read(): WindowState {
    let text: string;
    try {
      text = readPlainFileSync(this.#path, most).toString('utf8');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') this.#leave(error);
      return defaultWindowState;
    }
    try {
      return windowStateSchema.parse(JSON.parse(text));
    } catch (error) {
      this.#setAside(error);
      return defaultWindowState;
    }
  }

  #leave(error: unknown): void {
    this.#foreign = true;
    const why = reasonText(systemReason(error));
    this.#report(
      new Error(`${this.#path} can’t be read: ${why}. It is left alone; the window’s place is not kept.`),
    );
  }

  #setAside(reason: unknown): void {
    try {
      renameSync(this.#path, `${this.#path}.broken`);
      this.#report(
        new Error(`${this.#path} can't be read; it is kept as window.json.broken`, { cause: reason }),
      );
    } catch (error) {
      this.#report(error);
    }
  }
}
