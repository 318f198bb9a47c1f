import { createHash } from 'node:crypto';
import { z } from 'zod';
import { policyModels, segmentSchema, type AnyPolicy, type PolicyKindName } from '../../../shared/model';
import { parseYaml, stringify } from '../storage/yaml-text';

/** Of a kind that this console does not know there is none. */
export const policySchemaOf = (kind: string | undefined): z.ZodType<AnyPolicy> | undefined =>
  kind !== undefined && Object.hasOwn(policyModels, kind)
    ? policyModels[kind as PolicyKindName].policy
    : undefined;

/** A policy by its kind. One of a kind that this console does not know is kept as it stands. */
const policySchema = z.looseObject({ kind: z.string().optional() }).check((entry) => {
  const { error } = policySchemaOf(entry.value.kind)?.safeParse(entry.value) ?? {};
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
});
export type Plan = z.infer<typeof planSchema>;

export const emptyPlan = (): Plan => ({ version: 1, segments: [] });

const says = '# What Trunkline plans and no Docker engine can store. Written by Trunkline as a whole.\n';

/** @throws on what is no plan, or one of a later version */
export const readPlan = (text: string): Plan => planSchema.parse(parseYaml(text) ?? emptyPlan());

const sumOf = (at: string, body: string): string =>
  createHash('sha256').update(`${at}\n${body}`).digest('hex');

/** When a console wrote it, epoch milliseconds; null where a person did, or has edited it since. */
function writtenAt(text: string): number | null {
  if (!text.startsWith(says)) return null;
  const [, at = '', sum, body = ''] =
    /^# At (\S+), sum ([0-9a-f]{64})\n([^]*)$/.exec(text.slice(says.length)) ?? [];
  return sum === sumOf(at, body) ? Date.parse(at) : null;
}

/** @param before what was there, than which it is later whatever the clock says */
export function writePlan(plan: Plan, before: string | null): string {
  const least = (before === null ? null : writtenAt(before)) ?? 0;
  const at = new Date(Math.max(Date.now(), least + 1)).toISOString();
  const body = stringify(plan, { lineWidth: 100 });
  return `${says}# At ${at}, sum ${sumOf(at, body)}\n${body}`;
}

/** Whether a console wrote this after the other: not a person, who may also have put an earlier plan back. */
export function isWrittenAfter(text: string, before: string | null): boolean {
  const at = writtenAt(text);
  return at !== null && at > ((before === null ? null : writtenAt(before)) ?? -Infinity);
}
