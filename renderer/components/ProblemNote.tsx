import { Alert, Code, Collapse, Text, UnstyledButton } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconAlertTriangle, IconChevronRight } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Problem } from '../../shared/model';
import { useSentences } from '../i18n';
import classes from './ProblemNote.module.css';

interface Props {
  problem: Problem;
  title?: string | undefined;
  children?: React.ReactNode;
}

/** The engine's own words, untouched, one click away. */
export function EngineText({ text }: { text: string }) {
  const { t } = useTranslation('change');
  const [open, { toggle }] = useDisclosure(false);
  return (
    <div>
      <UnstyledButton onClick={toggle} aria-expanded={open} fz="xs" c="dimmed" mt={4}>
        <IconChevronRight
          size={12}
          style={{ verticalAlign: -2, transform: open ? 'rotate(90deg)' : 'none' }}
          aria-hidden
        />{' '}
        {t('failed.engineSaid')}
      </UnstyledButton>
      <Collapse expanded={open}>
        <Code block mt={4} fz="xs" style={{ whiteSpace: 'pre-wrap' }}>
          {text}
        </Code>
      </Collapse>
    </div>
  );
}

/** What failed, why, what to do, and what the engine said. */
export function ProblemNote({ problem, title, children }: Props) {
  const sentences = useSentences();
  const hint = sentences.hint(problem);
  return (
    <Alert
      color="red"
      variant="light"
      className={classes.note}
      p="sm"
      icon={<IconAlertTriangle size={16} stroke={1.8} color="var(--tl-bad)" />}
      title={title}
      role="alert"
    >
      <Text>{sentences.problem(problem)}</Text>
      {hint && (
        <Text size="xs" c="dimmed" mt={2}>
          {hint}
        </Text>
      )}
      {children}
      {problem.engineText && <EngineText text={problem.engineText} />}
    </Alert>
  );
}
