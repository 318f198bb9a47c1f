import { Menu, Portal, Text } from '@mantine/core';
import { useApp, useReadOnly } from '../../../context/context';
import { useObstacles } from '../../../context/obstacles';
import { useScene, useSceneStore } from '../scene';
import { useCollapse, usePositions } from '../use-layout-preferences';
import { useWords } from '../words';
import { menuItems, type MenuActions } from './menu-items';

function useActions(): MenuActions {
  const { api, stores } = useApp();
  const toggle = useCollapse();
  const { forget } = usePositions();
  return {
    select: (selection) => stores.ui.setState({ selection }),
    open: (dialog) => stores.ui.setState({ dialog }),
    retry: (engineId) => void api.invoke('engines.retry', { engineId }),
    refresh: (engineId) => void api.invoke('inventory.refresh', { engineId }),
    toggle,
    forget,
    list: () => stores.ui.setState({ segmentsOpen: true }),
  };
}

/** Opened by right click, Shift+F10 or the menu key. */
export function ContextMenu() {
  const words = useWords();
  const scene = useSceneStore();
  const actions = useActions();
  const readOnly = useReadOnly();
  const obstacles = useObstacles();
  const menu = useScene((state) => state.menu);
  const node = useScene(({ graph }) => (menu ? graph.byId.get(menu.nodeId) : undefined));
  const items = node ? menuItems(node, words, actions, readOnly, obstacles) : [];
  if (!menu || items.length === 0) return null;
  return (
    <Portal>
      <Menu
        key={`${menu.nodeId}/${menu.x}/${menu.y}`}
        defaultOpened
        onClose={() => scene.setState({ menu: null })}
        position="bottom-start"
        offset={2}
        trapFocus
        returnFocus
      >
        <Menu.Target>
          <span style={{ position: 'fixed', left: menu.x, top: menu.y, width: 1, height: 1 }} />
        </Menu.Target>
        <Menu.Dropdown data-testid="topology-menu">
          {items.map(({ key, label, danger, obstacle, run }) => (
            <Menu.Item
              key={key}
              data-testid={`menu-${key}`}
              onClick={run}
              disabled={obstacle !== undefined}
              {...(danger ? { color: 'red' } : {})}
            >
              {label}
              {obstacle && (
                <Text size="xs" maw={260}>
                  {obstacle}
                </Text>
              )}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
    </Portal>
  );
}
