// @vitest-environment jsdom
import { act, cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import {
  fail,
  ok,
  type IsolationReport,
  type Result,
  type Run,
  type ToolboxDescription,
} from '../../../shared/model';
import { problem } from '../../../shared/texts';
import { prepareDom } from '../../testing/dom';
import { container, endpoint, macvlan, twoHosts } from '../../testing/fixtures';
import { renderWindow } from '../../testing/render';
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

/** Host a with somebody on each of two networks. */
function twoLans() {
  const iot = macvlan('a', 'iot', { parent: 'eth0.20' });
  const before = twoHosts();
  const on = (name: string, net: typeof iot, ipv4: string) =>
    container('a', name, { endpoints: [endpoint(net, ipv4)] });
  const there = [on('sensor', iot, '10.70.1.9'), on('phone', macvlan('a', 'lan'), '10.70.1.8')];
  return {
    ...before,
    networks: [...before.networks, iot],
    containers: [...before.containers, ...there],
  };
}

const described = (consent: 'unasked' | 'granted') => ({
  ...{ version: '1', settings: { method: 'load' as const, image: 'x' }, tasks: [], size: null },
  engines: [{ engineId: 'a', consent, at: 1, image: null }],
});

const run: Run = {
  ...{ id: 'r1', request: { kind: 'isolation', networks }, state: 'running', startedAt: 1, endedAt: null },
  ...{ progress: { done: 0, of: 2 }, left: [] },
};
const ended: Run = { ...run, state: 'cancelled', endedAt: 2 };

const whole: IsolationReport = {
  ...half,
  ...{ at: Date.UTC(2020, 5, 15), cancelled: false },
  cells: [[{ verdict: 'isolated', reason: 'silent', evidence: null, asked: [] }]],
};
const done: Run = { ...ended, id: 'r0', state: 'done', startedAt: 0 };

/** The window, with the runs that the console has when it is opened. */
const openWith = async (
  runs: Run[],
  cancel: () => Result<Run> = () => ok(run),
  start: () => Result<Run> | Promise<Result<Run>> = () => ok(run),
  finished = whole,
) => {
  const shown = renderWindow(twoHosts(), {
    overrides: {
      'run.list': () => ok(runs),
      'run.start': start,
      'run.cancel': cancel,
      'run.get': ({ id }) => {
        const report = id === done.id ? finished : half;
        return ok({ ...(id === done.id ? done : ended), result: { kind: 'isolation', report } });
      },
      'toolbox.describe': () => ok(told('granted')),
    },
  });
  await screen.findByTestId('table');
  const calls = (name: string) => shown.api.calls.filter((call) => call.name === name);
  return {
    ...shown,
    cancels: () => calls('run.cancel').map((call) => call.input),
    push: (pushed: Run) => act(() => shown.api.push('run.changed', pushed)),
    show: () => act(() => shown.stores.ui.setState({ dialog: { kind: 'isolation', networks } })),
    close: () => act(() => shown.stores.ui.setState({ dialog: null })),
  };
};

/** A run of this dialog that goes on until the test ends it. */
const open = async (cancel?: () => Result<Run>) => {
  const shown = await openWith([], cancel);
  shown.show();
  await shown.user.click(await screen.findByTestId('isolation-run'));
  await screen.findByTestId('isolation-cancel');
  return shown;
};

describe('the isolation dialog', () => {
  it('tells how far its run is, cancels it, and shows what it has', async () => {
    const { user, cancels, push, api } = await open();
    expect(api.calls.find(({ name }) => name === 'run.start')?.input).toMatchObject({
      request: { kind: 'isolation' },
    });
    push({ ...run, progress: { done: 1, of: 2 } });
    expect(screen.getByTestId('isolation-progress').textContent).toContain('1 of 2');
    await user.click(screen.getByTestId('isolation-cancel'));
    expect(cancels()).toEqual([{ id: 'r1' }]);
    expect(screen.getByTestId('isolation-progress').textContent).toContain('Ending');
    expect(screen.getByTestId<HTMLButtonElement>('isolation-cancel').disabled).toBe(true);
    push(ended);
    expect(await screen.findByTestId('isolation-cancelled')).toBeTruthy();
    expect(screen.queryByTestId('isolation-cancel')).toBeNull();
    expect(screen.queryByRole('alert')).toBeNull();
  });

  it('is cancelled as soon as it has begun, where Cancel came first, and says so', async () => {
    let begin: (answer: Result<Run>) => void = () => undefined;
    const { show, user, cancels, push } = await openWith(
      [],
      undefined,
      () =>
        new Promise<Result<Run>>((resolve) => {
          begin = resolve;
        }),
    );
    show();
    await user.click(await screen.findByTestId('isolation-run'));
    await user.click(await screen.findByTestId('isolation-cancel'));
    expect(cancels()).toEqual([]);
    expect(screen.getByTestId('isolation-progress').textContent).toContain('Ending');
    expect(screen.getByTestId<HTMLButtonElement>('isolation-cancel').disabled).toBe(true);
    await act(async () => begin(ok(run)));
    await waitFor(() => expect(cancels()).toEqual([{ id: 'r1' }]));
    expect(screen.getByTestId('isolation-progress').textContent).toContain('Ending');
    push(ended);
    expect(await screen.findByTestId('isolation-cancelled')).toBeTruthy();
  });

  it('cancels when it is closed, and not again once the run is over', async () => {
    const { cancels, close, push, show } = await open();
    close();
    await waitFor(() => expect(cancels()).toEqual([{ id: 'r1' }]));
    push(ended);
    show();
    await screen.findByTestId('isolation-cancelled');
    close();
    expect(cancels()).toHaveLength(1);
  });

  it('lets its run go on when the window goes', async () => {
    const { cancels } = await open();
    window.dispatchEvent(new Event('pagehide'));
    expect(cancels()).toEqual([]);
  });

  it('finds the run that is under way when the window is back, leaves it alone when closed, and shows its result', async () => {
    const { cancels, close, push, show } = await openWith([{ ...run, progress: { done: 1, of: 2 } }]);
    show();
    expect((await screen.findByTestId('isolation-progress')).textContent).toContain('1 of 2');
    close();
    expect(cancels()).toEqual([]);
    show();
    push(ended);
    expect(await screen.findByTestId('isolation-cancelled')).toBeTruthy();
    expect(screen.getByTestId('isolation-asked-at').textContent).toContain('1970');
  });

  it('shows the kept result of a run that ended meanwhile, and says where helpers may be left', async () => {
    const left = problem('helpers_left', { host: 'a', names: 'trunkline-probe-1' });
    const { show } = await openWith([{ ...ended, left: [{ engineId: 'a', problem: left }] }]);
    show();
    expect(await screen.findByTestId('isolation-cancelled')).toBeTruthy();
    expect(screen.getByRole('alert').textContent).toContain('trunkline-probe-1');
  });

  it('keeps the last finished result in sight when asking again was cancelled and found nothing', async () => {
    const { user, push, show, close } = await openWith([done]);
    const counts = () => screen.findByTestId('isolation-counts');
    const shows = async () => {
      expect((await screen.findByTestId('isolation-cancelled')).textContent).toContain('Asking again');
      expect((await counts()).textContent).toContain('1 isolated');
      expect(screen.getByTestId('isolation-asked-at').textContent).toContain('2020');
    };
    show();
    await counts();
    expect(screen.queryByTestId('isolation-cancelled')).toBeNull();
    await user.click(screen.getByTestId('isolation-run'));
    await user.click(await screen.findByTestId('isolation-cancel'));
    push(ended);
    await shows();
    close();
    show();
    await shows();
  });

  it('says why a run could not be cancelled, and offers it again', async () => {
    const { user } = await open(() => fail(problem('run_not_found', {})));
    await user.click(screen.getByTestId('isolation-cancel'));
    expect((await screen.findByRole('alert')).textContent).toContain('not known any more');
    expect(screen.getByTestId<HTMLButtonElement>('isolation-cancel').disabled).toBe(false);
  });

  /** A container of two networks that was asked over one of them. */
  const twoWays: IsolationReport = {
    ...whole,
    places: [
      {
        ...{
          engineId: 'a',
          engineName: 'a',
          networkId: 'cams-id',
          networkName: 'cams',
          vlan: null,
          subnets: [],
        },
        container: { id: 'c', name: 'cache', address: '10.70.30.5', ipv6: '', mac: '' },
        alsoOn: ['bridge'],
      },
    ],
    targets: [{ kind: 'gateway', places: [], address: '172.19.0.1', ipv6: '' }],
    cells: [
      [
        {
          ...{ verdict: 'isolated', reason: 'no_way' },
          evidence: {
            ...{ address: '172.19.0.1', via: 'none', interface: 'eth1', macs: [], ping: null },
            ...{ answers: false, duplicate: false },
          },
          asked: [],
        },
      ],
    ],
  };

  it('says of a container that has other ways which network it is isolated on', async () => {
    const { show, user } = await openWith([done], undefined, undefined, twoWays);
    show();
    const cell = await screen.findByTestId('isolation-0-0');
    expect(cell.textContent).toContain('isolated on this network');
    await user.click(cell);
    const said = screen.getByTestId('isolation-evidence').textContent;
    expect(said).toContain('cams · a to Gateway 172.19.0.1: isolated on this network');
    expect(said).toContain('No route leads to it over this network');
    expect(said).toContain(
      'Asked over cams (eth1) only: cache is also on bridge, and may reach it that way.',
    );
  });

  it('says in a cell what each address family gave, where there are two', async () => {
    const seen = (address: string, received: number) => ({
      ...{ address, via: 'gateway' as const, interface: 'eth0', macs: [], answers: received > 0 },
      ...{ duplicate: false, ping: { sent: 2, received, ms: null } },
    });
    const [v4, v6] = [seen('10.0.0.1', 0), seen('fd00::1', 2)];
    const routed = { verdict: 'routed', reason: 'router', evidence: v6 } as const;
    const silent = { verdict: 'unanswered', reason: 'no_answer', evidence: v4 } as const;
    const report = (asked: IsolationReport['cells'][0][0]['asked']): IsolationReport => ({
      ...twoWays,
      targets: [{ kind: 'gateway', places: [], address: '10.0.0.1', ipv6: 'fd00::1' }],
      cells: [[{ ...(asked.length > 1 ? routed : silent), asked }]],
    });
    const four = { family: 'ipv4', ...silent } as const;
    (await openWith([done], undefined, undefined, report([four, { family: 'ipv6', ...routed }]))).show();
    const cell = () => screen.findByTestId('isolation-0-0');
    expect((await cell()).textContent).toContain('routedIPv4: no answer; IPv6: routed');
    cleanup();
    (await openWith([done], undefined, undefined, report([four]))).show();
    expect((await cell()).textContent).toContain('no answeronly IPv4 asked');
  });

  it('says when columns lie beyond the right edge, until one has scrolled there', async () => {
    const { show } = await openWith([done], undefined, undefined, twoWays);
    // jsdom lays nothing out.
    const wide = vi.spyOn(Element.prototype, 'scrollWidth', 'get').mockReturnValue(1400);
    const narrow = vi.spyOn(Element.prototype, 'clientWidth', 'get').mockReturnValue(1000);
    try {
      show();
      const hint = await screen.findByTestId('isolation-more');
      expect(hint.textContent).toContain('scroll sideways');
      const box = screen.getByTestId('isolation-matrix').parentElement as HTMLElement;
      box.scrollLeft = 400;
      fireEvent.scroll(box);
      expect(screen.queryByTestId('isolation-more')).toBeNull();
    } finally {
      wide.mockRestore();
      narrow.mockRestore();
    }
  });

  it('holds a segment against the other LAN networks, and asks nobody who may not be asked', async () => {
    const snapshot = twoLans();
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

  it('comes back with what was chosen when the toolbox was allowed from it', async () => {
    const snapshot = twoLans();
    const shown = renderWindow(snapshot, {
      overrides: {
        'toolbox.describe': () => ok(described('unasked')),
        'toolbox.consent': () => ok(described('granted')),
      },
    });
    const box = (name: string) => screen.findByTestId<HTMLInputElement>(`isolation-network-a-${name}`);
    await screen.findByTestId('table');
    act(() => shown.stores.ui.setState({ dialog: { kind: 'isolation', networks } }));
    await shown.user.click(await box('iot'));
    const lacking = await screen.findByTestId('isolation-lacking');
    await shown.user.click(within(lacking).getByText('Look inside a?'));
    await shown.user.click(await screen.findByTestId('toolbox-allow'));
    expect((await box('iot')).checked).toBe(false);
    expect((await box('lan')).checked).toBe(true);
  });
});
