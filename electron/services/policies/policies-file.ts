import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { z } from 'zod';
import { shimPolicySchema, type ShimPolicy } from '../../../shared/model';
import type { Storage } from '../storage';
import { readUserFile, UserFileWriter } from '../user-file';

/** A file of a later version is not ours to rewrite and counts as unreadable. */
const policiesSchema = z.object({ version: z.literal(1), shims: z.array(shimPolicySchema).default([]) });

/** `policies.json`: read once, written whole and atomically, a broken file set aside and never overwritten. */
export class PoliciesFile {
  private constructor(
    private kept: readonly ShimPolicy[],
    private readonly writer: UserFileWriter,
  ) {}

  static async open(file: string, storage: Storage): Promise<PoliciesFile> {
    await mkdir(dirname(file), { recursive: true, mode: 0o700 });
    return new PoliciesFile(await read(file, storage.report), new UserFileWriter(file, storage));
  }

  shims(): readonly ShimPolicy[] {
    return this.kept;
  }

  /** Replaces all shims. Resolves when they are on disk. */
  set(shims: readonly ShimPolicy[]): Promise<void> {
    this.kept = shims;
    const text = `${JSON.stringify({ version: 1, shims }, null, 2)}\n`;
    return this.writer.write(text);
  }

  /** Resolves when the last change is on disk. */
  flush(): Promise<void> {
    return this.writer.flush();
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
