import { z } from 'zod';
import { shimPolicySchema, type ShimPolicy } from '../../../shared/model';
import type { Storage } from '../storage';
import { openUserFile, type UserFileWriter } from '../user-file';
import type { PolicyStore } from './kind';

/** A file of a later version is not ours to rewrite and counts as unreadable. */
const policiesSchema = z.object({ version: z.literal(1), shims: z.array(shimPolicySchema).default([]) });

/** `policies.json`: read once, written whole and atomically, a broken file set aside and never overwritten. */
export class PoliciesFile {
  private constructor(
    private kept: readonly ShimPolicy[],
    private readonly writer: UserFileWriter,
  ) {}

  static async open(file: string, storage: Storage): Promise<PoliciesFile> {
    const { value, writer } = await read(file, storage);
    return new PoliciesFile(value, writer);
  }

  readonly shims: PolicyStore<ShimPolicy> = {
    list: () => this.kept,
    set: (shims) => {
      this.kept = shims;
      const text = `${JSON.stringify({ version: 1, shims }, null, 2)}\n`;
      return this.writer.write(text);
    },
  };

  /** Resolves when the last change is on disk. */
  flush(): Promise<void> {
    return this.writer.flush();
  }
}

const read = (file: string, storage: Storage) =>
  openUserFile<ShimPolicy[]>({
    file,
    parse: (text) => policiesSchema.parse(JSON.parse(text)).shims,
    empty: [],
    storage,
  });
