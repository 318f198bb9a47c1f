import { z } from 'zod';
import { guardedAttachmentSchema } from './guard';
import { containerIdentitySchema } from './identity';
import { hostChoiceSchema, segmentDraftSchema, type SegmentDraft } from './segment';

/** A host by its id, by the name that the console has for it, or by its engine’s address (`ssh://admin@atlas`). */
const host = z.string().min(1).max(4096);
/** `plan.yaml`, as the console writes it, has `engineId`; by hand `host` reads better. Either, and one of them. */
const onHost = { host: host.optional(), engineId: host.optional() };

const { name, subnets, vlan, driver, mode, reserved, ...others } = segmentDraftSchema.shape;

/** A segment as it is to be. What is left out stays as it is; of a new one it is what a form begins with. */
export const wantedSegmentSchema = z.strictObject({
  id: z.string().min(1).optional(),
  name: name.min(1),
  subnets,
  vlan: vlan.optional(),
  driver: driver.optional(),
  mode: mode.optional(),
  reserved: reserved.unwrap().optional(),
  ...others,
  /** Every host that it is to stand on; on others it is taken away. */
  members: z.array(z.strictObject({ ...hostChoiceSchema.omit({ engineId: true }).shape, ...onHost })),
});

/** A way from a host to its own containers, as it is to be. */
export const wantedShimSchema = z.strictObject({
  kind: z.literal('shim'),
  ...onHost,
  networkName: z.string().min(1),
  /** IPv4. */
  address: z.ipv4(),
  /** Of the console’s own; not gone by. */
  networkId: z.string().optional(),
  since: z.number().optional(),
});

/** A container with the attachments that it is to have, whoever makes it anew. */
export const wantedGuardSchema = z.strictObject({
  ...onHost,
  /** Its name; `identity` for one that compose made, which may have another name each time. */
  container: z.string().min(1).optional(),
  identity: containerIdentitySchema.optional(),
  attachments: z.array(z.strictObject(guardedAttachmentSchema.shape)).min(1),
  /** Of the console’s own; not gone by. */
  containerName: z.string().optional(),
  containerId: z.string().optional(),
  since: z.number().optional(),
});

/** What the console’s own file has of other kinds is left as it is. */
const wantedPolicySchema = z.looseObject({ kind: z.string() }).check((entry) => {
  if (entry.value.kind !== 'shim') return;
  for (const issue of wantedShimSchema.safeParse(entry.value).error?.issues ?? [])
    entry.issues.push({ ...issue, input: entry.value } as (typeof entry.issues)[number]);
});

/** What `--apply` takes: the same as `plan.yaml`, and shorter by hand. */
export const wantedPlanSchema = z.strictObject({
  version: z.literal(1),
  segments: z.array(wantedSegmentSchema).max(4096).default([]),
  policies: z.array(wantedPolicySchema).max(10_000).default([]),
  guards: z.array(wantedGuardSchema).max(100_000).default([]),
});
export type WantedPlan = z.infer<typeof wantedPlanSchema>;

/** The same for editors, as JSON Schema 2020-12: `assets/plan.schema.json`. */
export const wantedPlanJsonSchema = (): object => ({
  ...z.toJSONSchema(
    wantedPlanSchema.extend({
      policies: z.array(z.union([wantedShimSchema, z.looseObject({ kind: z.string() })])).optional(),
    }),
    { io: 'input' },
  ),
  title: 'What Trunkline’s --apply brings engines to',
});

/** A segment as it is to be, its hosts known by their engines. */
export type WantedSegment = Omit<z.infer<typeof wantedSegmentSchema>, 'members'> & {
  members: z.infer<typeof hostChoiceSchema>[];
};

/** What a new segment has where nobody says otherwise. */
export const usualDraft = (
  wanted: Pick<WantedSegment, 'driver'>,
): Pick<SegmentDraft, 'vlan' | 'driver' | 'mode' | 'reserved'> => ({
  vlan: null,
  driver: wanted.driver ?? 'macvlan',
  mode: wanted.driver === 'ipvlan' ? 'l2' : 'bridge',
  reserved: [],
});
