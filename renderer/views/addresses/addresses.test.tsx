// @vitest-environment jsdom
import { act, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { ok, type AddressPlan, type AddressUse, type Segment } from '../../../shared/model';
import { addressPlan } from '../../../shared/rules';
import { prepareDom } from '../../testing/dom';
import { twoHosts } from '../../testing/fixtures';
import { renderWindow } from '../../testing/render';

prepareDom();

const snapshot = twoHosts();
const lan = snapshot.networks[0]!;

async function open(over: Partial<AddressPlan> = {}, at?: string) {
  const shown = renderWindow(snapshot, {
    overrides: { 'address.plan': () => ok({ ...addressPlan(lan, snapshot), ...over }) },
  });
  await screen.findByTestId('table');
  const dialog = { kind: 'addresses' as const, engineId: lan.engineId, networkId: lan.id };
  shown.stores.ui.setState({ dialog: at ? { ...dialog, at } : dialog });
  await screen.findByTestId('address-grid');
  return shown;
}
const cell = (address: string) => screen.getByTestId(`cell-${address}`);

it('says of each address what it is and who has it, and begins at the one that is offered', async () => {
  await open();
  expect(cell('10.70.1.1').getAttribute('aria-label')).toBe('10.70.1.1, gateway');
  expect(cell('10.70.1.2').getAttribute('aria-label')).toBe('10.70.1.2, fixed, db on b');
  const { suggestion } = addressPlan(lan, snapshot);
  expect(cell(suggestion!).tabIndex).toBe(0);
  expect(screen.getByTestId('cell-details').textContent).toContain(suggestion);
});

it('is gone through by keys, and gives the address to whom is chosen', async () => {
  const { stores } = await open({}, '10.70.1.2');
  fireEvent.keyDown(screen.getByTestId('address-grid'), { key: 'ArrowDown' });
  await waitFor(() => expect(document.activeElement).toBe(cell('10.70.1.34')));
  fireEvent.click(cell('10.70.1.34'));
  fireEvent.click(await screen.findByTestId('candidate-db'));
  expect(stores.ui.getState().dialog).toMatchObject({
    kind: 'change',
    request: { kind: 'readdress', engineId: 'b', ipv4: '10.70.1.34' },
  });
});

it('asks who gets a free address below the grid, which stays; Escape goes back to the cell', async () => {
  const { stores, user } = await open();
  fireEvent.click(cell('10.70.1.34'));
  expect((await screen.findByTestId('choose-container')).textContent).toContain('Who gets 10.70.1.34?');
  expect(cell('10.70.1.34').dataset['current']).toBe('true');
  expect(document.activeElement).toBe(screen.getByTestId('candidate-filter'));
  fireEvent.click(cell('10.70.1.35'));
  expect(screen.getByTestId('choose-container').textContent).toContain('Who gets 10.70.1.35?');
  await user.keyboard('{Escape}');
  expect(screen.queryByTestId('choose-container')).toBeNull();
  expect(stores.ui.getState().dialog?.kind).toBe('addresses');
  expect(document.activeElement).toBe(cell('10.70.1.35'));
});

it('moves an address by dragging it onto a free one, and onto no other', async () => {
  const { stores } = await open();
  fireEvent.dragStart(cell('10.70.1.2'));
  expect(fireEvent.dragOver(cell('10.70.1.1'))).toBe(true);
  expect(fireEvent.dragOver(cell('10.70.1.50'))).toBe(false);
  fireEvent.drop(cell('10.70.1.50'));
  expect(stores.ui.getState().dialog).toMatchObject({
    kind: 'change',
    request: { kind: 'readdress', engineId: 'b', ipv4: '10.70.1.50' },
  });
});

it('gives nobody the subnet’s own two addresses', async () => {
  const { stores } = await open();
  fireEvent.click(cell('10.70.1.0'));
  expect(stores.ui.getState().dialog).toMatchObject({ kind: 'addresses' });
  expect(screen.queryByTestId('candidate-filter')).toBeNull();
  expect(fireEvent.dragOver(cell('10.70.1.255'))).toBe(true);
});

it('shows only what the legend is asked for, and goes to an address by its page', async () => {
  await open({ subnet: '10.70.0.0/16', subnets: ['10.70.0.0/16'] }, '10.70.1.1');
  fireEvent.click(screen.getByTestId('legend-gateway'));
  expect(cell('10.70.1.2').dataset['dim']).toBe('true');
  expect(cell('10.70.1.1').dataset['dim']).toBeUndefined();
  const goTo = screen.getByTestId('go-to');
  fireEvent.change(goTo, { target: { value: '10.71.0.1' } });
  fireEvent.submit(goTo);
  expect(screen.getByText(/^Neither an address of 10.70.0.0\/16/)).toBeTruthy();
  fireEvent.change(goTo, { target: { value: '10.70.200.9' } });
  fireEvent.submit(goTo);
  expect(cell('10.70.200.9').tabIndex).toBe(0);
  fireEvent.keyDown(screen.getByTestId('address-grid'), { key: 'PageDown' });
  expect(cell('10.70.201.0').tabIndex).toBe(0);
  fireEvent.change(goTo, { target: { value: '.7' } });
  fireEvent.submit(goTo);
  expect(cell('10.70.201.7').tabIndex).toBe(0);
  fireEvent.change(goTo, { target: { value: 'DB' } });
  fireEvent.submit(goTo);
  expect(cell('10.70.1.2').tabIndex).toBe(0);
});

it('comes back, at the address, when a change that was begun in it is made', async () => {
  const { stores, user } = await open({}, '10.70.1.34');
  fireEvent.click(cell('10.70.1.34'));
  fireEvent.click(await screen.findByTestId('candidate-db'));
  const apply = await screen.findByTestId<HTMLButtonElement>('apply');
  await waitFor(() => expect(apply.disabled).toBe(false));
  await user.click(apply);
  await screen.findByTestId('address-grid');
  expect(stores.ui.getState().dialog).toMatchObject({ kind: 'addresses', at: '10.70.1.34' });
  expect(cell('10.70.1.34').dataset['current']).toBe('true');
});

it('picks a free address for a change that is being filled in, which keeps what else is written', async () => {
  const { stores, user } = await open();
  const request = { kind: 'attach', engineId: 'a', containerId: 'web-id', networkId: lan.id } as const;
  stores.ui.setState({ dialog: { kind: 'change', request: { ...request, mac: '02:42:0a:46:01:3c' } } });
  await user.click(await screen.findByTestId('pick-address-ipv4'));
  await screen.findByTestId('address-grid');
  expect(screen.queryByText('Change the address…')).toBeNull();
  // Held by somebody: not to be picked.
  fireEvent.click(cell('10.70.1.2'));
  expect(stores.ui.getState().dialog?.kind).toBe('addresses');
  fireEvent.click(cell('10.70.1.60'));
  expect((await screen.findByTestId<HTMLInputElement>('address-field')).value).toBe('10.70.1.60');
  expect(stores.ui.getState().dialog).toMatchObject({
    kind: 'change',
    request: { ipv4: '10.70.1.60', mac: '02:42:0a:46:01:3c' },
  });
});

it('leads back to the form as it was where nothing is picked', async () => {
  const { stores, user } = await open();
  const request = { kind: 'attach', engineId: 'a', containerId: 'web-id', networkId: lan.id } as const;
  stores.ui.setState({ dialog: { kind: 'change', request: { ...request, ipv4: '10.70.1.77' } } });
  await user.click(await screen.findByTestId('pick-address-ipv4'));
  await screen.findByTestId('address-grid');
  expect(cell('10.70.1.77').dataset['current']).toBe('true');
  await user.keyboard('{Escape}');
  expect((await screen.findByTestId<HTMLInputElement>('address-field')).value).toBe('10.70.1.77');
});

describe('a reservation', () => {
  const segment: Segment = {
    ...{ id: 's', name: 'office', vlan: null, subnets: [{ subnet: '10.70.1.0/24' }] },
    ...{ driver: 'macvlan', mode: 'bridge' },
    members: [{ engineId: 'a', parentNic: 'eth0', networkName: 'lan' }],
    reserved: [{ from: '10.70.1.200', to: '10.70.1.220', kind: 'dhcp', note: 'router' }],
  };
  const reserved = (from: string, to: string): AddressUse => ({
    ...{ address: from, to, kind: 'dhcp', engineId: 'a', owner: 'router' },
  });
  const plan = addressPlan(lan, snapshot);
  const planned = async (at?: string) => {
    const used = [...plan.used, reserved('10.70.1.200', '10.70.1.220')];
    const shown = await open({ used }, at);
    act(() => shown.stores.segments.setState({ plan: [segment] }));
    return shown;
  };

  it('is made of a range that is selected with Shift, with a note, in the plan of the segment', async () => {
    const { stores, user } = await planned('10.70.1.34');
    fireEvent.keyDown(screen.getByTestId('address-grid'), { key: 'ArrowDown', shiftKey: true });
    await waitFor(() => expect(document.activeElement).toBe(cell('10.70.1.66')));
    fireEvent.click(cell('10.70.1.40'), { shiftKey: true });
    expect(cell('10.70.1.37').dataset['selected']).toBe('true');
    expect(cell('10.70.1.41').dataset['selected']).toBeUndefined();
    expect(screen.getByTestId('range-details').textContent).toContain('7 addresses, 0 held');
    await user.click(screen.getByTestId('reserve-addresses'));
    await user.type(screen.getByTestId('reserve-note'), 'printers');
    await user.click(screen.getByTestId('reserve-preview'));
    expect(stores.ui.getState().dialog).toMatchObject({
      kind: 'segment-change',
      request: {
        ...{ kind: 'edit-segment', segmentId: 's', hosts: [], basedOn: segment },
        segment: {
          name: 'office',
          reserved: [
            { from: '10.70.1.34', to: '10.70.1.40', kind: 'reserved', note: 'printers' },
            segment.reserved[0],
          ],
        },
      },
      back: { kind: 'addresses', at: '10.70.1.34' },
    });
    expect((await screen.findByTestId('segment-change')).textContent).toContain(
      '10.70.1.34–10.70.1.40 (printers)',
    );
  });

  it('is let go by the address, and what is beside that stays', async () => {
    const { stores, user } = await planned('10.70.1.210');
    await user.click(screen.getByTestId('release-addresses'));
    expect(stores.ui.getState().dialog).toMatchObject({
      request: {
        segment: {
          reserved: [
            { from: '10.70.1.200', to: '10.70.1.209', kind: 'dhcp', note: 'router' },
            { from: '10.70.1.211', to: '10.70.1.220', kind: 'dhcp', note: 'router' },
          ],
        },
      },
    });
  });

  it.each([
    ['reserved', 'reserved cache', true],
    ['leased', 'leased by DHCP cache on', false],
  ] as const)(
    'is not let go where a guard or a lease keeps it, and not the plan: %s',
    async (kind, words, more) => {
      const { stores } = await open({
        used: [...plan.used, { ...reserved('10.70.1.50', '10.70.1.50'), kind, owner: 'cache' }],
      });
      act(() => stores.segments.setState({ plan: [segment] }));
      fireEvent.click(cell('10.70.1.50'));
      expect(screen.getByTestId('cell-details').textContent).toContain(words);
      expect(screen.queryByTestId('reserve-addresses') !== null).toBe(more);
      expect(screen.queryByTestId('release-addresses')).toBeNull();
    },
  );

  it('needs a segment, which is said, and no range is selected where an address is picked', async () => {
    const { stores, user } = await open({}, '10.70.1.34');
    expect(screen.getByTestId('cell-details').textContent).toContain('Adopt it in the list of segments');
    const request = { kind: 'attach', engineId: 'a', containerId: 'web-id', networkId: lan.id } as const;
    act(() =>
      stores.ui.setState({ dialog: { kind: 'change', request: { ...request, ipv4: '10.70.1.77' } } }),
    );
    await user.click(await screen.findByTestId('pick-address-ipv4'));
    await screen.findByTestId('address-grid');
    fireEvent.click(cell('10.70.1.80'), { shiftKey: true });
    expect(screen.queryByTestId('range-details')).toBeNull();
    expect(screen.queryByTestId('reserve-addresses')).toBeNull();
  });
});

it('is opened from a LAN and from a segment', async () => {
  const { stores, user } = await open();
  stores.ui.setState({ dialog: null });
  const network = { engineId: lan.engineId, networkId: lan.id };
  stores.ui.setState({ selection: { kind: 'lan', key: '', network } });
  await user.click(await screen.findByTestId('open-addresses'));
  expect(stores.ui.getState().dialog).toMatchObject({ kind: 'addresses', ...network });
  stores.ui.setState({ dialog: null, segmentsOpen: true });
  const member = { engineId: 'a', parentNic: 'eth0', networkName: 'lan' };
  const segment: Segment = {
    ...{ id: 's', name: 'office', vlan: null, subnets: [{ subnet: '10.70.1.0/24' }], members: [member] },
    ...{ driver: 'macvlan', mode: 'bridge', reserved: [] },
  };
  stores.segments.setState({ plan: [segment] });
  await user.click(await screen.findByTestId('segment-menu-office'));
  await user.click(await screen.findByTestId('segment-addresses'));
  expect(stores.ui.getState().dialog).toMatchObject({ kind: 'addresses', ...network });
});

describe('as a table', () => {
  const foreignRange: AddressUse = {
    ...{ kind: 'dhcp', address: '10.70.1.100', to: '10.70.1.150', engineId: 'a', owner: 'Fritzbox' },
  };
  const held = () =>
    screen.queryAllByTestId(/^held-10/).map((row) => row.dataset['testid']?.replace('held-', ''));

  it('lists all that is held, by keys and by what the legend picks', async () => {
    const plan = addressPlan(lan, snapshot);
    const first: AddressUse = { ...foreignRange, kind: 'excluded', owner: '', to: undefined };
    const { user } = await open({ used: [...plan.used, foreignRange, first] });
    await user.click(screen.getByTestId('legend-free'));
    await user.click(within(screen.getByTestId('address-view')).getByRole('radio', { name: 'Table' }));
    expect(screen.queryByTestId('address-grid')).toBeNull();
    expect(held()).toEqual([]);
    await user.click(screen.getByTestId('legend-free'));
    await screen.findByTestId('held-10.70.1.1');
    expect(held()).toEqual(expect.arrayContaining(['10.70.1.1', '10.70.1.2', '10.70.1.100-10.70.1.150']));
    expect(screen.getByTestId('held-10.70.1.2').textContent).toContain('db on b');

    const table = screen.getByTestId('held-table');
    const current = () => document.getElementById(table.getAttribute('aria-activedescendant') ?? '');
    await user.click(screen.getByTestId('held-10.70.1.1'));
    expect(screen.getByTestId('cell-details').textContent).toContain('gateway');
    table.focus();
    await user.keyboard('{ArrowDown}');
    expect(current()).toBe(screen.getByTestId('held-10.70.1.2'));
    expect(screen.getByTestId('cell-details').textContent).toContain('db');

    // Past a range as past any other row, also where an address has the same beginning.
    await user.keyboard('{ArrowDown}');
    expect(current()).toBe(screen.getByTestId('held-10.70.1.100-10.70.1.150'));
    expect(screen.getByTestId('range-details').textContent).toContain('10.70.1.100 to 10.70.1.150');
    await user.keyboard('{ArrowDown}');
    expect(current()).toBe(screen.getByTestId('held-10.70.1.100'));
    await user.keyboard('{ArrowUp}');
    expect(current()).toBe(screen.getByTestId('held-10.70.1.100-10.70.1.150'));
    await user.keyboard('{Home}');
    expect(current()).toBe(screen.getByTestId('held-10.70.1.1'));

    await user.click(screen.getByTestId('legend-gateway'));
    expect(held()).toEqual(['10.70.1.1']);
  });
});
