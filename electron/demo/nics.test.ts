import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { call } from '../../e2e/conformance/raw-client';
import { createEngineClient, type EngineClient } from '../docker';
import { factsTask, probeTask, shimTask, Toolbox, type RootfsSource } from '../toolbox';
import { ownToolboxImage } from '../../shared/rules';
import { startDemo, type Demo } from './index';

/** What the console reads of a simulated host whose NIC goes, goes down, or becomes a bridge's port. */
let demo: Demo;
let clients: EngineClient[];
const source: RootfsSource = { own: 'x86_64', get: async () => Buffer.alloc(1024) };

beforeEach(async () => {
  demo = await startDemo({ hosts: 2, version: '29.7' });
  clients = demo.endpoints.map((endpoint, i) =>
    createEngineClient({ engineId: `d${i}`, endpoint, demo: true }),
  );
});
afterEach(async () => {
  for (const client of clients) client.close();
  await demo.close();
});

const toolbox = (index: number) =>
  new Toolbox({
    target: { client: clients[index]!, host: 'demo', architecture: 'x86_64' },
    settings: { method: 'load', image: ownToolboxImage },
    source,
  });
const nics = async () => {
  const facts = await toolbox(0).run(factsTask, new Set());
  return { ...facts, of: (name: string) => facts.nics.find((nic) => nic.name === name) };
};
const onLan = async (index: number) => {
  const running = (await clients[index]!.containers()).filter(({ state }) => state === 'running');
  const found = running.flatMap(({ id, name, endpoints }) =>
    endpoints.flatMap(({ networkName, ipv4 }) => (networkName === 'lan' && ipv4 ? [{ id, name, ipv4 }] : [])),
  );
  return found[0]!;
};
const answersAt = async (address: string) => {
  const asker = await onLan(0);
  const [found] = await toolbox(0).run(probeTask, {
    from: { kind: 'container', containerId: asker.id },
    addresses: [address],
  });
  return found?.answers;
};

describe('a NIC of a simulated host', () => {
  it('is down with its VLAN links, and nobody hears through it', async () => {
    const { ipv4 } = await onLan(1);
    expect(await answersAt(ipv4)).toBe(true);
    demo.setNic(0, 'eth0', 'down');
    const { of, gateways } = await nics();
    expect(of('eth0')).toMatchObject({ up: false, carrier: false });
    expect(of('eth0.20')).toMatchObject({ up: false, carrier: false });
    expect(gateways).toEqual([]);
    expect(await answersAt(ipv4)).toBe(false);
    demo.setNic(0, 'eth0', 'up');
    expect((await nics()).of('eth0.20')).toMatchObject({ up: true, carrier: true });
    demo.setNic(1, 'eth0', 'down');
    expect(await answersAt(ipv4)).toBe(false);
  });

  it('is gone with its VLAN links, shims and the containers’ interfaces, which don’t come back with it', async () => {
    const { id } = await onLan(0);
    await toolbox(0).run(shimTask, {
      do: 'put',
      shim: { name: 'tl-a', parent: 'eth0', address: '10.20.0.200', routes: [] },
    });
    const before = await clients[0]!.interfaceMacs(id);
    demo.setNic(0, 'eth0', 'gone');
    const { of } = await nics();
    expect([of('eth0'), of('eth0.20'), of('tl-a')]).toEqual([undefined, undefined, undefined]);
    demo.setNic(0, 'eth0', 'up');
    expect((await nics()).of('eth0')).toBeDefined();
    expect((await nics()).of('eth0.20')).toBeUndefined();
    expect((await clients[0]!.interfaceMacs(id)).size).toBeLessThan(before.size);
    await clients[0]!.stop(id);
    await clients[0]!.start(id);
    expect((await clients[0]!.interfaceMacs(id)).size).toBe(before.size);
  });

  it('becomes a bridge’s port while no container is on it', async () => {
    expect(() => demo.setNic(0, 'eth0', 'port')).toThrow('RTNETLINK answers: Device or resource busy');
    expect(() => demo.setNic(0, 'nope0', 'down')).toThrow(RangeError);
    expect(() => demo.setNic(5, 'eth0', 'down')).toThrow(RangeError);
    demo.setNic(0, 'eno1', 'port');
    const { of } = await nics();
    expect(of('eno1')).toMatchObject({ master: 'br-lan', masterKind: 'bridge' });
    expect(of('br-lan')).toMatchObject({ kind: 'bridge' });
    demo.setNic(0, 'eno1', 'up');
    expect((await nics()).of('br-lan')).toBeUndefined();
  });

  it('takes the network from a container of 29.7 that fails to start for it, as the engine’s source does', async () => {
    const { id, name } = await onLan(0);
    await clients[0]!.stop(id);
    demo.setNic(0, 'eth0', 'gone');
    const socket = demo.endpoints[0]!.replace('unix://', '');
    const start = await call(socket, 'POST', `/containers/${name}/start`);
    expect([start.status, start.text]).toEqual([
      500,
      expect.stringContaining('failed to set up container networking: the requested parent interface eth0'),
    ]);
    expect((await clients[0]!.container(id)).endpoints.map(({ networkName }) => networkName)).not.toContain(
      'lan',
    );
  });
});
