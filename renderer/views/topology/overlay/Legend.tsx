import { IconPinFilled, IconShield, IconShieldExclamation } from '@tabler/icons-react';
import { StateMark } from '../../../components';
import { useWords } from '../words';
import classes from '../topology.module.css';

const lines = [
  ['macvlan', undefined],
  ['ipvlan', '9 4 2 4'],
  ['bridge', '7 4'],
  ['overlay', '1.5 4'],
  ['idle', '1.5 4'],
] as const;

const states = ['running', 'paused', 'exited', 'restarting', 'dead'] as const;

/** What lines and marks mean. */
export function Legend() {
  const words = useWords();
  return (
    <div className={classes.legend} data-testid="legend">
      <b>{words('legend.lines')}</b>
      {lines.map(([name, dash]) => (
        <div key={name} data-idle={name === 'idle' || undefined}>
          <svg width="34" height="8" aria-hidden>
            <path d="M1 4h32" stroke="currentColor" strokeWidth="2" strokeDasharray={dash} />
          </svg>
          {words(`legend.${name}`)}
        </div>
      ))}
      <p>{words('legend.width')}</p>
      <b>{words('legend.states')}</b>
      {states.map((state) => (
        <div key={state}>
          <StateMark state={state} />
          {words(`state.${state}`)}
        </div>
      ))}
      <div>
        <IconPinFilled size={11} aria-hidden />
        {words('legend.pin')}
      </div>
      <div>
        <IconShield size={13} stroke={2} color="var(--tl-good)" aria-hidden />
        {words('legend.guarded')}
      </div>
      <div>
        <IconShieldExclamation size={13} stroke={2} color="var(--tl-warn)" aria-hidden />
        {words('legend.guardLook')}
      </div>
    </div>
  );
}
