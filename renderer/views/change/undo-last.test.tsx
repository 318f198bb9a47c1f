// @vitest-environment jsdom
import { act, screen, waitFor } from '@testing-library/react';
import { notifications } from '@mantine/notifications';
import { expect, it, vi } from 'vitest';
import { prepareDom } from '../../testing/dom';
import { previewOf } from '../../testing/fake-api';
import { twoHosts } from '../../testing/fixtures';
import { renderWindow } from '../../testing/render';
import { fail, ok, type ChangeRecord, type ChangeRequest, type Problem } from '../../../shared/model';
import { problem, reason } from '../../../shared/texts';

prepareDom();

const attach = { kind: 'attach', engineId: 'a', containerId: 'web-id', networkId: 'lan-id' } as const;
const applyAttach = async (overrides: NonNullable<Parameters<typeof renderWindow>[1]>['overrides'] = {}) => {
  const shown = renderWindow(twoHosts(), { overrides });
  await screen.findByTestId('table');
  act(() => shown.stores.ui.setState({ dialog: { kind: 'change', request: attach } }));
  await screen.findByText(/Connect web to lan with 10\.70\.1\.3$/);
  await waitFor(() => expect(screen.getByTestId('apply').getAttribute('aria-busy')).toBeNull());
  await shown.user.click(screen.getByTestId('apply'));
  return shown;
};
const cut = problem('engine_unreachable', {
  context: 'console',
  detail: reason('said', { words: 'TypeError: Failed to fetch' }),
});

it('withdraws the undo of a toast after which a later change came, and names the host that it was on', async () => {
  let barred = false;
  let own = '';
  const { api, stores } = await applyAttach({
    'change.list': ({ undo }) => {
      const undoProblem = problem('change_not_undoable', { context: 'undone' });
      return ok(
        undo && barred ? [{ ...undone, id: own, state: 'applied', undoable: true, undoProblem }] : [],
      );
    },
  });
  await screen.findByTestId('undo');
  own = stores.ui.getState().ownChanges[0]!;
  expect(screen.getByText('Attach web to lan on a: 10.70.1.3')).toBeTruthy();
  act(() => api.push('change.recorded', { ...undone, id: 'other' }));
  await screen.findByTestId('undo');
  barred = true;
  act(() => api.push('change.recorded', { ...undone, id: 'later' }));
  await waitFor(() => expect(screen.queryByTestId('undo')).toBeNull());
});

it('offers no undo under a dialog, where it could not be pressed, and does again after it', async () => {
  const { stores } = await applyAttach();
  await screen.findByTestId('undo');
  act(() => stores.ui.setState({ dialog: { kind: 'engines' } }));
  await waitFor(() => expect(screen.queryByTestId('undo')).toBeNull());
  act(() => stores.ui.setState({ dialog: { kind: 'change-log' } }));
  await screen.findByTestId('undo');
  act(() => stores.ui.setState({ dialog: null }));
  await screen.findByTestId('undo');
});

it('says of an undo that failed what it was about, for a while', async () => {
  const { stores, user } = await applyAttach({
    'change.undo': () => fail(problem('change_not_undoable', { context: 'undone' })),
  });
  await screen.findByTestId('undo');
  const [id] = stores.ui.getState().ownChanges;
  const host = { engineId: 'a', engineName: 'a', steps: [], state: 'done' as const };
  const record: ChangeRecord = { ...undone, id: id!, hosts: [host], state: 'applied', undoable: true };
  act(() => stores.changes.setState({ records: [record] }));
  const update = vi.spyOn(notifications, 'update');
  await user.click(screen.getByTestId('undo'));
  expect(await screen.findByText(/^Attach web to lan on a: This change was already undone/)).toBeTruthy();
  expect(update.mock.calls.at(-1)?.[0]).toMatchObject({ autoClose: 20_000 });
});

it('claims no outcome of a change during which the console was lost, and says so once', async () => {
  let lost = false;
  await applyAttach({
    'change.apply': () => {
      lost = true;
      return fail(cut);
    },
    'change.preview': ({ request }) =>
      lost ? fail(cut) : ok(previewOf('p', request as ChangeRequest, twoHosts())),
  });
  expect(await screen.findByText('The outcome is not known')).toBeTruthy();
  expect(screen.getByText(/look into the change log/)).toBeTruthy();
  await waitFor(() => expect(screen.getByTestId<HTMLButtonElement>('apply').disabled).toBe(true));
  expect(screen.getAllByText(/Failed to fetch/)).toHaveLength(1);
  expect(screen.queryByText('It did not work')).toBeNull();
});

const undone: ChangeRecord = {
  ...{ id: '', at: 0, who: 'ada', state: 'undone', hosts: [], undoable: false },
  request: { kind: 'attach', engineId: 'a', containerId: 'web-id', networkId: 'lan-id' },
};

it('goes on with the change before, passes one that can’t be taken back, and offers one again that failed', async () => {
  let refusal: (id: string) => Problem | undefined = () => undefined;
  const { api, stores, user } = renderWindow(twoHosts(), {
    overrides: {
      'change.undo': ({ id }) => {
        const refused = refusal(id);
        return refused ? fail(refused) : ok({ ...undone, id });
      },
    },
  });
  await screen.findByTestId('table');
  act(() => stores.ui.setState({ ownChanges: ['first', 'second', 'third'] }));
  const press = async () => {
    const before = asked().length;
    await user.keyboard('{Control>}z{/Control}');
    await waitFor(() => expect(asked()).toHaveLength(before + 1));
  };
  const asked = () =>
    api.calls.flatMap(({ name, input }) => (name === 'change.undo' ? (input as { id: string }).id : []));
  const left = () => stores.ui.getState().ownChanges;

  refusal = () => problem('engine_unreachable', { host: 'atlas' });
  await press();
  await waitFor(() => expect(left()).toEqual(['first', 'second', 'third']));
  refusal = (id) => (id === 'third' ? problem('change_not_undoable', { context: 'undone' }) : undefined);
  await press();
  await waitFor(() => expect(left()).toEqual(['first', 'second']));
  await press();
  await press();
  expect(asked()).toEqual(['third', 'third', 'second', 'first']);
  expect(left()).toEqual([]);
});

it('takes the last change of the window back by key, also once its toast is gone, and says where there is none', async () => {
  const { api, stores, user } = renderWindow(twoHosts());
  await screen.findByTestId('table');
  const request = { kind: 'attach', engineId: 'a', containerId: 'web-id', networkId: 'lan-id' } as const;
  stores.ui.setState({ dialog: { kind: 'change', request } });
  await screen.findByText(/Connect web to lan with 10\.70\.1\.3$/);
  await waitFor(() => expect(screen.getByTestId('apply').getAttribute('aria-busy')).toBeNull());
  await user.click(screen.getByTestId('apply'));
  await screen.findByTestId('undo');
  act(() => notifications.clean());
  await waitFor(() => expect(screen.queryByTestId('undo')).toBeNull());
  const undone = () => api.calls.filter((call) => call.name === 'change.undo').length;
  await user.keyboard('{Control>}z{/Control}');
  expect(await screen.findByText('Undone')).toBeTruthy();
  await user.keyboard('{Control>}z{/Control}');
  expect(await screen.findByText('Nothing to undo in this window')).toBeTruthy();
  expect(undone()).toBe(1);
});
