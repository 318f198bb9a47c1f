// @vitest-environment jsdom
import { act, screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { fail } from '../../../shared/model';
import { capabilitiesOf } from '../../../shared/rules';
import { problem } from '../../../shared/texts';
import { hostFacts, nic } from '../../../shared/rules/host/testing';
import { withLook } from '../../store/host';
import { prepareDom } from '../../testing/dom';
import { fill } from '../../testing/fill';
import { macvlan, twoHosts } from '../../testing/fixtures';
import { renderWindow } from '../../testing/render';

prepareDom();

const applied = (calls: { name: string }[]) => calls.filter((call) => call.name === 'change.apply');

describe('a new network', () => {
  it('has no form while there is no host, and begins on the first that comes', async () => {
    const { stores } = renderWindow({ ...twoHosts(), engines: [], networks: [], containers: [] });
    await waitFor(() => expect(stores.inventory.getState().phase).toBe('ready'));
    act(() => stores.ui.setState({ dialog: { kind: 'new-network' } }));
    const dialog = within(await screen.findByRole('dialog'));
    expect(dialog.getByText('No Docker host yet')).toBeTruthy();
    expect(dialog.queryByTestId('network-dialog')).toBeNull();
    act(() => stores.inventory.setState({ snapshot: { ...twoHosts(), revision: 2 } }));
    expect((await screen.findByTestId<HTMLInputElement>('network-host')).value).toBe('a');
  });

  it('calls nothing wrong before it was touched, then says what is', async () => {
    const { stores, user, api } = renderWindow(twoHosts());
    await screen.findByTestId('table');
    stores.ui.setState({ dialog: { kind: 'new-network' } });
    await screen.findByTestId('network-dialog');
    expect(screen.queryByText('The network needs a name.')).toBeNull();
    await user.click(screen.getByTestId('apply'));
    expect(await screen.findByText(/The network needs a name/)).toBeTruthy();
    expect(applied(api.calls)).toHaveLength(0);
  });

  it('keeps the focus in the dialog when its button turns off: it goes to what is wrong', async () => {
    const { stores, user } = renderWindow(twoHosts());
    await screen.findByTestId('table');
    stores.ui.setState({ dialog: { kind: 'new-network' } });
    const dialog = await screen.findByTestId('network-dialog');
    act(() => screen.getByTestId('apply').focus());
    await user.keyboard('{Enter}');
    await screen.findByText(/The network needs a name/);
    await waitFor(() => expect(document.activeElement?.getAttribute('aria-invalid')).toBe('true'));
    expect(dialog.contains(document.activeElement)).toBe(true);
  });

  it('on Podman offers no ipvlan and no exclusions, says why, and that a VLAN interface has to be there', async () => {
    const snapshot = twoHosts();
    const capabilities = capabilitiesOf('1.41', 'podman', '4.3.1');
    const engines = snapshot.engines.map((each) =>
      each.id === 'a' ? { ...each, product: 'podman' as const, apiVersion: '1.41', capabilities } : each,
    );
    const { stores, user } = renderWindow({ ...snapshot, engines });
    await screen.findByTestId('table');
    stores.ui.setState({ dialog: { kind: 'new-network', engineId: 'a' } });
    const dialog = within(await screen.findByTestId('network-dialog'));
    expect(dialog.getByRole<HTMLInputElement>('radio', { name: 'ipvlan' }).disabled).toBe(true);
    expect(dialog.getByTestId('network-driver-hint').textContent).toContain('has no ipvlan');
    expect(dialog.getByTestId<HTMLInputElement>('network-exclusions').disabled).toBe(true);
    expect(dialog.getByText(/ignores them/)).toBeTruthy();
    await user.type(dialog.getByTestId('network-vlan'), '10');
    expect(dialog.getByText(/has to be there already/)).toBeTruthy();
  });

  it('says at its field what is wrong with IPv6, and asks for a range only with a subnet', async () => {
    const { stores, user } = renderWindow(twoHosts());
    await screen.findByTestId('table');
    stores.ui.setState({ dialog: { kind: 'new-network', engineId: 'a' } });
    const dialog = within(await screen.findByTestId('network-dialog'));
    expect(dialog.queryByTestId('network-ipRange6')).toBeNull();
    await fill(user, dialog.getByTestId('network-subnet6'), 'fd00:70::/126');
    expect(await dialog.findByText(/fd00:70::\/126/)).toBeTruthy();
    expect(dialog.getByTestId('network-ipRange6')).toBeTruthy();
    expect(dialog.getByTestId<HTMLInputElement>('network-subnet6').getAttribute('aria-invalid')).toBe('true');
  });

  it('drops what failed as soon as another is asked for, and asks no more what it has told', async () => {
    const parent_missing = problem('parent_missing', { parent: 'eth9', host: 'a' });
    const refused = fail({ ...parent_missing, params: { ...parent_missing.params, rolledBack: 1 } });
    const { stores, user } = renderWindow(twoHosts(), { overrides: { 'change.apply': () => refused } });
    await screen.findByTestId('table');
    stores.ui.setState({ dialog: { kind: 'new-network', engineId: 'a', parent: 'eth9' } });
    const dialog = within(await screen.findByTestId('network-dialog'));
    await fill(user, dialog.getByTestId('network-name'), 'lan9');
    await fill(user, dialog.getByTestId('network-subnet'), '10.9.9.0/24');
    const doubt = () => dialog.queryByText(/shows only when the network is made/);
    await waitFor(() => expect(doubt()?.textContent).toContain('eth9'));
    await user.keyboard('{Enter}');
    expect(await dialog.findByText('It did not work')).toBeTruthy();
    expect(dialog.getByText(/Everything is as before/)).toBeTruthy();
    await waitFor(() => expect(dialog.getByTestId<HTMLButtonElement>('apply').disabled).toBe(false));
    expect(doubt()).toBeNull();
    // What the form can't send as it is stands for another request, too.
    await user.type(dialog.getByTestId('network-vlan'), '5000');
    expect(dialog.queryByText('It did not work')).toBeNull();
    await user.clear(dialog.getByTestId('network-vlan'));
    expect(dialog.queryByText('It did not work')).toBeNull();
    // The answer stands for the interface, and so for each VLAN on it: it is told, and not doubted again.
    const answer = () => dialog.queryByText('a has no network interface eth9.');
    await waitFor(() => expect(answer()).not.toBeNull());
    await user.type(dialog.getByTestId('network-vlan'), '30');
    await dialog.findByText('Create lan9 on eth9.30');
    expect([answer() === null, doubt()]).toEqual([false, null]);
    await user.clear(dialog.getByTestId('network-parent'));
    await user.type(dialog.getByTestId('network-parent'), 'eth8');
    await waitFor(() => expect(doubt()?.textContent).toContain('eth8'));
    expect(answer()).toBeNull();
  });

  it('says under VLAN ID what is no VLAN id', async () => {
    const { stores, user, api } = renderWindow(twoHosts());
    await screen.findByTestId('table');
    stores.ui.setState({ dialog: { kind: 'new-network', engineId: 'a', parent: 'eth0' } });
    const dialog = within(await screen.findByTestId('network-dialog'));
    await fill(user, dialog.getByTestId('network-name'), 'lan');
    await fill(user, dialog.getByTestId('network-subnet'), '10.9.9.0/24');
    await user.type(dialog.getByTestId('network-vlan'), '5000');
    const wrong = (field: string) => dialog.getByTestId(field).getAttribute('aria-invalid');
    expect(await dialog.findByText(/is not a VLAN id/)).toBeTruthy();
    expect([wrong('network-vlan'), wrong('network-parent')]).toEqual(['true', null]);
    expect(dialog.getByTestId<HTMLButtonElement>('apply').disabled).toBe(true);
    await user.keyboard('{Enter}');
    expect(applied(api.calls)).toHaveLength(0);
  });

  it('on Docker offers all of it', async () => {
    const { stores, user } = renderWindow(twoHosts());
    await screen.findByTestId('table');
    stores.ui.setState({ dialog: { kind: 'new-network', engineId: 'a' } });
    const dialog = within(await screen.findByTestId('network-dialog'));
    expect(dialog.getByRole<HTMLInputElement>('radio', { name: 'ipvlan' }).disabled).toBe(false);
    expect(dialog.getByTestId<HTMLInputElement>('network-exclusions').disabled).toBe(false);
    await user.type(dialog.getByTestId('network-vlan'), '10');
    expect(dialog.queryByText(/has to be there already/)).toBeNull();
  });

  it('begins on the first interface that the engine would take, and goes with the driver until one is written', async () => {
    const snapshot = twoHosts();
    const networks = [
      macvlan('a', 'one', { parent: 'eth0', driver: 'ipvlan', kind: 'ipvlan', mode: 'l2' }),
      macvlan('a', 'two', { parent: 'eth1' }),
      macvlan('a', 'three', { parent: 'eth2', mode: 'passthru' }),
    ];
    const { stores, user } = renderWindow({ ...snapshot, networks });
    await screen.findByTestId('table');
    act(() => stores.ui.setState({ dialog: { kind: 'new-network', engineId: 'a' } }));
    const parent = () => screen.getByTestId<HTMLInputElement>('network-parent');
    await screen.findByTestId('network-dialog');
    expect(parent().value).toBe('eth1');
    await user.click(screen.getByRole('radio', { name: 'ipvlan' }));
    expect(parent().value).toBe('eth0');
    await user.type(parent(), '9');
    await user.click(screen.getByRole('radio', { name: 'macvlan' }));
    expect(parent().value).toBe('eth09');
  });

  it('begins on none that is down or a port of a bridge, where the host was looked into', async () => {
    const { stores } = renderWindow(twoHosts());
    await screen.findByTestId('table');
    const port = { master: 'br0', masterKind: 'bridge' } as const;
    const facts = hostFacts(
      'a',
      nic({ name: 'eth0', up: false }),
      nic({ name: 'eth1', ...port }),
      nic({ name: 'eth2' }),
    );
    act(() => stores.host.setState((state) => withLook(state, 'a', { facts })));
    act(() => stores.ui.setState({ dialog: { kind: 'new-network', engineId: 'a' } }));
    expect((await screen.findByTestId<HTMLInputElement>('network-parent')).value).toBe('eth2');
  });
});
