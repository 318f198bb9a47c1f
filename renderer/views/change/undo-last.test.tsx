// @vitest-environment jsdom
import { act, screen, waitFor } from '@testing-library/react';
import { notifications } from '@mantine/notifications';
import { expect, it } from 'vitest';
import { prepareDom } from '../../app/testing/dom';
import { twoHosts } from '../../app/testing/fixtures';
import { renderWindow } from '../../app/testing/render';

prepareDom();

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
