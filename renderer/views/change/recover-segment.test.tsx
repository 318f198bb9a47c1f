// @vitest-environment jsdom
import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { ok, type ChangeRecord, type HostResult, type Step } from '../../../shared/model';
import { prepareDom } from '../../testing/dom';
import { twoHosts } from '../../testing/fixtures';
import { renderWindow } from '../../testing/render';

prepareDom();

const connect: Step = {
  ...{ op: 'connect', containerId: 'web-id', containerName: 'web' },
  ...{ networkId: 'iot-id', networkName: 'iot', endpoint: { ipv4: '10.70.2.5' } },
};
const hostResult = (engineId: string): HostResult => ({
  engineId,
  engineName: engineId,
  steps: [connect],
  state: 'interrupted',
  stepsDone: 0,
  recovery: { doubtful: false, finish: [connect], rollBack: [] },
});
const ofSegment = (...engineIds: string[]): ChangeRecord => ({
  id: 'cut',
  at: Date.UTC(2026, 0, 1),
  who: 'ada',
  request: { kind: 'forget-segment', segmentId: 'seg' },
  segment: { id: 'seg', name: 'Office' },
  hosts: engineIds.map(hostResult),
  state: 'interrupted',
  undoable: false,
});

type Shown = Parameters<typeof renderWindow>[1] & { record: ChangeRecord };

/** The window with the banner of what was cut off. */
async function show({ record, overrides, ...others }: Shown) {
  const shown = renderWindow(twoHosts(), {
    ...others,
    overrides: { 'change.list': () => ok([record]), ...overrides },
  });
  return { ...shown, banner: within(await screen.findByTestId('cut-off-cut')) };
}
const dialog = async () => within(await screen.findByTestId('recover-dialog'));

describe('a segment’s change that was cut off', () => {
  it('is shown host by host and settled on all at once', async () => {
    const { api, user, banner } = await show({
      record: ofSegment('a', 'b'),
      overrides: { 'change.recover': () => ok({ ...ofSegment('a', 'b'), state: 'applied' }) },
    });
    expect(screen.getByTestId('cut-off-cut').textContent).toMatch(/a: 0 of 1.*b: 0 of 1/);
    await user.click(banner.getByTestId('recover-finish'));
    for (const host of ['a', 'b']) expect((await dialog()).getByTestId(`recover-on-${host}`)).toBeTruthy();
    await user.click((await dialog()).getByTestId('apply'));
    await waitFor(() => expect(screen.queryByTestId('recover-dialog')).toBeNull());
    expect(api.calls.filter(({ name }) => name === 'change.recover')).toEqual([
      { name: 'change.recover', input: { id: 'cut', action: 'finish', seen: ofSegment('a', 'b').hosts } },
    ]);
  });

  it('leaves out a host that is off the list, and goes on with the others', async () => {
    const { user, banner } = await show({ record: ofSegment('a', 'x') });
    await user.click(banner.getByTestId('recover-roll-back'));
    const off = within((await dialog()).getByTestId('recover-on-x'));
    expect(off.getByText(/what was done on it is left as it is/)).toBeTruthy();
    expect((await dialog()).getByTestId<HTMLButtonElement>('apply').disabled).toBe(false);
  });
});
