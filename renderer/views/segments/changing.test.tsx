// @vitest-environment jsdom
import { act, screen, waitFor } from '@testing-library/react';
import { expect, it } from 'vitest';
import { ok, type ChangeRecord, type Segment, type SegmentList } from '../../../shared/model';
import { prepareDom } from '../../testing/dom';
import { twoHosts } from '../../testing/fixtures';
import { renderWindow } from '../../testing/render';

prepareDom();

const segment: Segment = {
  ...{ id: 'seg-1', name: 'lan', vlan: null, subnets: [{ subnet: '10.70.1.0/24' }] },
  ...{ driver: 'macvlan', mode: 'bridge', reserved: [] },
  members: ['a', 'b'].map((engineId) => ({ engineId, parentNic: 'eth0', networkName: 'lan' })),
};
const listed: SegmentList = { segments: [{ segment, members: [] }], candidates: [] };
/** On `b` its network is removed already. */
const halfway = { ...twoHosts(), networks: twoHosts().networks.slice(0, 1) };
const record = (state: ChangeRecord['state']): ChangeRecord => ({
  ...{ id: 'c1', at: 1, who: 'ada', state, hosts: [], undoable: state === 'applied' },
  request: { kind: 'delete-segment', segmentId: segment.id, detachRunning: false },
  segment: { id: segment.id, name: segment.name },
});
const stateOf = (host: string) => screen.getByTestId(`member-lan-${host}`).dataset.state;

it('tells no member as missing while a change on the segment runs, nor before the plan is read after it', async () => {
  let answer: (() => void) | null = null;
  let asked = 0;
  const { api, stores } = renderWindow(halfway, {
    overrides: {
      'segments.list': async () => {
        asked += 1;
        if (asked > 1) await new Promise<void>((resolve) => (answer = resolve));
        return ok(asked > 1 ? { segments: [], candidates: [] } : listed);
      },
    },
  });
  await screen.findByTestId('table');
  act(() => stores.ui.setState({ segmentsOpen: true }));
  await screen.findByTestId('member-lan-b');
  expect(stateOf('b')).toBe('missing');
  expect(screen.getByTestId('reconcile-lan')).toBeTruthy();
  act(() => api.push('change.recorded', record('applying')));
  expect(stateOf('b')).toBe('changing');
  expect(screen.queryByTestId('reconcile-lan')).toBeNull();
  act(() => api.push('change.recorded', record('applied')));
  await waitFor(() => expect(answer).not.toBeNull());
  expect(stateOf('b')).toBe('changing');
  expect(screen.queryByTestId('reconcile-lan')).toBeNull();
  act(() => answer?.());
  await waitFor(() => expect(screen.queryByTestId('segment-lan')).toBeNull());
  expect(stores.segments.getState().settling).toEqual([]);
});
