import type { KnownAnswers } from './changes/known-answers';
import { Neighbours } from './changes/neighbours';
import { announceTask } from '../toolbox';
import { AddressWatch } from './conflicts/address-watch';
import { MovedAddresses } from './announce/moved-addresses';
import type { PushHub } from './hub';
import { runIsolation } from './isolation/isolation';
import { openPolicies, type PoliciesContext, type PolicyService } from './policies/open';
import { Runs } from './runs/runs';
import type { PlanFile } from './segments/plan-file';
import type { Services } from './service';
import type { ToolboxContext, ToolboxService } from './toolbox/toolbox-service';

/** What works on the hosts themselves, by the toolbox. */
export interface HostServices {
  policies: PolicyService;
  runs: Runs;
  neighbours: Neighbours;
  conflicts: AddressWatch;
}

type Context = Pick<ToolboxContext, 'inventory' | 'client' | 'now' | 'report' | 'readOnly'> &
  Pick<PoliciesContext, 'snapshot' | 'locks' | 'cutOff'> & {
    services: Services;
    toolbox: ToolboxService;
    answers: KnownAnswers;
    /** See `ConsoleOptions.asksForConflicts`. */
    asks: boolean | undefined;
    /** Where policies are kept. */
    plan: Pick<PlanFile, 'policies'>;
  };

export function openHostServices(context: Context, hub: PushHub): HostServices {
  const { services, toolbox, answers } = context;
  const policies = services.add(
    openPolicies({
      ...context,
      store: (kind) => context.plan.policies(kind),
      onChange: (policies) => hub.push('policies.changed', policies),
    }),
  );
  services.add(
    new MovedAddresses({
      ...context,
      inventory: context.snapshot,
      allowed: (engineId) => toolbox.allows(engineId),
      announce: (engineId, told) => toolbox.run(engineId, announceTask, told),
    }),
  );
  const asking = { ...context, probe: toolbox.probe.bind(toolbox) };
  const runs = services.add(
    new Runs({
      ...context,
      kinds: {
        isolation: async ({ kind, networks }, handle) => ({
          kind,
          report: await runIsolation(asking, networks, handle),
        }),
      },
      clear: toolbox.clear.bind(toolbox),
      onChange: hub.push.bind(hub, 'run.changed'),
    }),
  );
  const neighbours = new Neighbours({
    answers,
    inventory: context.snapshot,
    allowed: (engineId) => toolbox.allows(engineId),
    probe: (engineId, from, addresses) => toolbox.probe(engineId, from, addresses),
    holders: (...asked) => toolbox.holders(...asked),
    onAnswers: (engineId) => hub.push('addresses.answered', { engineId }),
    now: context.now,
    report: context.report,
  });
  const conflicts = services.add(
    new AddressWatch({
      ...context,
      inventory: context.snapshot,
      allowed: (engineId) => context.asks !== false && toolbox.allows(engineId),
      intruders: neighbours.intruders.bind(neighbours),
      onChange: (all) => hub.push('addresses.conflicts', all),
    }),
  );
  return { policies, runs, neighbours, conflicts };
}
