import { isOfEngine, type Dialog, type Selection } from '../../../store/ui';
import type { ContainerNode, GraphNode, HostNode, Lan, NetworkNode, NicNode } from '../../../graph';
import type { Obstacles } from '../../../context/obstacles';
import { selectionOf } from '../selection';
import type { Words } from '../words';

export interface MenuItem {
  key: string;
  label: string;
  danger?: boolean;
  /** Not in a read-only console. */
  changes?: true;
  /** Why it can't be done now: greyed, with this said. */
  obstacle?: string | undefined;
  run(): void;
}

/** As much as the menu asks of what stands in the way. */
const none: Obstacles = { host: () => undefined, address: () => undefined };

/** What a menu item can set off. */
export interface MenuActions {
  select(selection: Selection | null): void;
  open(dialog: Dialog): void;
  retry(engineId: string): void;
  refresh(engineId: string): void;
  toggle(engineId: string): void;
  forget(nodeId: string): void;
  /** Shows the list of segments. */
  list(): void;
}

const containerItems = (
  node: ContainerNode,
  words: Words,
  { open, forget }: MenuActions,
  obstacles: Obstacles,
): MenuItem[] => {
  const offline = obstacles.host(node.engineId);
  const on = { engineId: node.engineId, containerId: node.container.id };
  const change = (kind: 'detach' | 'readdress', networkId: string) => () =>
    open({ kind: 'change', request: { kind, ...on, networkId } });
  return [
    {
      key: 'attach',
      label: words('menu.attach'),
      changes: true,
      obstacle: offline,
      run: () => open({ kind: 'attach', ...on }),
    },
    ...node.ports.map(({ networkId, networkName: network }) => ({
      key: `address-${networkId}`,
      label: words('menu.address', { network }),
      changes: true as const,
      obstacle: obstacles.address(node.engineId, networkId),
      run: change('readdress', networkId),
    })),
    ...node.ports.map(({ networkId, networkName: network }) => ({
      key: `move-${networkId}`,
      label: words('menu.move', { network }),
      changes: true as const,
      obstacle: offline,
      run: () => open({ kind: 'attach', ...on, from: networkId }),
    })),
    ...node.ports.map(({ networkId, networkName: network }) => ({
      key: `detach-${networkId}`,
      label: words('menu.detach', { network }),
      danger: true,
      changes: true as const,
      obstacle: offline,
      run: change('detach', networkId),
    })),
    ...(node.moved ? [{ key: 'place', label: words('menu.place'), run: () => forget(node.id) }] : []),
  ];
};

const networkItems = (
  { network }: NetworkNode,
  words: Words,
  { open }: MenuActions,
  obstacles: Obstacles,
): MenuItem[] =>
  network
    ? [
        {
          key: 'remove',
          label: words('menu.remove'),
          danger: true,
          changes: true,
          obstacle: obstacles.host(network.engineId),
          run: () =>
            open({
              kind: 'change',
              request: { kind: 'remove-network', engineId: network.engineId, networkId: network.id },
            }),
        },
      ]
    : [];

const hostItems = (
  { engine, collapsed }: HostNode,
  words: Words,
  actions: MenuActions,
  obstacles: Obstacles,
): MenuItem[] => [
  {
    key: 'new-network',
    label: words('menu.newNetwork'),
    changes: true,
    obstacle: obstacles.host(engine.id),
    run: () => actions.open({ kind: 'new-network', engineId: engine.id }),
  },
  engine.state === 'online'
    ? { key: 'refresh', label: words('menu.refresh'), run: () => actions.refresh(engine.id) }
    : { key: 'retry', label: words('menu.retry'), run: () => actions.retry(engine.id) },
  {
    key: 'collapse',
    label: words(collapsed ? 'menu.expand' : 'menu.collapse'),
    run: () => actions.toggle(engine.id),
  },
];

const allNics = (engineId: string, words: Words, { open }: MenuActions): MenuItem => ({
  key: 'nics',
  label: words('menu.nics'),
  changes: true,
  run: () => open({ kind: 'host', engineId }),
});

/** The list of all is known where a spare one is drawn. */
const nicItems = (node: NicNode, words: Words, actions: MenuActions, obstacles: Obstacles): MenuItem[] => [
  {
    key: 'new-network',
    label: words('menu.newNetworkOn', { nic: node.name }),
    changes: true,
    obstacle: obstacles.host(node.engineId),
    run: () => actions.open({ kind: 'new-network', engineId: node.engineId, parent: node.name }),
  },
  ...(node.spare ? [allNics(node.engineId, words, actions)] : []),
];

/** A planned segment's own; other LANs can become one from the list of segments. */
const lanItems = ({ segment }: Lan, words: Words, { open, list }: MenuActions): MenuItem[] => {
  if (!segment) return [{ key: 'segments', label: words('menu.segments'), run: list }];
  const { id: segmentId } = segment;
  const form = (kind: 'edit' | 'add-host') => () =>
    open({ kind: 'segment-form', purpose: { kind, segmentId } });
  return [
    { key: 'segment-edit', label: words('menu.segmentEdit'), changes: true, run: form('edit') },
    { key: 'segment-add-host', label: words('menu.segmentAddHost'), changes: true, run: form('add-host') },
    {
      key: 'segment-export',
      label: words('menu.segmentExport'),
      run: () => open({ kind: 'segment-export', segmentId }),
    },
    {
      key: 'segment-delete',
      label: words('menu.segmentDelete'),
      danger: true,
      changes: true,
      run: () =>
        open({
          kind: 'segment-change',
          request: { kind: 'delete-segment', segmentId, detachRunning: false },
        }),
    },
  ];
};

const ownItems = (node: GraphNode, words: Words, actions: MenuActions, obstacles: Obstacles): MenuItem[] => {
  if (node.kind === 'container') return containerItems(node, words, actions, obstacles);
  if (node.kind === 'network') return networkItems(node, words, actions, obstacles);
  if (node.kind === 'nic') return nicItems(node, words, actions, obstacles);
  if (node.kind === 'more') return [allNics(node.engineId, words, actions)];
  if (node.kind === 'lan' || node.kind === 'spine') return lanItems(node.lan, words, actions);
  return node.kind === 'host' ? hostItems(node, words, actions, obstacles) : [];
};

/** The context menu of a node: inspect first, then what changes things, the engine's own JSON last. */
export function menuItems(
  node: GraphNode,
  words: Words,
  actions: MenuActions,
  readOnly = false,
  obstacles: Obstacles = none,
): MenuItem[] {
  const selection = selectionOf(node);
  if (!selection) return [];
  return [
    { key: 'inspect', label: words('menu.inspect'), run: () => actions.select(selection) },
    ...ownItems(node, words, actions, obstacles).filter(({ changes }) => !(readOnly && changes)),
    ...(isOfEngine(selection)
      ? [{ key: 'raw', label: words('menu.raw'), run: () => actions.open({ kind: 'raw', selection }) }]
      : []),
  ];
}
