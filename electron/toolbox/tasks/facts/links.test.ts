import { describe, expect, it } from 'vitest';
import { parseLinks, type SysFacts } from './links';
import { link } from './testing';

const none: ReadonlySet<string> = new Set();
const sys = (name: string, facts: Partial<SysFacts>): ReadonlyMap<string, SysFacts> =>
  new Map([[name, { speed: null, device: false, wireless: false, ...facts }]]);
const parse = (item: object, about: ReadonlyMap<string, SysFacts> = new Map(), bridges = none) =>
  parseLinks(JSON.stringify([item]), about, bridges)[0]!;
const kind = (info_kind: string, info_data: object = {}) => ({ linkinfo: { info_kind, info_data } });

describe('parseLinks', () => {
  it('reads a card with its addresses, counters and speed', () => {
    const addr_info = [
      { family: 'inet', local: '10.0.0.5', prefixlen: 24, scope: 'global' },
      { family: 'inet6', local: 'fe80::1', prefixlen: 64, scope: 'link' },
    ];
    expect(
      parse(link('eno1', { addr_info, promiscuity: 1 }), sys('eno1', { speed: 1000, device: true })),
    ).toEqual({
      name: 'eno1',
      index: 7,
      kind: 'physical',
      driver: '',
      ethernet: true,
      mac: '52:54:00:ab:00:01',
      mtu: 1500,
      speed: 1000,
      up: true,
      carrier: true,
      addresses: [
        { address: '10.0.0.5', prefix: 24, scope: 'global' },
        { address: 'fe80::1', prefix: 64, scope: 'link' },
      ],
      promiscuity: 1,
      counters: {
        rxBytes: 1,
        rxPackets: 2,
        rxErrors: 3,
        rxDropped: 4,
        txBytes: 5,
        txPackets: 6,
        txErrors: 7,
        txDropped: 8,
      },
      docker: false,
    });
  });

  it('tells VLAN links with id and parent', () => {
    const item = link('eno1.10', {
      link: 'eno1',
      ...kind('vlan', { protocol: '802.1Q', id: 10, flags: [] }),
    });
    expect(parse(item)).toMatchObject({ kind: 'vlan', parent: 'eno1', vlan: 10 });
    // A VXLAN's id is none of 802.1Q.
    expect(parse(link('vx0', kind('vxlan', { id: 42 })))).not.toHaveProperty('vlan');
  });

  it('tells what is enslaved, and to which kind', () => {
    const port = (info_slave_kind: string) =>
      parse(link('eno1', { master: 'm0', linkinfo: { info_slave_kind, info_slave_data: {} } }));
    expect(port('bridge')).toMatchObject({ kind: 'physical', master: 'm0', masterKind: 'bridge' });
    expect(port('bond')).toMatchObject({ masterKind: 'bond' });
    expect(port('team')).toMatchObject({ masterKind: 'other' });
  });

  it.each([
    ['bond', 'bond'],
    ['bridge', 'bridge'],
    ['macvtap', 'macvlan'],
    ['ipvlan', 'ipvlan'],
    ['dummy', 'dummy'],
    ['veth', 'veth'],
    ['wireguard', 'tunnel'],
    ['tun', 'tunnel'],
    ['ifb', 'other'],
  ])('calls a link of the kernel’s kind %s %s', (info_kind, expected) => {
    expect(parse(link('x0', kind(info_kind))).kind).toBe(expected);
  });

  it('tells Wi-Fi by what /sys says, the loopback by its type, and what has no Ethernet', () => {
    expect(parse(link('wlan0'), sys('wlan0', { wireless: true })).kind).toBe('wireless');
    expect(parse(link('lo', { link_type: 'loopback' }))).toMatchObject({
      kind: 'loopback',
      ethernet: false,
      mac: '',
    });
    expect(parse(link('wg0', { link_type: 'none', ...kind('wireguard') })).ethernet).toBe(false);
  });

  it('tells switched off from no carrier', () => {
    expect(parse(link('a', { flags: ['BROADCAST'] }))).toMatchObject({ up: false, carrier: false });
    expect(parse(link('a', { flags: ['NO-CARRIER', 'BROADCAST', 'UP'] }))).toMatchObject({
      up: true,
      carrier: false,
    });
  });

  it('knows Docker’s own by their names, and bridges that the admin named by the engine', () => {
    for (const name of ['docker0', 'br-0123456789ab', 'veth12ab34c', 'dm-0123456789ab']) {
      expect(parse(link(name)).docker).toBe(true);
    }
    expect(parse(link('br-lan')).docker).toBe(false);
    expect(parse(link('br-lan'), new Map(), new Set(['br-lan'])).docker).toBe(true);
  });

  it('leaves out what is no link, and bears what another version leaves out', () => {
    expect(parseLinks('[{},{"ifname":"a","ifindex":1}]', new Map(), none)).toHaveLength(1);
    expect(() => parseLinks('ip: not found', new Map(), none)).toThrow();
    expect(() => parseLinks('{}', new Map(), none)).toThrow();
  });
});
