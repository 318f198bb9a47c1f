import { DemoEngine } from '../engine/engine';
import type { DemoHost, DemoNetwork } from '../engine/model';
import { createNetwork } from '../engine/network-create';
import { hashText, Random } from '../engine/random';
import { quirksOf, type DemoVersion } from '../engine/versions';
import { addImage } from './images';
import { hostName, lansOf, type SeedLan } from './plan';

const DAY = 86_400_000;
const GIB = 2 ** 30;

const mac = (random: Random): string => `3c:ec:ef:${random.hex(6).match(/../g)?.join(':') ?? ''}`;

function draftHost(index: number, random: Random): DemoHost {
  const name = hostName(index);
  const nics = ['docker0', 'eno1', 'eth0'].map((nic) => ({ name: nic, mac: mac(random) }));
  const words = Array.from({ length: 12 }, () => random.hex(4).toUpperCase());
  return {
    name,
    engineId: words.join(':'),
    nics,
    cpus: random.pick([8, 12, 16, 32]),
    memory: random.pick([32, 64, 128]) * GIB,
    kernel: '6.12.48-amd64',
    os: 'Debian GNU/Linux 13 (trixie)',
    osVersion: '13',
    swarm: index === 0 ? 'manager' : 'inactive',
  };
}

/** The three networks that every engine has from the start. */
function addBuiltIn(engine: DemoEngine): void {
  const bridge = createNetwork(engine, {
    Name: 'docker0-draft',
    IPAM: { Config: [{ Subnet: '172.17.0.0/16', Gateway: '172.17.0.1' }] },
    Options: {
      'com.docker.network.bridge.default_bridge': 'true',
      'com.docker.network.bridge.enable_icc': 'true',
      'com.docker.network.bridge.enable_ip_masquerade': 'true',
      'com.docker.network.bridge.host_binding_ipv4': '0.0.0.0',
      'com.docker.network.bridge.name': 'docker0',
      'com.docker.network.driver.mtu': '1500',
    },
  });
  bridge.name = 'bridge';
  for (const [name, driver] of [
    ['host', 'host'],
    ['none', 'null'],
  ] as const) {
    // Only the daemon itself makes these two, so there is no create call to go through.
    const network: DemoNetwork = {
      ...bridge,
      id: engine.newId(),
      name,
      driver,
      ipamConfig: null,
      userSubnet: false,
      pools: [],
      members: new Set(),
      options: {},
      labels: {},
    };
    engine.networks.set(network.id, network);
  }
}

function addLan(engine: DemoEngine, lan: SeedLan): void {
  createNetwork(engine, {
    Name: lan.network,
    Driver: 'macvlan',
    Options: { parent: lan.parent },
    IPAM: {
      Config: [
        {
          Subnet: lan.subnet,
          IPRange: lan.range,
          Gateway: lan.gateway,
          ...(Object.keys(lan.exclusions).length > 0 ? { AuxiliaryAddresses: lan.exclusions } : {}),
        },
      ],
    },
  });
}

/** Networks that only some hosts have, so that each kind is there once. */
function addSpecial(engine: DemoEngine, index: number, hosts: number): void {
  if (index === hosts - 1) {
    createNetwork(engine, {
      Name: 'dmz',
      Driver: 'ipvlan',
      Options: { parent: 'eno1', ipvlan_mode: 'l2' },
      IPAM: { Config: [{ Subnet: '10.40.0.0/24', Gateway: '10.40.0.1' }] },
    });
  }
  if (index === 0) {
    createNetwork(engine, {
      Name: 'mesh',
      Driver: 'overlay',
      Attachable: true,
      IPAM: { Config: [{ Subnet: '10.90.0.0/24', Gateway: '10.90.0.1' }] },
      Options: { 'com.docker.network.driver.overlay.vxlanid_list': '4097' },
    });
  }
  if (index === 1 % hosts) {
    createNetwork(engine, {
      Name: 'warehouse-settings',
      ConfigOnly: true,
      Options: { parent: 'eno1' },
      IPAM: { Config: [{ Subnet: '10.50.0.0/24', Gateway: '10.50.0.1', IPRange: '10.50.0.128/26' }] },
    });
  }
}

/** An engine with its host and its networks, some months old; containers follow. */
export function seedEngine(
  index: number,
  shape: { hosts: number; containers: number; seed: number; version: DemoVersion },
): DemoEngine {
  const seed = hashText(`${shape.seed}/${index}`);
  const engine = new DemoEngine(draftHost(index, new Random(seed)), quirksOf[shape.version], seed + 1);
  const born = Date.now() - 200 * DAY;
  engine.clock = () => born;
  addBuiltIn(engine);
  // So that even an empty demo has something to make a container of.
  addImage(engine, 'busybox:1.37');
  for (const lan of lansOf(index, shape.hosts, shape.containers)) addLan(engine, lan);
  createNetwork(engine, {
    Name: 'web',
    IPAM: { Config: [{ Subnet: '172.20.0.0/16', Gateway: '172.20.0.1' }] },
  });
  createNetwork(engine, {
    Name: 'backend',
    Internal: true,
    IPAM: { Config: [{ Subnet: '172.21.0.0/16', Gateway: '172.21.0.1' }] },
  });
  addSpecial(engine, index, shape.hosts);
  engine.clock = Date.now;
  return engine;
}
