// @vitest-environment jsdom
import { act, screen, waitFor } from '@testing-library/react';
import { notifications } from '@mantine/notifications';
import { expect, it } from 'vitest';
import { prepareDom } from '../../testing/dom';
import { twoHosts } from '../../testing/fixtures';
import { renderWindow } from '../../testing/render';
import { fail, ok, type ChangeRecord, type Problem } from '../../../shared/model';
import { problem } from '../../../shared/texts';

prepareDom();

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
