// @vitest-environment jsdom
import { act, screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import {
  fail,
  ok,
  type ChangeRequest,
  type Network,
  type Segment,
  type SegmentRequest,
  type Snapshot,
} from '../../../shared/model';
import { planSegment, recogniseSegments } from '../../../shared/rules';
import { prepareDom } from '../../testing/dom';
import { previewAs, previewOf } from '../../testing/fake-api';
import { container, endpoint, macvlan, twoHosts } from '../../testing/fixtures';
import { renderWindow } from '../../testing/render';

prepareDom();

const attach = { kind: 'attach', engineId: 'a', containerId: 'web-id', networkId: 'lan-id' } as const;
const field = () => screen.findByTestId<HTMLInputElement>('address-field');
const open = async (options?: Parameters<typeof renderWindow>[1]) => {
  const shown = renderWindow(twoHosts(), options);
  await screen.findByTestId('table');
  shown.stores.ui.setState({ dialog: { kind: 'change', request: attach } });
  return shown;
};
/** What would be done with this address stands there to be read. */
const planned = async (address: string) => {
  await screen.findByText(new RegExp(`Connect web to lan with ${address.replaceAll('.', '\\.')}$`));
  await waitFor(() => expect(screen.getByTestId('apply').getAttribute('aria-busy')).toBeNull());
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
    await planned('10.70.1.3');
    await user.keyboard('{Enter}');
    expect(await screen.findByTestId('undo')).toBeTruthy();
    expect(api.calls.findLast((call) => call.name === 'change.preview')?.input).toMatchObject({
      request: { kind: 'attach', ipv4: '10.70.1.3' },
    });
    expect(stores.ui.getState().dialog).toBeNull();
    expect(stores.ui.getState().ownChanges).toHaveLength(1);
  });
});

describe('moving by keyboard alone', () => {
  /** `web` is on the default bridge and on `lan`; `dmz` is there too. */
  const onTwo = () => {
    const before = twoHosts();
    const [bridge, lan, dmz] = [
      macvlan('a', 'bridge', { driver: 'bridge', kind: 'bridge' }),
      macvlan('a', 'lan'),
      macvlan('a', 'dmz'),
    ];
    const web = container('a', 'web', {
      endpoints: [endpoint(bridge, '172.17.0.2'), endpoint(lan, '10.70.1.2')],
    });
    return { ...before, containers: [web], networks: [bridge, lan, dmz] };
  };

  it('goes from the row to a network that it is not on, and lets another one be left', async () => {
    const { user, stores } = renderWindow(onTwo());
    const table = await screen.findByTestId('table');
    table.focus();
    await user.keyboard('{ArrowDown}{ArrowDown}m');
    expect(await screen.findByText('Move web away from lan')).toBeTruthy();
    expect(screen.queryByTestId('attach-network-lan')).toBeNull();
    await user.click(screen.getByTestId('attach-network-dmz'));
    const leaves = await screen.findByTestId<HTMLInputElement>('leaves');
    expect(leaves.value).toBe('lan');
    await user.click(leaves);
    await user.click(await screen.findByRole('option', { name: 'bridge', hidden: true }));
    expect(stores.ui.getState().dialog).toMatchObject({
      request: { kind: 'move', fromNetworkId: 'bridge-id', toNetworkId: 'dmz-id' },
    });
  });
});

it('lets one of two networks be left also where the engine’s records leave out their ids', async () => {
  const [lan, dmz, iot] = [macvlan('a', 'lan'), macvlan('a', 'dmz'), macvlan('a', 'iot')];
  const nameless = [lan, dmz].map((one) => ({ ...endpoint(one, '10.70.1.2'), networkId: '' }));
  const web = container('a', 'web', { endpoints: nameless });
  const { user, stores } = renderWindow({ ...twoHosts(), containers: [web], networks: [lan, dmz, iot] });
  await screen.findByTestId('table');
  const request = { kind: 'move', engineId: 'a', containerId: web.id, toNetworkId: 'iot-id' } as const;
  stores.ui.setState({ dialog: { kind: 'change', request: { ...request, fromNetworkId: 'lan-id' } } });
  await user.click(await screen.findByTestId('leaves'));
  await user.click(await screen.findByRole('option', { name: 'dmz', hidden: true }));
  expect(stores.ui.getState().dialog).toMatchObject({ request: { fromNetworkId: 'dmz-id' } });
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
        'change.preview': (input) => {
          const request = input.request as SegmentRequest;
          const made = planSegment(request, { plan: [segment], inventory: snapshot, newId: 'x' });
          return ok(previewAs('p', request, made));
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
      request: {
        kind: 'attach-to-segment',
        segmentId: 'seg',
        containerId: 'web-id',
        host: { parentNic: 'eth0' },
      },
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
        'change.preview': ({ request }) => ok(previewOf('p', request as ChangeRequest, there)),
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
    await planned('10.70.1.3');
    await user.clear(await field());
    await user.type(await field(), '10.70.1.77');
    await planned('10.70.1.77');
    await user.type(await field(), '{Backspace}8{Enter}');
    await screen.findByTestId('undo');
    const last = api.calls.findLast((call) => call.name === 'change.preview')?.input;
    expect(last).toMatchObject({ request: { ipv4: '10.70.1.78' } });
  });

  it('stays open with what failed and what became of it', async () => {
    const refused = fail({
      code: 'engine_error',
      message: 'The engine on a refused.',
      params: { host: 'a', rolledBack: 1 },
      engineText: 'device busy',
    } as const);
    const { stores, user } = await open({ overrides: { 'change.apply': () => refused } });
    await planned('10.70.1.3');
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
    await planned('10.70.1.3');
    await user.keyboard('{Enter}');
    await user.click(await screen.findByTestId('undo'));
    expect(await screen.findByText('Undone')).toBeTruthy();
    expect(api.calls.some((call) => call.name === 'change.undo')).toBe(true);
  });

  it('says in the language of now what an earlier toast has to say', async () => {
    const { stores, user } = await open();
    await planned('10.70.1.3');
    await user.keyboard('{Enter}');
    const toast = (await screen.findByTestId('undo')).closest('[role=alert]');
    expect(toast?.textContent).toContain('Attach web to lan');
    act(() => stores.preferences.setState({ language: 'zh-CN' }));
    await waitFor(() => expect(toast?.textContent).toMatch(/web.*lan/));
    await waitFor(() => expect(toast?.textContent).not.toMatch(/Attach|Applied/));
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
    await user.type(await field6(), 'fd00:70::a');
    await planned('10.70.1.3, fd00:70::a');
    await user.keyboard('{Enter}');
    await screen.findByTestId('undo');
    const last = api.calls.findLast((call) => call.name === 'change.preview')?.input;
    expect(last).toMatchObject({ request: { ipv4: '10.70.1.3', ipv6: 'fd00:70::a' } });
  });

  it('tells what is wrong beside the field that it is about', async () => {
    const { api, user } = await openOn(dual);
    // What is suggested comes later: a field that was gone to before stays as it is.
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
