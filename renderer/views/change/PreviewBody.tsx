import { Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ChangePreview, ChangeProgress, Notice, Problem } from '../../../shared/model';
import { NoticeList, ProblemNote } from '../../components';
import { useSentences } from '../../i18n';
import { Exceptions } from './Exceptions';
import { isAnswered } from './fields';
import { outcomeOf } from './outcome';
import classes from './PreviewBody.module.css';
import { StepList } from './StepList';
import type { Failure } from './use-apply';

interface Props {
  preview: ChangePreview | null;
  /** Problems that no field shows. */
  problems: readonly Problem[];
  /** Notices that a field of the form shows already. */
  shown?: ((notice: Notice) => boolean) | undefined;
  failure: Failure | null;
  progress: ChangeProgress | undefined;
  applying: boolean;
  pending: boolean;
}

function FailureNote({ failure }: { failure: Failure }) {
  const { t } = useTranslation('change');
  const host = failure.record?.engineName;
  const left = outcomeOf(failure.problem, failure.record?.state);
  return (
    <ProblemNote problem={failure.problem} title={t('failed.title')}>
      <Text size="xs" mt={4} fw={500}>
        {host && left && t('failed.onHost', { host })} {left && t(`failed.${left}`)}
      </Text>
      {failure.record && <Exceptions {...failure.record} />}
    </ProblemNote>
  );
}

/** What a change would do: what speaks against it, what to know, its steps; and what became of it. */
export function PreviewBody(props: Props) {
  const { preview, problems, shown, failure, progress, applying, pending } = props;
  const { t } = useTranslation('change');
  const sentences = useSentences();
  const neutral = problems.find((problem) => problem.code === 'nothing_to_do');
  const real = problems.filter((problem) => problem.code !== 'nothing_to_do');
  const steps = preview?.steps ?? [];
  const notices =
    preview?.notices.filter((notice) => !shown?.(notice) && !isAnswered(notice, failure?.problem)) ?? [];
  return (
    <Stack gap="md" className={classes.body} data-pending={pending || undefined}>
      {failure && <FailureNote failure={failure} />}
      {real.map((problem) => (
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
          <StepList steps={steps} progress={progress} applying={applying} />
        </section>
      )}
    </Stack>
  );
}
