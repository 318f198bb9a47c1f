// @vitest-environment jsdom
import { act, fireEvent, screen, waitFor } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import {
  fail,
  ok,
  type ImportedSegment,
  type Segment,
  type SegmentDraft,
  type SegmentRequest,
  type Snapshot,
} from '../../../shared/model';
import { planSegment } from '../../../shared/rules';
import { problem } from '../../../shared/texts';
import { hostFacts, nic } from '../../../shared/rules/host/testing';
import { prepareDom } from '../../testing/dom';
import { fill } from '../../testing/fill';
import { previewAs } from '../../testing/fake-api';
import { engine, macvlan } from '../../testing/fixtures';
import { renderWindow } from '../../testing/render';
import { findLans } from '../../graph';
import type { SegmentPurpose } from '../../store/ui';
import { segmentSwatches } from '../../theme/lan-colours';

prepareDom();

const draft: SegmentDraft = {
  name: 'iot',
  vlan: 20,
  subnets: [{ subnet: '10.1.0.0/24', gateway: '10.1.0.1' }],
  driver: 'macvlan',
  mode: 'bridge',
  reserved: [],
};
const members = [{ engineId: 'a', parentNic: 'wlan0', networkName: 'iot', ipRange: '10.1.0.128/25' }];
const planned: Segment = { ...draft, id: 'seg-1', members };
const snapshot = {
  revision: 1,
  engines: [engine('a')],
  networks: [
    macvlan('a', 'iot', {
      subnets: [{ ...draft.subnets[0]!, ipRange: '10.1.0.128/25', exclusions: {} }],
      parent: 'wlan0.20',
    }),
  ],
  containers: [],
};
const facts = [
  hostFacts(
    'a',
    nic({ name: 'wlan0', kind: 'wireless' }),
    nic({ name: 'eno1', master: 'br0', masterKind: 'bridge' }),
  ),
];

type Overrides = NonNullable<Parameters<typeof renderWindow>[1]>['overrides'];

/** The form over a host with a Wi-Fi card and a bridge's port; previews are the real rules'. */
function open(purpose: SegmentPurpose, overrides: Overrides = {}) {
  const asked: SegmentRequest[] = [];
  let there: Snapshot = snapshot;
  const shown = renderWindow(snapshot, {
    overrides: {
      'segments.list': () => ok({ segments: [{ segment: planned, members: [] }], candidates: [] }),
      'change.preview': (input) => {
        const request = input.request as SegmentRequest;
        asked.push(request);
        const world = { plan: [planned], inventory: there, newId: 'seg-2', facts };
        return ok(previewAs(`p${asked.length}`, request, planSegment(request, world)));
      },
      'toolbox.describe': () =>
        ok({
          ...{ version: '1', settings: { method: 'load', image: 'x' }, tasks: [], size: null },
          engines: [{ engineId: 'a', consent: 'granted', at: 1, image: null }],
        }),
      'host.facts': () => ok(facts[0]!),
      ...overrides,
    },
  });
  return {
    ...shown,
    last: () => asked.at(-1),
    go(networks: Snapshot['networks']) {
      there = { ...there, networks, revision: there.revision + 1 };
      act(() => shown.stores.inventory.setState({ snapshot: there }));
    },
    async begin() {
      await waitFor(() => expect(shown.stores.segments.getState().plan).toHaveLength(1));
      act(() => shown.stores.ui.setState({ dialog: { kind: 'segment-form', purpose } }));
      return screen.findByTestId('segment-form');
    },
  };
}

const edit = { kind: 'edit', segmentId: 'seg-1' } as const;

describe('the form of a segment', () => {
  let form: ReturnType<typeof open>;
  beforeEach(async () => {
    form = open(edit);
    await form.begin();
  });

  it('says when no network has to change', async () => {
    expect(await screen.findByText(/only the plan is written/)).toBeTruthy();
  });

  it('is called by the name that the segment has, and names no link of a VLAN that there can’t be', async () => {
    const name = screen.getByTestId<HTMLInputElement>('segment-name');
    await form.user.clear(name);
    await form.user.type(name, '相机');
    expect(screen.getByRole('dialog', { name: 'Edit iot' })).toBeTruthy();
    expect(screen.getByText('Uses wlan0.20')).toBeTruthy();
    const vlan = screen.getByTestId<HTMLInputElement>('segment-vlan');
    await form.user.clear(vlan);
    await form.user.type(vlan, '5000');
    expect(screen.queryByText(/Uses wlan0/)).toBeNull();
    expect(screen.getByTestId<HTMLInputElement>('segment-network-a').placeholder).toBe('');
  });

  it('finds another range when the subnet is another, without being told', async () => {
    const subnet = screen.getByTestId<HTMLInputElement>('segment-subnet');
    await form.user.clear(subnet);
    await form.user.type(subnet, '10.2.0.0/24');
    const gateway = screen.getByTestId<HTMLInputElement>('segment-gateway');
    await form.user.clear(gateway);
    await fill(form.user, gateway, '10.2.0.1');
    await waitFor(() =>
      expect(screen.getByTestId<HTMLInputElement>('segment-range-a').value).toBe('10.2.0.128/25'),
    );
    expect(screen.getByTestId('plan-a').textContent).toContain('Create iot on wlan0.20');
  });

  it('keeps a range that was typed, once the preview has it too; an emptied field goes back to what is found', async () => {
    const range = () => screen.getByTestId<HTMLInputElement>('segment-range-a');
    await form.user.clear(range());
    await form.user.type(range(), '10.1.0.64/26');
    await waitFor(() => expect(form.last()).toMatchObject({ hosts: [{ ipRange: '10.1.0.64/26' }] }));
    await form.user.tab();
    expect(range().value).toBe('10.1.0.64/26');
    expect(range().getAttribute('data-found')).toBeNull();
    // Another edit asks again, with the range still in it.
    await form.user.type(screen.getByTestId('segment-name'), 's');
    await waitFor(() =>
      expect(form.last()).toMatchObject({ segment: { name: 'iots' }, hosts: [{ ipRange: '10.1.0.64/26' }] }),
    );
    await form.user.clear(range());
    await form.user.tab();
    // What it was edited from is told as it was.
    await waitFor(() => expect(JSON.stringify({ ...form.last(), basedOn: null })).not.toContain('ipRange'));
  });

  it('offers ipvlan l2 for a Wi-Fi card, and takes it by one click', async () => {
    await form.user.click(await screen.findByTestId('use-ipvlan-l2'));
    await waitFor(() => expect(form.last()).toMatchObject({ segment: { driver: 'ipvlan', mode: 'l2' } }));
    await waitFor(() => expect(screen.queryByTestId('use-ipvlan-l2')).toBeNull());
  });

  it('lists all NICs of the host, though one is chosen already, with the reason where one can’t be', async () => {
    await form.user.click(screen.getByTestId('segment-nic-a'));
    // jsdom does not run the transition that shows them.
    const nics = () =>
      screen
        .getAllByRole('option', { hidden: true })
        .filter((each) => ['wlan0', 'eno1'].includes(each.getAttribute('value') ?? ''));
    await waitFor(() => expect(nics()).toHaveLength(2));
    expect(nics()[1]?.querySelector('[title]')?.getAttribute('title')).toContain('br0');
  });

  it('offers the bridge instead of its port', async () => {
    const field = screen.getByTestId('segment-nic-a');
    await form.user.clear(field);
    await form.user.type(field, 'eno1');
    await form.user.click(await screen.findByTestId('use-br0'));
    await waitFor(() => expect(form.last()).toMatchObject({ hosts: [{ parentNic: 'br0' }] }));
  });
});

it('shows at once what would be done with an imported segment', async () => {
  const hosts = [{ hostName: 'a', parentNic: 'wlan0', networkName: 'cams' }];
  const segment = { ...draft, name: 'cams', vlan: 30, subnets: [{ subnet: '10.3.0.0/24' }] };
  const from: ImportedSegment = { segment, hosts };
  await open({ kind: 'create', from }).begin();
  expect((await screen.findByTestId('plan-a')).textContent).toContain('wlan0.30');
});

it('marks what stands in the way on a host though its fields were not touched', async () => {
  const { begin, user } = open({ kind: 'create' });
  await begin();
  // The host has a network of that name already.
  await fill(user, screen.getByTestId('segment-name'), 'iot');
  await user.type(screen.getByTestId('segment-vlan'), '30');
  const network = screen.getByTestId('segment-network-a');
  expect(network.getAttribute('aria-invalid')).toBeNull();
  await fill(user, screen.getByTestId('segment-subnet'), '10.3.0.0/24');
  await waitFor(() => expect(network.getAttribute('aria-invalid')).toBe('true'));
});

it('drops what failed when the form is another', async () => {
  const refused = problem('engine_error', { host: 'a' });
  const { begin, user } = open({ kind: 'create' }, { 'change.apply': () => fail(refused) });
  await begin();
  await fill(user, screen.getByTestId('segment-name'), 'cams');
  await user.type(screen.getByTestId('segment-vlan'), '30');
  await fill(user, screen.getByTestId('segment-subnet'), '10.3.0.0/24');
  await screen.findByTestId('plan-a');
  await waitFor(() => expect(screen.getByTestId('apply').getAttribute('aria-busy')).toBeNull());
  await user.keyboard('{Enter}');
  expect(await screen.findByText('It did not work')).toBeTruthy();
  await user.type(screen.getByTestId('segment-vlan'), '1');
  expect(screen.queryByText('It did not work')).toBeNull();
});

it('marks each field that is wrong at once, says to correct them, and offers no button', async () => {
  const { begin, user } = open({ kind: 'create' });
  await begin();
  const apply = () => screen.getByTestId<HTMLButtonElement>('apply').disabled;
  const marked = (field: string) => screen.getByTestId(field).getAttribute('aria-invalid') === 'true';
  expect(apply()).toBe(false);
  await fill(user, screen.getByTestId('segment-name'), 'cams');
  await fill(user, screen.getByTestId('segment-subnet'), '10.3.0.0/24');
  await fill(user, screen.getByTestId('segment-vlan'), '5000');
  await fill(user, screen.getByTestId('segment-gateway'), '10.3.0.999');
  await fill(user, screen.getByTestId('segment-range-a'), 'rubbish');
  await user.tab();
  expect(['segment-vlan', 'segment-gateway', 'segment-range-a'].map(marked)).toEqual([true, true, true]);
  expect(screen.getByTestId('segment-preview').textContent).toContain('Correct what is marked first');
  expect(apply()).toBe(true);
});

it('follows the hosts while it is open', async () => {
  const { begin, go } = open(edit);
  await begin();
  expect(await screen.findByText(/only the plan is written/)).toBeTruthy();
  go([]);
  await waitFor(() => expect(screen.getByTestId('plan-a').textContent).toContain('Create iot on wlan0.20'));
  go(snapshot.networks);
  expect(await screen.findByText(/only the plan is written/)).toBeTruthy();
});

it('names the networks of a segment in Chinese alike on all hosts, whatever the last preview was of', async () => {
  const there = { ...snapshot, engines: [engine('a'), engine('b')], networks: [] };
  const waiting: (() => void)[] = [];
  let held = false;
  const { stores, user } = renderWindow(there, {
    overrides: {
      'change.preview': async (input) => {
        if (held) await new Promise<void>((resolve) => waiting.push(resolve));
        const world = { plan: [], inventory: there, newId: 'seg-2' };
        return ok(previewAs('p', input.request, planSegment(input.request as SegmentRequest, world)));
      },
    },
  });
  await waitFor(() => expect(stores.inventory.getState().phase).toBe('ready'));
  act(() => stores.ui.setState({ dialog: { kind: 'segment-form', purpose: { kind: 'create' } } }));
  await screen.findByTestId('segment-form');
  const suggested = (host: string) =>
    screen.getByTestId(`segment-network-${host}`).getAttribute('placeholder');
  await user.click(screen.getByTestId('segment-host-b'));
  const write = (field: string, value: string) =>
    fireEvent.change(screen.getByTestId(`segment-${field}`), { target: { value } });
  write('nic-a', 'eth0');
  write('name', '办公');
  write('subnet', '10.9.0.0/24');
  await waitFor(() => expect(screen.getByTestId('segment-preview').textContent).toContain('segment'));
  expect([suggested('a'), suggested('b')]).toEqual(['segment', 'segment']);
  held = true;
  write('vlan', '20');
  expect([suggested('a'), suggested('b')]).toEqual(['vlan20', 'vlan20']);
});

it('begins a segment in a colour that no LAN of the picture has', async () => {
  const lanOn = (each: number) =>
    macvlan('a', 'lan', { subnets: [{ subnet: `10.${String(each)}.0.0/24`, exclusions: {} }] });
  const networks = Array.from({ length: 99 }, (_each, index) => lanOn(index));
  const first = networks.find((network) => findLans([network])[0]?.hue === 0)!;
  const { stores } = renderWindow({ ...snapshot, networks: [first] });
  await waitFor(() => expect(stores.inventory.getState().phase).toBe('ready'));
  act(() => stores.ui.setState({ dialog: { kind: 'segment-form', purpose: { kind: 'create' } } }));
  const colour = await screen.findByTestId<HTMLInputElement>('segment-colour');
  expect(colour.value).toBe(segmentSwatches[1]);
});
