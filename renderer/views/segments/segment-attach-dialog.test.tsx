// @vitest-environment jsdom
import { act, screen, waitFor } from '@testing-library/react';
import { expect, it } from 'vitest';
import { fail, ok, type Segment, type SegmentRequest } from '../../../shared/model';
import { planSegment, problem, type Inventory } from '../../../shared/rules';
import { prepareDom } from '../../testing/dom';
import { previewAs } from '../../testing/fake-api';
import { container, engine, macvlan } from '../../testing/fixtures';
import { renderWindow } from '../../testing/render';

prepareDom();

const subnet = { subnet: '10.1.0.0/24', gateway: '10.1.0.1' };
const segment: Segment = {
  ...{ id: 'seg-1', name: 'iot', vlan: 20, driver: 'macvlan', mode: 'bridge', reserved: [] },
  subnets: [subnet],
  members: [{ engineId: 'a', parentNic: 'eth0', networkName: 'iot' }],
};
const web = container('a', 'web');
const snapshot = {
  revision: 1,
  engines: [engine('a')],
  networks: [macvlan('a', 'iot', { subnets: [{ ...subnet, exclusions: {} }], parent: 'eth0.20' })],
  containers: [web],
};

it('shows no steps for an address that has just been emptied', async () => {
  const { stores, user } = renderWindow(snapshot, {
    overrides: {
      'segments.list': () => ok({ segments: [{ segment, members: [] }], candidates: [] }),
      'change.preview': (input) => {
        const request = input.request as SegmentRequest;
        const world = { plan: [segment], inventory: snapshot, newId: 'seg-2' };
        return ok(previewAs('p', request, planSegment(request, world)));
      },
    },
  });
  await waitFor(() => expect(stores.segments.getState().plan).toHaveLength(1));
  const request = {
    kind: 'attach-to-segment',
    segmentId: 'seg-1',
    engineId: 'a',
    containerId: web.id,
  } as const;
  act(() => stores.ui.setState({ dialog: { kind: 'segment-change', request } }));
  const dialog = await screen.findByTestId('segment-attach');
  await waitFor(() => expect(dialog.textContent).toContain('Connect web'));
  await user.clear(screen.getByTestId('address-field'));
  expect(dialog.textContent).not.toContain('Connect web');
});

it('offers to stop a container that restarts again and again, in the same change', async () => {
  const restarting = { ...snapshot, containers: [{ ...web, state: 'restarting' as const }] };
  const asked: SegmentRequest[] = [];
  const { stores, user } = renderWindow(restarting, {
    overrides: {
      'segments.list': () => ok({ segments: [{ segment, members: [] }], candidates: [] }),
      'change.preview': (input) => {
        const request = input.request as SegmentRequest;
        asked.push(request);
        const world = { plan: [segment], inventory: restarting, newId: 'seg-2' };
        return ok(previewAs('p', request, planSegment(request, world)));
      },
    },
  });
  await waitFor(() => expect(stores.segments.getState().plan).toHaveLength(1));
  const request = {
    kind: 'attach-to-segment',
    segmentId: 'seg-1',
    engineId: 'a',
    containerId: web.id,
  } as const;
  act(() => stores.ui.setState({ dialog: { kind: 'segment-change', request } }));
  await user.click(await screen.findByTestId('stop-first'));
  await waitFor(() => expect(screen.queryByTestId('stop-first')).toBeNull());
  expect(asked.at(-1)).toMatchObject({ stopFirst: true });
  const dialog = await screen.findByTestId('segment-attach');
  await waitFor(() => expect(dialog.textContent).toMatch(/stop/i));
  await user.keyboard('{Escape}');
  expect(stores.ui.getState().dialog).toMatchObject({ request });
});

it('shows beside the address that somebody on the LAN answers for it, as soon as that is known', async () => {
  let answering: Inventory['answering'] = [];
  const { api, stores, user } = renderWindow(snapshot, {
    overrides: {
      'segments.list': () => ok({ segments: [{ segment, members: [] }], candidates: [] }),
      'change.preview': (input) => {
        const request = input.request as SegmentRequest;
        const world = { plan: [segment], inventory: { ...snapshot, answering }, newId: 'seg-2' };
        return ok(previewAs('p', request, planSegment(request, world)));
      },
    },
  });
  await waitFor(() => expect(stores.segments.getState().plan).toHaveLength(1));
  const request = {
    kind: 'attach-to-segment',
    segmentId: 'seg-1',
    engineId: 'a',
    containerId: web.id,
  } as const;
  act(() => stores.ui.setState({ dialog: { kind: 'segment-change', request } }));
  const field = await screen.findByTestId<HTMLInputElement>('address-field');
  await waitFor(() => expect(field.value).not.toBe(''));
  await user.clear(field);
  await user.type(field, '10.1.0.9');
  await waitFor(() => expect(screen.getByTestId('segment-attach').textContent).toContain('Connect web'));
  expect(screen.queryByText(/answers for/)).toBeNull();
  answering = [{ engineId: 'a', nic: 'eth0.20', address: '10.1.0.9', macs: ['3c:00:00:00:00:09'] }];
  act(() => api.push('addresses.answered', { engineId: 'a' }));
  const told = await screen.findByText(/answers for 10\.1\.0\.9 already/);
  expect(screen.getAllByText(/answers for/)).toHaveLength(1);
  const described = field.getAttribute('aria-describedby') ?? '';
  expect(described.split(' ').some((id) => document.getElementById(id)?.contains(told))).toBe(true);
});

it('tells which address the container got, also where the engine chose it', async () => {
  const given = { engineId: 'a', engineName: 'a', steps: [], state: 'done' as const, ipv4: '10.1.0.200' };
  const { stores, user } = renderWindow(snapshot, {
    overrides: {
      'segments.list': () => ok({ segments: [{ segment, members: [] }], candidates: [] }),
      'change.preview': (input) => {
        const asked = input.request as SegmentRequest;
        const world = { plan: [segment], inventory: snapshot, newId: 'seg-2' };
        return ok(previewAs('p', asked, planSegment(asked, world)));
      },
      'change.apply': ({ id }) =>
        ok({
          ...{ id, at: 1, who: 'ada', request, state: 'applied', undoable: true, hosts: [given] },
          segment: { id: 'seg-1', name: 'iot' },
        }),
    },
  });
  await waitFor(() => expect(stores.segments.getState().plan).toHaveLength(1));
  const request = {
    kind: 'attach-to-segment',
    segmentId: 'seg-1',
    engineId: 'a',
    containerId: web.id,
  } as const;
  act(() => stores.ui.setState({ dialog: { kind: 'segment-change', request } }));
  await waitFor(() => expect(screen.getByTestId<HTMLButtonElement>('apply').disabled).toBe(false));
  await user.click(screen.getByTestId('apply'));
  expect((await screen.findByTestId('undo')).parentElement?.textContent).toContain(
    'Attach web to iot: 10.1.0.200',
  );
});

it('tells each host’s own reason where it failed on several, and nothing twice', async () => {
  const refused = (host: string) => problem('parent_busy', { parent: 'eth0', host });
  const hosts = ['a', 'b'].map((engineId) => ({
    ...{ engineId, engineName: engineId, steps: [], state: 'failed' as const },
    problem: { ...refused(engineId), engineId },
  }));
  const rest = {
    ...{ engineId: 'c', engineName: 'c', steps: [], state: 'rolled-back' as const },
    problem: problem('rolled_back', { context: 'another' }, { engineId: 'c' }),
  };
  const request = { kind: 'delete-segment', segmentId: 'seg-1', detachRunning: true } as const;
  const { stores, user, api } = renderWindow(snapshot, {
    overrides: {
      'segments.list': () => ok({ segments: [{ segment, members: [] }], candidates: [] }),
      'change.preview': (input) => {
        const world = { plan: [segment], inventory: snapshot, newId: 'seg-2' };
        return ok(previewAs('p', request, planSegment(input.request as SegmentRequest, world)));
      },
      'change.apply': ({ id }) => {
        api.push('change.recorded', {
          ...{ id, at: 1, who: 'ada', request, state: 'rolled-back', undoable: false },
          hosts: [...hosts, rest],
        });
        return fail(refused('a'));
      },
    },
  });
  await waitFor(() => expect(stores.segments.getState().plan).toHaveLength(1));
  act(() => stores.ui.setState({ dialog: { kind: 'segment-change', request } }));
  await waitFor(() => expect(screen.getByTestId<HTMLButtonElement>('apply').disabled).toBe(false));
  await user.click(screen.getByTestId('apply'));
  expect((await screen.findByTestId('reason-b')).textContent).toContain(refused('b').message);
  // That of a is what is told above; c failed at nothing.
  expect(screen.getByRole('alert').textContent).toContain(refused('a').message);
  expect(screen.getAllByTestId(/^reason-/)).toHaveLength(1);
  expect(screen.getByRole('alert').textContent.match(/as before/g)).toHaveLength(1);
});

it('keeps Enter until there is a plan, and then applies nothing that was not read', async () => {
  const waiting: (() => void)[] = [];
  const { stores, user, api } = renderWindow(snapshot, {
    overrides: {
      'segments.list': () => ok({ segments: [{ segment, members: [] }], candidates: [] }),
      'change.preview': async (input) => {
        await new Promise<void>((resolve) => waiting.push(resolve));
        const world = { plan: [segment], inventory: snapshot, newId: 'seg-2' };
        return ok(previewAs('p', input.request, planSegment(input.request as SegmentRequest, world)));
      },
    },
  });
  await waitFor(() => expect(stores.segments.getState().plan).toHaveLength(1));
  const of = { segmentId: 'seg-1', engineId: 'a', containerId: web.id };
  const request = { kind: 'attach-to-segment', ...of } as const;
  act(() => stores.ui.setState({ dialog: { kind: 'segment-change', request } }));
  await waitFor(() => expect(document.activeElement).toBe(screen.getByTestId('address-field')));
  await user.keyboard('{Enter}');
  const answer = async () => {
    await waitFor(() => expect(waiting.length).toBeGreaterThan(0));
    waiting.shift()?.();
  };
  await answer();
  await answer();
  expect((await screen.findByTestId('unread')).textContent).toBe('Not applied yet. Read it and apply.');
  await waitFor(() => expect(document.activeElement).toBe(screen.getByTestId('apply')));
  expect(api.calls.some(({ name }) => name === 'change.apply')).toBe(false);
});
