// @vitest-environment jsdom
import { act, screen } from '@testing-library/react';
import { expect, it } from 'vitest';
import { ok, type GuardStatus } from '../../../shared/model';
import { prepareDom } from '../../testing/dom';
import { twoHosts } from '../../testing/fixtures';
import { renderWindow } from '../../testing/render';
import { guardNews } from './news';

prepareDom();

const of = (state: GuardStatus['state']): GuardStatus => ({
  ...{ engineId: 'b', identity: { by: 'name', name: 'db' }, containerName: 'db', containerId: 'db-id' },
  ...{ attachments: [{ networkName: 'lan', ipv4: '10.70.1.2' }], since: 1 },
  ...{ state, current: 'db-id', differences: [] },
});

it('what stands so at first is no news, and what fails again and again is told once', () => {
  const newsOf = guardNews();
  const told = (state: GuardStatus['state']) => newsOf([of(state)]).map(({ what }) => what);
  expect(told('asked')).toEqual([]);
  expect(told('restoring')).toEqual([]);
  expect(told('kept')).toEqual(['given']);
  expect(told('kept')).toEqual([]);
  expect(told('failed')).toEqual(['look']);
  expect(told('restoring')).toEqual([]);
  expect(told('failed')).toEqual([]);
  expect(told('away')).toEqual([]);
  // Made anew with its address by whoever made it: nothing was given back.
  expect(told('kept')).toEqual([]);
  expect(told('failed')).toEqual(['look']);
});

it('a toast tells what was given back and what waits for an answer, and leads to the container', async () => {
  const { api, stores, user } = renderWindow(twoHosts(), {
    overrides: { 'guard.list': () => ok([of('restoring')]) },
  });
  await screen.findByTestId('table');
  await screen.findByTestId('guards');
  act(() => api.push('guards.changed', [of('kept')]));
  expect(await screen.findByText('db on b has 10.70.1.2 again.', { exact: false })).toBeTruthy();
  act(() => api.push('guards.changed', [of('asked')]));
  expect(await screen.findByText('The address guard needs you')).toBeTruthy();
  await user.click(screen.getAllByRole('button', { name: 'Show' }).at(-1)!);
  expect(stores.ui.getState().selection).toEqual({ kind: 'container', engineId: 'b', id: 'db-id' });
});
