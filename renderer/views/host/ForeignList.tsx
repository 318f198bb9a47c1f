import { useTranslation } from 'react-i18next';
import type { HostFacts } from '../../../shared/model';
import { ProblemNote } from '../../components';
import classes from './host.module.css';

/** Network namespaces that are not Docker's: shown, greyed, and left alone. */
export function ForeignList({ facts: { foreign, foreignProblem } }: { facts: HostFacts }) {
  const { t } = useTranslation('host');
  if (foreignProblem) return <ProblemNote problem={foreignProblem} />;
  if (!foreign || foreign.length === 0) return <div className={classes.quiet}>{t('foreign.none')}</div>;
  return (
    <>
      <ul className={classes.foreign} data-testid="foreign-namespaces">
        {foreign.map(({ id, name, pid, command, processes }) => (
          <li key={id}>
            <span className="tl-mono">{name ?? (pid === undefined ? t('foreign.unnamed') : command)}</span>
            <span className={classes.quiet}>
              {pid === undefined
                ? t('foreign.empty')
                : `${t('foreign.process', { command: command ?? '', pid })} · ${t('foreign.processes', { count: processes })}`}
            </span>
          </li>
        ))}
      </ul>
      <div className={classes.quiet}>{t('foreign.hint')}</div>
    </>
  );
}
