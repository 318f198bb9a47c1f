import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Container, Delta } from '../../../shared/model';
import type { Inventory } from '../../../shared/rules';
import { container, endpoint, engine, network } from '../../../shared/rules/testing';
import type { Answered } from '../changes/neighbours';
import { AddressWatch } from './address-watch';

const lan = network();
const other = '3c:00:00:00:00:01';
const address = '10.70.1.9';
const web = (more: Partial<Container> = {}): Container =>
  container({ id: 'web', endpoints: [endpoint(lan, { ipv4: address })], ...more });

const minute = 60_000;
beforeEach(() => vi.useFakeTimers({ now: 0 }));
afterEach(() => vi.useRealTimers());

function start() {
  const it = {
    answers: new Map<string, string[]>(),
    allowed: true,
    silent: false,
    world: { engines: [engine()], networks: [lan], containers: [] } as Inventory,
    asked: [] as string[][],
    told: [] as string[][],
  };
  const watch = new AddressWatch({
    inventory: () => it.world,
    allowed: () => it.allowed,
    async intruders(_network, held): Promise<Answered[] | null> {
      it.asked.push(held.map((each) => each.address));
      if (it.silent) return null;
      return held.map((each) => ({ address: each.address, macs: it.answers.get(each.address) ?? [] }));
    },
    onChange: (all) => it.told.push(all.map((each) => `${each.address} ${each.macs.join()}`)),
    now: () => Date.now(),
  });
  const delta = (...containers: Container[]): Delta => ({
    ...{ revision: 1, engineId: 'e1', networks: [], networksRemoved: [] },
    ...{ containers, containersRemoved: [] },
  });
  const see = async (...containers: Container[]) => {
    watch.onDelta(delta(...containers));
    await vi.advanceTimersByTimeAsync(500);
  };
  return { it, watch, see, delta };
}

it('is asked for once at each start and each connect, several at a time', async () => {
  const { it, watch, see } = start();
  const db = container({ id: 'db', name: 'db', endpoints: [endpoint(lan, { ipv4: '10.70.1.10' })] });
  await see(web(), db);
  await see(web({ name: 'renamed' }), db);
  expect(it.asked).toEqual([[address, '10.70.1.10']]);
  await see(web({ state: 'exited' }));
  await see(web());
  await see(web({ endpoints: [endpoint(lan, { ipv4: '10.70.1.11' })] }));
  expect(it.asked.slice(1)).toEqual([[address], ['10.70.1.11']]);
  expect([it.told, watch.list()]).toEqual([[], []]);
});

it('is told while another device answers, and no longer', async () => {
  const { it, watch, see } = start();
  it.answers.set(address, [other]);
  await see(web());
  expect(watch.list()).toEqual([
    { engineId: 'e1', containerId: 'web', networkId: lan.id, address, macs: [other], since: 500 },
  ]);
  await vi.advanceTimersByTimeAsync(20_600);
  expect([it.asked.length, it.told.length]).toEqual([2, 1]);
  // Who could not ask has not heard that it is over.
  it.silent = true;
  await vi.advanceTimersByTimeAsync(20_600);
  expect(watch.list()).toHaveLength(1);
  it.silent = false;
  it.answers.clear();
  await vi.advanceTimersByTimeAsync(20_600);
  // One answer can be lost.
  expect([watch.list().length, it.asked.length]).toEqual([1, 4]);
  await vi.advanceTimersByTimeAsync(4_600);
  expect(it.told).toEqual([[`${address} ${other}`], []]);
  await vi.advanceTimersByTimeAsync(2 * minute);
  expect(it.asked).toHaveLength(5);
});

it('goes on where an answer was lost', async () => {
  const { it, watch, see } = start();
  it.answers.set(address, [other]);
  await see(web());
  it.answers.clear();
  await vi.advanceTimersByTimeAsync(20_600);
  it.answers.set(address, [other]);
  await vi.advanceTimersByTimeAsync(4_600);
  it.answers.clear();
  await vi.advanceTimersByTimeAsync(20_600);
  expect([watch.list().length, it.told.length]).toEqual([1, 1]);
});

it('is found within ten minutes for a device that came later, but not where that would ask for very many', async () => {
  const { it, watch, see } = start();
  await see(web());
  it.answers.set(address, [other]);
  await vi.advanceTimersByTimeAsync(10 * minute);
  expect(watch.list()).toHaveLength(1);
  const many = start();
  await many.see(
    ...Array.from({ length: 257 }, (_, at) =>
      web({ id: `c${at}`, endpoints: [endpoint(lan, { ipv4: `10.70.${2 + (at >> 8)}.${at & 255}` })] }),
    ),
  );
  const asked = many.it.asked.length;
  expect(many.it.asked.flat()).toHaveLength(257);
  await vi.advanceTimersByTimeAsync(30 * minute);
  expect(many.it.asked).toHaveLength(asked);
});

it('is found later where nobody could be asked at the start', async () => {
  const { it, watch, see } = start();
  it.answers.set(address, [other]);
  it.silent = true;
  await see(web());
  it.silent = false;
  await vi.advanceTimersByTimeAsync(10 * minute);
  expect(watch.list()).toHaveLength(1);
});

it('is found as soon as helpers may run', async () => {
  const { it, watch, see } = start();
  it.answers.set(address, [other]);
  it.allowed = false;
  await see(web());
  expect(it.asked).toEqual([]);
  it.allowed = true;
  watch.onConsent('e2');
  watch.onConsent('e1');
  await vi.advanceTimersByTimeAsync(500);
  expect([watch.list().length, it.asked.length]).toEqual([1, 1]);
  it.allowed = false;
  watch.onConsent('e1');
  expect([watch.list(), it.told.at(-1)]).toEqual([[], []]);
});

it('is asked for also where the network is read after its container', async () => {
  const { it, watch, see, delta } = start();
  it.answers.set(address, [other]);
  it.world = { ...it.world, networks: [] };
  await see(web());
  it.world = { ...it.world, networks: [lan], containers: [web()] };
  watch.onDelta({ ...delta(), networks: [lan] });
  await vi.advanceTimersByTimeAsync(500);
  expect([watch.list().length, it.asked.length]).toEqual([1, 1]);
});

it('is asked for three times in five minutes at most for a container that crashes again and again', async () => {
  const { it, see } = start();
  for (let at = 0; at < 27; at += 1) {
    await see(web({ state: 'exited' }));
    await see(web());
    await vi.advanceTimersByTimeAsync(10_000);
  }
  expect(it.asked).toHaveLength(3);
  await vi.advanceTimersByTimeAsync(minute);
  expect(it.asked).toHaveLength(4);
});

it.each<[string, Container]>([
  ['has another address', web({ endpoints: [endpoint(lan, { ipv4: '10.70.1.11' })] })],
  ['has left the network', web({ endpoints: [] })],
  ['does not run any more', web({ state: 'exited' })],
])('is over at once for a container that %s', async (_what, now) => {
  const { it, watch, see, delta } = start();
  it.answers.set(address, [other]);
  await see(web());
  expect(watch.list()).toHaveLength(1);
  watch.onDelta(delta(now));
  expect([watch.list(), it.told.at(-1)]).toEqual([[], []]);
});

it('is told of nobody on a host where helpers may not run, or may not any more', async () => {
  const { it, watch, see } = start();
  it.answers.set(address, [other]);
  await see(web());
  it.allowed = false;
  await vi.advanceTimersByTimeAsync(20_600);
  await see(web({ id: 'late' }));
  expect([watch.list(), it.asked.length]).toEqual([[], 1]);
});

it('is not asked for where the container leases another one, or stands on no LAN', async () => {
  const { it, see } = start();
  const docker0 = network({ id: 'docker0', name: 'bridge', kind: 'bridge', parent: undefined });
  const lease = { engineId: 'e1', containerId: 'web', networkName: lan.name, networkId: lan.id };
  it.world = {
    ...it.world,
    networks: [lan, docker0],
    leases: [{ ...lease, containerName: 'web', address: '10.70.1.200' }],
  };
  await see(web(), container({ id: 'in', endpoints: [endpoint(docker0, { ipv4: '172.17.0.2' })] }));
  expect(it.asked).toEqual([]);
});

it('is over for a container that has come to lease another address meanwhile', async () => {
  const { it, watch, see } = start();
  it.answers.set(address, [other]);
  await see(web());
  expect(watch.list()).toHaveLength(1);
  const lease = { engineId: 'e1', containerId: 'web', networkName: lan.name, networkId: lan.id };
  it.world = { ...it.world, leases: [{ ...lease, containerName: 'web', address: '10.70.1.200' }] };
  await vi.advanceTimersByTimeAsync(20_600);
  expect(watch.list()).toEqual([]);
});

it('ends with the console, and forgets a host that another one may take the place of', async () => {
  const { it, watch, see, delta } = start();
  it.answers.set(address, [other]);
  await see(web());
  watch.release('e1');
  expect(watch.list()).toEqual([]);
  watch.onDelta(delta(web()));
  await watch.dispose();
  await vi.advanceTimersByTimeAsync(30 * minute);
  expect(it.asked).toHaveLength(1);
});
