import { Loader } from '@mantine/core';
import { IconCheck, IconCircle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { ChangeProgress, Step } from '../../../shared/model';
import classes from './StepList.module.css';
import { stepText } from './words';

interface Props {
  steps: readonly Step[];
  /** Where it stands; absent before it begins. */
  progress?: ChangeProgress | undefined;
  applying: boolean;
  /** Nothing of the whole change has begun: what it is to meet is looked at once more. */
  checking?: boolean;
}

type State = 'done' | 'now' | 'later';

const StepMark = ({ state }: { state: State }) =>
  state === 'done' ? (
    <IconCheck size={14} stroke={2} color="var(--tl-good)" aria-hidden />
  ) : state === 'now' ? (
    <Loader size={12} />
  ) : (
    <IconCircle size={10} stroke={1.6} aria-hidden />
  );

const stateOf = (index: number, applying: boolean, progress: ChangeProgress | undefined): State => {
  if (!applying || !progress) return 'later';
  if (progress.phase !== 'step') return 'done';
  const current = progress.step;
  return index < current ? 'done' : index === current ? 'now' : 'later';
};

/** What will be sent to the engine, in order; while it is applied, how far it is. */
export function StepList({ steps, progress, applying, checking = !progress }: Props) {
  const { t } = useTranslation('change');
  const last = progress?.phase === 'rollback' ? t('steps.rollback') : t('steps.verify');
  return (
    <ol className={classes.list} aria-busy={applying}>
      {applying && checking && (
        <li className={classes.step} data-state="now">
          <StepMark state="now" />
          <span>{t('steps.checking')}</span>
        </li>
      )}
      {steps.map((step, index) => (
        // Steps have no identity but their place.
        <li key={index} className={classes.step} data-state={stateOf(index, applying, progress)}>
          <StepMark state={stateOf(index, applying, progress)} />
          <span>{stepText(t, step)}</span>
        </li>
      ))}
      <li className={classes.step} data-state={progress && progress.phase !== 'step' ? 'now' : 'later'}>
        <StepMark state={applying && progress && progress.phase !== 'step' ? 'now' : 'later'} />
        <span>{last}</span>
      </li>
    </ol>
  );
}
