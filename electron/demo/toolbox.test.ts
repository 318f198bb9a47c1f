import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createEngineClient, type EngineClient } from '../docker';
import { ensureImage, removeImage } from '../toolbox/image/install';
import { dhcpTask, factsTask, namespacesTask, probeTask, readLeaseLine, shimTask, Toolbox } from '../toolbox';
import { ownToolboxImage, toolboxVersion } from '../../shared/rules';
import type { RootfsSource } from '../toolbox';
import { startDemo, type Demo } from './index';

/** The console's own toolbox on simulated hosts: what it reads there must be what it reads on real ones. */
let demo: Demo;
let clients: EngineClient[];
// The demo looks at an image's labels alone, so that an empty file system will do for any machine.
const source: RootfsSource = { own: 'x86_64', get: async () => Buffer.alloc(1024) };
const settings = { method: 'load', image: ownToolboxImage } as const;

beforeAll(async () => {
  demo = await startDemo();
  clients = demo.endpoints.map((endpoint, index) =>
    createEngineClient({ engineId: `d${index}`, endpoint, demo: true }),
  );
});
afterAll(async () => {
  for (const client of clients) client.close();
  await demo.close();
});

const target = (index: number) => ({ client: clients[index]!, host: 'demo', architecture: 'x86_64' });
const toolbox = (index: number) => new Toolbox({ target: target(index), settings, source });

describe('the toolbox on demo engines', () => {
  it.each(['load', 'build'] as const)('gets its image by %s, and loses it', async (method) => {
    await ensureImage(target(0), { ...settings, method }, source);
    expect(await clients[0]!.images.find(ownToolboxImage)).toMatchObject({
      labels: { 'io.trunkline.toolbox': toolboxVersion },
    });
    expect(await removeImage(clients[0]!, settings)).toBe(true);
    expect(await clients[0]!.images.find(ownToolboxImage)).toBeNull();
  });

  it('reads NICs, VLAN links and bridges, and leaves no container', async () => {
    const before = (await clients[0]!.containers()).length;
    const { nics, gateways } = await toolbox(0).run(factsTask, new Set());
    const nic = (name: string) => nics.find((each) => each.name === name);
    expect(nic('eth0')).toMatchObject({ kind: 'physical', speed: 10_000, up: true, carrier: true });
    expect(nic('eth0.20')).toMatchObject({ kind: 'vlan', vlan: 20, parent: 'eth0', speed: 10_000 });
    expect(nic('docker0')).toMatchObject({ kind: 'bridge', docker: true });
    expect(nic('lo')).toMatchObject({ kind: 'loopback' });
    expect(gateways).toEqual([{ nic: 'eth0', address: '10.20.0.1' }]);
    expect(await clients[0]!.containers()).toHaveLength(before);
    expect(Array.isArray(await toolbox(0).run(namespacesTask, new Set()))).toBe(true);
  });

  it('leases for a container, says so, and goes on until it is removed', async () => {
    const [client] = clients;
    const networks = await client!.networks();
    const of = (await client!.containers()).find(
      ({ state, endpoints }) => state === 'running' && endpoints.some(onMacvlan),
    )!;
    function onMacvlan({ networkName }: { networkName: string }): boolean {
      return networks.some(({ name: each, kind }) => kind === 'macvlan' && each === networkName);
    }
    const lan = networks.find(({ name: each }) => each === of.endpoints.find(onMacvlan)?.networkName);
    const name = 'trunkline-dhcp-0';
    const spec = {
      ...{ name, containerId: of.id, networkName: lan!.name, mac: '0a:00:00:00:00:01' },
      ...{ hostName: of.name, subnets: lan!.subnets.map(({ subnet }) => subnet), revision: 1 },
    };
    const before = (await client!.containers()).length;
    await toolbox(0).keep(dhcpTask, spec, name);
    expect(await client!.keptHelpers('dhcp')).toEqual([{ name, made: spec, ended: false }]);
    // It is none of the host's own containers.
    expect(await client!.containers()).toHaveLength(before);
    const line = await new Promise<string>((resolve) => {
      const words = client!.helperLines(
        name,
        (each) => {
          if (!each.includes('bound')) return;
          words.dispose();
          resolve(each);
        },
        () => undefined,
      );
    });
    expect(readLeaseLine(line, null)).toMatchObject({
      state: 'bound',
      router: expect.any(String) as unknown,
    });
    await client!.removeKeptHelper(name);
    await client!.removeKeptHelper(name);
    expect(await client!.keptHelpers('dhcp')).toEqual([]);
  });

  it('has hosts with addresses of their own', async () => {
    const all = await Promise.all(clients.map((_, index) => toolbox(index).run(factsTask, new Set())));
    const addresses = all.map(({ nics }) => nics.find(({ name }) => name === 'eth0')!.addresses[0]!.address);
    expect(new Set(addresses).size).toBe(clients.length);
  });

  it('probes from a container to one on another host, to the router and to nobody', async () => {
    const onLan = async (index: number) => {
      const listed = await clients[index]!.containers();
      return listed.flatMap(({ id, state, endpoints }) =>
        endpoints
          .filter(({ networkName, ipv4 }) => networkName === 'lan' && ipv4 && state === 'running')
          .map(({ ipv4, mac }) => ({ id, ipv4, mac })),
      )[0]!;
    };
    const [asker, asked] = [await onLan(0), await onLan(1)];
    const addresses = [asked.ipv4, '10.20.0.1', '10.20.0.250', asker.ipv4];
    const found = await toolbox(0).run(probeTask, {
      from: { kind: 'container', containerId: asker.id },
      addresses,
    });
    expect(found.map(({ answers, via, duplicate }) => [answers, via, duplicate])).toEqual([
      [true, 'link', false],
      [true, 'link', false],
      [false, 'link', false],
      [true, 'own', false],
    ]);
    expect(found[0]!.macs).toEqual([asked.mac]);
  });

  it('makes, lists and removes shims, and refuses one on a NIC that is not there', async () => {
    const shim = { name: 'tl-a', parent: 'eth0', address: '10.20.0.200', routes: ['10.20.0.33/32'] };
    await toolbox(0).run(shimTask, { do: 'put', shim });
    expect(await toolbox(0).run(shimTask, { do: 'list' })).toEqual([shim]);
    const link = (await toolbox(0).run(factsTask, new Set())).nics.find(({ name }) => name === 'tl-a');
    expect(link).toMatchObject({ kind: 'macvlan', parent: 'eth0' });
    await toolbox(0).run(shimTask, { do: 'remove', name: 'tl-a' });
    expect(await toolbox(0).run(shimTask, { do: 'list' })).toEqual([]);
    await expect(
      toolbox(0).run(shimTask, { do: 'put', shim: { ...shim, parent: 'nope0' } }),
    ).rejects.toMatchObject({
      problem: { code: 'toolbox_unavailable', engineText: expect.stringContaining('nope0') as string },
    });
  });
});
