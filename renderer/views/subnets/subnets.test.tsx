// @vitest-environment jsdom
import { act, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { expect, it } from 'vitest';
import { ok, type HostFacts, type Snapshot } from '../../../shared/model';
import { formatCidr, parseCidr, subnetMap } from '../../../shared/rules';
import { hostFacts, nic } from '../../../shared/rules/host/testing';
import { prepareDom } from '../../testing/dom';
import { macvlan, twoHosts } from '../../testing/fixtures';
import { renderWindow } from '../../testing/render';
import { bandOf, bandsOf } from './bands';

prepareDom();

const two = twoHosts();
const bridge = (engineId: string, subnet: string) => ({
  ...macvlan(engineId, 'apps', { subnets: [{ subnet, exclusions: {} }] }),
  ...({ kind: 'bridge', driver: 'bridge', parent: undefined, mode: undefined } as const),
});
const snapshot: Snapshot = {
  ...two,
  networks: [...two.networks, bridge('a', '172.18.0.0/16'), bridge('b', '172.18.0.0/16')],
};
const looked: HostFacts = {
  ...hostFacts('a', nic({ addresses: [{ address: '10.70.1.5', prefix: 24, scope: 'global' }] })),
  at: Date.UTC(2030, 0, 1),
  routes: [{ to: '172.18.0.0/16', nic: 'tun0', onLink: false }],
};

async function open(facts?: HostFacts) {
  const engines = facts ? [{ engineId: 'a', consent: 'granted' as const, at: 1, image: null }] : [];
  const shown = renderWindow(snapshot, {
    overrides: {
      'toolbox.describe': () =>
        ok({ version: '1', settings: { method: 'load', image: '' }, tasks: [], size: null, engines }),
      ...(facts && { 'host.facts': () => ok(facts) }),
    },
  });
  await screen.findByTestId('table');
  act(() => shown.stores.ui.setState({ dialog: { kind: 'subnets' } }));
  await screen.findByTestId('subnet-table');
  return shown;
}
const row = (subnet: string) => screen.getByTestId(`subnet-${subnet}`);

it('says who has each subnet, what an overlap means, and at whom nobody has looked', async () => {
  await open();
  expect(row('10.70.1.0/24').textContent).toContain('One LAN, seen from a, b.');
  expect(row('172.18.0.0/16').textContent).toContain('Private to each of a, b.');
  expect(screen.getByTestId('subnets-unseen').textContent).toContain('Nobody has looked at a, b');
  expect(screen.getByTestId('pools-a').textContent).toContain('30 of 31 left');
});

it('says what a VPN’s route and a bridge do to each other, and shows only trouble when asked', async () => {
  await open(looked);
  await waitFor(() =>
    expect(row('172.18.0.0/16').textContent).toContain(
      'a reaches 172.18.0.0/16 by a route by tun0, and apps (bridge) has the same addresses',
    ),
  );
  expect(row('172.18.0.0/16').dataset['trouble']).toBe('true');
  expect(screen.getByTestId('subnets-unseen').textContent).toContain('Nobody has looked at b:');
  fireEvent.click(screen.getByLabelText('Trouble (1)'));
  expect(within(screen.getByTestId('subnet-table')).getAllByRole('row')).toHaveLength(2);
});

it('opens the grid of a subnet’s addresses by a click on its row, or the subnet', async () => {
  const { stores } = await open();
  fireEvent.click(row('10.70.1.0/24'));
  const grid = { kind: 'addresses', engineId: 'a', networkId: 'lan-id', version: 4 };
  expect(stores.ui.getState().dialog).toMatchObject(grid);
  expect(stores.ui.getState().dialog).toHaveProperty('back', { kind: 'subnets' });
  act(() => stores.ui.setState({ dialog: { kind: 'subnets', host: 'b' } }));
  fireEvent.click(within(await screen.findByTestId('subnet-10.70.1.0/24')).getByRole('button'));
  expect(stores.ui.getState().dialog).toMatchObject({ ...grid, engineId: 'b' });
  expect(stores.ui.getState().dialog).toHaveProperty('back', { kind: 'subnets', host: 'b' });
});

it('marks the row of a subnet that is clicked in the drawing', async () => {
  await open();
  fireEvent.click(screen.getByTestId('bar-172.18.0.0/16'));
  expect(row('172.18.0.0/16').dataset['marked']).toBe('true');
});

it('draws a subnet where it is in a band that it can be seen in', () => {
  const bands = (text: string) => formatCidr(bandOf(parseCidr(text)!));
  expect(['10.70.1.0/24', '10.0.0.0/8', '10.64.0.0/10', '172.17.0.0/16', '172.20.5.0/24'].map(bands)).toEqual(
    [...['10.70.0.0/16', '10.0.0.0/8', '10.0.0.0/8', '172.16.0.0/12', '172.20.0.0/16']],
  );
  expect(['192.168.0.0/20', '192.168.0.0/16', '0.0.0.0/2', 'fd00:70::/64', 'fd00::/40'].map(bands)).toEqual([
    ...['192.168.0.0/16', '192.168.0.0/16', '0.0.0.0/2', 'fd00:70::/48', 'fd00::/32'],
  ]);
  const subnets = ['172.16.0.0/12', '172.18.0.0/16', '172.19.0.0/16'].map((each) => bridge('a', each));
  const { rows } = subnetMap({ engines: snapshot.engines, networks: subnets });
  const [band] = bandsOf(rows, [parseCidr('172.24.0.0/13')!]);
  expect(band!.bars.map(({ left, width, lane }) => [left, width, lane])).toEqual([
    [0, 100, 0],
    [12.5, 6.25, 1],
    [18.75, 6.25, 1],
  ]);
  expect([band!.lanes, band!.pools]).toEqual([2, [{ left: 50, width: 50 }]]);
});
