// @vitest-environment jsdom
import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import {
  fail,
  ok,
  type ChangeRecord,
  type Network,
  type Segment,
  type Snapshot,
} from '../../../shared/model';
import { capabilitiesOf, planChange, planSegment, recogniseSegments } from '../../../shared/rules';
import { problem } from '../../../shared/texts';
import { prepareDom } from '../../app/testing/dom';
import { macvlan, twoHosts } from '../../app/testing/fixtures';
import { renderWindow } from '../../app/testing/render';

prepareDom();

const attach = { kind: 'attach', engineId: 'a', containerId: 'web-id', networkId: 'lan-id' } as const;
const field = () => screen.findByTestId<HTMLInputElement>('address-field');
const open = async (options?: Parameters<typeof renderWindow>[1]) => {
  const shown = renderWindow(twoHosts(), options);
  await screen.findByTestId('table');
  shown.stores.ui.setState({ dialog: { kind: 'change', request: attach } });
  return shown;
};
const applied = (calls: { name: string }[]) => calls.filter((call) => call.name === 'change.apply');

describe('attaching by keyboard alone', () => {
  it('goes from the row to the applied change', async () => {
    const { api, user, stores } = renderWindow(twoHosts());
    const table = await screen.findByTestId('table');
    table.focus();
    await user.keyboard('{ArrowDown}{ArrowDown}a');
    await screen.findByTestId('attach-network-lan');
    await user.keyboard('{Enter}');
    await waitFor(async () => expect((await field()).value).toBe('10.70.1.3'));
    await user.keyboard('{Enter}');
    expect(await screen.findByTestId('undo')).toBeTruthy();
    expect(api.calls.findLast((call) => call.name === 'change.preview')?.input).toMatchObject({
      request: { kind: 'attach', ipv4: '10.70.1.3' },
    });
    expect(stores.ui.getState().dialog).toBeNull();
    expect(stores.ui.getState().undoable).not.toBeNull();
  });
});

describe('attaching to a segment that the host lacks', () => {
  it('goes by keyboard to the dialog that makes its network first', async () => {
    const subnets = [{ subnet: '10.70.20.0/24', gateway: '10.70.20.1', exclusions: {} }];
    const iot = macvlan('b', 'iot', { parent: 'eth0.20', subnets });
    const bare = twoHosts();
    const snapshot = { ...bare, networks: [...bare.networks, iot] };
    const segment: Segment = {
      id: 'seg',
      name: 'iot',
      vlan: 20,
      subnets: [{ subnet: '10.70.20.0/24', gateway: '10.70.20.1' }],
      driver: 'macvlan',
      mode: 'bridge',
      reserved: [],
      members: [{ engineId: 'b', parentNic: 'eth0', networkName: 'iot' }],
    };
    const segments = recogniseSegments([segment], snapshot);
    const { stores, user } = renderWindow(snapshot, {
      overrides: {
        'segments.list': () => ok({ segments, candidates: [] }),
        'segments.preview': ({ request }) => {
          const made = planSegment(request, { plan: [segment], inventory: snapshot, newId: 'x' });
          return ok({ id: 'p', request, ...made });
        },
        'toolbox.describe': () => fail({ code: 'internal', message: 'none here' }),
      },
    });
    await screen.findByTestId('table');
    stores.ui.setState({ dialog: { kind: 'attach', engineId: 'a', containerId: 'web-id' } });
    const group = await screen.findByRole('group', { name: 'Segments not on a yet' });
    expect(within(group).getByRole('option').textContent).toContain('On b. Its network is made on a first.');
    await user.keyboard('{ArrowDown}{Enter}');
    expect(stores.ui.getState().dialog).toMatchObject({
      kind: 'segment-change',
      request: { kind: 'attach', segmentId: 'seg', containerId: 'web-id', host: { parentNic: 'eth0' } },
    });
    await user.click(await screen.findByText('Choose another network'));
    await user.keyboard('vlan 20');
    expect(screen.queryByTestId('attach-network-lan')).toBeNull();
    expect(screen.getByTestId('attach-segment-iot').getAttribute('aria-selected')).toBe('true');
  });
});

describe('the change dialog', () => {
  it('suggests the next address that is free on every host', async () => {
    await open();
    // 10.70.1.2 is held by a container on the other host.
    await waitFor(async () => expect((await field()).value).toBe('10.70.1.3'));
  });

  it('shows a problem beside the address and does not apply', async () => {
    const { api, user } = await open();
    await waitFor(async () => expect((await field()).value).not.toBe(''));
    await user.clear(await field());
    await user.type(await field(), '10.70.1.2');
    expect(await screen.findByText(/in use by db|fixed for db/)).toBeTruthy();
    await user.keyboard('{Enter}');
    expect(applied(api.calls)).toHaveLength(0);
  });

  it('follows the hosts while it is open', async () => {
    let there = twoHosts();
    const { stores } = await open({
      overrides: {
        'change.preview': ({ request }) =>
          ok({ id: 'p', request, engineId: 'a', engineName: 'a', ...planChange(request, there) }),
      },
    });
    const moved = (snapshot: Snapshot) => {
      there = { ...snapshot, revision: there.revision + 1 };
      stores.inventory.setState({ snapshot: there });
    };
    await waitFor(async () => expect((await field()).value).toBe('10.70.1.3'));
    await waitFor(() => expect(screen.getByTestId<HTMLButtonElement>('apply').disabled).toBe(false));
    const taken = { ...twoHosts() };
    const [, db] = taken.containers;
    const endpoints = db!.endpoints.map((one) => ({ ...one, ipv4: '10.70.1.3' }));
    moved({ ...taken, containers: [taken.containers[0]!, { ...db!, endpoints }] });
    expect(await screen.findByText(/10\.70\.1\.3 is in use by db/)).toBeTruthy();
    expect(screen.getByTestId<HTMLButtonElement>('apply').disabled).toBe(true);
    moved(twoHosts());
    await waitFor(() => expect(screen.getByTestId<HTMLButtonElement>('apply').disabled).toBe(false));
  });

  it('applies what was typed, although its preview was still on the way', async () => {
    const { api, user } = await open();
    await waitFor(async () => expect((await field()).value).not.toBe(''));
    await user.clear(await field());
    await user.type(await field(), '10.70.1.77{Enter}');
    await screen.findByTestId('undo');
    const last = api.calls.findLast((call) => call.name === 'change.preview')?.input;
    expect(last).toMatchObject({ request: { ipv4: '10.70.1.77' } });
  });

  it('stays open with what failed and what became of it', async () => {
    const record = {
      state: 'rolled-back',
      engineName: 'a',
      problem: {
        code: 'engine_error',
        message: 'The engine on a refused.',
        params: { host: 'a' },
        engineText: 'device busy',
      },
    } as unknown as ChangeRecord;
    const { stores, user } = await open({ overrides: { 'change.apply': () => ok(record) } });
    await waitFor(async () => expect((await field()).value).toBe('10.70.1.3'));
    await user.keyboard('{Enter}');
    expect(await screen.findByText('It did not work')).toBeTruthy();
    expect(screen.getByText(/Everything is as before/)).toBeTruthy();
    await user.click(screen.getByText('The engine’s own words'));
    expect(await screen.findByText('device busy')).toBeTruthy();
    expect(stores.ui.getState().dialog).not.toBeNull();
  });

  it('says when there is no preview at all', async () => {
    await open({
      overrides: {
        'change.preview': () => fail({ code: 'engine_unreachable', message: 'x', params: { host: 'a' } }),
      },
    });
    expect(await screen.findByText('The engine on a does not answer.')).toBeTruthy();
  });

  it('takes the change back from its toast', async () => {
    const { api, user } = await open();
    await waitFor(async () => expect((await field()).value).toBe('10.70.1.3'));
    await user.keyboard('{Enter}');
    await user.click(await screen.findByTestId('undo'));
    expect(await screen.findByText('Undone')).toBeTruthy();
    expect(api.calls.some((call) => call.name === 'change.undo')).toBe(true);
  });
});

describe('a network with IPv6', () => {
  const six = { subnet: 'fd00:70::/64', gateway: 'fd00:70::1', exclusions: {} };
  const field6 = () => screen.findByTestId<HTMLInputElement>('address6-field');
  const openOn = async (network: Partial<Network>, options?: Parameters<typeof renderWindow>[1]) => {
    const snapshot = twoHosts();
    const networks = snapshot.networks.map((each) => ({ ...each, ...network }));
    const shown = renderWindow({ ...snapshot, networks }, options);
    await screen.findByTestId('table');
    shown.stores.ui.setState({ dialog: { kind: 'change', request: attach } });
    return shown;
  };
  const dual = { ipv6: true, subnets: [...(twoHosts().networks[0]?.subnets ?? []), six] };

  it('offers an address of each family, and asks for both', async () => {
    const { api, user } = await openOn(dual);
    await waitFor(async () => expect((await field()).value).toBe('10.70.1.3'));
    expect((await field6()).value).toBe('fd00:70::ffff');
    expect(screen.getByLabelText(/^IPv6 address/)).toBe(await field6());
    await user.clear(await field6());
    await user.type(await field6(), 'fd00:70::a{Enter}');
    await screen.findByTestId('undo');
    const last = api.calls.findLast((call) => call.name === 'change.preview')?.input;
    expect(last).toMatchObject({ request: { ipv4: '10.70.1.3', ipv6: 'fd00:70::a' } });
  });

  it('tells what is wrong beside the field that it is about', async () => {
    const { api, user } = await openOn(dual);
    // What is suggested comes later, and would take the place of what is being typed.
    await waitFor(async () => expect((await field6()).value).not.toBe(''));
    await user.clear(await field6());
    await user.type(await field6(), 'fd00:70::1');
    await waitFor(async () => expect((await field6()).getAttribute('aria-invalid')).toBe('true'));
    expect((await field()).getAttribute('aria-invalid')).not.toBe('true');
    expect(screen.getByText(/fd00:70::1 is the gateway/)).toBeTruthy();
    await user.keyboard('{Enter}');
    expect(applied(api.calls)).toHaveLength(0);
  });

  it('lets the engine pick the one and not the other', async () => {
    const { api, user } = await openOn(dual);
    await waitFor(async () => expect((await field()).value).toBe('10.70.1.3'));
    const choice = within(await screen.findByTestId('address-kind-ipv6'));
    await user.click(choice.getByText('Automatic'));
    expect(screen.queryByTestId('address6-field')).toBeNull();
    const asked = () => api.calls.findLast((call) => call.name === 'change.preview')?.input;
    await waitFor(() => {
      expect(asked()).toHaveProperty('request.ipv4', '10.70.1.3');
      expect(asked()).not.toHaveProperty('request.ipv6');
    });
    expect(await screen.findByText(/picks the IPv6 address/)).toBeTruthy();
  });

  it('alone shows no IPv4 field', async () => {
    await openOn({ ipv6: true, subnets: [six] });
    await waitFor(async () => expect((await field6()).value).toBe('fd00:70::ffff'));
    expect(screen.queryByTestId('address-field')).toBeNull();
    expect(document.activeElement).toBe(await field6());
  });
});

describe('languages', () => {
  it('change while the window is open', async () => {
    const { user, api } = renderWindow(twoHosts());
    await screen.findByTestId('table');
    await user.click(screen.getByTestId('language-menu'));
    await user.click(await screen.findByTestId('language-zh-CN'));
    expect(await screen.findByText('新建网络')).toBeTruthy();
    expect(document.documentElement.lang).toBe('zh-CN');
    expect(api.calls).toContainEqual({ name: 'preferences.set', input: { language: 'zh-CN' } });
  });
});

describe('a new network', () => {
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
    await user.type(dialog.getByTestId('network-subnet6'), 'fd00:70::/126');
    expect(await dialog.findByText(/fd00:70::\/126/)).toBeTruthy();
    expect(dialog.getByTestId('network-ipRange6')).toBeTruthy();
    expect(dialog.getByTestId<HTMLInputElement>('network-subnet6').getAttribute('aria-invalid')).toBe('true');
  });

  it('drops what failed as soon as another is asked for, and asks no more what it has told', async () => {
    const parent_missing = problem('parent_missing', { parent: 'eth9', host: 'a' });
    const record = { state: 'rolled-back', engineName: 'a', problem: parent_missing };
    const { stores, user } = renderWindow(twoHosts(), {
      overrides: { 'change.apply': () => ok(record as unknown as ChangeRecord) },
    });
    await screen.findByTestId('table');
    stores.ui.setState({ dialog: { kind: 'new-network', engineId: 'a', parent: 'eth9' } });
    const dialog = within(await screen.findByTestId('network-dialog'));
    await user.type(dialog.getByTestId('network-name'), 'lan9');
    await user.type(dialog.getByTestId('network-subnet'), '10.9.9.0/24');
    const doubt = () => dialog.queryByText(/shows only when the network is made/);
    await waitFor(() => expect(doubt()?.textContent).toContain('eth9'));
    await user.keyboard('{Enter}');
    expect(await dialog.findByText('It did not work')).toBeTruthy();
    await waitFor(() => expect(dialog.getByTestId<HTMLButtonElement>('apply').disabled).toBe(false));
    expect(doubt()).toBeNull();
    // What the form can't send as it is stands for another request, too.
    await user.type(dialog.getByTestId('network-vlan'), '5000');
    expect(dialog.queryByText('It did not work')).toBeNull();
    await user.clear(dialog.getByTestId('network-vlan'));
    expect(dialog.queryByText('It did not work')).toBeNull();
    await waitFor(() => expect(doubt()).not.toBeNull());
  });

  it('says under VLAN ID what is no VLAN id', async () => {
    const { stores, user, api } = renderWindow(twoHosts());
    await screen.findByTestId('table');
    stores.ui.setState({ dialog: { kind: 'new-network', engineId: 'a', parent: 'eth0' } });
    const dialog = within(await screen.findByTestId('network-dialog'));
    await user.type(dialog.getByTestId('network-name'), 'lan');
    await user.type(dialog.getByTestId('network-subnet'), '10.9.9.0/24');
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
});
