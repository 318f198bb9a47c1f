// @vitest-environment jsdom
import { act, screen, within } from '@testing-library/react';
import { expect, it } from 'vitest';
import { prepareDom } from '../../testing/dom';
import { macvlan, twoHosts } from '../../testing/fixtures';
import { renderWindow } from '../../testing/render';

prepareDom();

it('a container is moved from one network to another out of its inspector, with the keyboard', async () => {
  const { stores, user } = renderWindow(twoHosts());
  await screen.findByTestId('table');
  act(() => stores.ui.setState({ selection: { kind: 'container', engineId: 'b', id: 'db-id' } }));
  const move = within(await screen.findByTestId('inspector')).getByRole('button', {
    name: 'Move from lan to another network…',
  });
  move.focus();
  await user.keyboard('{Enter}');
  expect(stores.ui.getState().dialog).toEqual({
    ...{ kind: 'attach', engineId: 'b', containerId: 'db-id', from: 'lan-id' },
  });
});

it('host and none, which every engine has, are neither counted nor listed as networks', async () => {
  const before = twoHosts();
  const own = [
    macvlan('a', 'host', { kind: 'host', driver: 'host', subnets: [] }),
    macvlan('a', 'none', { kind: 'null', driver: 'null', subnets: [] }),
    macvlan('a', 'template', { kind: 'null', driver: 'null', configOnly: true }),
  ];
  const { stores } = renderWindow({ ...before, networks: [...before.networks, ...own] });
  await screen.findByTestId('table');
  expect(screen.getByTestId('status-line').textContent).toContain('3 networks');
  act(() => stores.ui.setState({ selection: { kind: 'engine', engineId: 'a' } }));
  const list = (await screen.findByText('Networks')).closest('section')!;
  expect(list.textContent).toContain('template');
  expect(within(list).queryByRole('button', { name: 'none' })).toBeNull();
});
