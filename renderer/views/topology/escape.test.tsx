// @vitest-environment jsdom
import { act, screen, waitFor } from '@testing-library/react';
import { expect, it } from 'vitest';
import { prepareDom } from '../../testing/dom';
import { twoHosts } from '../../testing/fixtures';
import { renderWindow } from '../../testing/render';

prepareDom();

it('gives the keys to a container that was found by the search', async () => {
  const { stores, user } = renderWindow(twoHosts(), { preferences: { view: 'topology' } });
  await screen.findByTestId('container-web');
  await user.type(screen.getByTestId('search'), 'web');
  await screen.findByRole('option', { selected: true, hidden: true });
  await user.keyboard('{Enter}');
  await waitFor(() => expect(document.activeElement?.closest('[data-testid=container-web]')).not.toBeNull());
  await user.keyboard('a');
  expect(stores.ui.getState().dialog).toMatchObject({ kind: 'attach', containerId: 'web-id' });
});

it('never moves the focus to what filters hid when it was found by the search', async () => {
  const { stores, user } = renderWindow(twoHosts(), { preferences: { view: 'topology' } });
  await screen.findByTestId('container-web');
  const { filters } = stores.ui.getState();
  act(() => stores.ui.setState({ filters: { ...filters, engines: ['b'] } }));
  await waitFor(() => expect(screen.queryByTestId('container-web')).toBeNull());
  await user.type(screen.getByTestId('search'), 'web');
  await screen.findByRole('option', { selected: true, hidden: true });
  await user.keyboard('{Enter}');
  await waitFor(() => expect(stores.ui.getState().selection).toMatchObject({ id: 'web-id' }));
  const search = screen.getByTestId('search');
  act(() => search.focus());
  act(() => stores.ui.setState({ filters }));
  await screen.findByTestId('container-web');
  expect(document.activeElement).toBe(search);
});

it('Escape closes a dialog that the focus is not in, and leaves what is selected', async () => {
  const { stores, user } = renderWindow(twoHosts(), { preferences: { view: 'topology' } });
  await screen.findByTestId('container-web');
  const selection = { kind: 'engine', engineId: 'a' } as const;
  act(() => stores.ui.setState({ selection, dialog: { kind: 'shortcuts' } }));
  await screen.findByRole('dialog');
  act(() => (document.activeElement as HTMLElement).blur());
  expect(document.activeElement).toBe(document.body);
  await user.keyboard('{Escape}');
  await waitFor(() => expect(stores.ui.getState().dialog).toBeNull());
  expect(stores.ui.getState().selection).toEqual(selection);
  await user.keyboard('{Escape}');
  expect(stores.ui.getState().selection).toBeNull();
});
