// @vitest-environment jsdom
import { act, screen, waitFor } from '@testing-library/react';
import { expect, it } from 'vitest';
import { prepareDom } from '../../testing/dom';
import { twoHosts } from '../../testing/fixtures';
import { renderWindow } from '../../testing/render';

prepareDom();

const removed = (revision: number) => ({
  ...{ revision, engineId: 'a', networks: [], networksRemoved: [] },
  ...{ containers: [], containersRemoved: ['web-id'] },
});

it('says that the container is gone, by its last name, in the place of networks to choose from', async () => {
  const site = twoHosts();
  const { api, stores } = renderWindow(site);
  await screen.findByTestId('table');
  act(() => stores.ui.setState({ dialog: { kind: 'attach', engineId: 'a', containerId: 'web-id' } }));
  await screen.findByTestId('attach-network-lan');
  act(() => api.push('inventory.delta', removed(site.revision + 1)));
  expect(await screen.findByText(/The container web is not on .* any more/)).toBeTruthy();
  expect(screen.getByRole('dialog').textContent).toMatch(/web.*The container web/);
  expect(screen.queryByText(/No networks on this host/)).toBeNull();
  expect(screen.queryByTestId('attach-filter')).toBeNull();
});

it('offers no other network for a container that is gone', async () => {
  const site = twoHosts();
  const { api, stores } = renderWindow(site);
  await screen.findByTestId('table');
  const request = { kind: 'attach', engineId: 'a', containerId: 'web-id', networkId: 'lan-id' } as const;
  act(() => stores.ui.setState({ dialog: { kind: 'change', request } }));
  expect(await screen.findByText('Choose another network')).toBeTruthy();
  act(() => api.push('inventory.delta', removed(site.revision + 1)));
  await waitFor(() => expect(screen.queryByText('Choose another network')).toBeNull());
});
