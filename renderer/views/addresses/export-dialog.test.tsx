// @vitest-environment jsdom
import { fireEvent, screen, within } from '@testing-library/react';
import { afterEach, expect, it, vi } from 'vitest';
import { ok, type AddressPlan, type AddressUse } from '../../../shared/model';
import { addressPlan, exportFormats } from '../../../shared/rules';
import { prepareDom } from '../../testing/dom';
import { twoHosts } from '../../testing/fixtures';
import { renderWindow } from '../../testing/render';

prepareDom();
afterEach(() => vi.restoreAllMocks());

const snapshot = twoHosts();
const lan = snapshot.networks[0]!;
const named = (address: string, owner: string): AddressUse => ({
  ...{ address, kind: 'pinned', engineId: 'a', owner },
  container: { id: owner, networkId: lan.id, live: false, mac: '' },
});

async function open(over: Partial<AddressPlan> = {}, at = '10.70.1.2') {
  const shown = renderWindow(snapshot, {
    overrides: { 'address.plan': () => ok({ ...addressPlan(lan, snapshot), ...over }) },
  });
  await screen.findByTestId('table');
  const dialog = { kind: 'addresses' as const, engineId: lan.engineId, networkId: lan.id, at };
  shown.stores.ui.setState({ dialog });
  await screen.findByTestId('address-grid');
  return shown;
}
const text = () => screen.getByTestId('export-text').textContent;
type User = Awaited<ReturnType<typeof open>>['user'];
const choose = async (user: User, label: string) => {
  await user.click(screen.getByTestId('export-format'));
  await user.click(await screen.findByRole('option', { name: label, hidden: true }));
};

it('opens from the grid by the keyboard, and goes back to its address by Escape', async () => {
  const { stores, user } = await open();
  screen.getByTestId('export-addresses').focus();
  await user.keyboard('{Enter}');
  await screen.findByTestId('addresses-export');
  expect(text()).toMatch(/^address,last_address,state,/);
  expect(text()).toContain('10.70.1.2,,pinned,db,b,');
  await user.keyboard('{Escape}');
  expect(stores.ui.getState().dialog).toMatchObject({ kind: 'addresses', at: '10.70.1.2' });
});

it('says what is left out and why, whose name is another one, and takes a domain', async () => {
  const used = [
    ...addressPlan(lan, snapshot).used,
    named('10.70.1.9', 'My_App'),
    named('10.70.1.10', '数据'),
  ];
  const { user } = await open({ used });
  await user.click(screen.getByTestId('export-addresses'));
  await screen.findByTestId('addresses-export');
  await choose(user, 'Hosts file');
  expect(text()).toContain('10.70.1.9\tmy-app\n');
  expect(screen.getByTestId('left-out-no-name').textContent).toContain('10.70.1.10');
  expect(screen.getByTestId('left-out-nobody').textContent).toContain('10.70.1.1');
  expect(screen.getByTestId('export-renamed').textContent).toContain('My_App on a → my-app');
  await user.type(screen.getByTestId('export-domain'), 'lan');
  expect(text()).toContain('10.70.1.9\tmy-app.lan my-app\n');
  await user.type(screen.getByTestId('export-domain'), ' !');
  expect(screen.getByText('Not a domain name')).toBeTruthy();
  expect(screen.queryByTestId('export-text')).toBeNull();
});

it('has only the selection until that is taken off', async () => {
  const { user } = await open({}, '10.70.1.1');
  fireEvent.click(screen.getByTestId('cell-10.70.1.1'));
  fireEvent.click(screen.getByTestId('cell-10.70.1.2'), { shiftKey: true });
  await user.click(screen.getByTestId('export-addresses'));
  const part = await screen.findByLabelText('Only the selection, 10.70.1.1 to 10.70.1.2');
  expect(text()).toContain('10.70.1.1,,gateway');
  expect(text()).not.toContain(',given,');
  await user.click(part);
  expect(text()).toContain(',given,');
});

it('saves what it shows as a file, a table with the mark that spreadsheets look for', async () => {
  const saved: Blob[] = [];
  vi.spyOn(URL, 'createObjectURL').mockImplementation((blob) => {
    saved.push(blob as Blob);
    return 'blob:x';
  });
  const names: string[] = [];
  vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (this: HTMLAnchorElement) {
    names.push(this.download);
  });
  const { user } = await open();
  await user.click(screen.getByTestId('export-addresses'));
  await screen.findByTestId('addresses-export');
  const bytes = async (at: number) => new Uint8Array(await saved[at]!.arrayBuffer());
  await user.click(screen.getByTestId('export-save'));
  await choose(user, 'dnsmasq: names');
  await user.click(screen.getByTestId('export-save'));
  expect(names).toEqual(['lan-csv.csv', 'lan-dnsmasq-dns.conf']);
  expect([...(await bytes(0)).slice(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
  expect(new TextDecoder().decode(await bytes(1))).toBe(text());
});

it('offers every format, and says so where nothing goes into one', async () => {
  const { user } = await open({ used: [], ranges: [] });
  await user.click(screen.getByTestId('export-addresses'));
  await screen.findByTestId('addresses-export');
  await user.click(screen.getByTestId('export-format'));
  const list = await screen.findByRole('listbox', { hidden: true });
  expect(within(list).getAllByRole('option', { hidden: true })).toHaveLength(exportFormats.length);
  await user.click(within(list).getByRole('option', { name: 'Kea: reservations', hidden: true }));
  expect(screen.getByTestId('export-empty')).toBeTruthy();
  expect(screen.queryByTestId('export-save')).toBeNull();
});

it('is not offered where an address is picked for a form', async () => {
  const { stores } = await open();
  const ask = { kind: 'addresses' as const, engineId: lan.engineId, networkId: lan.id };
  stores.ui.setState({ dialog: { ...ask, pick: () => ask } });
  await screen.findByText(/^Pick a free address/);
  expect(screen.queryByTestId('export-addresses')).toBeNull();
});
