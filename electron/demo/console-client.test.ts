import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createEngineClient, type CountersSample, type EngineClient, type EngineEvent } from '../docker';
import { startDemo, type Demo } from './index';

/** The console's own client on simulated engines: what it reads there must be what it reads on real ones. */
describe.each([0, 1, 2])('the console’s client on demo engine %i', (index) => {
  let demo: Demo;
  let client: EngineClient;

  beforeAll(async () => {
    demo = await startDemo();
    client = createEngineClient({ engineId: 'd', endpoint: demo.endpoints[index] ?? '', demo: true });
  });
  afterAll(async () => {
    client.close();
    await demo.close();
  });

  it('reads the engine, its networks and its containers', async () => {
    const facts = await client.facts();
    expect(facts).toMatchObject({ product: 'docker', cgroupVersion: '2', rootless: false });
    const lan = (await client.networks()).find(({ name }) => name === 'lan');
    expect(lan).toMatchObject({ driver: 'macvlan', parent: 'eth0', subnets: [{ subnet: '10.20.0.0/24' }] });
    const containers = await client.containers();
    expect(containers).toHaveLength(8);
    for (const { id, state } of containers) {
      expect(state).not.toBe('unknown');
      expect((await client.container(id)).detail).not.toBeNull();
    }
  });

  it('matches interfaces to networks by MAC, and sees them count', async () => {
    const containers = await Promise.all((await client.containers()).map(({ id }) => client.container(id)));
    const target = containers.find(({ state, endpoints }) => state === 'running' && endpoints.length === 2);
    const macs = await client.interfaceMacs(target?.id ?? '');
    expect([...macs.values()].sort()).toEqual(target?.endpoints.map(({ mac }) => mac).sort());
    const samples = await new Promise<CountersSample[]>((resolve, reject) => {
      const seen: CountersSample[] = [];
      const subscription = client.counters(
        target?.id ?? '',
        (sample) => {
          seen.push(sample);
          if (seen.length < 3) return;
          subscription.dispose();
          resolve(seen);
        },
        reject,
      );
    });
    const received = samples.map(({ interfaces }) =>
      interfaces.reduce((sum, { rxBytes }) => sum + rxBytes, 0),
    );
    expect(received.at(-1)).toBeGreaterThan(received[0] ?? Infinity);
    expect(samples[0]?.interfaces.map((each) => each.interface).sort()).toEqual([...macs.keys()].sort());
  });

  it('attaches, hears of it, and detaches', async () => {
    const events: EngineEvent[] = [];
    const subscription = await client.events((event) => {
      events.push(event);
    }, vi.fn());
    const iot = (await client.networks()).find(({ name }) => name === 'iot');
    const target = (await client.containers()).find(
      ({ state, endpoints }) =>
        state === 'running' &&
        endpoints.length === 1 &&
        !['host', 'none', 'iot'].includes(endpoints[0]?.networkName ?? ''),
    );
    await client.connect(iot?.id ?? '', target?.id ?? '', { ipv4: '10.21.0.200' });
    const attached = await client.container(target?.id ?? '');
    expect(attached.endpoints.find(({ networkName }) => networkName === 'iot')).toMatchObject({
      ipv4: '10.21.0.200',
      pinned4: '10.21.0.200',
    });
    await client.disconnect(iot?.id ?? '', target?.id ?? '', false);
    await vi.waitFor(() => {
      const actions = events.filter(({ kind }) => kind === 'attachment').map(({ action }) => action);
      expect(new Set(actions)).toEqual(new Set(['connect', 'disconnect']));
    });
    subscription.dispose();
    await expect(client.disconnect(iot?.id ?? '', target?.id ?? '', false)).rejects.toMatchObject({
      problem: { code: 'not_connected' },
    });
  });
});
