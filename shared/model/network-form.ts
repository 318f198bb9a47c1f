import { z } from 'zod';
import { subnetSchema } from './network';

/**
 * A network of any driver, exactly as an engine tells it, as far as one can be asked for: what makes a removed one again.
 * Nothing is guessed, filled in or added.
 */
export const networkFormSchema = z.object({
  name: z.string(),
  driver: z.string(),
  scope: z.string(),
  internal: z.boolean(),
  attachable: z.boolean(),
  /** Absent where the engine knows no network without IPv4 (before API 1.48). */
  ipv4: z.boolean().optional(),
  /** May be false beside an IPv6 subnet: engines keep the one apart from the other. */
  ipv6: z.boolean(),
  configOnly: z.boolean(),
  /** What is taken from a config-only network is not asked for once more: engines refuse it. */
  configFrom: z.string().optional(),
  ipamDriver: z.string(),
  ipamOptions: z.record(z.string(), z.string()),
  subnets: z.array(subnetSchema),
  options: z.record(z.string(), z.string()),
  labels: z.record(z.string(), z.string()),
});
export type NetworkForm = z.infer<typeof networkFormSchema>;
