import { policyKindNames } from '../../../shared/model';
import type { HostAccess } from '../changes/host-steps';
import { kindsOf, type KindsContext } from '../changes/kinds';
import type { EngineKindContext } from '../changes/kinds/engine';
import type { PolicyKindContext } from '../changes/kinds/policy';
import type { Inventory } from '../../../shared/rules';
import type { PlanningInventory } from '../changes/planning-inventory';
import { problem, reason } from '../../../shared/texts';

/** A world in which all that counts is known, and looking at hosts finds no more. */
export const knownWorld = (now: () => Inventory): Pick<PlanningInventory, 'for' | 'now' | 'looked'> => ({
  now,
  for: () => Promise.resolve(now()),
  looked: () => Promise.resolve(now()),
});

const nothingKept = {
  now: () => null,
  put: () => Promise.resolve(),
  overtaken: () => problem('internal', { detail: reason('no_reason') }),
};

/** Of a console that keeps no policies. */
export const noPolicies = (client: PolicyKindContext['client']): PolicyKindContext => ({
  client,
  world: knownWorld(() => ({ engines: [], networks: [], containers: [] })),
  mayRun: () => undefined,
  plan: () => {
    throw new Error('no policies');
  },
  keepers: Object.fromEntries(
    policyKindNames.map((name) => [name, nothingKept]),
  ) as unknown as PolicyKindContext['keepers'],
});

/** On hosts of a console that keeps no policies. */
export const noAccess = (): HostAccess => {
  throw new Error('no access to this host');
};

/** What the kinds of a console know that has no segments, and keeps no policies. */
export const plainKinds = (engine: EngineKindContext): KindsContext => ({
  engine,
  segment: {
    plan: {
      ...{ segments: () => [], get: () => undefined, set: () => Promise.resolve() },
      ...{ unwritten: () => Promise.resolve(null), whenWritten: () => Promise.resolve() },
    },
    inventory: () => ({ revision: 1, engines: [], networks: [], containers: [] }),
    facts: () => Promise.resolve(null),
    refresh: () => Promise.resolve(),
  },
  policy: noPolicies(engine.client),
});

export const engineKinds = (engine: EngineKindContext): ReturnType<typeof kindsOf> =>
  kindsOf(plainKinds(engine));
