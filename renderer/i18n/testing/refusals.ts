import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { ProblemError, type Problem, type Reason } from '../../../shared/model';
import { expectTold } from './chinese';

/** The codes of a reason and of all that is in it. */
const codesOf = (one: Reason): string[] => [
  one.code,
  ...Object.values(one.params).flatMap((value) => (typeof value === 'object' ? codesOf(value) : [])),
];

/** Real files, what is refused because of them, and which reasons that gave. */
export class Refusals {
  /** Codes of all reasons that were told. */
  readonly seen = new Set<string>();
  private readonly root = mkdtempSync(join(tmpdir(), 'trunkline-reasons-'));
  home = this.root;

  /** An empty home folder. */
  renew(): void {
    this.home = mkdtempSync(join(this.root, 'home-'));
  }

  end(): void {
    rmSync(this.root, { recursive: true, force: true });
  }

  /** Writes a file in the home folder, and gives its path. */
  put(path: string, text: string): string {
    const file = join(this.home, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
    return file;
  }

  told(one: Problem): void {
    expectTold(one);
    for (const each of Object.values(one.reasons ?? {}))
      for (const code of codesOf(each)) this.seen.add(code);
  }
}

/** The problem that the work ends with. */
export async function refused(work: () => unknown): Promise<Problem> {
  try {
    await work();
  } catch (error) {
    if (error instanceof ProblemError) return error.problem;
    throw error;
  }
  throw new Error('nothing was refused');
}
