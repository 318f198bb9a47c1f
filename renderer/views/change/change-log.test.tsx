// @vitest-environment jsdom
import { act, screen, waitFor } from '@testing-library/react';
import { expect, it } from 'vitest';
import { ok, type ChangeRecord, type SegmentDraft } from '../../../shared/model';
import { problem, reason } from '../../../shared/texts';
import { prepareDom } from '../../testing/dom';
import { twoHosts } from '../../testing/fixtures';
import { renderWindow } from '../../testing/render';

prepareDom();

const host = { engineId: 'a', engineName: 'atlas', steps: [], state: 'done' as const };
const applied: ChangeRecord = {
  id: 'done',
  at: Date.UTC(2026, 0, 1),
  who: 'ada',
  request: { kind: 'attach', engineId: 'a', containerId: 'web-id', networkId: 'lan-id', ipv4: '10.0.0.9' },
  hosts: [host],
  state: 'applied',
  undoable: true,
};

it('the log offers no undo that would be refused, and says why; the engines are read for it alone, once', async () => {
  const undoProblem = problem('change_not_undoable', { context: 'undone' });
  let barred = true;
  const { api, stores } = renderWindow(twoHosts(), {
    overrides: { 'change.list': ({ undo }) => ok([undo && barred ? { ...applied, undoProblem } : applied]) },
  });
  const asked = () => api.calls.filter(({ name }) => name === 'change.list').map(({ input }) => input);
  await waitFor(() => expect(stores.changes.getState().records).toHaveLength(1));
  expect(asked()).toEqual([{ limit: 400 }]);

  act(() => stores.ui.setState({ dialog: { kind: 'change-log' } }));
  expect((await screen.findByTestId('undo-problem-done')).textContent).toBe(
    'Can’t be undone now. This change was already undone. There is nothing more to undo of it.',
  );
  expect(screen.getByRole<HTMLButtonElement>('button', { name: /Undo/ }).disabled).toBe(true);
  expect(asked()).toEqual([{ limit: 400 }, { limit: 400, undo: true }]);

  barred = false;
  act(() => api.push('change.recorded', applied));
  await waitFor(() => expect(screen.queryByTestId('undo-problem-done')).toBeNull());
  expect(screen.getByRole<HTMLButtonElement>('button', { name: /Undo/ }).disabled).toBe(false);
  expect(asked()).toHaveLength(3);
});

it('tells who undid a change and when, what was made, and which address became which', async () => {
  const spec = { name: 'iot', parent: 'eth1.30', mode: 'bridge', subnet: '10.3.0.0/24' };
  const made = { ...spec, driver: 'macvlan' as const, exclusions: [], internal: false };
  const web = { engineId: 'a', containerId: 'web-id' };
  const cams: SegmentDraft = {
    ...{ name: 'cams', vlan: 40, driver: 'macvlan', mode: 'bridge', reserved: [] },
    subnets: [{ subnet: '10.4.0.0/24' }],
  };
  const records: ChangeRecord[] = [
    { ...applied, id: 'back', state: 'undone', undone: { at: Date.UTC(2026, 0, 2), who: 'grace' } },
    {
      ...applied,
      id: 'made',
      request: { kind: 'create-network', engineId: 'a', spec: made },
    },
    {
      ...applied,
      id: 'moved',
      request: { kind: 'readdress', engineId: 'a', containerId: 'web-id', networkId: 'lan-id' },
      before: { ipv4: '10.0.0.8' },
      hosts: [{ ...host, ipv4: '10.0.0.9' }],
    },
    {
      ...applied,
      id: 'segment',
      request: {
        kind: 'create-segment',
        segment: cams,
        hosts: [{ engineId: 'a', parentNic: 'eth1' }],
      },
      segment: { id: 'seg', name: 'cams' },
      hosts: [
        {
          ...host,
          steps: [
            { op: 'create-network', networkName: 'cams', spec: { ...made, name: 'cams', parent: 'eth1.40' } },
          ],
        },
      ],
    },
    {
      ...applied,
      id: 'edited',
      request: {
        kind: 'edit-segment',
        segmentId: 'seg',
        segment: { ...cams, name: 'doors', vlan: 41 },
        hosts: [],
      },
      segmentBefore: { ...cams, tenant: 'ops', subnets: [{ subnet: '10.4.0.0/24', gateway: '10.4.0.1' }] },
      segment: { id: 'seg', name: 'doors' },
    },
    {
      ...applied,
      id: 'older',
      request: { kind: 'attach-to-segment', segmentId: 'seg', ...web, ipv4: '10.4.0.7' },
      segment: { id: 'seg', name: 'cams' },
    },
    {
      ...applied,
      id: 'given',
      request: { kind: 'attach-to-segment', segmentId: 'seg', ...web },
      segment: { id: 'seg', name: 'cams' },
      hosts: [{ ...host, ipv4: '10.4.0.8' }],
    },
    {
      ...applied,
      id: 'restored',
      by: 'guard',
      request: { kind: 'restore', ...web, attachments: [{ networkId: 'lan-id', ipv4: '10.0.0.7' }] },
    },
    {
      ...applied,
      id: 'shim',
      request: { kind: 'put-shim', engineId: 'a', networkId: 'lan-id' },
      hosts: [
        {
          ...host,
          steps: [
            {
              ...{ op: 'put-shim', networkId: 'lan-id', networkName: 'lan' },
              shim: { name: 'tl-lan', parent: 'eth0', address: '10.70.1.5', routes: [] },
            },
          ],
        },
      ],
    },
  ];
  const { stores } = renderWindow(twoHosts(), { overrides: { 'change.list': () => ok(records) } });
  await waitFor(() => expect(stores.changes.getState().records).toHaveLength(9));
  act(() => stores.ui.setState({ dialog: { kind: 'change-log' } }));
  expect((await screen.findByTestId('change-back')).textContent).toMatch(/undone.*2026.*, by grace/);
  expect(screen.getByTestId('change-made').textContent).toContain('eth1.30 · 10.3.0.0/24');
  expect(screen.getByTestId('change-moved').textContent).toContain('10.0.0.8 → 10.0.0.9');
  expect(screen.getByTestId('change-segment').textContent).toContain('eth1.40 · 10.4.0.0/24');
  // By the name that it had.
  expect(screen.getByTestId('change-edited').textContent).toContain('Edit cams');
  expect(screen.getByTestId('change-edited').textContent).toContain(
    'Name: cams → doorsTenant: ops → noneVLAN ID: 40 → 41Subnets: 10.4.0.0/24, gateway 10.4.0.1 → 10.4.0.0/24',
  );
  expect(screen.getByTestId('change-older').textContent).toContain('10.4.0.7');
  expect(screen.getByTestId('change-given').textContent).toContain('10.4.0.8');
  const restored = screen.getByTestId('change-restored').textContent;
  expect(restored).toContain('Address guardSet the guarded address of web on lan10.0.0.7');
  expect(screen.getByTestId('change-shim').textContent).toContain('10.70.1.5');
});

it('says of a change that it is not saved yet, until it is', async () => {
  const values = { context: 'unsaved', file: 'changes.jsonl', detail: reason('write_full') } as const;
  let record: ChangeRecord = { ...applied, unsaved: problem('storage_failed', values) };
  const { api, stores } = renderWindow(twoHosts(), { overrides: { 'change.list': () => ok([record]) } });
  act(() => stores.ui.setState({ dialog: { kind: 'change-log' } }));
  expect((await screen.findByTestId('unsaved-done')).textContent).toMatch(
    /^Not saved yet: changes\.jsonl could not be written: the disk is full\. .*do not end the console/,
  );
  record = applied;
  act(() => api.push('change.recorded', record));
  await waitFor(() => expect(screen.queryByTestId('unsaved-done')).toBeNull());
});

it('says of a change that the plan does not have it yet, until it has', async () => {
  const values = { context: 'plan', file: 'plan.yaml', detail: reason('write_full') } as const;
  let record: ChangeRecord = { ...applied, unwritten: problem('storage_failed', values) };
  const { api, stores } = renderWindow(twoHosts(), { overrides: { 'change.list': () => ok([record]) } });
  act(() => stores.ui.setState({ dialog: { kind: 'change-log' } }));
  expect((await screen.findByTestId('unwritten-done')).textContent).toMatch(/^It is not in plan\.yaml yet: /);
  record = applied;
  act(() => api.push('change.recorded', record));
  await waitFor(() => expect(screen.queryByTestId('unwritten-done')).toBeNull());
});

it('says “as before” of no change that has exceptions, and what an undo that failed has left otherwise', async () => {
  const exceptions = [
    { network: 'lan', container: 'web', field: 'IPAddress', before: '10.0.0.2', after: '10.0.0.200' },
  ];
  const records: ChangeRecord[] = [
    { ...applied, id: 'back', state: 'rolled-back', undoable: false, exceptions },
    { ...applied, id: 'stands', exceptions },
    { ...applied, id: 'clean', state: 'rolled-back', undoable: false },
  ];
  const { stores } = renderWindow(twoHosts(), { overrides: { 'change.list': () => ok(records) } });
  await waitFor(() => expect(stores.changes.getState().records).toHaveLength(3));
  act(() => stores.ui.setState({ dialog: { kind: 'change-log' } }));
  const row = async (id: string) => (await screen.findByTestId(`change-${id}`)).textContent;
  expect(await row('back')).toContain('put back, with exceptions');
  expect(await row('clean')).toContain('as before');
  expect(await row('stands')).toContain('Undoing it failed. It stands as before, except:');
});

it('says what did not come back on a host that failed, and who is left on a network that was removed', async () => {
  const exceptions = [
    { network: 'lan', container: 'web', field: 'IPAddress', before: '10.0.0.2', after: '10.0.0.200' },
  ];
  const [host] = applied.hosts;
  const stranded = [problem('container_stranded', { container: 'db', network: 'lan', host: 'atlas' })];
  const partly = { ...host!, engineName: 'boreas', state: 'failed' as const, exceptions };
  const records: ChangeRecord[] = [
    { ...applied, id: 'partly', state: 'partial', hosts: [host!, partly] },
    { ...applied, id: 'left', stranded },
  ];
  const { stores } = renderWindow(twoHosts(), { overrides: { 'change.list': () => ok(records) } });
  await waitFor(() => expect(stores.changes.getState().records).toHaveLength(2));
  act(() => stores.ui.setState({ dialog: { kind: 'change-log' } }));
  const row = async (id: string) => (await screen.findByTestId(`change-${id}`)).textContent;
  expect(await row('partly')).toMatch(/on boreasAs before, except:.*10\.0\.0\.200/);
  expect(await row('left')).toContain(
    'It is left on a network that is gone, and can’t start. Take db off lan',
  );
});
