// @vitest-environment jsdom
import { act, screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { trafficColumns, type Snapshot } from '../../../shared/model';
import { prepareDom } from '../../app/testing/dom';
import { container, detail, endpoint, engine, macvlan, twoHosts } from '../../app/testing/fixtures';
import { renderWindow } from '../../app/testing/render';
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

describe('the pane while nothing is selected', () => {
  it('lists each host with what runs on it, and goes there', async () => {
    const { user, stores } = renderWindow(twoHosts());
    const row = await screen.findByTestId('overview-host-b');
    expect(row.textContent).toContain('1/1');
    await user.click(within(row).getByRole('button', { name: 'b' }));
    expect(stores.ui.getState().selection).toEqual({ kind: 'engine', engineId: 'b' });
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
