// @vitest-environment jsdom
import { act, screen, waitFor } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import {
  ok,
  type Segment,
  type SegmentDraft,
  type SegmentRequest,
  type Snapshot,
} from '../../../shared/model';
import { planSegment } from '../../../shared/rules';
import { prepareDom } from '../../testing/dom';
import { previewAs } from '../../testing/fake-api';
import { engine, macvlan } from '../../testing/fixtures';
import { renderWindow } from '../../testing/render';
import type { SegmentPurpose } from '../../store/ui';

prepareDom();

const draft: SegmentDraft = {
  name: 'iot',
  vlan: 20,
  subnets: [{ subnet: '10.1.0.0/24', gateway: '10.1.0.1' }],
  driver: 'macvlan',
  mode: 'bridge',
  reserved: [],
};

describe('a LAN of which no engine has a range', () => {
  const whole: Segment = {
    ...draft,
    id: 'seg-1',
    members: ['a', 'b'].map((engineId) => ({ engineId, parentNic: 'eth0', networkName: 'iot' })),
  };
  const there: Snapshot = {
    revision: 1,
    engines: [engine('a'), engine('b')],
    networks: ['a', 'b'].map((id) =>
      macvlan(id, 'iot', { subnets: [{ ...draft.subnets[0]!, exclusions: {} }], parent: 'eth0.20' }),
    ),
    containers: [],
  };
  const show = async (purpose: SegmentPurpose) => {
    const plan = purpose.kind === 'adopt' ? [] : [whole];
    const shown = renderWindow(there, {
      overrides: {
        'segments.list': () =>
          ok({ segments: plan.map((segment) => ({ segment, members: [] })), candidates: [] }),
        'change.preview': ({ request }) =>
          ok(
            previewAs(
              'p',
              request as SegmentRequest,
              planSegment(request as SegmentRequest, { plan, inventory: there, newId: 'seg-2' }),
            ),
          ),
      },
    });
    await waitFor(() => expect(shown.stores.segments.getState().plan).toHaveLength(plan.length));
    act(() => shown.stores.ui.setState({ dialog: { kind: 'segment-form', purpose } }));
    return screen.findByTestId('segment-form');
  };
  const warned = () =>
    waitFor(() =>
      expect(screen.getByTestId('segment-preview').textContent).toContain(
        'of 10.1.0.0/24, each without knowing of the other',
      ),
    );

  it('is adopted with a warning, and its ranges are called what they are', async () => {
    const form = await show({ kind: 'adopt', segment: whole });
    await warned();
    expect(form.textContent?.match(/whole subnet/g)).toHaveLength(2);
  });

  it('is edited with the same warning, and the fields say what an empty one means', async () => {
    await show({ kind: 'edit', segmentId: 'seg-1' });
    await warned();
    for (const host of ['a', 'b'])
      expect(screen.getByTestId<HTMLInputElement>(`segment-range-${host}`).placeholder).toBe('whole subnet');
  });
});
