import { z } from 'zod';
import { networkFormSchema } from './network-form';
import { networkSpecSchema } from './network-spec';
import { hostStepSchema } from './policies';

/** An address to pin, or nothing for one that the engine hands out. */
export const addresses = { ipv4: z.string().optional(), ipv6: z.string().optional() };

/** The part of an endpoint that the engine lets us ask for. */
export const endpointRequestSchema = z.object({
  ...addresses,
  mac: z.string().optional(),
  gatewayPriority: z.number().optional(),
  aliases: z.array(z.string()).optional(),
  linkLocals: z.array(z.string()).optional(),
  links: z.array(z.string()).optional(),
  driverOptions: z.record(z.string(), z.string()).optional(),
});
export type EndpointRequest = z.infer<typeof endpointRequestSchema>;

/** One call to the engine. */
export const engineStepSchema = z.discriminatedUnion('op', [
  z.object({
    op: z.literal('connect'),
    containerId: z.string(),
    containerName: z.string(),
    networkId: z.string(),
    networkName: z.string(),
    endpoint: endpointRequestSchema,
  }),
  z.object({
    op: z.literal('disconnect'),
    containerId: z.string(),
    containerName: z.string(),
    networkId: z.string(),
    networkName: z.string(),
    /** The MAC that was fixed for this attachment, where the engine does not tell it: what takes the step back sets it. */
    mac: z.string().optional(),
    /** The same of its addresses; without a prefix length. */
    ipv4: z.string().optional(),
    ipv6: z.string().optional(),
    /** What is taken away was left by a failed connect: nothing puts it back, and nothing needs to. */
    leftover: z.literal(true).optional(),
  }),
  z.object({ op: z.literal('stop'), containerId: z.string(), containerName: z.string() }),
  z.object({ op: z.literal('start'), containerId: z.string(), containerName: z.string() }),
  /** Makes a removed network again, exactly as it was. */
  z.object({ op: z.literal('restore-network'), networkName: z.string(), form: networkFormSchema }),
  z.object({ op: z.literal('create-network'), networkName: z.string(), spec: networkSpecSchema }),
  z.object({ op: z.literal('remove-network'), networkId: z.string(), networkName: z.string() }),
]);
export type EngineStep = z.infer<typeof engineStepSchema>;

export const stepSchema = z.discriminatedUnion('op', [
  ...engineStepSchema.options,
  ...hostStepSchema.options,
]);
export type Step = z.infer<typeof stepSchema>;
