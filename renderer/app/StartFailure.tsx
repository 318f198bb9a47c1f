import { Button } from '@mantine/core';
import { IconPlugConnectedX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Problem } from '../../shared/model';
import { EmptyState } from '../components';
import { useSentences } from '../i18n';
import type { Stores } from '../store';
import { Look } from './Root';

function Failure({ problem }: { problem: Problem | null }) {
  const { t } = useTranslation();
  const sentences = useSentences();
  return (
    <EmptyState
      icon={<IconPlugConnectedX size={32} stroke={1.4} />}
      title={problem ? sentences.problem(problem) : t('connection.failed')}
      hint={problem ? sentences.hint(problem) : undefined}
    >
      <Button onClick={() => window.location.reload()}>{t('actions.reload')}</Button>
    </EmptyState>
  );
}

/** Shown when not even the facts about the console could be read: the service is gone, or the token is wrong. */
export const StartFailure = ({ problem, stores }: { problem: Problem | null; stores: Stores }) => (
  <Look stores={stores} locales={navigator.languages}>
    <Failure problem={problem} />
  </Look>
);
