import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createEngineClient, type EngineClient, type EngineEvent } from '../../electron/docker';
import type { NetworkSpec } from '../../shared/model';
import { startLab, until, type Lab, type LabHost } from '../lab';

let lab: Lab;
let host: LabHost;
let client: EngineClient;

beforeAll(async () => {
  lab = await startLab({ hosts: [{ engine: 'podman' }] });
  host = lab.hosts[0]!;
  client = createEngineClient({ engineId: 'e1', endpoint: host.endpoint });
  await client.facts();
});
afterEach(() => host.clean());
afterAll(async () => {
  client.close();
  await lab.down();
});

const lan: NetworkSpec = {
  name: 'lan',
  driver: 'macvlan',
  parent: 'eth1',
  mode: 'private',
  subnet: '10.70.1.0/24',
  gateway: '10.70.1.1',
  ipRange: '10.70.1.128/26',
  exclusions: [],
  internal: false,
  attachable: false,
  options: {},
  labels: {},
};

async function container(name: string, ...more: string[]): Promise<string> {
  return host.docker('run', '-d', '--name', name, ...more, lab.image);
}

const problem = (code: string) =>
  expect.objectContaining({ problem: expect.objectContaining({ code }) }) as Error;

describe('Podman', () => {
  it('tells what it is, and what it can do', async () => {
    const facts = await client.facts();
    expect(facts).toMatchObject({ product: 'podman', hostName: 'h1', apiVersion: '1.41', rootless: false });
    expect(facts.capabilities).toMatchObject({
      sharedParent: true,
      macOnConnect: true,
      gatewayPriority: false,
    });
  });

  it('makes networks that come back with parent, mode and range, two on one parent', async () => {
    const id = await client.createNetwork(lan);
    expect(await client.network(id)).toMatchObject({
      name: 'lan',
      kind: 'macvlan',
      parent: 'eth1',
      mode: 'private',
      subnets: [{ subnet: '10.70.1.0/24', gateway: '10.70.1.1', ipRange: '10.70.1.128/26' }],
    });
    const second = {
      ...lan,
      name: 'second',
      subnet: '10.71.1.0/24',
      gateway: '10.71.1.1',
      ipRange: '10.71.1.0/25',
    };
    await client.createNetwork(second);
    const networks = await client.networks();
    expect(networks.map(({ name, parent, bridge }) => [name, parent ?? bridge])).toEqual([
      ['bridge', 'podman0'],
      ['lan', 'eth1'],
      ['second', 'eth1'],
    ]);
  });

  it('attaches a running container with its address and MAC, keeps them, and lets it go', async () => {
    const id = await client.createNetwork(lan);
    const one = await container('one');
    await client.connect(id, one, { ipv4: '10.70.1.60', mac: '02:11:22:33:44:55' });
    const attached = { networkName: 'lan', ipv4: '10.70.1.60', mac: '02:11:22:33:44:55' };
    expect((await client.container(one)).endpoints).toMatchObject([{ networkName: 'bridge' }, attached]);
    await host.docker('restart', '-t', '0', 'one');
    expect((await client.container(one)).endpoints).toMatchObject([{ networkName: 'bridge' }, attached]);
    await client.disconnect(id, one, false);
    expect((await client.container(one)).endpoints).toMatchObject([{ networkName: 'bridge' }]);
  });

  it('refuses what is wrong in words that are understood, and the container stays readable', async () => {
    const id = await client.createNetwork(lan);
    const one = await container('one');
    await container('two', '--network', 'lan', '--ip', '10.70.1.60');
    const connect = (ipv4: string) => client.connect(id, one, { ipv4 });
    await expect(connect('10.70.1.60')).rejects.toEqual(problem('address_in_use'));
    expect((await client.container(one)).endpoints).toHaveLength(1);
    await expect(connect('10.99.0.1')).rejects.toEqual(problem('address_outside_subnet'));
    expect((await client.container(one)).endpoints).toHaveLength(1);
    await connect('10.70.1.61');
    await expect(connect('10.70.1.62')).rejects.toEqual(problem('already_connected'));
    // That refusal takes nothing away.
    expect((await client.container(one)).endpoints).toHaveLength(2);
    await expect(client.removeNetwork(id)).rejects.toEqual(problem('network_in_use'));
    await expect(client.createNetwork(lan)).rejects.toEqual(problem('name_taken'));
    const spec = { ...lan, name: 'other', parent: 'nope0' };
    await expect(client.createNetwork(spec)).rejects.toEqual(problem('parent_missing'));
    const kept = { ...lan, name: 'other', exclusions: ['10.70.1.130'] };
    await expect(client.createNetwork(kept)).rejects.toEqual(problem('engine_unsupported'));
  });

  it('has no endpoints twice: who shares a namespace has none', async () => {
    await container('owner');
    const sharer = await container('sharer', '--network', 'container:owner');
    const inspected = await client.container(sharer);
    expect(inspected).toMatchObject({ networkMode: { kind: 'container' }, endpoints: [] });
    const none = await container('none', '--network', 'none');
    expect(await client.container(none)).toMatchObject({ networkMode: { kind: 'none' }, endpoints: [] });
    const id = await client.createNetwork(lan);
    await expect(client.connect(id, none, {})).rejects.toEqual(problem('engine_unsupported'));
  });

  it('tells of attachments and removals', async () => {
    const id = await client.createNetwork(lan);
    const one = await container('one');
    const events: EngineEvent[] = [];
    const following = await client.events(
      (event) => events.push(event),
      () => undefined,
    );
    await client.connect(id, one, {});
    await client.disconnect(id, one, false);
    await host.docker('rm', '-f', 'one');
    await until('the removal to be told', () =>
      events.some((event) => 'action' in event && event.action === 'destroy'),
    );
    following.dispose();
    expect(events).toContainEqual({ kind: 'attachment', action: 'connect', networkId: '', containerId: one });
    expect(events).toContainEqual({
      kind: 'attachment',
      action: 'disconnect',
      networkId: '',
      containerId: one,
    });
    expect(events).toContainEqual({ kind: 'container', action: 'destroy', containerId: one });
  });

  it('counts traffic, of all interfaces together', async () => {
    const one = await container('one');
    const names: string[] = [];
    const following = client.counters(
      one,
      ({ interfaces }) => names.push(...interfaces.map((each) => each.interface)),
      () => undefined,
    );
    await until('a sample', () => names.length > 0);
    following.dispose();
    expect(names[0]).toBe('network');
  });
});
