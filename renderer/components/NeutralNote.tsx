import { IconInfoCircle } from '@tabler/icons-react';
import type { Problem } from '../../shared/model';
import { useSentences } from '../i18n';
import classes from './NoticeList.module.css';

/** What is so and no fault: what it is, and what can be done, without the colours of an error. */
export function NeutralNote({ problem }: { problem: Problem }) {
  const sentences = useSentences();
  return (
    <div className={classes.item} data-testid={`note-${problem.code}`}>
      <IconInfoCircle size={15} stroke={1.6} aria-hidden />
      <span>{sentences.whole(problem)}</span>
    </div>
  );
}
