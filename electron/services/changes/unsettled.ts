import type { Problem, Step } from '../../../shared/model';
import { problem } from '../../../shared/rules';

/** Steps of a change that was cut off and is not decided on. */
export interface Claim {
  /** Of the change: it does not stand in its own way. */
  id: string;
  engineId: string;
  engineName: string;
  steps: readonly Step[];
}

/** Names for what a step touches. A network keeps its name when it is made anew, and an id may not be known yet. */
const touched = (steps: readonly Step[]): Set<string> =>
  new Set(
    steps.flatMap((step) => [
      ...('networkName' in step ? [`network ${step.networkName}`] : []),
      ...('containerId' in step ? [`container ${step.containerId}`] : []),
    ]),
  );

/**
 * Changes that were cut off, of whatever kind. Until it is decided what becomes of one, nothing else is done on the
 * containers and networks that it speaks of: what its journal knows about them would not be true any more. Others on the
 * same engine are not held up.
 */
export class Unsettled {
  private readonly sources: (() => readonly Claim[])[] = [];

  add(source: () => readonly Claim[]): void {
    this.sources.push(source);
  }

  /** Why these steps have to wait; null when they need not. */
  problemFor(engineId: string, steps: readonly Step[]): Problem | null {
    const mine = touched(steps);
    const claims = this.sources.flatMap((source) => source());
    const claim = claims.find(
      (each) => each.engineId === engineId && [...touched(each.steps)].some((name) => mine.has(name)),
    );
    return claim ? problem('change_interrupted', { host: claim.engineName }, { engineId }) : null;
  }
}
