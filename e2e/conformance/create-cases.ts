import { expect, it } from 'vitest';
import type { Bench } from './bench';
import type { EngineGeneration } from './target';

type Expected = readonly [status: number, message: string | RegExp] | 'accepted';

interface CreateCase {
  what: string;
  body: (nic: string) => { Options?: object; IPAM?: object; Driver?: string; Name?: string };
  expected: Record<EngineGeneration, Expected>;
}

const on = (parent: string) => ({ Options: { parent }, IPAM: { Config: [{ Subnet: '10.180.0.0/24' }] } });
const ipam = (config: object) => (nic: string) => ({ Options: { parent: nic }, IPAM: { Config: [config] } });
const same = (expected: Expected): CreateCase['expected'] => ({
  '20.10': expected,
  '26.1': expected,
  '29.7': expected,
});
/** 20.10 differs; the later ones validate alike. */
const since26 = (old: Expected, later: Expected): CreateCase['expected'] => ({
  '20.10': old,
  '26.1': later,
  '29.7': later,
});

const cases: readonly CreateCase[] = [
  {
    what: 'a parent that is not there',
    body: () => on('nope0'),
    expected: same([500, 'invalid subinterface vlan name nope0, example formatting is eth0.10']),
  },
  {
    what: 'a VLAN on a parent that is not there',
    body: () => on('nope0.10'),
    expected: since26(
      [500, '-o parent interface does was not found on the host: nope0'],
      [500, '-o parent interface was not found on the host: nope0'],
    ),
  },
  {
    what: 'VLAN 5000',
    body: (nic) => on(`${nic}.5000`),
    expected: same([500, 'vlan id must be between 1-4094, received: 5000']),
  },
  {
    what: 'a VLAN that is no number',
    body: (nic) => on(`${nic}.x`),
    expected: same([500, 'unable to parse a valid vlan id from: x (ex. eth0.10 for vlan 10)']),
  },
  {
    what: 'two dots',
    body: (nic) => on(`${nic}.10.20`),
    expected: same([
      500,
      /^required interface name format is: name\.vlan_id, ex\. eth0\.10 for vlan 10, instead received .*\.10\.20$/,
    ]),
  },
  {
    what: 'the loopback as parent',
    body: () => on('lo'),
    expected: same([500, 'loopback interface is not a valid macvlan parent link']),
  },
  {
    what: 'a mode that is none',
    body: (nic) => ({ ...on(nic), Options: { parent: nic, macvlan_mode: 'bogus' } }),
    expected: same([
      500,
      "requested macvlan mode 'bogus' is not valid, 'bridge' mode is the macvlan driver default",
    ]),
  },
  {
    what: 'a gateway outside the subnet',
    body: ipam({ Subnet: '10.180.0.0/24', Gateway: '10.181.0.1' }),
    expected: since26(
      [500, 'failed to allocate gateway (10.181.0.1): Requested address is out of range'],
      [
        400,
        "invalid network config:\ninvalid gateway 10.181.0.1: parent subnet 10.180.0.0/24 doesn't contain this address",
      ],
    ),
  },
  {
    what: 'a gateway that is no address',
    body: ipam({ Subnet: '10.180.0.0/24', Gateway: 'nonsense' }),
    expected: since26(
      [500, 'invalid gateway address nonsense in Ipam configuration'],
      [400, 'invalid network config:\ninvalid gateway nonsense: invalid address'],
    ),
  },
  {
    what: 'host bits in the subnet',
    body: ipam({ Subnet: '10.180.0.7/24' }),
    expected: since26('accepted', [
      400,
      'invalid network config:\ninvalid subnet 10.180.0.7/24: it should be 10.180.0.0/24',
    ]),
  },
  {
    what: 'an ip-range outside the subnet',
    body: ipam({ Subnet: '10.180.0.0/24', IPRange: '10.181.0.0/28' }),
    expected: since26('accepted', [
      400,
      "invalid network config:\ninvalid ip-range 10.181.0.0/28: parent subnet 10.180.0.0/24 doesn't contain ip-range",
    ]),
  },
  {
    what: 'the gateway as an auxiliary address',
    body: ipam({ Subnet: '10.180.0.0/24', Gateway: '10.180.0.1', AuxiliaryAddresses: { a: '10.180.0.1' } }),
    expected: same([500, 'failed to allocate secondary ip address (a:10.180.0.1): Address already in use']),
  },
  {
    what: 'a subnet that is none',
    body: ipam({ Subnet: '300.180.0.0/24' }),
    expected: since26(
      [500, 'Invalid subnet 300.180.0.0/24 : invalid CIDR address: 300.180.0.0/24'],
      [400, 'invalid network config:\ninvalid subnet 300.180.0.0/24: invalid CIDR block notation'],
    ),
  },
  {
    what: 'no address management',
    body: (nic) => ({ Options: { parent: nic }, IPAM: { Driver: 'null' } }),
    expected: {
      '20.10': [500, 'ipv4 pool is empty'],
      '26.1': [500, 'ipv4 pool is empty'],
      '29.7': [400, 'ipv4 pool is empty'],
    },
  },
  {
    what: 'the name of a predefined network',
    body: () => ({ Name: 'bridge', Driver: 'bridge' }),
    expected: same([403, 'operation is not permitted on predefined bridge network ']),
  },
  {
    what: 'a second host network',
    body: () => ({ Driver: 'host' }),
    expected: same([403, 'only one instance of "host" network is allowed']),
  },
  {
    what: 'docker0 as parent',
    body: () => on('docker0'),
    expected: same('accepted'),
  },
  {
    what: 'an option that nobody knows',
    body: (nic) => ({ ...on(nic), Options: { parent: nic, bogus: '1' } }),
    expected: same('accepted'),
  },
];

/** Refusals of `POST /networks/create`, one by one; a refused network must not be there afterwards. */
export function createCases(bench: () => Bench): void {
  for (const { what, body, expected } of cases) {
    it(`creates or refuses ${what} as its version does`, async () => {
      const { target } = bench();
      const outcome = expected[target.version];
      const name = bench().name('x');
      const full = { Name: name, Driver: 'macvlan', CheckDuplicate: true, ...body(target.nics[0]) };
      if (outcome === 'accepted') {
        await bench().network(full);
        return;
      }
      await bench().refused('POST', '/networks/create', full, ...outcome);
      if (full.Name === name)
        await bench().refused('GET', `/networks/${name}`, undefined, 404, `network ${name} not found`);
    });
  }

  it('refuses a second network on one parent, or takes it since v27', async () => {
    const first = await bench().network({
      Name: bench().name('a'),
      Driver: 'macvlan',
      ...on(bench().target.nics[0]),
    });
    const second = {
      Name: bench().name('b'),
      Driver: 'macvlan',
      Options: { parent: bench().target.nics[0] },
      IPAM: { Config: [{ Subnet: '10.181.0.0/24' }] },
    };
    if (bench().target.version === '29.7') {
      await bench().network(second);
      return;
    }
    const message = `network dm-${first.slice(0, 12)} is already using parent interface ${bench().target.nics[0]}`;
    await bench().refused('POST', '/networks/create', second, 500, message);
  });

  it('refuses an overlapping pool, and shares the subnet when there is an ip-range', async () => {
    await bench().macvlan({ Subnet: '10.180.0.0/24', IPRange: '10.180.0.128/25' });
    const body = (config: object) => ({
      Name: bench().name('o'),
      Driver: 'macvlan',
      Options: { parent: bench().target.nics[1] },
      IPAM: { Config: [config] },
    });
    const prefix = bench().target.version === '29.7' ? 'invalid pool request: ' : '';
    const message = `${prefix}Pool overlaps with other one on this address space`;
    await bench().refused('POST', '/networks/create', body({ Subnet: '10.180.0.0/24' }), 403, message);
    await bench().network(body({ Subnet: '10.180.0.0/24', IPRange: '10.180.0.0/28' }));
  });

  it('refuses a name that is taken', async () => {
    const name = await bench().macvlan({ Subnet: '10.180.0.0/24' });
    const body = { Name: name, Driver: 'bridge', CheckDuplicate: true };
    await bench().refused('POST', '/networks/create', body, 409, `network with name ${name} already exists`);
  });

  it('keeps the settings of a config-only network that is in use', async () => {
    const name = bench().name('cfg');
    await bench().network({
      Name: name,
      ConfigOnly: true,
      Options: { parent: bench().target.nics[0] },
      IPAM: { Config: [{ Subnet: '10.180.0.0/24' }] },
    });
    const from = bench().name('from');
    await bench().network({ Name: from, Driver: 'macvlan', ConfigFrom: { Network: name } });
    const made = await bench().json<{ Options: object; ConfigFrom: object; Driver: string }>(
      `/networks/${from}`,
    );
    expect(made).toMatchObject({
      Driver: 'macvlan',
      Options: { parent: bench().target.nics[0] },
      ConfigFrom: { Network: name },
    });
    const message = `error while removing network: configuration network "${name}" is in use`;
    await bench().refused('DELETE', `/networks/${name}`, undefined, 403, message);
    await bench().refused(
      'POST',
      '/networks/create',
      { Name: 'x', Driver: 'macvlan', ConfigFrom: { Network: 'nope' } },
      404,
      'configuration network "nope" does not exist',
    );
  });

  it('removes neither what is predefined, nor what is not there, nor what is in use', async () => {
    await bench().refused(
      'DELETE',
      '/networks/bridge',
      undefined,
      403,
      'bridge is a pre-defined network and cannot be removed',
    );
    await bench().refused('DELETE', '/networks/nope', undefined, 404, 'network nope not found');
    const name = await bench().macvlan({ Subnet: '10.180.0.0/24' });
    await bench().running(name);
    const { Id } = await bench().json<{ Id: string }>(`/networks/${name}`);
    const message = `error while removing network: network ${name} id ${Id} has active endpoints`;
    await bench().refused('DELETE', `/networks/${name}`, undefined, 403, message);
  });
}
