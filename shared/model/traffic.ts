import { z } from 'zod';

/** One interface of one container whose counters are followed. */
export const trafficSeriesSchema = z.object({
  engineId: z.string(),
  containerId: z.string(),
  /** Interface name inside the container, `eth0`. */
  interface: z.string(),
  /** The network it belongs to, matched by MAC; empty when it could not be matched. */
  networkId: z.string(),
  /** False when the match is by order, because the container could not be asked for its MACs. */
  exact: z.boolean(),
});
export type TrafficSeries = z.infer<typeof trafficSeriesSchema>;

/** Which series the rows of the coming ticks are. Sent whenever it changes, before the first tick that uses it. */
export const trafficIndexSchema = z.object({ version: z.number(), series: z.array(trafficSeriesSchema) });
export type TrafficIndex = z.infer<typeof trafficIndexSchema>;

/** The columns of a tick, in this order. Bits and packets per second; errors and drops per second, both ways together. */
export const trafficColumns = ['rxBits', 'txBits', 'rxPackets', 'txPackets', 'errors', 'drops'] as const;

/**
 * Current rates of all series. `values` holds the columns one after another:
 * `values[column * series.length + row]`; NaN where a row has no fresh sample.
 */
export const trafficTickSchema = z.object({
  /** The index version that the rows belong to. */
  version: z.number(),
  /** Milliseconds since the epoch. */
  at: z.number(),
  values: z.instanceof(Float64Array),
});
export type TrafficTick = z.infer<typeof trafficTickSchema>;

/** History of one selection, downsampled to at most 120 buckets that keep the peaks. */
export const trafficHistorySchema = z.object({
  /** Start of each bucket, milliseconds since the epoch. */
  at: z.array(z.number()),
  /** Mean over the bucket, bits/s; null where nothing was measured. */
  rxBits: z.array(z.number().nullable()),
  txBits: z.array(z.number().nullable()),
  /** Highest value within the bucket, bits/s; each is the mean of some two seconds. */
  rxPeak: z.array(z.number().nullable()),
  txPeak: z.array(z.number().nullable()),
});
export type TrafficHistory = z.infer<typeof trafficHistorySchema>;
