import { Kbd, Menu, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useReadOnly } from '../../context/context';
import { useObstacles } from '../../context/obstacles';
import { canDo, obstacleOf, type RowAction } from './actions';
import type { Row } from './rows';

interface Props {
  /** Where it opens, CSS pixels of the window; null while closed. */
  at: { x: number; y: number } | null;
  row: Row | null;
  onAction: (row: Row, action: RowAction) => void;
  onClose: () => void;
}

const entries = [
  { action: 'inspect', text: 'inspect', key: '↵' },
  { action: 'attach', text: 'attach', key: 'A' },
  { action: 'address', text: 'editAddress', key: 'E' },
  { action: 'move', text: 'move', key: 'M' },
  { action: 'detach', text: 'detach', key: 'D' },
  { action: 'raw', text: 'raw', key: '' },
] as const;

/** The actions of one row, at the pointer or under its button. */
export function RowMenu({ at, row, onAction, onClose }: Props) {
  const { t } = useTranslation('table');
  const readOnly = useReadOnly();
  const obstacles = useObstacles();
  if (!at || !row) return null;
  return (
    <Menu opened onClose={onClose} position="bottom-start" width={240} returnFocus>
      <Menu.Target>
        <span style={{ position: 'fixed', left: at.x, top: at.y, width: 1, height: 1 }} />
      </Menu.Target>
      <Menu.Dropdown>
        {entries
          .filter((entry) => canDo(row, entry.action, readOnly))
          .map((entry) => ({ ...entry, obstacle: obstacleOf(row, entry.action, obstacles) }))
          .map((entry) => (
            <Menu.Item
              key={entry.action}
              color={entry.action === 'detach' ? 'red' : undefined}
              rightSection={entry.key && <Kbd size="xs">{entry.key}</Kbd>}
              disabled={entry.obstacle !== undefined}
              onClick={() => onAction(row, entry.action)}
              data-testid={`action-${entry.action}`}
            >
              {t(entry.text, { network: row.networkName })}
              {entry.obstacle && <Text size="xs">{entry.obstacle}</Text>}
            </Menu.Item>
          ))}
      </Menu.Dropdown>
    </Menu>
  );
}
