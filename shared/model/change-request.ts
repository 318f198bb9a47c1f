import { z } from 'zod';
import { networkSpecSchema } from './network-spec';
import { policyRequestSchema } from './policies';
import { segmentRequestSchema, type SegmentRequest } from './segment-request';
import { addresses, endpointRequestSchema } from './step';

const ofNetwork = { engineId: z.string(), networkId: z.string() };
const onContainer = { engineId: z.string(), containerId: z.string() };
/** What a container is to have again on a network of its engine. */
const givenBackSchema = z.array(endpointRequestSchema.extend({ networkId: z.string() })).min(1);
/** Stops the container first and leaves it stopped: one that restarts again and again can't be changed otherwise. */
const stopping = { stopFirst: z.boolean().optional() };

/** What an admin asks of one engine. */
export const engineRequestSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('attach'),
    ...onContainer,
    networkId: z.string(),
    ...addresses,
    /** Colon-separated; only where the engine can (API 1.54). */
    mac: z.string().optional(),
    /** Only where the engine can (API 1.48). */
    gatewayPriority: z.number().int().optional(),
    ...stopping,
  }),
  z.object({ kind: z.literal('detach'), ...onContainer, networkId: z.string(), ...stopping }),
  z.object({
    kind: z.literal('move'),
    ...onContainer,
    fromNetworkId: z.string(),
    toNetworkId: z.string(),
    ...addresses,
    ...stopping,
  }),
  /**
   * Pins other addresses. A family that is left out keeps its pin, one that is empty text gives it up; where both
   * are left out both are given up.
   */
  z.object({
    kind: z.literal('readdress'),
    ...onContainer,
    networkId: z.string(),
    ...addresses,
    ...stopping,
  }),
  /**
   * Gives a container attachments back that it had before it was made anew: the missing ones, and fixed addresses where it
   * has others.
   */
  z.object({
    kind: z.literal('restore'),
    ...onContainer,
    attachments: givenBackSchema,
    ...stopping,
  }),
  /** The same for several containers of one engine: all of them, or none. One may have what another is to get. */
  z.object({
    kind: z.literal('restore-several'),
    engineId: z.string(),
    containers: z.array(z.object({ containerId: z.string(), attachments: givenBackSchema })).min(1),
  }),
  z.object({ kind: z.literal('create-network'), engineId: z.string(), spec: networkSpecSchema }),
  z.object({ kind: z.literal('remove-network'), ...ofNetwork }),
]);
export type EngineRequest = z.infer<typeof engineRequestSchema>;

/** What an admin asks for. Every gesture ends as one of these. */
export const changeRequestSchema = z.discriminatedUnion('kind', [
  ...engineRequestSchema.options,
  ...segmentRequestSchema.options,
  ...policyRequestSchema.options,
]);
export type ChangeRequest = z.infer<typeof changeRequestSchema>;

const segmentKinds: ReadonlySet<string> = new Set(
  segmentRequestSchema.options.map(({ shape }) => shape.kind.value),
);

/** Whether a request is about a segment, on all of its hosts. */
export const isOfSegment = <R extends { kind: string }>(request: R): request is Extract<R, SegmentRequest> =>
  segmentKinds.has(request.kind);
