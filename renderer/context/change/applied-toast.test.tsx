// @vitest-environment jsdom
import { act, renderHook, screen } from '@testing-library/react';
import { notifications } from '@mantine/notifications';
import type { ReactNode } from 'react';
import { afterEach, expect, it, vi } from 'vitest';
import type { ChangeRecord, HostResult } from '../../../shared/model';
import { prepareDom } from '../../testing/dom';
import { twoHosts } from '../../testing/fixtures';
import { renderWindow } from '../../testing/render';
import { AppContext } from '../context';
import { useAppliedToast } from './use-undo';

prepareDom();
afterEach(() => vi.restoreAllMocks());

const on = (engineId: string, engineName: string, state: HostResult['state']): HostResult => ({
  ...{ engineId, engineName, steps: [], state },
});
const partly = (...hosts: HostResult[]): ChangeRecord => ({
  ...{ id: 'c1', at: 1, who: 'ada', state: 'partial', hosts, undoable: false },
  request: { kind: 'forget-segment', segmentId: 'seg' },
  segment: { id: 'seg', name: 'Office' },
});

/** The toast about a change that only some hosts have, and its colour. */
async function told(record: ChangeRecord) {
  const { api, stores } = renderWindow(twoHosts());
  await screen.findByTestId('table');
  const shown = vi.spyOn(notifications, 'show');
  const { result } = renderHook(() => useAppliedToast(), {
    wrapper: ({ children }: { children: ReactNode }) => (
      <AppContext value={{ api, stores, info: {} as never }}>{children}</AppContext>
    ),
  });
  act(() => result.current(record));
  const text = (await screen.findByText(/Office/)).textContent;
  return { text, color: shown.mock.calls[0]?.[0].color };
}

it('a host that could not be put back is not said to have nothing of it', async () => {
  const hosts = [on('a', 'atlas', 'done'), on('b', 'boreas', 'rollback-failed'), on('c', 'chaos', 'failed')];
  const { text, color } = await told(partly(...hosts));
  expect(text).toMatch(/; boreas: could not be put back; chaos: failed, as before$/);
  expect(text).not.toContain('not on');
  expect(screen.getByText('Done, except on some hosts')).toBeTruthy();
  expect(color).toBe('orange');
});

it('a host that came back except for something is told, too', async () => {
  const exceptions = [{ engineId: 'b', network: 'lan', field: '', before: '', after: '' }];
  const { text, color } = await told(
    partly(on('a', 'atlas', 'done'), { ...on('b', 'boreas', 'failed'), exceptions }),
  );
  expect(text).toMatch(/; boreas: put back, with exceptions$/);
  expect(color).toBe('orange');
});

it('what was carried over and does not show is told in the toast', async () => {
  const exceptions = [{ container: 'web', network: 'lan', field: 'GwPriority', before: '5', after: '0' }];
  const { text } = await told({
    ...partly({ ...on('a', 'atlas', 'done'), exceptions }),
    state: 'applied',
  });
  expect(text).toMatch(/; atlas: web on lan: gateway priority was to be 5, the engine shows 0$/);
  expect(screen.getByText('Done, with exceptions')).toBeTruthy();
});

it('hosts that are as before are those that it is not on', async () => {
  const { text, color } = await told(partly(on('a', 'atlas', 'done'), on('b', 'boreas', 'failed')));
  expect(text).toMatch(/; not on boreas$/);
  expect(color).toBe('green');
});
