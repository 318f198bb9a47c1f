// @vitest-environment jsdom
import { act, screen, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import type { Snapshot } from '../../../shared/model';
import { prepareDom } from '../../testing/dom';
import { endpoint, engine, macvlan, twoHosts } from '../../testing/fixtures';
import { renderWindow } from '../../testing/render';
import type { Selection } from '../../store/ui';

prepareDom();

/** `web` on host a, `db` on host b, which does not answer; both on one LAN at one site. */
const site = (): Snapshot => {
  const before = twoHosts();
  const [lanA, lanB] = before.networks.map((each) => ({ ...each, site: 'Cellar' }));
  const [web, db] = before.containers;
  return {
    ...before,
    engines: [engine('a', { site: 'Cellar' }), engine('b', { site: 'Cellar', state: 'offline' })],
    networks: [lanA!, lanB!, macvlan('a', 'v20', { parent: 'eth0.20', subnets: [] })],
    containers: [{ ...web!, endpoints: [endpoint(lanA!, '10.70.1.9')] }, db!],
  };
};
const lan: Selection = {
  kind: 'lan',
  key: '10.70.1.0/24',
  network: { engineId: 'a', networkId: 'lan-id' },
};
const open = async (selection: Selection) => {
  const shown = renderWindow(site());
  await screen.findByTestId('table');
  act(() => shown.stores.ui.setState({ selection }));
  return { ...shown, pane: within(screen.getByTestId('inspector')) };
};

describe('the inspector of a LAN', () => {
  it('tells subnet, site and every host’s network with its containers', async () => {
    const { pane } = await open(lan);
    expect(pane.getByRole('heading', { level: 2 }).textContent).toBe('10.70.1.0/24');
    expect(pane.getByText('2 hosts')).toBeTruthy();
    expect(pane.getByText('2 containers')).toBeTruthy();
    expect(pane.getByText('Cellar')).toBeTruthy();
    expect(pane.getByRole('list', { name: 'Containers on lan of a' }).textContent).toMatch(
      /web.*running.*10\.70\.1\.9/,
    );
    expect(pane.getByTestId('occupied-b-lan').textContent).toMatch(
      /as last known.*db.*running.*10\.70\.1\.2/,
    );
    expect(pane.queryByText('v20')).toBeNull();
    // No engine has JSON of a LAN.
    expect(pane.queryByRole('button', { name: 'Raw JSON' })).toBeNull();
  });

  it('leads from each name to what it names', async () => {
    const { stores, user } = await open(lan);
    const follow = async (name: string) => {
      act(() => stores.ui.setState({ selection: lan }));
      await user.click(within(await screen.findByTestId('occupied-b-lan')).getByRole('button', { name }));
      return stores.ui.getState().selection;
    };
    expect(await follow('b')).toEqual({ kind: 'engine', engineId: 'b' });
    expect(await follow('lan')).toEqual({ kind: 'network', engineId: 'b', id: 'lan-id' });
    expect(await follow('db')).toEqual({ kind: 'container', engineId: 'b', id: 'db-id' });
  });
});

describe('the inspector of an interface', () => {
  const nic = (name: string): Selection => ({ kind: 'nic', engineId: 'a', name });
  it('tells its LAN and all networks on it and on its VLAN links', async () => {
    const { pane, stores, user } = await open(nic('eth0'));
    expect(pane.getByRole('heading', { level: 2 }).textContent).toBe('eth0');
    expect(pane.getByTestId('occupied-a-lan').textContent).toMatch(/web.*10\.70\.1\.9/);
    expect(pane.getByTestId('occupied-a-v20').textContent).toContain('No containers.');
    expect(pane.queryByTestId('occupied-b-lan')).toBeNull();
    await user.click(pane.getByRole('button', { name: '10.70.1.0/24' }));
    expect(stores.ui.getState().selection).toEqual(lan);
  });
  it('tells the VLAN of a VLAN link, and that nothing is on what no network stands on', async () => {
    const { pane, stores } = await open(nic('eth0.20'));
    expect(pane.getByText('20')).toBeTruthy();
    expect(pane.queryByTestId('occupied-a-lan')).toBeNull();
    act(() => stores.ui.setState({ selection: nic('eth7') }));
    expect(await screen.findByText('No network stands on it.')).toBeTruthy();
  });
});

describe('the traffic of what is not reached', () => {
  it.each<Selection>([
    { kind: 'engine', engineId: 'b' },
    { kind: 'network', engineId: 'b', id: 'lan-id' },
  ])('is not said to be that of something which does not run: $kind', async (selection) => {
    const { pane } = await open(selection);
    expect(pane.getByText('No traffic in this time range: the host does not answer.')).toBeTruthy();
    expect(pane.queryByText(/does not run/)).toBeNull();
  });
});
