import { Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ChangePreview, Notice, Problem } from '../../../shared/model';
import { NoticeList, ProblemNote } from '../../components';
import { useSentences } from '../../i18n';
import { FailureNote } from '../../context/change/FailureNote';
import { answersTo, isAnswered } from '../../components/change/fields';
import classes from './PreviewBody.module.css';
import { besides } from '../../context/change/outcome';
import { StepList } from '../../context/change/StepList';
import type { ChangeFlow } from '../../context/change/use-change-flow';

interface Props extends Pick<ChangeFlow, 'failure' | 'answered' | 'progress' | 'applying' | 'pending'> {
  preview: ChangePreview | null;
  /** The first preview of what is chosen is on its way: its place is kept. */
  awaitsPreview?: boolean;
  /** Problems that no field shows. */
  problems: readonly Problem[];
  /** Notices that a field of the form shows already. */
  shown?: ((notice: Notice) => boolean) | undefined;
}

/** What a change would do on its one host: what speaks against it, what to know, its steps; and what became of it. */
export function PreviewBody(props: Props) {
  const { preview, problems, shown, failure, answered, progress, applying, pending, awaitsPreview } = props;
  const { t } = useTranslation('change');
  const sentences = useSentences();
  const neutral = problems.find((problem) => problem.code === 'nothing_to_do');
  const real = besides(failure, problems).filter((problem) => problem.code !== 'nothing_to_do');
  const [host] = preview?.hosts ?? [];
  const steps = host?.steps ?? [];
  const notices = host?.notices.filter((notice) => !shown?.(notice) && !isAnswered(notice, answered)) ?? [];
  const remembered = failure ? [] : answersTo(host?.notices ?? [], answered);
  return (
    <Stack
      gap="md"
      className={classes.body}
      data-pending={pending || undefined}
      data-awaits-preview={awaitsPreview || undefined}
    >
      {failure && <FailureNote failure={failure} />}
      {[...real, ...remembered].map((problem) => (
        <ProblemNote key={problem.code + problem.message} problem={problem} />
      ))}
      {neutral && !failure && <Text c="dimmed">{sentences.problem(neutral)}</Text>}
      {notices.length > 0 && (
        <section aria-label={t('notices')}>
          <NoticeList notices={notices} />
        </section>
      )}
      {steps.length > 0 && problems.length === 0 && (
        <section aria-label={t('steps.title')}>
          <h3 className={classes.title}>{t('steps.title')}</h3>
          <StepList steps={steps} progress={host && progress[host.engineId]} applying={applying} />
        </section>
      )}
    </Stack>
  );
}
