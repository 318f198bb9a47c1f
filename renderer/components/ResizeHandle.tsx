import { useRef } from 'react';
import classes from './ResizeHandle.module.css';

interface Props {
  label: string;
  /** Width of the pane to its right, CSS pixels. */
  width: number;
  min: number;
  max: number;
  onResize: (width: number) => void;
  /** The width to keep, once the hand is off. */
  onDone: (width: number) => void;
}

const step = 16;

/** The edge between the view and the pane on its right: dragged, or moved by the arrow keys. */
export function ResizeHandle({ label, width, min, max, onResize, onDone }: Props) {
  const drag = useRef<{ x: number; width: number } | null>(null);
  const within = (value: number) => Math.round(Math.min(max, Math.max(min, value)));
  const at = (event: React.PointerEvent) =>
    drag.current ? within(drag.current.width - (event.clientX - drag.current.x)) : width;
  return (
    <div
      className={classes.handle}
      role="separator"
      aria-orientation="vertical"
      aria-label={label}
      aria-valuenow={width}
      aria-valuemin={min}
      aria-valuemax={max}
      tabIndex={0}
      onPointerDown={(event) => {
        drag.current = { x: event.clientX, width };
        event.currentTarget.setPointerCapture(event.pointerId);
      }}
      onPointerMove={(event) => drag.current && onResize(at(event))}
      onPointerUp={(event) => {
        if (!drag.current) return;
        const last = at(event);
        drag.current = null;
        onDone(last);
      }}
      onKeyDown={(event) => {
        const by = { ArrowLeft: step, ArrowRight: -step }[event.key];
        if (!by) return;
        event.preventDefault();
        onDone(within(width + by));
      }}
    />
  );
}
