// @vitest-environment jsdom
import { act, screen, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import type { Segment, Snapshot } from '../../shared/model';
import { prepareDom } from '../testing/dom';
import { container, detail, endpoint, engine, macvlan, twoHosts } from '../testing/fixtures';
import { renderWindow } from '../testing/render';

prepareDom();

const lan = macvlan('b', 'lan');
/** Host b ran `db` when it answered last. */
const silent = (): Snapshot => ({
  ...twoHosts(),
  engines: [engine('a'), engine('b', { state: 'offline' })],
  containers: [
    container('a', 'web'),
    container('b', 'db', { endpoints: [endpoint(lan, '10.70.1.2')], detail: detail() }),
  ],
  networks: [macvlan('a', 'lan'), lan],
});
const open = async () => {
  const shown = renderWindow(silent());
  await screen.findByTestId('table');
  return shown;
};

describe('a host that does not answer', () => {
  it('has what ran there counted apart', async () => {
    await open();
    expect(screen.getByTestId('status-line').textContent).toContain('1 running1 ran when last known');
    expect(screen.getByTestId('overview-host-b').textContent).toContain('–/1');
    expect(screen.getByTestId('overview-host-a').textContent).toContain('1/1');
  });

  it.each([
    { kind: 'container', engineId: 'b', id: 'db-id' },
    { kind: 'attachment', engineId: 'b', containerId: 'db-id', networkId: lan.id },
    { kind: 'network', engineId: 'b', id: lan.id },
    { kind: 'engine', engineId: 'b' },
  ] as const)('has its $kind inspected as last known', async (selection) => {
    const { stores } = await open();
    act(() => stores.ui.setState({ selection }));
    const pane = within(screen.getByTestId('inspector'));
    expect(pane.getByTestId('last-known').textContent).toContain('b does not answer');
    expect(pane.queryByText(/^running$|up for|No traffic measured yet/)).toBeNull();
    expect(pane.getByText('No traffic in this time range: the host does not answer.')).toBeTruthy();
  });

  it.each([
    ['en', 'as planned (last known)'],
    ['zh-CN', '（最后获取的数据）'],
  ] as const)('has no tick at a segment (%s)', async (language, words) => {
    const { stores } = renderWindow(silent(), { preferences: { language } });
    await screen.findByTestId('table');
    const member = { parentNic: 'eth0', networkName: 'lan', ipRange: '10.70.1.128/25' };
    const segment: Segment = {
      ...{ id: 's', name: 'lan', vlan: null, driver: 'macvlan', mode: 'bridge', reserved: [] },
      subnets: [{ subnet: '10.70.1.0/24', gateway: '10.70.1.1' }],
      members: ['a', 'b'].map((engineId) => ({ engineId, ...member })),
    };
    act(() => {
      stores.segments.setState({ plan: [segment] });
      stores.ui.setState({ segmentsOpen: true });
    });
    const row = await screen.findByTestId('member-lan-b');
    expect(row.dataset.state).toBe('unknown');
    expect(within(row).getAllByRole('img')[0]?.getAttribute('aria-label')).toContain(words);
    expect(screen.getByTestId('member-lan-a').dataset.state).toBe('present');
  });

  it('has its containers marked', async () => {
    const { stores } = await open();
    const of = (engineId: string, id: string) => {
      act(() => stores.ui.setState({ selection: { kind: 'container', engineId, id } }));
      return screen.getByTestId('inspector');
    };
    expect(of('b', 'db-id').querySelector('h2 svg[data-stale]')).toBeTruthy();
    expect(of('b', 'db-id').textContent).toContain('running (last known)');
    expect(of('a', 'web-id').querySelector('svg[data-stale]')).toBeNull();
    expect(of('a', 'web-id').textContent).not.toContain('last known');
  });

  it('offers nothing that could only fail', async () => {
    const { stores } = await open();
    const greyed = (engineId: string, id: string, gestures: readonly string[]) => {
      act(() => stores.ui.setState({ selection: { kind: 'container', engineId, id } }));
      const pane = within(screen.getByTestId('inspector'));
      return gestures.map((gesture) => pane.getByTestId<HTMLButtonElement>(gesture).disabled);
    };
    expect(greyed('b', 'db-id', ['attach', 'detach-lan', 'edit-address-lan'])).toEqual([true, true, true]);
    expect(greyed('a', 'web-id', ['attach'])).toEqual([false]);
  });

  it('is nothing that one which answers is', async () => {
    const { stores } = await open();
    act(() => stores.ui.setState({ selection: { kind: 'container', engineId: 'a', id: 'web-id' } }));
    expect(screen.queryByTestId('last-known')).toBeNull();
  });
});
