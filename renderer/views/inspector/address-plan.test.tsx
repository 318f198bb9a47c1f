// @vitest-environment jsdom
import { screen, waitFor, within } from '@testing-library/react';
import { expect, it } from 'vitest';
import { ok, type Segment } from '../../../shared/model';
import { addressPlan, type Beside } from '../../../shared/rules';
import { prepareDom } from '../../testing/dom';
import { twoHosts } from '../../testing/fixtures';
import { renderWindow } from '../../testing/render';

prepareDom();

const snapshot = twoHosts();
const [lan, far] = snapshot.networks;
const office: Segment = {
  id: 'seg-1',
  name: 'Office',
  vlan: null,
  subnets: [{ subnet: '10.70.1.0/24' }],
  driver: 'macvlan',
  mode: 'bridge',
  reserved: [{ from: '10.70.1.3', to: '10.70.1.12', kind: 'dhcp', note: 'the router' }],
  members: [],
};
const shim = { engineId: 'b', networkId: far!.id, networkName: 'lan', address: '10.70.1.13', since: 0 };

it('lists what is reserved with its own words, counts ranges whole, and follows what is kept', async () => {
  const kept: Beside = { segments: [office], shims: [shim] };
  const { api, stores } = renderWindow(snapshot, {
    overrides: { 'address.plan': () => ok(addressPlan(lan!, { ...snapshot, ...kept })) },
  });
  await screen.findByTestId('table');
  stores.ui.setState({ selection: { kind: 'network', engineId: 'a', id: lan!.id } });
  const rows = async () =>
    within(await screen.findByRole('list', { name: 'In use' }))
      .getAllByRole('listitem')
      .map((each) => each.textContent);
  expect(await rows()).toEqual([
    '10.70.1.1 a, bgateway',
    '10.70.1.2db bfixed',
    '10.70.1.3 – 10.70.1.12the router foreign DHCP',
    '10.70.1.13tl-lan-id bshim',
  ]);
  expect(screen.getByText('13 addresses')).toBeTruthy();
  kept.shims = [];
  api.push('policies.changed', []);
  await waitFor(async () => expect(await rows()).toHaveLength(3));
  const plan = () => addressPlan(lan!, { ...snapshot, ...kept });
  const address = plan().suggestion!;
  kept.answering = [{ engineId: 'a', nic: lan!.parent!, address, macs: ['3c:00:00:00:00:01'] }];
  api.push('addresses.answered', { engineId: 'a' });
  expect(plan().suggestion).not.toBe(address);
  await screen.findByText(plan().suggestion!, undefined, { timeout: 5_000 });
  expect(plan().notices).toHaveLength(1);
  // Where what is suggested stands, and what of that.
  expect(screen.getByText(plan().notices[0]!.message)).toBeTruthy();
});
