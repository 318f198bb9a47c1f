import type { ContainerState, Engine } from '../../shared/model';
import classes from './StateMark.module.css';

type Shape = 'full' | 'bars' | 'ring' | 'half' | 'cross';

const shapes: Record<ContainerState, Shape> = {
  running: 'full',
  paused: 'bars',
  created: 'ring',
  exited: 'ring',
  restarting: 'half',
  removing: 'half',
  dead: 'cross',
  unknown: 'ring',
};
const engineShapes: Record<Engine['state'], Shape> = { online: 'full', connecting: 'half', offline: 'cross' };

const drawings: Record<Shape, React.ReactNode> = {
  full: <circle cx="5" cy="5" r="4" fill="currentColor" />,
  bars: <path d="M2.5 1.5v7M7.5 1.5v7" stroke="currentColor" strokeWidth="2.4" />,
  ring: <circle cx="5" cy="5" r="3.3" fill="none" stroke="currentColor" strokeWidth="1.5" />,
  half: (
    <>
      <circle cx="5" cy="5" r="3.3" fill="none" stroke="currentColor" strokeWidth="1.5" />
      <path d="M5 1.5a3.5 3.5 0 0 1 0 7z" fill="currentColor" />
    </>
  ),
  cross: <path d="M2 2l6 6M8 2l-6 6" stroke="currentColor" strokeWidth="1.8" strokeLinecap="round" />,
};

const tones: Record<Shape, string | undefined> = {
  full: classes.good,
  bars: classes.warn,
  half: classes.warn,
  ring: classes.quiet,
  cross: classes.bad,
};

function Mark({ shape, label, stale }: { shape: Shape; label?: string | undefined; stale?: boolean }) {
  return (
    <svg
      viewBox="0 0 10 10"
      width="10"
      height="10"
      className={`${classes.mark ?? ''} ${(stale ? classes.quiet : tones[shape]) ?? ''}`}
      data-stale={stale || undefined}
      role={label ? 'img' : undefined}
      aria-label={label}
      aria-hidden={label ? undefined : true}
    >
      {drawings[shape]}
    </svg>
  );
}

interface StateProps {
  state: ContainerState;
  label?: string;
  /** It was so when its host answered last: without the colours of what is so now. */
  stale?: boolean;
}

/** A container's state by shape and colour, so that colour is not the only signal. */
export const StateMark = ({ state, label, stale = false }: StateProps) => (
  <Mark shape={shapes[state]} label={label} stale={stale} />
);

/** A host's state, in the same shapes. */
export const EngineMark = ({ state, label }: { state: Engine['state']; label?: string }) => (
  <Mark shape={engineShapes[state]} label={label} />
);
