// @vitest-environment jsdom
import { act, render } from '@testing-library/react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { AppContext, type AppContextValue } from '../context';
import { twoHosts } from '../../testing/fixtures';
import { createStores } from '../../store';
import { useFollow } from './use-follow';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const stores = createStores();
const refresh = vi.fn();
function Follower({ paused }: { paused: boolean }) {
  useFollow(refresh, paused);
  return null;
}
const within = (paused: boolean) => (
  <AppContext value={{ stores } as AppContextValue}>
    <Follower paused={paused} />
  </AppContext>
);
const move = () =>
  act(() => {
    const { snapshot } = stores.inventory.getState();
    stores.inventory.setState({ snapshot: { ...twoHosts(), revision: snapshot.revision + 1 } });
  });

it('refreshes some times a second while the hosts move on, and never while paused or gone', () => {
  const shown = render(within(false));
  vi.advanceTimersByTime(5_000);
  expect(refresh).toHaveBeenCalledTimes(0);
  for (let step = 0; step < 100; step++) {
    move();
    vi.advanceTimersByTime(20);
  }
  vi.advanceTimersByTime(1_000);
  expect(refresh.mock.calls.length).toBeGreaterThanOrEqual(3);
  expect(refresh.mock.calls.length).toBeLessThanOrEqual(5);
  refresh.mockClear();
  move();
  shown.rerender(within(true));
  vi.advanceTimersByTime(1_000);
  expect(refresh).not.toHaveBeenCalled();
  shown.rerender(within(false));
  move();
  shown.unmount();
  vi.advanceTimersByTime(1_000);
  expect(refresh).not.toHaveBeenCalled();
});
