import { z } from 'zod';
import { hostChoiceSchema, segmentDraftSchema, segmentSchema } from './segment';
import { addresses } from './step';

const ofSegment = { segmentId: z.string() };
/** Without it, running containers on the network stand in the way; with it they are detached first. */
const detachRunning = z.boolean().default(false);

/** What an admin asks of a segment. */
export const segmentRequestSchema = z.discriminatedUnion('kind', [
  /** Makes the network on every host named. */
  z.object({
    kind: z.literal('create-segment'),
    segment: segmentDraftSchema,
    hosts: z.array(hostChoiceSchema).min(1),
  }),
  z.object({ kind: z.literal('add-segment-host'), ...ofSegment, host: hostChoiceSchema }),
  z.object({ kind: z.literal('remove-segment-host'), ...ofSegment, engineId: z.string(), detachRunning }),
  /** Stopped members are disconnected before their network goes: otherwise they could never start again. */
  z.object({ kind: z.literal('delete-segment'), ...ofSegment, detachRunning }),
  /**
   * The segment as it is to be; the hosts stay those it has, `hosts` changes how it stands on some of them. Networks
   * that would differ are made anew, and every endpoint is put back with its pin; what is missing is made. With
   * the segment unchanged this brings drifted and missing members back to the plan.
   */
  z.object({
    kind: z.literal('edit-segment'),
    ...ofSegment,
    segment: segmentDraftSchema,
    hosts: z.array(hostChoiceSchema).default([]),
    /** Nothing of the plan is edited: the hosts are brought to it. For the change log. */
    reconcile: z.literal(true).optional(),
    /** The segment as whoever asks has read it: where the plan says something else by now it is `change_stale`. */
    basedOn: segmentSchema.optional(),
  }),
  /**
   * Writes the plan only: a candidate as it is, or a segment of the plan with its members as the engines have them. Without
   * a member, it also is the way to drop a host that is gone for good.
   */
  z.object({
    kind: z.literal('adopt-segment'),
    segment: segmentSchema,
    /** Of a segment of the plan, this member alone is taken over, by the name that it has there; the rest stays as planned. */
    only: z.object({ engineId: z.string(), networkName: z.string() }).optional(),
  }),
  /** Takes it out of the plan only; the networks stay. */
  z.object({ kind: z.literal('forget-segment'), ...ofSegment }),
  /**
   * Puts a container on the segment's network of its own host. Where there is none, `host` says on which NIC to
   * make it first, in the same change.
   */
  z.object({
    kind: z.literal('attach-to-segment'),
    ...ofSegment,
    engineId: z.string(),
    containerId: z.string(),
    ...addresses,
    mac: z.string().optional(),
    gatewayPriority: z.number().int().optional(),
    /** Stops the container first and leaves it stopped, as for a single attach. */
    stopFirst: z.boolean().optional(),
    host: hostChoiceSchema.optional(),
  }),
]);
export type SegmentRequest = z.infer<typeof segmentRequestSchema>;
