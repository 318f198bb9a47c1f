import { z } from 'zod';
import type { Nic, NicAddress, NicCounters, NicKind } from '../../../../shared/model';
import { isLanDriver } from '../../../../shared/rules';

const count = z.number().catch(0);
const text = z.string().catch('');
const half = z
  .object({ bytes: count, packets: count, errors: count, dropped: count })
  .catch({ bytes: 0, packets: 0, errors: 0, dropped: 0 });

/** What `ip -j -d -s addr` says of a link, as far as we read it. iproute2 5 and 6 agree in these. */
const linkSchema = z.object({
  ifindex: z.number(),
  ifname: z.string(),
  flags: z.array(z.string()).catch([]),
  mtu: count,
  link_type: text,
  address: text,
  ifalias: z.string().optional().catch(undefined),
  /** The link that this one stands on; a veth's other end. Absent when it is in another namespace. */
  link: z.string().nullish().catch(undefined),
  master: z.string().optional().catch(undefined),
  promiscuity: count,
  linkinfo: z
    .object({
      info_kind: text,
      info_slave_kind: text,
      info_data: z
        .object({
          id: z.number().optional().catch(undefined),
          mode: z.string().optional().catch(undefined),
          type: z.string().optional().catch(undefined),
        })
        .catch({}),
    })
    .catch({ info_kind: '', info_slave_kind: '', info_data: {} }),
  addr_info: z
    .array(
      z.object({ local: text, prefixlen: count, scope: text }).catch({ local: '', prefixlen: 0, scope: '' }),
    )
    .catch([]),
  stats64: z.object({ rx: half, tx: half }).optional().catch(undefined),
});
type Link = z.infer<typeof linkSchema>;

/** What /sys/class/net tells besides. */
export interface SysFacts {
  /** Mbit/s; null when it has none. */
  speed: number | null;
  device: boolean;
  wireless: boolean;
}

const tunnels = new Set(
  'gre gretap erspan ip6gre ip6gretap ip6erspan ipip sit ip6tnl vti vti6 vxlan geneve wireguard tun xfrm ppp gtp amt bareudp l2tpeth openvpn ovpn'.split(
    ' ',
  ),
);

const kinds: Readonly<Record<string, NicKind>> = {
  bond: 'bond',
  bridge: 'bridge',
  vlan: 'vlan',
  macvlan: 'macvlan',
  macvtap: 'macvlan',
  ipvlan: 'ipvlan',
  ipvtap: 'ipvlan',
  veth: 'veth',
  dummy: 'dummy',
};

function kindOf(link: Link, sys: SysFacts | undefined): NicKind {
  const { info_kind } = link.linkinfo;
  if (link.link_type === 'loopback') return 'loopback';
  if (sys?.wireless) return 'wireless';
  if (tunnels.has(info_kind)) return 'tunnel';
  const known = kinds[info_kind];
  if (known) return known;
  // Drivers of hardware give no kind; some of virtual machines (xen) no device either.
  return info_kind === '' && link.link_type === 'ether' ? 'physical' : 'other';
}

/** Docker's own bridges, their cables, and the dummies behind macvlan and ipvlan networks without a parent. */
const dockerNames = /^(docker0|docker_gwbridge|br-[0-9a-f]{12}|veth[0-9a-f]{7}|(dm|di)-[0-9a-f]{12})$/;

function addressesOf(link: Link): NicAddress[] {
  return link.addr_info
    .filter(({ local }) => local !== '')
    .map(({ local, prefixlen, scope }) => ({ address: local, prefix: prefixlen, scope }));
}

function countersOf({ stats64 }: Link): NicCounters {
  const none = { bytes: 0, packets: 0, errors: 0, dropped: 0 };
  const { rx, tx } = stats64 ?? { rx: none, tx: none };
  return {
    rxBytes: rx.bytes,
    txBytes: tx.bytes,
    rxPackets: rx.packets,
    txPackets: tx.packets,
    rxErrors: rx.errors,
    txErrors: tx.errors,
    rxDropped: rx.dropped,
    txDropped: tx.dropped,
  };
}

/** How it belongs to others: master, what it stands on, its VLAN id and mode. */
function relations(link: Link, kind: NicKind): Partial<Nic> {
  const { info_slave_kind, info_data } = link.linkinfo;
  const masterKind =
    info_slave_kind === 'bridge' || info_slave_kind === 'bond' ? info_slave_kind : ('other' as const);
  const standing = kind === 'vlan' || isLanDriver(kind);
  return {
    ...(link.master && { master: link.master, masterKind }),
    ...(standing && link.link && { parent: link.link }),
    ...(kind === 'vlan' && info_data.id !== undefined && { vlan: info_data.id }),
    ...(isLanDriver(kind) && info_data.mode && { mode: info_data.mode }),
  };
}

function nicOf(link: Link, sys: SysFacts | undefined, bridges: ReadonlySet<string>): Nic {
  const kind = kindOf(link, sys);
  const up = link.flags.includes('UP');
  return {
    name: link.ifname,
    index: link.ifindex,
    kind,
    driver: link.linkinfo.info_kind,
    ethernet: link.link_type === 'ether',
    mac: link.link_type === 'ether' ? link.address.toLowerCase() : '',
    mtu: link.mtu,
    speed: sys?.speed ?? null,
    up,
    carrier: link.flags.includes('LOWER_UP'),
    addresses: addressesOf(link),
    ...relations(link, kind),
    promiscuity: link.promiscuity,
    counters: countersOf(link),
    ...(link.ifalias && { alias: link.ifalias }),
    docker: dockerNames.test(link.ifname) || bridges.has(link.ifname),
  };
}

/**
 * Reads `ip -j -d -s addr`. What is no link is left out: some versions print empty objects.
 *
 * @param bridges names of the bridges of the engine's own networks.
 * @throws SyntaxError for text that is not JSON.
 */
export function parseLinks(
  json: string,
  sys: ReadonlyMap<string, SysFacts>,
  bridges: ReadonlySet<string>,
): Nic[] {
  const links = z.array(z.unknown()).parse(JSON.parse(json));
  return links.flatMap((item) => {
    const link = linkSchema.safeParse(item);
    return link.success ? [nicOf(link.data, sys.get(link.data.ifname), bridges)] : [];
  });
}
