import { describe, expect, it, vi } from 'vitest';
import { buildGraph, type GraphNode } from '../../../graph';
import { container, endpoint, engine, network } from '../../../../shared/rules/testing';
import { menuItems, type MenuActions } from './menu-items';

const lan = network();
const graph = buildGraph({
  revision: 1,
  engines: [engine({ state: 'offline' })],
  networks: [lan],
  containers: [container({ endpoints: [endpoint(lan)] })],
});
const node = (kind: GraphNode['kind']) => graph.nodes.find((each) => each.kind === kind)!;
const setup = (kind: GraphNode['kind']) => {
  const actions = {
    select: vi.fn(),
    open: vi.fn(),
    retry: vi.fn(),
    refresh: vi.fn(),
    toggle: vi.fn(),
    forget: vi.fn(),
    list: vi.fn(),
  } satisfies MenuActions;
  const items = menuItems(node(kind), (key) => key, actions);
  return { actions, items, run: (key: string) => items.find((item) => item.key === key)?.run() };
};

describe('menuItems', () => {
  it('offers what can be done with a container', () => {
    const { items, run, actions } = setup('container');
    expect(items.map((item) => item.key)).toEqual([
      'inspect',
      'attach',
      `address-${lan.id}`,
      `detach-${lan.id}`,
      'raw',
    ]);
    run(`detach-${lan.id}`);
    expect(actions.open).toHaveBeenCalledWith({
      kind: 'change',
      request: { kind: 'detach', engineId: 'e1', containerId: 'e1-web', networkId: lan.id },
    });
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
