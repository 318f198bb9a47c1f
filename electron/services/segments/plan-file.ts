import { existsSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import {
  policyKindNames,
  type AnyPolicy,
  type PolicyKindName,
  type PolicyOf,
  type Reason,
  type Segment,
} from '../../../shared/model';
import type { PolicyStore } from '../policies/kind';
import { followFile, type Following } from '../storage/follow-file';
import type { Storage } from '../storage/storage';
import { openUserFile, type UserFileWriter } from '../storage/user-file';
import { readOlderPolicies, retireOlderPolicies } from './older-policies';
import { mergePlans } from './plan-merge';
import { emptyPlan, isWrittenAfter, policySchemaOf, readPlan, writePlan, type Plan } from './plan-text';

const none: readonly AnyPolicy[] = [];

interface PlanOptions {
  /** Whether no other console works on the folder: one of an earlier version may still write its own files. */
  alone?: boolean;
  /** The name of this console's {@link Owner}. */
  owner?: string;
}

/**
 * The plan in one file: written whole and atomically; a broken file is set aside, never overwritten, and so is one that a
 * person has edited meanwhile. What another console of this folder has written is merged with what is wanted here.
 */
export class PlanFile {
  /** The policies by their kinds, which are the same objects until they are set. */
  private kept = new Map<string, readonly AnyPolicy[]>();
  private plan = emptyPlan();
  /** Whether all that was there is known: what stands in the plan's place otherwise is no plan. */
  private read = true;
  private writer!: UserFileWriter;
  private following: Following | null = null;
  private onFollowed: () => void = () => undefined;

  private constructor(
    private readonly file: string,
    private readonly storage: Storage,
  ) {}

  static async open(
    file: string,
    storage: Storage,
    { alone = true, owner }: PlanOptions = {},
  ): Promise<PlanFile> {
    const plan = new PlanFile(file, storage);
    await plan.begin(owner);
    // What can't be read is not written over for this, nor taken for a plan without policies.
    await plan.takeOver(alone && plan.isRead);
    return plan;
  }

  get isRead(): boolean {
    return this.read;
  }

  /** Calls back whenever another console of this folder has made another plan of it. */
  watch(onFollowed: () => void): void {
    this.onFollowed = onFollowed;
    const look = () => this.look().then(() => false);
    this.following = followFile(this.file, look, () => undefined, this.storage.report);
  }

  /** Follows what another console of this folder has written by now. */
  look(): Promise<void> {
    return this.writer.look();
  }

  dispose(): void {
    this.following?.end();
    this.onFollowed = () => undefined;
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
    return this.write();
  }

  /** The policies of one kind. */
  policies<K extends PolicyKindName>(kind: K): PolicyStore<PolicyOf<K>> {
    return {
      list: () => (this.kept.get(kind) ?? none) as readonly PolicyOf<K>[],
      set: (policies) => {
        this.setPolicies(kind, policies);
        return this.write();
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

  private async begin(owner: string | undefined): Promise<void> {
    const none = emptyPlan();
    const { value, writer } = await openUserFile<Plan>({
      shared: { owner, follow: (text, known) => this.follow(text, known) },
      file: this.file,
      parse: readPlan,
      empty: none,
      storage: this.storage,
      most: 2 << 20,
    });
    this.writer = writer;
    this.read = value !== none || !existsSync(this.file);
    this.take(value);
  }

  private write(): Promise<void> {
    return this.writer.write(this.text);
  }

  private readonly text = (there: string | null): Promise<string> =>
    Promise.resolve(writePlan(this.plan, there));

  private take(plan: Plan): void {
    this.plan = plan;
    for (const name of policyKindNames) {
      const found = policiesOf(plan, name);
      if (!isDeepStrictEqual(found, this.kept.get(name))) this.kept.set(name, found);
    }
  }

  private follow(text: string, known: string | null): boolean {
    if (!isWrittenAfter(text, known)) return false;
    const theirs = planIn(text);
    if (!theirs) return false;
    const before = this.plan;
    // As it would be read, so that the three are told apart by what they say.
    const mine = readPlan(writePlan(before, null));
    const merged = mergePlans((known === null ? null : planIn(known)) ?? emptyPlan(), mine, theirs);
    if (isDeepStrictEqual(merged, mine)) return true;
    this.take(merged);
    this.onFollowed();
    return true;
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
  private async takeOver(forGood: boolean): Promise<void> {
    const { file, storage } = this;
    if (this.plan.policies === undefined) {
      const older = await readOlderPolicies(file, storage);
      if (!older) return;
      this.setPolicies('shim', older);
      if (!forGood) return;
      try {
        await this.writer.writeNow(this.text);
      } catch {
        // Tried again until it can be, as any other change; the older file stays until the next start.
        return this.write();
      }
    }
    if (forGood) await retireOlderPolicies(file, storage);
  }
}

function policiesOf(plan: Plan, name: PolicyKindName): readonly AnyPolicy[] {
  const found = (plan.policies ?? []).filter(({ kind }) => kind === name);
  return found.map(({ kind, ...each }) => policySchemaOf(kind)?.parse(each) as AnyPolicy);
}

function planIn(text: string): Plan | null {
  try {
    return readPlan(text);
  } catch {
    return null;
  }
}
