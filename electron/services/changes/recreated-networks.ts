import { z } from 'zod';
import type { Network, Step } from '../../../shared/model';
import { madeAs, type Run } from '../storage/journal';

/** A network that a change of ours removed and made again, under another id: what was meant for the one is for the other. */
export const recreatedSchema = z.object({
  engineId: z.string(),
  /** The network's id before. */
  from: z.string(),
  /** Its id now. */
  to: z.string(),
});
export type RecreatedNetwork = z.infer<typeof recreatedSchema>;

interface Job {
  engineId: string;
  steps: readonly Step[];
}

/**
 * What a run that is over has removed and made again.
 *
 * @param before steps whose networks it may have made again, where these are not its own: it took them back
 */
export function recreatedBy(run: Run, before: readonly Job[] = []): RecreatedNetwork[] {
  return run.hosts.flatMap((host) => {
    const { engineId, steps } = host;
    const others = before.filter((job) => job.engineId === engineId).flatMap((job) => job.steps);
    return [...others, ...steps].flatMap((step): RecreatedNetwork[] => {
      if (step.op !== 'remove-network') return [];
      const { networkId: from, networkName } = step;
      const to = madeAs(networkName, host);
      return to !== undefined && from !== to ? [{ engineId, from, to }] : [];
    });
  });
}

/** As it stands in a log. */
export const recreatedInLog = (heirs: RecreatedNetwork[]): { heirs?: RecreatedNetwork[] } =>
  heirs.length > 0 ? { heirs } : {};

/** Tells a network that we made again from one that another hand has given the same name. */
export class RecreatedNetworks {
  constructor(private readonly known: () => readonly RecreatedNetwork[] = () => []) {}

  /** The network among these that stands for one that is not among them any more. */
  find<N extends Pick<Network, 'id'>>(engineId: string, id: string, here: readonly N[]): N | undefined {
    const known = this.known().filter((each) => each.engineId === engineId);
    const ids = new Set([id]);
    // A set is walked along what is added meanwhile: an heir may have an heir.
    for (const from of ids) for (const each of known) if (each.from === from) ids.add(each.to);
    return here.find((one) => ids.has(one.id));
  }
}
