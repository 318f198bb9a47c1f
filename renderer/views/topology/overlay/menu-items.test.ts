import { describe, expect, it, vi } from 'vitest';
import { buildGraph, type GraphNode } from '../../../graph';
import { container, endpoint, engine, network } from '../../../../shared/rules/testing';
import type { Obstacles } from '../../../context/obstacles';
import { menuItems, type MenuActions } from './menu-items';

const lan = network();
const graph = buildGraph({
  revision: 1,
  engines: [engine({ state: 'offline' })],
  networks: [lan],
  containers: [container({ endpoints: [endpoint(lan)] })],
});
const node = (kind: GraphNode['kind']) => graph.nodes.find((each) => each.kind === kind)!;
const setup = (kind: GraphNode['kind'], obstacles?: Obstacles) => {
  const actions = {
    select: vi.fn(),
    open: vi.fn(),
    retry: vi.fn(),
    refresh: vi.fn(),
    toggle: vi.fn(),
    forget: vi.fn(),
    list: vi.fn(),
  } satisfies MenuActions;
  const items = menuItems(node(kind), (key) => key, actions, false, obstacles);
  return { actions, items, run: (key: string) => items.find((item) => item.key === key)?.run() };
};

describe('menuItems', () => {
  it('offers what can be done with a container', () => {
    const { items, run, actions } = setup('container');
    expect(items.map((item) => item.key)).toEqual([
      'inspect',
      'attach',
      `address-${lan.id}`,
      `move-${lan.id}`,
      `detach-${lan.id}`,
      'raw',
    ]);
    run(`move-${lan.id}`);
    expect(actions.open).toHaveBeenCalledWith({
      ...{ kind: 'attach', engineId: 'e1', containerId: 'e1-web' },
      from: lan.id,
    });
    run(`detach-${lan.id}`);
    expect(actions.open).toHaveBeenCalledWith({
      kind: 'change',
      request: { kind: 'detach', engineId: 'e1', containerId: 'e1-web', networkId: lan.id },
    });
  });

  it('greys what could only fail, and says why', () => {
    const off: Obstacles = { host: () => 'off', address: () => 'off' };
    const greyed = (kind: GraphNode['kind'], obstacles: Obstacles) =>
      setup(kind, obstacles).items.flatMap(({ key, obstacle }) => (obstacle ? [key] : []));
    expect(greyed('container', off)).toEqual([
      'attach',
      `address-${lan.id}`,
      `move-${lan.id}`,
      `detach-${lan.id}`,
    ]);
    expect(greyed('network', off)).toEqual(['remove']);
    expect(greyed('nic', off)).toEqual(['new-network']);
    expect(greyed('host', off)).toEqual(['new-network']);
    // A default bridge has no addresses to choose; leaving it is fine.
    expect(greyed('container', { host: () => undefined, address: () => 'default' })).toEqual([
      `address-${lan.id}`,
    ]);
  });

  it('offers to retry a host that is offline', () => {
    const { run, actions } = setup('host');
    run('retry');
    run('refresh');
    expect(actions.retry).toHaveBeenCalledWith('e1');
    expect(actions.refresh).not.toHaveBeenCalled();
  });

  it('offers a network on an interface, with that one filled in', () => {
    const { items, run, actions } = setup('nic');
    expect(items.map((item) => item.key)).toEqual(['inspect', 'new-network']);
    run('new-network');
    expect(actions.open).toHaveBeenCalledWith({ kind: 'new-network', engineId: 'e1', parent: 'eth1' });
  });

  it('removes a network only by way of the change dialog', () => {
    const { run, actions } = setup('network');
    run('remove');
    expect(actions.open).toHaveBeenCalledWith({
      kind: 'change',
      request: { kind: 'remove-network', engineId: 'e1', networkId: lan.id },
    });
  });
});
