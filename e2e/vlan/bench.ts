import { afterAll, beforeAll } from 'vitest';
import type { ChangeRecord, ChangeRequest, NetworkSpec } from '../../shared/model';
import { startConsole, type TestConsole } from '../integration/console';
import type { LabHost } from '../lab';
import type { VlanHost, VlanLab } from '../lab/vlan';
import { freshVlanLab } from '../lab/vlan/vitest';

/** A fresh VLAN lab and a console on its engines, for the tests of a file. */
export interface Bench {
  lab: VlanLab;
  /** What the admin does in the window. @throws Error when the console refuses it or it fails. */
  apply(request: ChangeRequest): Promise<ChangeRecord>;
  /** Makes a network through the console. */
  create(host: VlanHost, spec: NetworkSpec): Promise<void>;
  /** Removes it through the console. */
  remove(host: VlanHost, network: string): Promise<void>;
  /** Starts a container without a network of its own and attaches it through the console. */
  attach(host: VlanHost, name: string, network: string, ipv4: string): Promise<void>;
  /** Starts a container on a network, without the console: quicker. */
  run(host: VlanHost, name: string, network: string, ipv4: string): Promise<void>;
  console(): TestConsole;
}

/** Call it at the top of a file. */
export function vlanBench(): Bench {
  const lab = freshVlanLab();
  let running: TestConsole | undefined;
  beforeAll(async () => {
    running = await startConsole(lab.hosts.map(asLabHost));
  });
  afterAll(async () => {
    await running?.end();
    running = undefined;
  });
  const console_ = () => {
    if (!running) throw new Error('there is a console only during tests');
    return running;
  };
  const apply: Bench['apply'] = async (request) => {
    const result = await console_().change(request);
    if (!result.ok) throw new Error(`${request.kind}: ${JSON.stringify(result.error)}`);
    return result.value;
  };
  const on = (host: VlanHost) => console_().engineId(asLabHost(host));
  const networkId = async (host: VlanHost, name: string) =>
    (await console_().network(asLabHost(host), name)).id;
  return {
    lab,
    apply,
    console: console_,
    create: async (host, spec) => {
      await apply({ kind: 'create-network', engineId: on(host), spec });
    },
    remove: async (host, network) => {
      await apply({
        kind: 'remove-network',
        engineId: on(host),
        networkId: await networkId(host, network),
      });
    },
    attach: async (host, name, network, ipv4) => {
      await host.docker('run', '-d', '--name', name, '--restart', 'unless-stopped', lab.image);
      const container = await console_().container(asLabHost(host), name);
      const ids = { containerId: container.id, networkId: await networkId(host, network) };
      await apply({ kind: 'attach', engineId: on(host), ...ids, ipv4 });
    },
    run: async (host, name, network, ipv4) => {
      await host.docker('run', '-d', '--name', name, '--network', network, '--ip', ipv4, lab.image);
    },
  };
}

/** Consoles for tests take hosts of the other lab, and of those only the name and the endpoint. */
export const asLabHost = ({ name, endpoint }: VlanHost): LabHost => ({ name, endpoint }) as LabHost;

/** A network in 10.60.10.0/24, whose automatic ranges don't meet on two hosts. */
export function lan(host: VlanHost, parent: string, more: Partial<NetworkSpec> = {}): NetworkSpec {
  return {
    name: 'lan',
    driver: 'macvlan',
    mode: 'bridge',
    parent,
    subnet: '10.60.10.0/24',
    gateway: '10.60.10.1',
    ipRange: host.name === 'v1' ? '10.60.10.32/27' : '10.60.10.64/27',
    exclusions: [],
    internal: false,
    ...more,
  };
}

/** Whether one answer of three comes back to a container. Anything but silence is thrown. */
export const reaches = (host: VlanHost, container: string, ip: string): Promise<boolean> =>
  answered(host.docker('exec', container, 'ping', '-c', '3', '-W', '3', ip));

/** The same from the host itself, out of one interface. */
export const hostReaches = (host: VlanHost, link: string, ip: string): Promise<boolean> =>
  answered(host.exec('busybox', 'ping', '-I', link, '-c', '3', '-W', '3', ip));

async function answered(ping: Promise<string>): Promise<boolean> {
  try {
    return (await ping).includes('bytes from');
  } catch (error) {
    if ((error as { stdout?: string }).stdout?.includes('100% packet loss')) return false;
    throw error;
  }
}

/** Every ICMP frame on the trunk, tagged or not: after `vlan`, pcap reads on behind the tag. */
export const anyIcmp = 'icmp or (vlan and icmp)';
export const lines = (text: string): string[] => text.split('\n').filter(Boolean);
