// @vitest-environment jsdom
import { act, screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { ok, trafficColumns, type HostFacts, type Snapshot } from '../../../shared/model';
import { hostFacts, nic } from '../../../shared/rules/host/testing';
import { prepareDom } from '../../testing/dom';
import { container, detail, endpoint, engine, macvlan, twoHosts } from '../../testing/fixtures';
import { renderWindow } from '../../testing/render';
import type { Stores } from '../../store';

prepareDom();

const [lanA, lanB] = [macvlan('a', 'lan'), macvlan('b', 'lan')];
const clash: Snapshot = {
  ...twoHosts(),
  networks: [lanA, lanB],
  containers: [
    container('a', 'web', { endpoints: [endpoint(lanA, '10.70.1.20')] }),
    container('b', 'copy', { endpoints: [endpoint(lanB, '10.70.1.20', { mac: '02:42:0a:46:01:14' })] }),
  ],
};

/** A second's traffic, bits/s received by each container of host `a`. */
function tell(stores: Stores, at: number, rates: Record<string, number>): void {
  const names = Object.keys(rates);
  const series = names.map((name) => ({
    engineId: 'a',
    containerId: `${name}-id`,
    networkId: lanA.id,
    interface: 'eth0',
    exact: true,
  }));
  const received = Object.values(rates);
  const values = trafficColumns.flatMap((column) => (column === 'rxBits' ? received : names.map(() => 0)));
  act(() => {
    stores.traffic.setIndex({ version: 1, series });
    stores.traffic.setTick({ version: 1, at, values: Float64Array.from(values) });
  });
}

describe('an address that two containers of a LAN have', () => {
  it('is told of the container and where else it is, of its network, and leads there', async () => {
    const { stores, user } = renderWindow(clash);
    await screen.findByTestId('attention');
    act(() => stores.ui.setState({ selection: { kind: 'container', engineId: 'a', id: 'web-id' } }));
    const own = await screen.findByTestId('also-used-lan');
    expect(own.textContent).toMatch(/10\.70\.1\.20.*copy b/);
    expect(own.textContent).not.toContain('web');
    act(() => stores.ui.setState({ selection: { kind: 'network', engineId: 'a', id: lanA.id } }));
    const all = await screen.findByTestId('duplicates');
    expect(all.textContent).toMatch(/10\.70\.1\.20.*web a.*copy b/);
    await user.click(within(all).getByRole('button', { name: 'copy' }));
    expect(stores.ui.getState().selection).toMatchObject({ kind: 'container', engineId: 'b' });
  });

  it('is told of the LAN', async () => {
    const { stores } = renderWindow(clash);
    await screen.findByTestId('attention');
    const network = { engineId: 'a', networkId: lanA.id };
    act(() => stores.ui.setState({ selection: { kind: 'lan', key: '', network } }));
    expect((await screen.findByTestId('duplicates')).textContent).toContain('10.70.1.20');
  });

  it('is no matter of a network on which all differ', async () => {
    const { stores } = renderWindow(twoHosts());
    await screen.findByTestId('overview-host-b');
    act(() => stores.ui.setState({ selection: { kind: 'network', engineId: 'b', id: lanB.id } }));
    expect(await screen.findByTestId('remove-network')).toBeTruthy();
    expect(screen.queryByTestId('duplicates')).toBeNull();
  });
});

describe('an address for which another device answers', () => {
  const conflict = {
    ...{ engineId: 'a', containerId: 'web-id', networkId: lanA.id, address: '10.70.1.20' },
    ...{ macs: ['3c:00:00:00:00:01'], since: 1 },
  };
  const alone: Snapshot = { ...clash, containers: clash.containers.slice(0, 1) };

  it('needs a look, and the way to another address is beside it', async () => {
    const { stores, user } = renderWindow(alone, {
      overrides: { 'address.conflicts': () => ok([conflict]) },
    });
    const attention = await screen.findByTestId('attention');
    expect(attention.textContent).toMatch(/web a has 10\.70\.1\.20.*3c:00:00:00:00:01/);
    await user.click(within(attention).getByTestId('change-intruded'));
    expect(stores.ui.getState().dialog).toMatchObject({
      request: { kind: 'readdress', engineId: 'a', containerId: 'web-id', networkId: lanA.id },
    });
  });

  it('is told of the container until it is over', async () => {
    const { api, stores } = renderWindow(alone);
    await screen.findByTestId('overview-host-a');
    act(() => stores.ui.setState({ selection: { kind: 'container', engineId: 'a', id: 'web-id' } }));
    expect(screen.queryByTestId('also-used-lan')).toBeNull();
    act(() => api.push('addresses.conflicts', [conflict]));
    expect((await screen.findByTestId('also-used-lan')).textContent).toContain('3c:00:00:00:00:01');
    act(() => api.push('addresses.conflicts', []));
    await waitFor(() => expect(screen.queryByTestId('also-used-lan')).toBeNull());
  });
});

describe('the pane while nothing is selected', () => {
  it('lists each host with what runs on it, and goes there', async () => {
    const { user, stores } = renderWindow(twoHosts());
    const row = await screen.findByTestId('overview-host-b');
    expect(row.textContent).toContain('1/1');
    await user.click(within(row).getByRole('button', { name: 'b' }));
    expect(stores.ui.getState().selection).toEqual({ kind: 'engine', engineId: 'b' });
  });

  it('does not say how much runs on a host that was never reached', async () => {
    const unread = engine('c', { state: 'offline', version: '' });
    renderWindow({ ...twoHosts(), engines: [...twoHosts().engines, unread] });
    const row = await screen.findByTestId('overview-host-c');
    expect(row.textContent).not.toContain('0/0');
  });

  it('says what needs a look, and nothing where nothing does', async () => {
    const { stores, user } = renderWindow(clash);
    const attention = await screen.findByTestId('attention');
    expect(attention.textContent).toContain('10.70.1.20');
    await user.click(within(attention).getByRole('button', { name: 'copy' }));
    expect(stores.ui.getState().selection).toMatchObject({ engineId: 'b', id: 'copy-id' });
    act(() => stores.ui.setState({ selection: null }));
    act(() => stores.inventory.setState({ snapshot: twoHosts() }));
    expect(screen.queryByTestId('attention')).toBeNull();
  });

  it('names a host that does not answer', async () => {
    renderWindow({ ...twoHosts(), engines: [engine('a'), engine('b', { state: 'offline' })] });
    expect((await screen.findByTestId('attention')).textContent).toMatch(/b does not answer/);
  });

  it('tells each thing that is wrong with its remedy, and leads to who has it', async () => {
    const shares = (containerId: string) => ({ kind: 'container' as const, containerId });
    const mac = '02:42:0a:46:01:63';
    const { stores, user } = renderWindow({
      ...twoHosts(),
      networks: [lanA, lanB],
      containers: [
        container('a', 'one', { endpoints: [endpoint(lanA, '10.70.1.20', { mac })] }),
        container('b', 'two', { endpoints: [endpoint(lanB, '10.70.1.21', { mac })] }),
        container('a', 'old', {
          state: 'exited',
          endpoints: [endpoint(macvlan('a', 'cams'), '', { endpointId: '', mac: '' })],
        }),
        container('a', 'vpn', { detail: detail({ startedAt: '2026-01-02T00:00:00Z' }) }),
        container('a', 'side', { networkMode: shares('vpn-id'), detail: detail() }),
        container('a', 'off', { state: 'exited' }),
        container('a', 'waits', { networkMode: shares('off-id') }),
        container('a', 'lost', { networkMode: shares('nobody') }),
      ],
    });
    const attention = await screen.findByTestId('attention');
    expect(
      within(attention)
        .getAllByRole('listitem')
        .map((row) => row.textContent),
    ).toEqual([
      expect.stringMatching(/^02:42:0a:46:01:63 is the MAC address of several.*one.*two/),
      expect.stringMatching(/^old a is still on cams, which no longer exists.*detach it/),
      expect.stringMatching(/^side a is cut off, because vpn.*: restart side/),
      expect.stringMatching(
        /^waits a uses the network of off, which is not running: start off, then restart waits/,
      ),
      expect.stringMatching(/^lost a uses the network of nobody, which no longer exists: recreate lost/),
    ]);
    await user.click(within(attention).getByTestId('clear-networkGone'));
    expect(stores.ui.getState().dialog).toMatchObject({
      request: { kind: 'detach', containerId: 'old-id', networkId: 'cams-id' },
    });
    act(() => stores.ui.setState({ dialog: null }));
    await user.click(within(attention).getByRole('button', { name: 'side', hidden: true }));
    expect(stores.ui.getState().selection).toMatchObject({ kind: 'container', id: 'side-id' });
  });

  describe('where a host may be looked into', () => {
    const old = macvlan('a', 'old', { parent: 'eth9' });
    const made = macvlan('a', 'made', { parent: 'eth0.30' });
    const world = (): Snapshot => ({ ...twoHosts(), networks: [lanA, old], containers: [] });
    const seen = (networks: string[], ...nics: HostFacts['nics']): HostFacts => ({
      ...hostFacts('a', ...nics),
      at: Date.now() - 180_000,
      networkIds: networks,
    });
    const show = (looks: HostFacts[], language: 'en' | 'zh-CN' = 'en') =>
      renderWindow(world(), {
        preferences: { language },
        overrides: {
          'toolbox.describe': () => ({
            ok: true,
            value: {
              version: '1',
              settings: { method: 'load', image: '' },
              size: null,
              tasks: [],
              engines: [{ engineId: 'a', consent: 'granted', at: 0, image: null }],
            },
          }),
          // The last one stays.
          'host.facts': () => ({
            ok: true,
            value: (looks.length > 1 ? looks.shift() : looks[0]) as HostFacts,
          }),
        },
      });
    const rows = async () =>
      within(await screen.findByTestId('attention'))
        .getAllByRole('listitem')
        .map((row) => row.textContent);
    const [up, back] = [nic(), nic({ name: 'eth9' })];

    it('tells of an interface that is gone, or lets nothing through, until another look finds it mended', async () => {
      const { stores, user, api } = show([
        seen(['lan-id', 'old-id'], nic({ up: false })),
        seen([], up, back),
      ]);
      expect(await rows()).toEqual([
        expect.stringMatching(
          /^lan a eth0 is switched off:.*ip link set eth0 up.*Seen 3 minutes ago.*Look again$/,
        ),
        expect.stringMatching(/^old a stands on eth9, which this host no longer has: bring it back/),
      ]);
      await user.click(screen.getByTestId('look-again-old'));
      await waitFor(() => expect(screen.queryByTestId('attention')).toBeNull());
      expect(api.calls.filter(({ name }) => name === 'host.facts').map(({ input }) => input)).toEqual([
        { engineId: 'a', refresh: false },
        { engineId: 'a', refresh: true },
      ]);
      expect(stores.ui.getState().selection).toBeNull();
    });

    it('says it in Chinese, too', async () => {
      show([seen(['lan-id', 'old-id'], up)], 'zh-CN');
      expect(await rows()).toEqual([
        expect.stringMatching(/^old a 所依托的网络接口 eth9 在该主机上已不存在/),
      ]);
    });

    it('looks anew before it speaks of a network that is newer than the look', async () => {
      const link = nic({ name: 'eth0.30', kind: 'vlan', vlan: 30, parent: 'eth0' });
      const looks = [
        seen(['lan-id', 'old-id'], up, back),
        seen(['lan-id', 'old-id', 'made-id'], up, back, link),
      ];
      const { stores, api } = show(looks);
      await waitFor(() => expect(stores.host.getState().looks.a?.facts).toBeTruthy());
      const asked = () => api.calls.filter(({ name }) => name === 'host.facts').length;
      const before = asked();
      const snapshot = { ...world(), networks: [lanA, old, made] };
      act(() => stores.inventory.setState({ snapshot }));
      await waitFor(() => expect(stores.host.getState().looks.a?.facts?.nics).toHaveLength(3));
      expect([asked() - before, screen.queryByTestId('attention')]).toEqual([1, null]);
    });
  });

  it('leaves the hosts in view when much needs a look, and shows the rest when asked', async () => {
    const flaky = Array.from({ length: 11 }, (_, at) =>
      container('a', `flaky-${at}`, { state: 'restarting' }),
    );
    const { user } = renderWindow({ ...twoHosts(), containers: flaky });
    const attention = await screen.findByTestId('attention');
    expect(within(attention).getAllByRole('listitem')).toHaveLength(8);
    await user.click(screen.getByRole('button', { name: 'Show 3 more' }));
    expect(within(attention).getAllByRole('listitem')).toHaveLength(11);
  });

  it('ranks containers by their traffic, and leaves an order standing long enough to click', async () => {
    const { stores } = renderWindow({
      ...twoHosts(),
      networks: [lanA],
      containers: [container('a', 'web'), container('a', 'db'), container('a', 'idle')],
    });
    const rows = () =>
      within(screen.getByTestId('busiest'))
        .queryAllByRole('button')
        .map((each) => each.textContent);
    await screen.findByTestId('busiest');
    tell(stores, 100_000, { web: 2e6, db: 1e6, idle: 0 });
    await waitFor(() => expect(rows()).toEqual(['web', 'db']));
    expect(screen.getByTestId('busiest').textContent).toContain('2 Mbit/s');
    tell(stores, 101_000, { web: 1e6, db: 3e6, idle: 0 });
    expect(screen.getByTestId('busiest').textContent).toContain('3 Mbit/s');
    expect(rows()).toEqual(['web', 'db']);
    tell(stores, 105_000, { web: 1e6, db: 3e6, idle: 0 });
    expect(rows()).toEqual(['db', 'web']);
  });
});
