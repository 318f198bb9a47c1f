import { join } from 'node:path';
import type { CommandHandlers } from '../../../shared/contract';
import { ProblemError, type Network } from '../../../shared/model';
import { hostName, problem } from '../../../shared/rules';
import type { Lans } from '../changes/lans';
import type { Storage } from '../storage';
import { PoliciesFile } from './policies-file';
import { ShimPolicies, type ShimContext } from './shim-policies';

type Names = Extract<keyof CommandHandlers, `shims.${string}`>;

/** Policies as the console uses them. */
export interface PolicyService {
  shims: ShimPolicies;
  handlers: Pick<CommandHandlers, Names>;
  /** Resolves when nothing is under way and everything is on disk. */
  dispose(): Promise<void>;
}

/** Opens `policies.json` in the user-data folder. */
export async function openPolicies(
  context: Omit<ShimContext, 'file'> & { storage: Storage; lans: Lans },
  userDataDir: string,
): Promise<PolicyService> {
  const file = await PoliciesFile.open(join(userDataDir, 'policies.json'), context.storage);
  const shims = new ShimPolicies({ ...context, file });
  const network = (engineId: string, networkId: string): Network => {
    const { networks, engines } = context.snapshot();
    const found = networks.find((each) => each.engineId === engineId && each.id === networkId);
    if (found) return found;
    const host = hostName(engineId, engines);
    throw new ProblemError(problem('network_not_found', { network: networkId, host }, { engineId }));
  };
  return {
    shims,
    handlers: {
      'shims.list': async () => shims.list(),
      'shims.preview': async ({ engineId, networkId, address }) =>
        shims.preview(network(engineId, networkId), address),
      'shims.put': async ({ engineId, networkId, address }) =>
        // No engine among its keys: a shim may be put while a change runs there, only not on the same LAN.
        context.lans.onNetwork(network(engineId, networkId), () =>
          shims.put(network(engineId, networkId), address),
        ),
      'shims.remove': async ({ engineId, networkId }) => {
        await shims.remove(engineId, networkId);
        return {};
      },
    },
    async dispose() {
      await shims.dispose();
      await file.flush();
    },
  };
}
