import type { Obstacles } from '../../context/obstacles';
import type { Dialog } from '../../store/ui';
import type { Row } from './rows';

/** What can be done with a row, by the letter that does it. */
export type RowAction = 'inspect' | 'attach' | 'move' | 'detach' | 'address' | 'raw';

export const actionOfKey: Readonly<Record<string, RowAction>> = {
  Enter: 'inspect',
  a: 'attach',
  d: 'detach',
  m: 'move',
  e: 'address',
};

/** Whether the row has an attachment that the action is about, and anything may be changed at all. */
export const canDo = (row: Row, action: RowAction, readOnly: boolean): boolean => {
  if (action === 'inspect' || action === 'raw') return true;
  return !readOnly && (action === 'attach' || row.network !== null);
};

/** Why the action would lead to a dialog that can only fail; undefined where it may be done. */
export function obstacleOf(row: Row, action: RowAction, obstacles: Obstacles): string | undefined {
  const { engineId } = row.container;
  if (action === 'attach' || action === 'move' || action === 'detach') return obstacles.host(engineId);
  return action === 'address' ? obstacles.address(engineId, row.network?.id ?? '') : undefined;
}

/** The dialog that carries the action out; null for what needs none. */
export function dialogOf(row: Row, action: RowAction): Dialog | null {
  const { engineId, id: containerId } = row.container;
  const networkId = row.network?.id;
  switch (action) {
    case 'inspect':
      return null;
    case 'attach':
      return { kind: 'attach', engineId, containerId };
    case 'move':
      return networkId ? { kind: 'attach', engineId, containerId, from: networkId } : null;
    case 'raw':
      return { kind: 'raw', selection: { kind: 'container', engineId, id: containerId } };
    case 'detach':
      return networkId
        ? { kind: 'change', request: { kind: 'detach', engineId, containerId, networkId } }
        : null;
    case 'address':
      return networkId
        ? { kind: 'change', request: { kind: 'readdress', engineId, containerId, networkId } }
        : null;
  }
}
