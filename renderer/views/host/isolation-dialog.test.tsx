// @vitest-environment jsdom
import { act, screen, waitFor } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { ok, type IsolationReport, type Result, type ToolboxDescription } from '../../../shared/model';
import { prepareDom } from '../../app/testing/dom';
import { container, endpoint, macvlan, twoHosts } from '../../app/testing/fixtures';
import { renderWindow } from '../../app/testing/render';
import { withToolbox } from '../../store/host';

prepareDom();

const networks = [{ engineId: 'a', networkId: 'lan-id' }];
const half: IsolationReport = {
  at: 0,
  doneAt: 1,
  cancelled: true,
  places: [],
  targets: [],
  cells: [],
};

/** What both hosts' admin has said of the toolbox. */
const told = (consent: 'unasked' | 'granted') =>
  ({ engines: ['a', 'b'].map((engineId) => ({ engineId, consent })) }) as unknown as ToolboxDescription;

/** A run that goes on until the test ends it. */
const open = async () => {
  let answer = (_report: Result<IsolationReport>) => {};
  const shown = renderWindow(twoHosts(), {
    overrides: {
      'isolation.run': () => new Promise((resolve) => (answer = resolve)),
      'toolbox.describe': () => ok(told('granted')),
    },
  });
  await screen.findByTestId('table');
  act(() => shown.stores.ui.setState({ dialog: { kind: 'isolation', networks } }));
  await shown.user.click(await screen.findByTestId('isolation-run'));
  const calls = (name: string) => shown.api.calls.filter((call) => call.name === name);
  const { runId } = calls('isolation.run')[0]?.input as { runId: string };
  return { ...shown, runId, cancels: () => calls('isolation.cancel'), answer: () => answer(ok(half)) };
};

describe('the isolation dialog', () => {
  it('cancels its run, and shows what it has', async () => {
    const { user, runId, cancels, answer } = await open();
    await user.click(screen.getByTestId('isolation-cancel'));
    expect(cancels().map((call) => call.input)).toEqual([{ runId }]);
    expect(screen.getByTestId('isolation-progress').textContent).toContain('Ending');
    expect(screen.getByTestId<HTMLButtonElement>('isolation-cancel').disabled).toBe(true);
    act(answer);
    expect(await screen.findByTestId('isolation-cancelled')).toBeTruthy();
    expect(screen.queryByTestId('isolation-cancel')).toBeNull();
  });

  it('cancels when it is closed, and not again once the run is over', async () => {
    const { stores, cancels, runId } = await open();
    act(() => stores.ui.setState({ dialog: null }));
    await waitFor(() => expect(cancels().map((call) => call.input)).toEqual([{ runId }]));
  });

  it('cancels when the window goes, and leaves alone what is over', async () => {
    const { cancels, answer, stores } = await open();
    window.dispatchEvent(new Event('pagehide'));
    expect(cancels()).toHaveLength(1);
    act(answer);
    await screen.findByTestId('isolation-cancelled');
    window.dispatchEvent(new Event('pagehide'));
    act(() => stores.ui.setState({ dialog: null }));
    expect(cancels()).toHaveLength(1);
  });

  it('holds a segment against the other LAN networks, and asks nobody who may not be asked', async () => {
    const iot = macvlan('a', 'iot', { parent: 'eth0.20' });
    const before = twoHosts();
    const on = (name: string, net: typeof iot, ipv4: string) =>
      container('a', name, { endpoints: [endpoint(net, ipv4)] });
    const there = [on('sensor', iot, '10.70.1.9'), on('phone', macvlan('a', 'lan'), '10.70.1.8')];
    const snapshot = {
      ...before,
      networks: [...before.networks, iot],
      containers: [...before.containers, ...there],
    };
    const shown = renderWindow(snapshot, { overrides: { 'toolbox.describe': () => ok(told('unasked')) } });
    await screen.findByTestId('table');
    act(() => shown.stores.ui.setState({ dialog: { kind: 'isolation', networks } }));
    const box = await screen.findByTestId<HTMLInputElement>('isolation-network-a-iot');
    expect(box.checked).toBe(true);
    expect(screen.getByTestId<HTMLInputElement>('isolation-network-a-lan').checked).toBe(true);
    const run = screen.getByTestId<HTMLButtonElement>('isolation-run');
    await waitFor(() => expect(run.disabled).toBe(true));
    act(() => shown.stores.host.setState((state) => withToolbox(state, told('granted'))));
    expect(run.disabled).toBe(false);
  });
});
