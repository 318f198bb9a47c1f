import { existsSync } from 'node:fs';
import { z } from 'zod';
import {
  guardSchema,
  policyModels,
  policyKindNames,
  segmentSchema,
  type AnyPolicy,
  type Guard,
  type PolicyKindName,
  type PolicyOf,
  type Reason,
  type Segment,
} from '../../../shared/model';
import type { PolicyStore } from '../policies/kind';
import type { Storage } from '../storage/storage';
import { openUserFile, type UserFileWriter } from '../storage/user-file';
import { parseYaml, stringify } from '../storage/yaml-text';
import { readOlderPolicies, retireOlderPolicies } from './older-policies';

const schemaOf = (kind: string | undefined): z.ZodType<AnyPolicy> | undefined =>
  kind !== undefined && Object.hasOwn(policyModels, kind)
    ? policyModels[kind as PolicyKindName].policy
    : undefined;

/** A policy by its kind. One of a kind that this console does not know is kept as it stands. */
const policySchema = z.looseObject({ kind: z.string().optional() }).check((entry) => {
  const { error } = schemaOf(entry.value.kind)?.safeParse(entry.value) ?? {};
  for (const issue of error?.issues ?? [])
    entry.issues.push({ ...issue, input: entry.value } as (typeof entry.issues)[number]);
});

/**
 * `plan.yaml`: what no engine can store. What other parts of the console keep beside it stays as it is.
 * A file of a later version is not ours to rewrite and counts as unreadable.
 */
const planSchema = z.looseObject({
  version: z.literal(1),
  segments: z.array(segmentSchema).default([]),
  /** Absent until they have been taken over from the file of their own that they once had. */
  policies: z.array(policySchema).optional(),
  guards: z.array(guardSchema).optional(),
});
type Plan = z.infer<typeof planSchema>;

const empty = (): Plan => ({ version: 1, segments: [] });

const none: readonly AnyPolicy[] = [];
const noGuards: readonly Guard[] = [];

const header = '# What Trunkline plans and no Docker engine can store. Written by Trunkline as a whole.\n';

/** Where guards are kept. */
export interface GuardStore {
  list(): readonly Guard[];
  /** Replaces all of them at once; resolves when they are on disk. */
  set(guards: readonly Guard[]): Promise<void>;
}

/** The plan in one file: read once, written whole and atomically; a broken file is set aside, never overwritten. */
export class PlanFile {
  /** The policies by their kinds, which are the same objects until they are set. */
  private readonly kept: Map<string, readonly AnyPolicy[]>;

  private constructor(
    private plan: Plan,
    private readonly writer: UserFileWriter,
    /** Whether all that was there is known: what stands in the plan's place otherwise is no plan. */
    readonly isRead: boolean,
  ) {
    const known = (plan.policies ?? []).filter(({ kind }) => schemaOf(kind));
    const read = ({ kind, ...each }: (typeof known)[number]) => schemaOf(kind)?.parse(each) as AnyPolicy;
    const of = (name: PolicyKindName) => known.filter(({ kind }) => kind === name).map(read);
    this.kept = new Map(policyKindNames.map((name) => [name, of(name)]));
  }

  /** @param alone whether no other console works on the folder: one of an earlier version may still write its own files */
  static async open(file: string, storage: Storage, alone = true): Promise<PlanFile> {
    const { value, writer, read } = await readPlan(file, storage);
    const plan = new PlanFile(value, writer, read);
    // What can't be read is not written over for this, nor taken for a plan without policies.
    await plan.takeOver(file, storage, alone && read);
    return plan;
  }

  segments(): readonly Segment[] {
    return this.plan.segments;
  }

  get(id: string): Segment | undefined {
    return this.plan.segments.find((each) => each.id === id);
  }

  /**
   * Puts a segment in the place of the one with its id, or at the end; `null` takes it out. Resolves on disk, or when it could
   * not be put there: see {@link unwritten}.
   */
  set(id: string, segment: Segment | null): Promise<void> {
    const { segments } = this.plan;
    const at = segments.findIndex((each) => each.id === id);
    const others = segments.filter((each) => each.id !== id);
    const index = at < 0 ? others.length : at;
    this.plan = { ...this.plan, segments: segment ? others.toSpliced(index, 0, segment) : others };
    return this.writer.write(this.text());
  }

  /** The policies of one kind. */
  policies<K extends PolicyKindName>(kind: K): PolicyStore<PolicyOf<K>> {
    return {
      list: () => (this.kept.get(kind) ?? none) as readonly PolicyOf<K>[],
      set: (policies) => {
        this.setPolicies(kind, policies);
        return this.writer.write(this.text());
      },
    };
  }

  guards(): GuardStore {
    return {
      list: () => this.plan.guards ?? noGuards,
      set: (guards) => {
        this.plan = { ...this.plan, guards: [...guards] };
        return this.writer.write(this.text());
      },
    };
  }

  /** Why the last change is not on disk yet, which is tried again; null when it is. */
  unwritten(): Promise<Reason | null> {
    return this.writer.unwritten();
  }

  /** Resolves as soon as all changes are on disk. */
  whenWritten(): Promise<void> {
    return this.writer.whenWritten();
  }

  /** Resolves when the last change is on disk. */
  flush(): Promise<void> {
    return this.writer.flush();
  }

  private text(): string {
    return header + stringify(this.plan, { lineWidth: 100 });
  }

  private setPolicies(kind: PolicyKindName, kept: readonly AnyPolicy[]): void {
    this.kept.set(kind, kept);
    const others = (this.plan.policies ?? []).filter((each) => each.kind !== kind);
    const policies = [...others, ...kept.map((each) => ({ kind, ...each }))];
    this.plan = { ...this.plan, policies };
  }

  /**
   * Takes policies over from the file of their own that they once had, while there are none here: they are on disk here before
   * that file is put aside. A console that is killed in between finds both, and takes nothing twice.
   */
  private async takeOver(file: string, storage: Storage, forGood: boolean): Promise<void> {
    if (this.plan.policies === undefined) {
      const older = await readOlderPolicies(file, storage);
      if (!older) return;
      this.setPolicies('shim', older);
      if (!forGood) return;
      try {
        await this.writer.writeNow(this.text());
      } catch {
        // Tried again until it can be, as any other change; the older file stays until the next start.
        return this.writer.write(this.text());
      }
    }
    if (forGood) await retireOlderPolicies(file, storage);
  }
}

/** `read` is false where there is a file of which nothing is known. */
async function readPlan(file: string, storage: Storage) {
  const none = empty();
  const { value, writer } = await openUserFile<Plan>({
    shared: true,
    file,
    parse: (text) => planSchema.parse(parseYaml(text) ?? empty()),
    empty: none,
    storage,
    most: 2 << 20,
  });
  return { value, writer, read: value !== none || !existsSync(file) };
}
