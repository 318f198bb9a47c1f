import { describe, expect, it } from 'vitest';
import { changedSince, comparePictures, movedSince } from '../../../shared/rules';
import { attachmentPicture, networkPicture } from './picture';

const lan = (over: object = {}) => ({
  Name: 'lan',
  Id: 'a1',
  Created: '2026-01-01T00:00:00Z',
  Driver: 'macvlan',
  EnableIPv6: false,
  IPAM: {
    Driver: 'default',
    Options: null,
    Config: [
      { Subnet: '10.70.1.0/24', AuxiliaryAddresses: { printer: '10.70.1.5' } },
      { Subnet: 'fd00:70::/64' },
    ],
  },
  Containers: { c1: {} },
  Options: { parent: 'eth1' },
  Labels: {},
  ...over,
});
const web = (entry: object | null, over: object = {}) => ({
  Id: '0123456789abcdef',
  State: { Running: true },
  Config: { MacAddress: '' },
  NetworkSettings: { Networks: entry ? { lan: { NetworkID: 'x', EndpointID: 'y', ...entry } } : {} },
  ...over,
});
const network = { kind: 'network', networkName: 'lan' } as const;
const attachment = {
  kind: 'attachment',
  containerId: '0123456789abcdef',
  containerName: 'web',
  networkName: 'lan',
} as const;

describe('pictures on Podman', () => {
  it('hold what its own API alone tells of a network, but for what can’t be twice', () => {
    const own = { id: 'a1', created: 'then', network_interface: 'eth1', dns_enabled: true, containers: {} };
    const before = networkPicture(lan(), own);
    const again = networkPicture(lan(), { ...own, id: 'b2', created: 'now' });
    expect(comparePictures(network, before, again)).toEqual([]);
    const other = networkPicture(lan(), { ...own, dns_enabled: false });
    expect(comparePictures(network, before, other).map((each) => each.field)).toEqual(['libpod.dns_enabled']);
  });

  it('hold no mode where it is the usual one, which a network that is put back says, and others do not', () => {
    const on = (options: object) => networkPicture(lan({ Options: options }), { options });
    expect(comparePictures(network, on({}), on({ mode: 'bridge' }))).toEqual([]);
    const found = comparePictures(network, on({}), on({ mode: 'private' }));
    expect(found.map(({ field }) => field)).toEqual(['Options.mode', 'libpod.options.mode']);
  });

  it('hold no gateway where there is none, whichever way that is worded', () => {
    const on = (Gateway: string) => attachmentPicture(web({ Gateway }), 'lan', true);
    expect(comparePictures(attachment, on('<nil>'), on(''))).toEqual([]);
  });

  it('find the place on its own network by its other name', () => {
    const json = web(null, { NetworkSettings: { Networks: { podman: { IPAddress: '10.88.0.2' } } } });
    expect(attachmentPicture(json, 'bridge', true)).toMatchObject({ attached: 'true' });
    expect(attachmentPicture(json, 'bridge')).not.toHaveProperty('attached');
  });
});

describe('pictures of a network', () => {
  const before = networkPicture(lan());
  const withGateway6 = (Gateway: string) => {
    const { IPAM } = lan();
    return networkPicture(
      lan({ IPAM: { ...IPAM, Config: [IPAM.Config[0], { ...IPAM.Config[1], Gateway }] } }),
    );
  };
  it('are nobody’s change where the engine has given the gateway by itself', () => {
    expect(changedSince(network, before, withGateway6('fd00:70::1'))).toBe(false);
    expect(changedSince(network, before, withGateway6('fd00:70::2'))).toBe(true);
    expect(changedSince(network, withGateway6('fd00:70::2'), withGateway6('fd00:70::1'))).toBe(true);
    expect(changedSince(network, withGateway6('fd00:70::1'), before)).toBe(true);
  });
  it('are equal where only ids, times, members and the order of subnets differ', () => {
    const { IPAM } = lan();
    const again = lan({
      ...{ Id: 'b2', Created: 'later', Containers: {}, Labels: null },
      IPAM: { ...IPAM, Options: {}, Config: IPAM.Config.toReversed() },
    });
    expect(comparePictures(network, before, networkPicture(again))).toEqual([]);
  });
  it('tell every option, the names of exclusions among them', () => {
    const { IPAM } = lan();
    const [first] = IPAM.Config;
    const renamed = { ...first, AuxiliaryAddresses: { excluded1: '10.70.1.5' } };
    const again = lan({ EnableIPv6: true, IPAM: { ...IPAM, Config: [renamed, IPAM.Config[1]] } });
    expect(comparePictures(network, before, networkPicture(again))).toEqual([
      { network: 'lan', field: 'EnableIPv6', before: '', after: 'true' },
      {
        ...{ network: 'lan', field: 'IPAM.Config[0].AuxiliaryAddresses.excluded1' },
        ...{ before: '', after: '10.70.1.5' },
      },
      {
        ...{ network: 'lan', field: 'IPAM.Config[0].AuxiliaryAddresses.printer' },
        ...{ before: '10.70.1.5', after: '' },
      },
    ]);
  });
});

describe('pictures of an attachment', () => {
  const picture = (entry: object | null, over: object = {}) => attachmentPicture(web(entry, over), 'lan');
  const fixed = { MacAddress: '02:aa:bb:cc:dd:01', IPAddress: '10.70.1.60', Aliases: null };
  it('are equal whatever ids it has, and with the alias that the engine adds', () => {
    const again = { ...fixed, NetworkID: 'z', EndpointID: 'w', Aliases: ['0123456789ab'] };
    expect(comparePictures(attachment, picture(fixed), picture(again))).toEqual([]);
  });
  it('are equal where Podman has said the name of a pod once more', () => {
    const [once, twice] = [['pod1'], ['pod1', '0123456789ab', 'pod1']].map((Aliases) => ({
      ...fixed,
      Aliases,
    }));
    expect(comparePictures(attachment, picture(once!), picture(twice!))).toEqual([]);
  });
  it('tell MAC, link-local addresses and links', () => {
    const rich = { ...fixed, Links: ['db:store'], IPAMConfig: { LinkLocalIPs: ['169.254.9.9'] } };
    const poor = { ...fixed, MacAddress: '02:42:0a:46:01:3c' };
    const found = comparePictures(attachment, picture(rich), picture(poor));
    expect(found.map((each) => each.field)).toEqual(['IPAMConfig.LinkLocalIPs[0]', 'Links[0]', 'MacAddress']);
    expect(found[2]).toEqual({
      ...{ network: 'lan', container: 'web', field: 'MacAddress' },
      ...{ before: '02:aa:bb:cc:dd:01', after: '02:42:0a:46:01:3c' },
    });
  });
  it('tell that it is not there, and compare what runs only with what runs', () => {
    expect(comparePictures(attachment, picture(fixed), picture(null))).toContainEqual(
      expect.objectContaining({ field: 'attached', before: 'true', after: '' }),
    );
    const stopped = picture({ ...fixed, MacAddress: '', IPAddress: '' }, { State: { Running: false } });
    expect(comparePictures(attachment, picture(fixed), stopped)).toEqual([]);
  });
  it('tell a network that was made anew elsewhere, and nothing of one that nobody looked at', () => {
    const at = (json: object | undefined) => attachmentPicture(web(fixed), 'lan', false, { json });
    expect(movedSince(attachment, at(lan()), at(lan({ Id: 'b2', Labels: { a: 'b' } })))).toBe(false);
    const moved = at(lan({ Options: { parent: 'eth2' } }));
    expect(movedSince(attachment, at(lan()), moved)).toBe(true);
    expect(comparePictures(attachment, at(lan()), moved)).toEqual([
      { network: 'lan', container: 'web', field: 'Network.Parent', before: 'eth1', after: 'eth2' },
    ]);
    const other = at(lan({ IPAM: { Config: [{ Subnet: '10.71.1.0/24' }] } }));
    expect(movedSince(attachment, at(lan()), other)).toBe(true);
    // As logs of older consoles have it, and where the network is gone.
    expect(movedSince(attachment, at(undefined), moved)).toBe(false);
    expect(comparePictures(attachment, at(undefined), moved)).toEqual([]);
    expect(comparePictures(attachment, moved, at(undefined))).toEqual([]);
  });
});
