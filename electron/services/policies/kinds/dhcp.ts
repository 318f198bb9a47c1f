import { keptLeaseHelper, type DhcpPolicy, type Endpoint, type LeaseHelper } from '../../../../shared/model';
import {
  containerOfLease,
  dhcpRules,
  endpointOfLease,
  hostName,
  isLive,
  planDhcp,
  sameLeaseHelper,
} from '../../../../shared/rules';
import { problem } from '../../../../shared/texts';
import { dhcpTask, type GiveBack } from '../../../toolbox';
import type { HostAccess } from '../../changes/host-steps';
import { wantsConsent, type ConsolePolicyKind, type PolicyTools } from '../console-kind';
import { LeaseWatch } from '../lease-watch';
import { plainAccess } from '../plain-access';

type Rests = 'no-container' | 'not-attached' | 'stopped';

const endedForGood = (it: LeaseHelper): LeaseHelper => ({ ...it, ended: true });

/** What a link had from its engine; null where the container does not run, or has left the network. */
function givenBack(it: LeaseHelper, engineId: string, { world }: PolicyTools): GiveBack | null {
  const { containers, networks } = world();
  const container = containers.find((each) => each.engineId === engineId && each.id === it.containerId);
  const network = networks.find((each) => each.engineId === engineId && each.name === it.networkName);
  if (!container || !network || !isLive(container)) return null;
  const endpoint: Endpoint | undefined = endpointOfLease(container, network);
  if (!endpoint) return null;
  const { mac, ipv4, prefix, gateway } = endpoint;
  const address = ipv4 ? `${ipv4}/${String(prefix)}` : '';
  // An internal network is no way out, whatever its gateway.
  return { containerId: container.id, held: it.mac, mac, address, gateway: network.internal ? '' : gateway };
}

/** Addresses of containers that the LAN's own DHCP server gives: a helper beside each of them. */
export function dhcpPolicies(tools: PolicyTools): ConsolePolicyKind<'dhcp', LeaseHelper, Rests> {
  const { helpers } = tools;
  const watch = new LeaseWatch(tools);

  async function read(engineId: string): Promise<ReadonlyMap<string, LeaseHelper>> {
    const found = new Map<string, LeaseHelper>();
    for (const { name, made, ended } of await helpers.list(engineId, dhcpTask.id)) {
      const it = keptLeaseHelper(made);
      if (!it) continue;
      found.set(name, ended ? endedForGood(it) : it);
      if (!ended) watch.follow(engineId, name);
    }
    return found;
  }

  const remove = async (engineId: string, name: string): Promise<void> => {
    watch.drop(engineId, name);
    await helpers.remove(engineId, name);
  };

  async function put(engineId: string, wanted: LeaseHelper): Promise<LeaseHelper | null> {
    const { name } = wanted;
    // One that is there as it is to be goes on: nothing is cut off where the console was only closed.
    const there = (await read(engineId)).get(name);
    if (there && sameLeaseHelper(wanted, there)) return there;
    watch.drop(engineId, name);
    await helpers.keep(engineId, dhcpTask, wanted, name);
    return (await read(engineId)).get(name) ?? null;
  }

  const kind = { ...dhcpRules, read, put, remove };
  return {
    ...kind,
    kind: 'dhcp',
    notAsPut({ engineId, containerName, networkName }, { engines }) {
      const name = `${containerName}@${networkName}`;
      const params = { context: 'policy', host: hostName(engineId, engines), name } as const;
      return problem('verify_failed', params, { engineId });
    },
    wantsConsent,
    plan: planDhcp,
    live(policy: DhcpPolicy, world) {
      const container = containerOfLease(policy, world);
      return {
        current: container?.id ?? null,
        lease: watch.of(policy.engineId, dhcpRules.nameOf(policy)),
      };
    },
    withdraw: remove,
    dispose: () => watch.dispose(),
    access: (engineId): HostAccess<LeaseHelper> => ({
      ...plainAccess(kind, engineId, ({ name }) => name),
      async remove(it) {
        const before = givenBack(it, engineId, tools);
        await remove(engineId, it.name);
        if (before) await tools.run(engineId, dhcpTask, before);
      },
      // Of a container that is gone there is nothing to lease for.
      isWhole: ({ containerId, ended }) => containerId !== '' && !ended,
    }),
    overtaken: (engineId, host, name) =>
      problem('change_not_undoable', { context: 'policy', host, name }, { engineId }),
  };
}
