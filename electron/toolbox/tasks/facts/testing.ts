/** For unit tests: one link as `ip -j -d -s addr` (iproute2 6.1) prints it. */
export function link(name: string, more: object = {}): object {
  return {
    ifindex: 7,
    ifname: name,
    flags: ['BROADCAST', 'MULTICAST', 'UP', 'LOWER_UP'],
    mtu: 1500,
    qdisc: 'noqueue',
    operstate: 'UP',
    group: 'default',
    txqlen: 1000,
    link_type: 'ether',
    address: '52:54:00:AB:00:01',
    broadcast: 'ff:ff:ff:ff:ff:ff',
    promiscuity: 0,
    min_mtu: 68,
    max_mtu: 65535,
    addr_info: [],
    stats64: {
      rx: { bytes: 1, packets: 2, errors: 3, dropped: 4, over_errors: 0, multicast: 0 },
      tx: { bytes: 5, packets: 6, errors: 7, dropped: 8, carrier_errors: 0, collisions: 0 },
    },
    ...more,
  };
}
