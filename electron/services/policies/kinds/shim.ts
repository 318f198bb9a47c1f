import { ProblemError, type Problem, type Shim } from '../../../../shared/model';
import { hostName, planShim, sameShim, shimRules } from '../../../../shared/rules';
import { hostless, problem } from '../../../../shared/texts';
import { shimTask } from '../../../toolbox';
import type { HostAccess } from '../../changes/host-steps';
import { wantsConsent, type ConsolePolicyKind, type PolicyTools } from '../console-kind';

/** What the toolbox does for shims. All reject with a `ProblemError`. */
export interface ShimTools {
  shims(engineId: string): Promise<Shim[]>;
  /**
   * Resolves only once the host, read back, has it as it is given. `was` as the toolbox's task has it: `own` leaves a link
   * that was made for another address to whoever made it.
   */
  putShim(engineId: string, shim: Shim, was?: string | null): Promise<void>;
  removeShim(engineId: string, name: string, address?: string): Promise<void>;
}

export const shimTools = ({ run }: Pick<PolicyTools, 'run'>): ShimTools => ({
  shims: (engineId) => run(engineId, shimTask, { do: 'list' }),
  async putShim(engineId, shim, was) {
    await run(engineId, shimTask, { do: 'put', shim, ...(was !== undefined && { was }) });
  },
  async removeShim(engineId, name, address) {
    await run(engineId, shimTask, { do: 'remove', name, ...(address !== undefined && { address }) });
  },
});

const byName = (shims: readonly Shim[]): Map<string, Shim> => new Map(shims.map((each) => [each.name, each]));

/** The steps of changes on a host. Another console may have links there, and one that is stopped may leave half of one. */
const accessOf = (tools: ShimTools, engineId: string): HostAccess<Shim> => ({
  read: async () => byName(await tools.shims(engineId)),
  // One that is half made has no address: it is its own, or nobody's.
  put: ({ impaired: _, ...shim }, was) =>
    tools.putShim(engineId, shim, was === undefined ? undefined : was && (was.address || shim.address)),
  remove: ({ name, address }) => tools.removeShim(engineId, name, address),
  nameOf: ({ name }) => name,
  // What was found impaired is put back whole.
  same: (there, { impaired: _, ...it }) => sameShim(there, it),
  isOthers: (found, { address }) => found.address !== '' && found.address !== address,
  // Of a network that is gone nothing tells what the link stood on; one that is half made has no address yet.
  isWhole: ({ parent, address }) => Boolean(parent && address),
  halfWay: (how, { name: link }, host, detail) =>
    problem('toolbox_unavailable', { context: `shim_${how}`, host, link, detail }),
  unlike({ op, networkName: network }, { name: link }) {
    const context = op === 'put-shim' ? ('link_missing' as const) : ('link_stays' as const);
    return hostless('verify_failed', { context, link, network }, { engineId });
  },
});

const keptElsewhere = ({ code }: Problem): boolean => code === 'change_stale';

/** Ways from hosts to their own containers: links that a host forgets at a reboot. */
export const shimPolicies = (tools: ShimTools): ConsolePolicyKind<'shim', Shim, 'no-network'> => ({
  ...shimRules,
  kind: 'shim',
  read: async (engineId) => byName(await tools.shims(engineId)),
  async put(engineId, shim) {
    await tools.putShim(engineId, shim, 'own');
    // The toolbox has read it back, in the same run, and found it so.
    return shim;
  },
  async remove(engineId, name, policy) {
    await tools.removeShim(engineId, name, policy?.address).catch((error: unknown) => {
      if (!(error instanceof ProblemError) || !keptElsewhere(error.problem)) throw error;
    });
  },
  notAsPut(policy, { engines }) {
    const { engineId, networkName: network } = policy;
    const [host, link] = [hostName(engineId, engines), shimRules.nameOf(policy)];
    return problem('verify_failed', { context: 'link_missing', host, network, link }, { engineId });
  },
  wantsConsent,
  keptElsewhere,
  plan(request, world, _kept, at) {
    const { networkName: name, ...plan } = planShim(request, world, at);
    return { name, ...plan };
  },
  access: (engineId) => accessOf(tools, engineId),
  overtaken: (engineId, host, network) =>
    problem('change_not_undoable', { context: 'shim', host, network }, { engineId }),
});
