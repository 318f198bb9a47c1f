import { describe, expect, it } from 'vitest';
import type { NetworkSpec } from '../../../shared/model';
import { capabilitiesOf } from '../../../shared/rules';
import { createBody, endpointConfig } from './request-bodies';

const old = capabilitiesOf('1.41');
const newest = capabilitiesOf('1.55');
const full = {
  ipv4: '10.70.1.20',
  ipv6: 'fd00::20',
  mac: '02:42:00:00:00:20',
  gatewayPriority: -10,
  aliases: ['web'],
  driverOptions: { 'com.docker.network.endpoint.ifname': 'lan0', other: 'x' },
};

describe('endpointConfig', () => {
  it('sends all that the newest engine can do', () => {
    expect(endpointConfig(full, newest, 'e1')).toEqual({
      IPAMConfig: { IPv4Address: '10.70.1.20', IPv6Address: 'fd00::20' },
      Aliases: ['web'],
      MacAddress: '02:42:00:00:00:20',
      GwPriority: -10,
      DriverOpts: { 'com.docker.network.endpoint.ifname': 'lan0', other: 'x' },
    });
  });

  it('leaves out what 20.10 would ignore', () => {
    expect(endpointConfig(full, old, 'e1')).toEqual({
      IPAMConfig: { IPv4Address: '10.70.1.20', IPv6Address: 'fd00::20' },
      Aliases: ['web'],
      DriverOpts: { other: 'x' },
    });
  });

  it('is empty for an automatic address, and sends priority 0', () => {
    expect(endpointConfig({}, newest, 'e1')).toEqual({});
    expect(endpointConfig({ gatewayPriority: 0 }, newest, 'e1')).toEqual({ GwPriority: 0 });
  });

  it.each([{ ipv4: 'hello' }, { ipv4: '10.70.1' }, { ipv4: 'fd00::1' }, { ipv6: '10.70.1.1' }])(
    'refuses %j: an engine would store it',
    (request) => {
      expect(() => endpointConfig(request, newest, 'e1')).toThrow(
        expect.objectContaining({
          problem: expect.objectContaining({ code: 'address_invalid' }) as object,
        }) as Error,
      );
    },
  );
});

describe('createBody', () => {
  const spec: NetworkSpec = {
    name: 'lan',
    driver: 'macvlan',
    parent: 'eth0.10',
    mode: 'bridge',
    subnet: '10.70.1.0/24',
    gateway: '10.70.1.1',
    ipRange: '10.70.1.128/25',
    exclusions: ['10.70.1.2', '10.70.1.3'],
    internal: false,
    labels: { team: 'net' },
  };

  it('says again what a network had that nobody asks for by itself', () => {
    const again = createBody({
      ...spec,
      driver: 'ipvlan',
      mode: 'l2',
      options: { ipvlan_flag: 'private', parent: 'eth9' },
      attachable: true,
    });
    expect(again).toMatchObject({
      Attachable: true,
      Options: { parent: 'eth0.10', ipvlan_mode: 'l2', ipvlan_flag: 'private' },
    });
  });

  it('asks for the network in full, with our label', () => {
    expect(createBody(spec)).toEqual({
      Name: 'lan',
      Driver: 'macvlan',
      CheckDuplicate: true,
      Internal: false,
      IPAM: {
        Driver: 'default',
        Config: [
          {
            Subnet: '10.70.1.0/24',
            Gateway: '10.70.1.1',
            IPRange: '10.70.1.128/25',
            AuxiliaryAddresses: { excluded1: '10.70.1.2', excluded2: '10.70.1.3' },
          },
        ],
      },
      Options: { parent: 'eth0.10', macvlan_mode: 'bridge' },
      Labels: { team: 'net', 'io.trunkline.managed': 'true' },
    });
  });

  it('leaves out what was not given, and names the mode by its driver', () => {
    const bare: NetworkSpec = { ...spec, driver: 'ipvlan', mode: 'l2', exclusions: [] };
    delete bare.gateway;
    delete bare.ipRange;
    expect(createBody(bare)).toMatchObject({ Options: { parent: 'eth0.10', ipvlan_mode: 'l2' } });
    expect(createBody(bare)).toHaveProperty('IPAM.Config', [{ Subnet: '10.70.1.0/24' }]);
  });

  it('turns IPv6 on for an IPv6 subnet', () => {
    expect(createBody({ ...spec, subnet: 'fd00::/64' })).toMatchObject({ EnableIPv6: true });
    expect(createBody(spec)).not.toHaveProperty('EnableIPv6');
  });
});
