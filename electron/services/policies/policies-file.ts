import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { z } from 'zod';
import { shimPolicySchema, type ShimPolicy } from '../../../shared/model';
import { readUserFile } from '../user-file';

/** A file of a later version is not ours to rewrite and counts as unreadable. */
const policiesSchema = z.object({ version: z.literal(1), shims: z.array(shimPolicySchema).default([]) });

/** `policies.json`: read once, written whole and atomically, a broken file set aside and never overwritten. */
export class PoliciesFile {
  private writing: Promise<void> = Promise.resolve();

  private constructor(
    private readonly file: string,
    private kept: readonly ShimPolicy[],
    private readonly report: (error: unknown) => void,
  ) {}

  static async open(file: string, report: (error: unknown) => void): Promise<PoliciesFile> {
    await mkdir(dirname(file), { recursive: true, mode: 0o700 });
    return new PoliciesFile(file, await read(file, report), report);
  }

  shims(): readonly ShimPolicy[] {
    return this.kept;
  }

  /** Replaces all shims. Resolves when they are on disk. */
  set(shims: readonly ShimPolicy[]): Promise<void> {
    this.kept = shims;
    const text = `${JSON.stringify({ version: 1, shims }, null, 2)}\n`;
    this.writing = this.writing
      .then(() => writeFileAtomic(this.file, text, { mode: 0o600 }))
      .catch(this.report);
    return this.writing;
  }

  /** Resolves when the last change is on disk. */
  flush(): Promise<void> {
    return this.writing;
  }
}

const read = (file: string, report: (error: unknown) => void): Promise<ShimPolicy[]> =>
  readUserFile({
    file,
    what: 'Policies',
    parse: (text) => policiesSchema.parse(JSON.parse(text)).shims,
    empty: [],
    report,
  });
