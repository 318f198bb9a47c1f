import { useEffect } from 'react';
import type { useApp } from '../../context/context';
import { neighbour, type Direction, type GraphNode } from '../../graph';
import { offlineProblem } from '../../../shared/rules';
import { findEngine } from '../../store/inventory';
import { choose, useScene, type SceneStore } from './scene';
import { openedBy, selectionOf } from './selection';
import type { Camera } from './use-camera';

const arrows: Record<string, Direction> = {
  ArrowLeft: 'left',
  ArrowRight: 'right',
  ArrowUp: 'up',
  ArrowDown: 'down',
};

const focusedId = (): string | undefined =>
  document.activeElement?.closest<HTMLElement>('[data-node]')?.dataset.node;

const isChoice = (target: EventTarget | null): target is HTMLInputElement =>
  target instanceof HTMLInputElement && target.type === 'radio';

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  !isChoice(target) &&
  (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));

/**
 * A button that keeps the focus after its work is done, of a menu or a dialog that has closed, say, or of a choice such
 * as topology or table: neither letters nor Escape are anything to it.
 */
const isIdleButton = (target: EventTarget | null): boolean =>
  (target instanceof HTMLButtonElement || isChoice(target)) &&
  // What opens below it in the page, and not before it, has no use for Escape either.
  !(target.hasAttribute('aria-haspopup') && target.getAttribute('aria-expanded') === 'true') &&
  !target.closest('[role=menu], [role=dialog], [role=grid]');

interface Parts {
  scene: SceneStore;
  app: ReturnType<typeof useApp>;
  camera: Camera;
}

/** Puts the focus on a node, which may have to be brought into view and mounted first. */
export function focusNode({ scene, camera }: Pick<Parts, 'scene' | 'camera'>, node: GraphNode): void {
  scene.setState({ focus: node.id, focusAsked: true });
  camera.reveal(node);
}

const openMenu = ({ scene }: Parts, node: GraphNode): void => {
  const box = document.activeElement?.getBoundingClientRect();
  if (box) scene.setState({ menu: { nodeId: node.id, x: box.left + 24, y: box.bottom - 4 } });
};

const attach = ({ app }: Parts, node: GraphNode): void => {
  if (node.kind !== 'container') return;
  const { engineId, container } = node;
  // Its dialog could only refuse; the menu says why.
  if (offlineProblem(findEngine(app.stores.inventory.getState().snapshot, engineId))) return;
  app.stores.ui.setState({ dialog: { kind: 'attach', engineId, containerId: container.id } });
};

/** Keys that need a card under the focus. Gives whether the key was one. */
const onNodeKey = (parts: Parts, node: GraphNode, event: KeyboardEvent): boolean => {
  const direction = arrows[event.key];
  if (direction) {
    const next = neighbour(parts.scene.getState().graph.nodes, node, direction);
    if (next) focusNode(parts, next);
    return true;
  }
  if (event.key === 'ContextMenu' || (event.key === 'F10' && event.shiftKey)) {
    openMenu(parts, node);
    return true;
  }
  if (event.key === 'a' && !parts.app.info.readOnly) {
    attach(parts, node);
    return true;
  }
  if (event.key !== 'Enter' && event.key !== ' ') return false;
  const dialog = openedBy(node);
  if (dialog) parts.app.stores.ui.setState({ dialog });
  else choose(parts.scene, parts.app.stores.ui, selectionOf(node));
  return true;
};

const onViewKey = ({ scene, app, camera }: Parts, key: string): boolean => {
  switch (key) {
    case 'f':
      camera.fit();
      return true;
    case '+':
    case '=':
      camera.zoomBy(1);
      return true;
    case '-':
      camera.zoomBy(-1);
      return true;
    case 'Escape':
      scene.setState({ menu: null, hover: null });
      app.stores.ui.setState({ selection: null });
      return true;
    default:
      return false;
  }
};

/** The topology's own keys, while it has the focus or nothing has. The shell's keys (`/`, `?`) are left alone. */
export function useKeys(root: React.RefObject<HTMLElement | null>, { scene, app, camera }: Parts): void {
  useEffect(() => {
    const parts = { scene, app, camera };
    // A dialog or a menu closes at its Escape before that comes to us.
    let inDialog = false;
    let onIdle = false;
    const notice = ({ target }: KeyboardEvent) => {
      inDialog = app.stores.ui.getState().dialog !== null;
      onIdle = isIdleButton(target);
    };
    const listen = (event: KeyboardEvent) => {
      const ours =
        event.target === document.body || root.current?.contains(event.target as Element) || onIdle;
      const modified = event.ctrlKey || event.metaKey || event.altKey;
      if (!ours || modified || event.defaultPrevented || isTyping(event.target)) return;
      if (inDialog) return;
      const node = scene.getState().graph.byId.get(focusedId() ?? '');
      if ((node && onNodeKey(parts, node, event)) || onViewKey(parts, event.key)) event.preventDefault();
    };
    window.addEventListener('keydown', notice, true);
    window.addEventListener('keydown', listen);
    return () => {
      window.removeEventListener('keydown', notice, true);
      window.removeEventListener('keydown', listen);
    };
  }, [root, scene, app, camera]);
}

/** Gives the focus to the node that asked for it, once it is mounted. */
export function useFocus(
  root: React.RefObject<HTMLElement | null>,
  scene: SceneStore,
  mounted: unknown,
): void {
  const asked = useScene((state) => state.focusAsked);
  useEffect(() => {
    const { focus, focusAsked } = scene.getState();
    // Only when asked: a delta must not pull the focus out of a dialog or the search field.
    if (!focusAsked || focus === null) return;
    const nodes = root.current?.querySelectorAll<HTMLElement>('[data-node]') ?? [];
    const element = [...nodes].find((each) => each.dataset.node === focus);
    if (!element) return;
    scene.setState({ focusAsked: false });
    element.focus({ preventScroll: true });
  }, [root, scene, mounted, asked]);
}
