import type { Delta } from '../../shared/model';
import { Neighbours } from './changes/neighbours';
import type { PushHub } from './hub';
import { runIsolation } from './isolation/isolation';
import type { ShimContext } from './policies/kinds/shim';
import { openPolicies, type PolicyService } from './policies/open';
import { Runs } from './runs/runs';
import type { PlanFile } from './segments/plan-file';
import type { Storage } from './storage';
import { openToolbox, type ToolboxContext, type ToolboxService } from './toolbox-service';

/** What needs a look at the hosts themselves, or a hand on them. */
export interface HostServices {
  toolbox: ToolboxService;
  policies: PolicyService;
  runs: Runs;
  neighbours: Neighbours;
  onDelta(delta: Delta): void;
  /** The engine's part of the inventory is whole again. */
  onOnline(engineId: string): void;
  /** An engine's client is about to be closed. `elsewhere`: the same id leads to another host from now on. */
  release(engineId: string, elsewhere: boolean): Promise<void>;
  /** The admin took the engine off the list: its consent and its policies go. */
  forget(engineId: string): Promise<void>;
  /** Resolves when no helper is left and everything is on disk; the clients must live until then. */
  dispose(): Promise<void>;
}

type Context = Omit<ToolboxContext, 'source' | 'file'> &
  Pick<ShimContext, 'snapshot' | 'locks' | 'cutOff'> & {
    storage: Storage;
    /** Where policies are kept. */
    plan: Pick<PlanFile, 'shims'>;
  };

/** Opens `toolbox.json` in the user-data folder. */
export async function openHostServices(
  context: Context,
  hub: PushHub,
  userDataDir: string,
  toolboxDirs?: readonly string[],
): Promise<HostServices> {
  const toolbox = await openToolbox(context, userDataDir, toolboxDirs);
  const policies = openPolicies({
    ...{ ...context, store: context.plan.shims, tools: toolbox },
    onChange: (shims) => hub.push('shims.changed', shims),
  });
  const asking = { ...context, probe: toolbox.probe.bind(toolbox) };
  const runs = new Runs({
    ...context,
    kinds: {
      isolation: async ({ kind, networks }, handle) => ({
        kind,
        report: await runIsolation(asking, networks, handle),
      }),
    },
    clear: toolbox.clear.bind(toolbox),
    onChange: hub.push.bind(hub, 'run.changed'),
  });
  const neighbours = new Neighbours({
    inventory: context.snapshot,
    allowed: (engineId) => toolbox.allows(engineId),
    probe: (engineId, from, addresses) => toolbox.probe(engineId, from, addresses),
    holders: (engineId, nic, addresses) => toolbox.holders(engineId, nic, addresses),
    onAnswers: (engineId) => hub.push('addresses.answered', { engineId }),
    now: context.now,
    report: context.report,
  });
  return {
    toolbox,
    policies,
    runs,
    neighbours,
    onDelta: (delta) => policies.onDelta(delta),
    onOnline(engineId) {
      toolbox.onOnline(engineId);
      policies.onOnline(engineId);
    },
    async release(engineId, elsewhere) {
      neighbours.forget(engineId);
      // Runs first, or they would go on to their next place there.
      await runs.release(engineId);
      await toolbox.release(engineId);
      if (elsewhere) await toolbox.forget(engineId);
    },
    async forget(engineId) {
      await Promise.all([toolbox.forget(engineId), policies.forget(engineId)]);
    },
    async dispose() {
      // Together: what a policy or a run has under way ends when the toolbox ends it. Runs first, or they would go on
      // to their next place.
      await Promise.all([runs.dispose(), policies.dispose(), toolbox.dispose()]);
    },
  };
}
