import { z } from 'zod';
import { segmentSchema, type Segment } from '../../../shared/model';
import type { Storage } from '../storage';
import { openUserFile, type UserFileWriter } from '../user-file';
import { parseYaml, stringify } from '../yaml-text';

/**
 * `plan.yaml`: what no engine can store. What other parts of the console keep beside the segments stays as it is.
 * A file of a later version is not ours to rewrite and counts as unreadable.
 */
const planSchema = z.looseObject({
  version: z.literal(1),
  segments: z.array(segmentSchema).default([]),
});
type Plan = z.infer<typeof planSchema>;

const empty = (): Plan => ({ version: 1, segments: [] });

const header = '# What Trunkline plans and no Docker engine can store. Written by Trunkline as a whole.\n';

/** The plan in one file: read once, written whole and atomically; a broken file is set aside, never overwritten. */
export class PlanFile {
  private constructor(
    private plan: Plan,
    private readonly writer: UserFileWriter,
  ) {}

  static async open(file: string, storage: Storage): Promise<PlanFile> {
    const { value, writer } = await read(file, storage);
    return new PlanFile(value, writer);
  }

  segments(): readonly Segment[] {
    return this.plan.segments;
  }

  get(id: string): Segment | undefined {
    return this.plan.segments.find((each) => each.id === id);
  }

  /** Puts a segment in the place of the one with its id, or at the end; `null` takes it out. Resolves on disk. */
  set(id: string, segment: Segment | null): Promise<void> {
    const { segments } = this.plan;
    const at = segments.findIndex((each) => each.id === id);
    const others = segments.filter((each) => each.id !== id);
    const index = at < 0 ? others.length : at;
    this.plan = { ...this.plan, segments: segment ? others.toSpliced(index, 0, segment) : others };
    const text = header + stringify(this.plan, { lineWidth: 100 });
    return this.writer.write(text);
  }

  /** Resolves when the last change is on disk. */
  flush(): Promise<void> {
    return this.writer.flush();
  }
}

const read = (file: string, storage: Storage) =>
  openUserFile<Plan>({
    file,
    parse: (text) => planSchema.parse(parseYaml(text) ?? empty()),
    empty: empty(),
    storage,
    most: 2 << 20,
  });
