// @vitest-environment jsdom
import { act, screen, waitFor } from '@testing-library/react';
import { expect, it, vi } from 'vitest';
import { fail, ok, type ChangeRecord } from '../../../shared/model';
import { changeFinder, problem } from '../../../shared/rules';
import { prepareDom } from '../../testing/dom';
import { twoHosts } from '../../testing/fixtures';
import { renderWindow } from '../../testing/render';

prepareDom();

const record = (id: string, at: number, ipv4: string): ChangeRecord => ({
  ...{ id, at, who: 'ada', state: 'applied', undoable: false },
  request: { kind: 'attach', engineId: 'a', containerId: 'web-id', networkId: 'lan-id', ipv4 },
  hosts: [
    {
      ...{ engineId: 'a', engineName: 'a', state: 'done', ipv4 },
      steps: [
        {
          ...{ op: 'connect', containerId: 'web-id', containerName: id, networkId: 'lan-id' },
          ...{ networkName: 'lan', endpoint: { ipv4 } },
        },
      ],
    },
  ],
});
const records = [
  { ...record('web', 2, '10.0.0.5'), by: 'command-line' as const },
  record('web-2', 1, '10.0.0.50'),
];
const shown = () => screen.queryAllByTestId(/^change-web/).map((row) => row.dataset.testid);

const openWindow = () =>
  renderWindow(twoHosts(), {
    overrides: {
      'change.list': ({ find = '', limit = 100 }) => ok(records.filter(changeFinder(find)).slice(0, limit)),
    },
  });

it('finds changes by what is typed, tells how many, and saves just these', async () => {
  const saved: Blob[] = [];
  vi.spyOn(URL, 'createObjectURL').mockImplementation((blob) => {
    saved.push(blob as Blob);
    return 'blob:saved';
  });
  const { stores, user } = openWindow();
  await waitFor(() => expect(stores.changes.getState().records).toHaveLength(2));
  act(() => stores.ui.setState({ dialog: { kind: 'change-log' } }));
  const field = await screen.findByTestId('find-changes');
  expect(shown()).toEqual(['change-web', 'change-web-2']);
  expect(screen.getByTestId('change-web').textContent).toContain('ada, by --apply');

  await user.type(field, '10.0.0.5');
  await waitFor(() => expect(shown()).toEqual(['change-web']));
  expect(screen.getByTestId('found-changes').textContent).toBe('1 change found');
  // What the rest of the window goes by is the log as a whole.
  expect(stores.changes.getState().records).toHaveLength(2);

  await user.click(screen.getByTestId('save-log'));
  await waitFor(() => expect(saved).toHaveLength(1));
  const lines = (await saved[0]!.text()).trimEnd().split('\n');
  expect(lines.map((line) => JSON.parse(line) as ChangeRecord)).toEqual([records[0]]);

  await user.type(field, ' nobody');
  await screen.findByText('No change speaks of that');
  await user.click(screen.getByRole('button', { name: 'Show all changes' }));
  await waitFor(() => expect(shown()).toHaveLength(2));
});

it('is opened for what is selected, by its whole name', async () => {
  const { stores, user } = openWindow();
  act(() => stores.ui.setState({ selection: { kind: 'container', engineId: 'a', id: 'web-id' } }));
  await user.click(await screen.findByTestId('open-log'));
  expect(await screen.findByTestId<HTMLInputElement>('find-changes')).toHaveProperty('value', '"web" "a"');
  await waitFor(() => expect(shown()).toEqual(['change-web']));
});

it('shows nothing of the log under a search that failed', async () => {
  const { stores } = renderWindow(twoHosts(), {
    overrides: {
      'change.list': ({ find = '' }) =>
        find === '' ? ok(records) : fail(problem('engine_timeout', { host: 'a', seconds: 15 })),
    },
  });
  await waitFor(() => expect(stores.changes.getState().records).toHaveLength(2));
  act(() => stores.ui.setState({ dialog: { kind: 'change-log', find: '"web"' } }));
  await screen.findByRole('alert');
  expect([shown(), screen.queryByTestId('save-log')]).toEqual([[], null]);
});

it('says of more than the window shows that these are the newest', async () => {
  const many = Array.from({ length: 401 }, (_, at) => record(`web-${String(at)}`, 401 - at, '10.0.0.5'));
  const { stores } = renderWindow(twoHosts(), {
    overrides: { 'change.list': ({ limit }) => ok(many.slice(0, limit)) },
  });
  act(() => stores.ui.setState({ dialog: { kind: 'change-log', find: 'web' } }));
  await waitFor(() => expect(shown()).toHaveLength(400));
  expect(screen.getByTestId('found-changes').textContent).toBe(
    'The newest 400 are shown; the file has all of them.',
  );
});
