import type { HostLayout } from './layout';
import { moreNodeId, networkNodeId, nicNodeId, type MoreNode, type NetworkNode, type NicNode } from './model';

const common = ({ plan: { engine } }: HostLayout) => ({
  engineId: engine.id,
  engineName: engine.name,
  offline: engine.state !== 'online',
});

/** The interfaces of one host that networks stand on, coloured like their LAN when they carry only one. */
export function hostNics(host: HostLayout, networks: ReadonlyMap<string, NetworkNode>): NicNode[] {
  const of = common(host);
  return host.nics.map(({ name, vlan, networkIds, box }) => {
    const hues = new Set(networkIds.map((id) => networks.get(networkNodeId(of.engineId, id))?.hue ?? -1));
    const [hue = -1] = hues;
    return {
      kind: 'nic',
      id: nicNodeId(of.engineId, name),
      ...of,
      name,
      vlan,
      networkIds,
      hue: hues.size === 1 ? hue : -1,
      spare: null,
      ...box,
    };
  });
}

/** The interfaces of one host that no network stands on, and the row for those that are folded away. */
export function spareNodes(host: HostLayout): (NicNode | MoreNode)[] {
  const of = common(host);
  const { rows, more } = host.spares;
  const nics = rows.map(({ spare, box }): NicNode => {
    const id = nicNodeId(of.engineId, spare.name);
    return {
      kind: 'nic',
      id,
      ...of,
      name: spare.name,
      vlan: spare.vlan,
      networkIds: [],
      hue: -1,
      spare,
      ...box,
    };
  });
  if (!more) return nics;
  return [...nics, { kind: 'more', id: moreNodeId(of.engineId), ...of, count: more.count, ...more.box }];
}
