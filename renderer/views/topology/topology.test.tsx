// @vitest-environment jsdom
import { MantineProvider } from '@mantine/core';
import { act, cleanup, fireEvent, render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { I18nextProvider } from 'react-i18next';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { TrunklineApi } from '../../../shared/contract';
import type { HostFacts, Nic, Snapshot } from '../../../shared/model';
import { problem } from '../../../shared/rules';
import { bridge, container, endpoint, engine, network } from '../../../shared/rules/testing';
import { AppContext } from '../../context/context';
import { createI18n } from '../../i18n';
import { createStores, type Stores } from '../../store';
import { TopologyView } from '.';
import { words } from '../features';

const lan = network();
const docker0 = bridge();
const web = container({ endpoints: [endpoint(lan, { ipv4: '10.70.1.60', pinned4: '10.70.1.60' })] });
const db = container({ name: 'db', endpoints: [endpoint(docker0, { ipv4: '172.17.0.2' })] });
const snapshot = (over: Partial<Snapshot> = {}): Snapshot => ({
  revision: 1,
  engines: [engine()],
  networks: [lan, docker0],
  containers: [web, db],
  ...over,
});

const nic = (name: string, over: Partial<Nic> = {}): Nic => ({
  ...{ name, index: 1, kind: 'physical', driver: '', ethernet: true, mac: '02:00:00:00:00:01', mtu: 1500 },
  ...{ speed: 10_000, up: true, carrier: true, addresses: [], promiscuity: 0, docker: false },
  counters: {
    ...{ rxBytes: 0, txBytes: 0, rxPackets: 0, txPackets: 0 },
    ...{ rxErrors: 0, txErrors: 0, rxDropped: 0, txDropped: 0 },
  },
  ...over,
});

/** Hosts that the toolbox is allowed on, with what it finds there. */
let hostFacts: HostFacts[];
const findings = (engineId: string, nics: Nic[]): HostFacts => ({
  ...{ engineId, at: Date.now(), nics, gateways: [], foreign: [] },
  machine: { vendor: '', product: '', assetTag: '' },
});
const answers: Record<string, (engineId: string) => unknown> = {
  'toolbox.describe': () => ({
    ...{ version: '1', settings: { method: 'load', image: '' }, tasks: [], size: null },
    engines: hostFacts.map(({ engineId }) => ({ engineId, consent: 'granted', at: 0, image: null })),
  }),
  'host.facts': (engineId) => hostFacts.find((each) => each.engineId === engineId),
};

/** The name that a card is told by. */
const spoken = (card: HTMLElement): string =>
  within(card).getAllByRole('img')[0]?.getAttribute('aria-label') ?? '';

let stores: Stores;
let invoke: ReturnType<typeof vi.fn>;

const show = (content: Snapshot, language: 'en' | 'zh-CN' = 'en') => {
  stores.inventory.setState({ phase: 'ready', problem: null, snapshot: content });
  const api = { invoke, on: () => () => {}, onConnection: () => () => {} } as unknown as TrunklineApi;
  const info = {
    version: '0',
    transport: 'web' as const,
    demo: false,
    readOnly: false,
    locale: 'en',
    platform: 'linux',
  };
  render(
    <MantineProvider env="test">
      <I18nextProvider i18n={createI18n(language, words)}>
        <AppContext value={{ api, stores, info }}>
          <TopologyView />
        </AppContext>
      </I18nextProvider>
    </MantineProvider>,
  );
};

/** jsdom lays nothing out: every element is as large as a window. */
const fakeLayout = () => {
  vi.stubGlobal(
    'ResizeObserver',
    class {
      observe() {}
      unobserve() {}
      disconnect() {}
    },
  );
  vi.stubGlobal('matchMedia', () => ({
    matches: false,
    addEventListener() {},
    removeEventListener() {},
    addListener() {},
    removeListener() {},
  }));
  vi.spyOn(HTMLElement.prototype, 'offsetWidth', 'get').mockReturnValue(1400);
  vi.spyOn(HTMLElement.prototype, 'offsetHeight', 'get').mockReturnValue(900);
  vi.spyOn(HTMLCanvasElement.prototype, 'getContext').mockReturnValue(null);
};

beforeEach(() => {
  fakeLayout();
  stores = createStores();
  hostFacts = [];
  invoke = vi.fn((name: string, input: { engineId?: string }) =>
    Promise.resolve({ ok: true, value: answers[name]?.(input.engineId ?? '') ?? {} }),
  );
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

describe('TopologyView', () => {
  it('names cards for assistive tech, with state and addresses', async () => {
    show(snapshot());
    const card = await screen.findByTestId('container-web');
    expect(spoken(card)).toBe('Container web, running, lan 10.70.1.60');
    expect(screen.getByTestId('network-host-e1-lan')).toBeTruthy();
    expect(screen.getByTestId('edge-web-lan').textContent).toContain('10.70.1.60');
  });

  it('speaks Chinese', async () => {
    show(snapshot(), 'zh-CN');
    expect(spoken(await screen.findByTestId('container-web'))).toContain('运行中');
  });

  it('is worked from the keyboard', async () => {
    const user = userEvent.setup();
    show(snapshot());
    const card = await screen.findByTestId('container-web');
    act(() => card.focus());
    await user.keyboard('{ArrowLeft}');
    expect(document.activeElement?.getAttribute('data-testid')).toBe('network-host-e1-lan');
    await user.keyboard('{ArrowRight}');
    expect(document.activeElement).toBe(card);
    await user.keyboard('{Enter}');
    expect(stores.ui.getState().selection).toEqual({ kind: 'container', engineId: 'e1', id: web.id });
    await user.keyboard('a');
    expect(stores.ui.getState().dialog).toEqual({ kind: 'attach', engineId: 'e1', containerId: web.id });
  });

  it('has its keys also while a button elsewhere kept the focus, but not while that is a menu’s', async () => {
    show(snapshot());
    await screen.findByTestId('container-web');
    const button = document.body.appendChild(document.createElement('button'));
    button.focus();
    // True: nobody took the key.
    expect(fireEvent.keyDown(button, { key: 'f' })).toBe(false);
    expect(fireEvent.keyDown(button, { key: 'Escape' })).toBe(false);
    button.setAttribute('aria-expanded', 'true');
    expect(fireEvent.keyDown(button, { key: 'f' })).toBe(false);
    button.setAttribute('aria-haspopup', 'menu');
    expect(fireEvent.keyDown(button, { key: 'f' })).toBe(true);
    // The menu closes by it, before the key comes to the view.
    button.addEventListener('keydown', () => button.setAttribute('aria-expanded', 'false'));
    expect(fireEvent.keyDown(button, { key: 'Escape' })).toBe(true);
    button.remove();
  });

  it('takes its letters while a choice such as topology or table has the focus', async () => {
    show(snapshot());
    await screen.findByTestId('container-web');
    const choice = document.body.appendChild(document.createElement('input'));
    choice.type = 'radio';
    expect(fireEvent.keyDown(choice, { key: 'f' })).toBe(false);
    expect(fireEvent.keyDown(choice, { key: 'ArrowLeft' })).toBe(true);
    expect(fireEvent.keyDown(choice, { key: 'Escape' })).toBe(false);
    choice.type = 'text';
    expect(fireEvent.keyDown(choice, { key: 'f' })).toBe(true);
    choice.remove();
  });

  it('does not take the focus away from elsewhere when the inventory changes', async () => {
    const user = userEvent.setup();
    show(snapshot());
    const card = await screen.findByTestId('container-web');
    act(() => card.focus());
    await user.keyboard('{ArrowLeft}');
    act(() => (document.activeElement as HTMLElement).blur());
    act(() =>
      stores.inventory.setState((state) => ({ ...state, snapshot: snapshot({ containers: [web] }) })),
    );
    expect(document.activeElement).toBe(document.body);
  });

  it('leaves its keys alone while a dialog is open', async () => {
    const user = userEvent.setup();
    show(snapshot());
    const card = await screen.findByTestId('container-web');
    act(() => {
      card.focus();
      stores.ui.setState({ dialog: { kind: 'shortcuts' } });
    });
    await user.keyboard('a');
    expect(stores.ui.getState().dialog).toEqual({ kind: 'shortcuts' });
  });

  it('follows the inventory', async () => {
    show(snapshot());
    await screen.findByTestId('edge-web-lan');
    const gone = { ...web, endpoints: [] };
    act(() =>
      stores.inventory.setState((state) => ({
        ...state,
        snapshot: snapshot({ revision: 2, containers: [gone, db] }),
      })),
    );
    expect(screen.queryByTestId('edge-web-lan')).toBeNull();
    expect(screen.getByTestId('edge-db-bridge')).toBeTruthy();
  });

  it('keeps the last data of a host that is offline, and says since when', async () => {
    const at = new Date();
    at.setHours(14, 32, 0, 0);
    show(snapshot({ engines: [engine({ state: 'offline', since: at.getTime() })] }));
    expect((await screen.findByTestId('container-web')).dataset.offline).toBe('true');
    expect(screen.getByTestId('host-host-e1').textContent).toMatch(/offline since 14:32/);
  });

  it('tells the whole reason at a host that is offline, also where a line has no room for it', async () => {
    const far = `unix:///${'far/'.repeat(40)}docker.sock`;
    const why = problem('engine_unreachable', { context: 'absent', host: 'atlas', endpoint: far });
    const engines = [engine({ state: 'offline', problem: why })];
    show(snapshot({ engines }));
    const card = await screen.findByTestId('host-host-e1');
    expect(card.getAttribute('aria-description')).toContain(far);
    expect(within(card).getByTitle(new RegExp(far)).textContent).toContain('can’t be reached');
    expect(screen.queryByTestId('reason-host-e1')).toBeNull();
    act(() => stores.inventory.setState({ snapshot: snapshot({ engines, containers: [], networks: [] }) }));
    expect((await screen.findByTestId('reason-host-e1')).textContent).toMatch(
      new RegExp(`${far}.*Check that`),
    );
    expect(screen.getByTestId('host-host-e1').textContent).not.toContain(far);
  });

  it('dims what the search does not find', async () => {
    show(snapshot());
    await screen.findByTestId('container-web');
    act(() => stores.ui.setState({ query: '10.70.1.60' }));
    expect(screen.getByTestId('container-db').dataset.dim).toBe('true');
    expect(screen.getByTestId('container-web').dataset.dim).toBeUndefined();
  });

  it('never dims what is selected', async () => {
    show(snapshot());
    stores.ui.setState({
      query: 'db',
      selection: { kind: 'network', engineId: lan.engineId, id: lan.id },
    });
    await vi.waitFor(() => expect(screen.getByTestId('container-web').dataset.dim).toBe('true'));
    expect(screen.getByTestId(`network-host-e1-${lan.name}`).dataset.dim).toBeUndefined();
  });

  it('collapses a host and keeps that as a preference', async () => {
    const user = userEvent.setup();
    show(snapshot());
    await user.click(await screen.findByTestId('collapse-host-e1'));
    expect(screen.queryByTestId('container-web')).toBeNull();
    expect(invoke).toHaveBeenCalledWith('preferences.set', { collapsed: ['e1'] });
  });

  it('selects the interface itself, and a LAN by its band, from the keyboard as well', async () => {
    const user = userEvent.setup();
    const far = network({ engineId: 'e2', id: 'far', name: 'far' });
    show(snapshot({ engines: [engine(), engine({ id: 'e2' })], networks: [lan, far, docker0] }));
    fireEvent.click(await screen.findByTestId('nic-host-e1-eth1'));
    expect(stores.ui.getState().selection).toEqual({ kind: 'nic', engineId: 'e1', name: 'eth1' });
    const band = screen.getByTestId('lan-10.70.1.0/24');
    act(() => band.focus());
    await user.keyboard('{Enter}');
    expect(stores.ui.getState().selection).toMatchObject({
      ...{ kind: 'lan', key: '10.70.1.0/24' },
      network: { engineId: 'e1', networkId: lan.id },
    });
    expect(band.getAttribute('aria-pressed')).toBe('true');
    for (const line of screen.getAllByTestId('spine-10.70.1.0/24'))
      expect(line.getAttribute('aria-pressed')).toBe('true');
  });

  it('draws the interfaces that no network is on, once the host may be looked into', async () => {
    const user = userEvent.setup();
    hostFacts = [
      findings('e1', [nic('eth1'), nic('eth5'), nic('eth6', { up: false, carrier: false, speed: null })]),
    ];
    show(snapshot());
    const spare = await screen.findByTestId('nic-host-e1-eth5');
    expect(spoken(spare)).toBe('Interface eth5 of host-e1, no network on it, up, 10 Gbit/s');
    expect(spare.textContent).toBe('eth510G');
    expect(spoken(screen.getByTestId('nic-host-e1-eth6'))).toContain('down');
    act(() => spare.focus());
    await user.keyboard('{Shift>}{F10}{/Shift}');
    await user.click(await screen.findByTestId('menu-new-network'));
    expect(stores.ui.getState().dialog).toEqual({ kind: 'new-network', engineId: 'e1', parent: 'eth5' });
    // Asked once, whatever happens on the host afterwards.
    act(() => stores.inventory.setState((state) => ({ ...state, snapshot: snapshot({ revision: 2 }) })));
    expect(invoke.mock.calls.filter(([name]) => name === 'host.facts')).toHaveLength(1);
  });

  it('folds many of them into one that opens the list', async () => {
    const user = userEvent.setup();
    hostFacts = [
      findings(
        'e1',
        Array.from({ length: 9 }, (_, at) => nic(`ens${at}`)),
      ),
    ];
    show(snapshot());
    const more = await screen.findByTestId('more-nics-host-e1');
    expect(more.textContent).toBe('+4 more');
    expect(screen.getAllByTestId(/^nic-host-e1-ens/)).toHaveLength(5);
    act(() => more.focus());
    await user.keyboard('{Enter}');
    expect(stores.ui.getState().dialog).toEqual({ kind: 'host', engineId: 'e1' });
  });

  it('asks nobody who has not allowed it, and draws nothing of theirs', async () => {
    show(snapshot());
    await screen.findByTestId('container-web');
    await vi.waitFor(() => expect(stores.host.getState().toolbox).not.toBeNull());
    expect(invoke.mock.calls.map(([name]) => name as string)).not.toContain('host.facts');
    expect(screen.getAllByTestId(/^nic-/)).toHaveLength(1);
  });

  it('says what to do without any host', async () => {
    show(snapshot({ engines: [], networks: [], containers: [] }));
    expect(await screen.findByText('No hosts')).toBeTruthy();
  });
});
