import {
  isHostStep,
  type ChangeRecord,
  type Problem,
  type Shim,
  type ShimPolicy,
  type ShimStatus,
} from '../../../../shared/model';
import { hostName, shimRules } from '../../../../shared/rules';
import { problem } from '../../../../shared/texts';
import type { HostHand } from '../../changes/host-steps';
import type { Keeper } from '../../changes/kind';
import type { PolicyKind, PolicyStatus } from '../kind';
import { Reconciler, type ReconcilerContext } from '../reconciler';

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

type NoNetwork = 'no-network';

/** Ends of a change that were read back. */
const certain: ReadonlySet<ChangeRecord['state']> = new Set(['applied', 'undone', 'rolled-back']);

const consentCodes: ReadonlySet<string> = new Set(['toolbox_unasked', 'toolbox_refused']);

const byName = (shims: readonly Shim[]): Map<string, Shim> => new Map(shims.map((each) => [each.name, each]));

/** Ways from hosts to their own containers: links that a host forgets at a reboot. */
export const shimPolicyKind = (tools: ShimTools): PolicyKind<ShimPolicy, Shim, NoNetwork> => ({
  ...shimRules,
  read: async (engineId) => byName(await tools.shims(engineId)),
  async put(engineId, shim) {
    await tools.putShim(engineId, shim, 'own');
    // The toolbox has read it back, in the same run, and found it so.
    return shim;
  },
  remove: (engineId, name) => tools.removeShim(engineId, name),
  notAsPut(policy, { engines }) {
    const { engineId, networkName: network } = policy;
    const [host, link] = [hostName(engineId, engines), shimRules.nameOf(policy)];
    return problem('verify_failed', { context: 'link_missing', host, network, link }, { engineId });
  },
  wantsConsent: ({ code }: Problem) => consentCodes.has(code),
  keptElsewhere: ({ code }: Problem) => code === 'change_stale',
});

export interface ShimContext extends ReconcilerContext<ShimPolicy> {
  tools: ShimTools;
  /** Everything anew, whenever anything about shims differs. */
  onChange(shims: ShimStatus[]): void;
}

/** As the window sees it. */
const shown = ({ policy, put, ...status }: PolicyStatus<ShimPolicy, Shim, NoNetwork>): ShimStatus => ({
  ...policy,
  shim: put,
  ...status,
});

/** Keeps the shims that the admin wants; changes make and remove them. */
export class ShimPolicies extends Reconciler<ShimPolicy, Shim, NoNetwork> {
  constructor(private readonly shims: ShimContext) {
    super(shimPolicyKind(shims.tools), shims, (statuses) => shims.onChange(statuses.map(shown)));
  }

  list(): ShimStatus[] {
    return this.statuses().map(shown);
  }

  /** What changes do on a host, and what this learns of it: what is read back after they have put or removed a link. */
  hand(engineId: string): HostHand {
    const { tools } = this.shims;
    return {
      shims: async () => {
        const there = await tools.shims(engineId);
        this.noticed(engineId, byName(there));
        return there;
      },
      putShim: async (shim, was) => {
        await this.orDoubt(engineId, shim.name, tools.putShim(engineId, shim, was));
        this.sent(engineId, shim.name, shim);
      },
      removeShim: async (name, address) => {
        await this.orDoubt(engineId, name, tools.removeShim(engineId, name, address));
        this.sent(engineId, name, null);
      },
    };
  }

  /** A change ended, or was cut off. */
  onRecord({ state, hosts }: ChangeRecord): void {
    if (state === 'applying') return;
    for (const { engineId, steps } of hosts)
      if (steps.some(isHostStep)) this.ended(engineId, certain.has(state));
  }

  /** What was to be brought up to date, or removed, may have been left half-way. */
  private async orDoubt(engineId: string, name: string, work: Promise<void>): Promise<void> {
    try {
      await work;
    } catch (error) {
      this.doubted(engineId, name);
      throw error;
    }
  }

  /** The policies, as changes write them. */
  readonly keeper: Keeper<'shim'> = {
    now: ({ engineId, name: networkName, after }) => {
      const key = shimRules.keyOf({ engineId, networkName });
      const found = this.policies().find((each) => shimRules.keyOf(each) === key);
      // A network that was made anew has its policy under another id.
      return found ? { ...found, networkId: after?.networkId ?? found.networkId } : null;
    },
    put: ({ engineId, name: networkName, ...kept }, when) =>
      this.keep(shimRules.keyOf({ engineId, networkName }), kept[when]),
    overtaken: ({ engineId, name: network }) => {
      const host = hostName(engineId, this.shims.snapshot().engines);
      return problem('change_not_undoable', { context: 'shim', host, network }, { engineId });
    },
  };
}
