import { describe, expect, it } from 'vitest';
import { container, endpoint, engine, macvlan, twoHosts } from '../../testing/fixtures';
import type { Rates } from '../../store/traffic';
import { noFilters } from '../../store/ui';
import { canDo, dialogOf, obstacleOf, type RowAction } from './actions';
import { buildRows, filterRows, ownerOf } from './rows';
import { nextSort, sortRows, type Column } from './sort';

const none = noFilters;
const lan = macvlan('a', 'lan');
const wifi = macvlan('a', 'wifi', { parent: 'eth0.20', subnets: [] });
const snapshot = {
  revision: 1,
  engines: [engine('a')],
  networks: [lan, wifi],
  containers: [
    container('a', 'web-10', { endpoints: [endpoint(lan, '10.70.1.9')] }),
    container('a', 'web-2', {
      endpoints: [endpoint(lan, '10.70.1.100', { pinned4: '10.70.1.100' }), endpoint(wifi, '')],
    }),
    // An engine's record of a stopped container names no network id.
    container('a', 'old', {
      state: 'exited',
      endpoints: [endpoint(lan, '', { networkId: '', pinned4: '10.70.1.50' })],
    }),
    container('a', 'sharer', { networkMode: { kind: 'container', containerId: 'web-2-id' } }),
  ],
};
const rows = buildRows(snapshot);
const sorted = (column: Column, descending = false, rates: () => Rates | null = () => null) =>
  sortRows(rows, { column, descending }, rates).map((row) => row.container.name);

describe('a row of a host that is offline', () => {
  const actions: RowAction[] = ['inspect', 'attach', 'address', 'detach', 'raw'];
  const open = (obstacles: Parameters<typeof obstacleOf>[2]) =>
    actions.filter((action) => obstacleOf(rows[0]!, action, obstacles) === undefined);
  it('can be looked at, and nothing else', () => {
    expect(open({ host: () => 'off', address: () => 'off' })).toEqual(['inspect', 'raw']);
    expect(open({ host: () => undefined, address: () => 'default' })).not.toContain('address');
    expect(open({ host: () => undefined, address: () => undefined })).toEqual(actions);
  });
});

describe('rows', () => {
  it('are one per attachment, and one for a container without', () => {
    expect(rows.map((row) => row.testId)).toEqual([
      'row-web-10-lan',
      'row-web-2-lan',
      'row-web-2-wifi',
      'row-old-lan',
      'row-sharer-none',
    ]);
  });

  it('show the address that is fixed for a container that does not run', () => {
    const old = rows.find((row) => row.container.name === 'old');
    expect(old).toMatchObject({ ipv4: '10.70.1.50', pin: 'pinned', driver: 'macvlan' });
    expect(old?.selection).toEqual({
      kind: 'attachment',
      engineId: 'a',
      containerId: 'old-id',
      networkId: 'lan-id',
    });
  });

  it('know VLAN and automatic addresses', () => {
    expect(rows.find((row) => row.networkName === 'wifi')?.vlan).toBe(20);
    expect(rows[0]?.pin).toBe('automatic');
    expect(rows[2]?.pin).toBeNull();
  });

  it('call an address fixed or automatic only where the engine tells which', () => {
    const overlay = macvlan('a', 'ov', {
      kind: 'overlay',
      driver: 'overlay',
      scope: 'swarm',
      parent: undefined,
    });
    const swarm = macvlan('a', 'swm', { scope: 'swarm' });
    const pinned4 = '10.70.1.7';
    const shown = buildRows({
      ...snapshot,
      engines: [engine('a'), engine('p', { product: 'podman' })],
      networks: [overlay, swarm, macvlan('p', 'lan')],
      containers: [
        container('a', 'runs', { endpoints: [endpoint(overlay, pinned4, { pinned4 })] }),
        container('a', 'stands', { state: 'exited', endpoints: [endpoint(overlay, '', { pinned4 })] }),
        container('a', 'ignored', { state: 'created', endpoints: [endpoint(swarm, '', { pinned4 })] }),
        container('p', 'pod', { endpoints: [endpoint(macvlan('p', 'lan'), pinned4)] }),
      ],
    });
    expect(shown.map((row) => [row.container.name, row.ipv4, row.pin])).toEqual([
      ['runs', pinned4, 'untold'],
      ['stands', pinned4, 'pinned'],
      ['ignored', '', 'automatic'],
      ['pod', pinned4, 'untold'],
    ]);
  });

  it('know whose network is shared', () => {
    expect(ownerOf(snapshot.containers[3]!, snapshot)?.name).toBe('web-2');
    expect(ownerOf(snapshot.containers[0]!, snapshot)).toBeUndefined();
    const gone = container('a', 'x', { networkMode: { kind: 'container', containerId: 'nobody' } });
    expect(ownerOf(gone, snapshot)).toBeNull();
  });

  it('are found by address, MAC, network and host', () => {
    expect(filterRows(rows, none, '10.70.1.50').map((row) => row.container.name)).toEqual(['old']);
    expect(filterRows(rows, none, 'WIFI').map((row) => row.container.name)).toEqual(['web-2', 'web-2']);
    expect(filterRows(rows, { ...none, states: ['exited'] }, '')).toHaveLength(1);
    expect(filterRows(rows, { ...none, drivers: ['bridge'] }, '')).toHaveLength(0);
    expect(filterRows(rows, { ...none, engines: ['b'] }, '')).toHaveLength(0);
  });
});

describe('sorting', () => {
  it('counts numbers in names', () => {
    expect(sorted('container')).toEqual(['old', 'sharer', 'web-2', 'web-2', 'web-10']);
  });

  it('orders addresses as numbers, and puts rows without one last both ways', () => {
    expect(sorted('ipv4').slice(0, 3)).toEqual(['web-10', 'old', 'web-2']);
    expect(sorted('ipv4', true).slice(0, 3)).toEqual(['web-2', 'old', 'web-10']);
    expect(sorted('ipv4', true).at(-2)).toBe('sharer');
  });

  it('orders hosts as the admin does', () => {
    const { engines, ...rest } = twoHosts();
    const placed = engines.map((each, at) => ({ ...each, position: 9 - at }));
    const byHost = sortRows(
      buildRows({ ...rest, engines: placed }),
      { column: 'host', descending: false },
      () => null,
    );
    expect(byHost.map((row) => row.engine?.name)).toEqual(['b', 'a']);
  });

  it('orders by rates, unmeasured last', () => {
    const rates = { rxBits: 5, txBits: 0, rxPackets: 0, txPackets: 0, errors: 0, drops: 0 };
    const byKey = new Map([
      [rows[0]!.trafficKey, { ...rates, rxBits: 9 }],
      [rows[1]!.trafficKey, rates],
    ]);
    const order = sortRows(
      rows,
      { column: 'rx', descending: true },
      (row) => byKey.get(row.trafficKey) ?? null,
    );
    expect(order.slice(0, 2).map((row) => row.container.name)).toEqual(['web-10', 'web-2']);
  });

  it('begins with the busiest for rates, and turns round when asked again', () => {
    expect(nextSort({ column: 'container', descending: false }, 'rx').descending).toBe(true);
    expect(nextSort({ column: 'rx', descending: true }, 'rx').descending).toBe(false);
    expect(nextSort({ column: 'rx', descending: true }, 'host').descending).toBe(false);
  });
});

describe('actions', () => {
  it('on an attachment become changes of it', () => {
    const row = buildRows(twoHosts()).find((each) => each.container.name === 'db')!;
    expect(dialogOf(row, 'detach')).toMatchObject({ request: { kind: 'detach', networkId: 'lan-id' } });
    expect(dialogOf(row, 'address')).toMatchObject({ request: { kind: 'readdress' } });
  });

  it('that need an attachment are not offered without one', () => {
    expect(canDo(rows.at(-1)!, 'detach', false)).toBe(false);
    expect(canDo(rows.at(-1)!, 'attach', false)).toBe(true);
  });

  it('that change something are not offered in a read-only console', () => {
    const row = buildRows(twoHosts()).find((each) => each.container.name === 'db')!;
    for (const action of ['attach', 'detach', 'address'] as const)
      expect([canDo(row, action, false), canDo(row, action, true)]).toEqual([true, false]);
    expect(canDo(row, 'inspect', true)).toBe(true);
  });
});
