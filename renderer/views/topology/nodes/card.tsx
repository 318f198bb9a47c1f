import type { CSSProperties, ReactNode } from 'react';
import { useUi } from '../../../context/context';
import type { GraphNode } from '../../../graph';
import { useScene } from '../scene';
import { isDim, isSelected } from '../selection';
import classes from './nodes.module.css';

interface CardProps {
  node: GraphNode;
  testId: string;
  label: string;
  /** What a reader of the screen hears besides its name. */
  description?: string | undefined;
  hue?: number;
  className?: string | undefined;
  offline?: boolean;
  children: ReactNode;
}

/** Per node and nothing else, so that a drag renders only the targets. */
const useDrop = (node: GraphNode): string | undefined =>
  useScene(({ drag }) => {
    if (!drag?.isTarget(node)) return undefined;
    const state = drag.verdict(node).ok ? 'valid' : 'invalid';
    return drag.over === node.id ? `${state}-over` : state;
  });

const hueStyle = (hue: number | undefined): CSSProperties =>
  hue === undefined ? {} : ({ '--hue': `var(--lan-${hue})` } as CSSProperties);

/** What all nodes have in common: a button with a name, selection, search and drop states. */
export function Card({ node, testId, label, description, hue, className, offline, children }: CardProps) {
  const selected = useUi((state) => isSelected(state.selection, node));
  const dim = useScene(({ matches }) => isDim(matches, node.id, selected));
  const dragged = useScene(({ drag }) => drag?.nodeId === node.id);
  const drop = useDrop(node);
  return (
    <div
      role="button"
      tabIndex={0}
      data-node={node.id}
      data-testid={testId}
      data-selected={selected || undefined}
      data-dim={dim || undefined}
      data-drop={drop}
      data-dragged={dragged || undefined}
      data-offline={offline || undefined}
      aria-description={description}
      aria-pressed={selected}
      className={`${classes.card ?? ''} ${className ?? ''}`}
      style={{ width: node.width, height: node.height, ...hueStyle(hue) }}
    >
      {/* A name given as `aria-label` would have to hold all that is shown, rates too, word by word. */}
      <span role="img" aria-label={label} className={classes.spoken} />
      <div aria-hidden className={classes.shown}>
        {children}
      </div>
    </div>
  );
}
