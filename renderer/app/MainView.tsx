import { Button } from '@mantine/core';
import { IconAlertTriangle, IconPlugConnectedX, IconServerOff } from '@tabler/icons-react';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { EmptyState, ErrorBoundary, SlowLoader } from '../components';
import { useSentences } from '../i18n';
import { TableView } from '../views/table';
import { AddHost } from '../views/engines/AddHost';
import { useInventory } from '../context/context';

/** Loaded with the first look at it: the table alone needs no graph library. */
const TopologyView = lazy(async () => ({ default: (await import('../views/topology')).TopologyView }));

function Waiting() {
  const { t } = useTranslation();
  return (
    <EmptyState title="">
      <SlowLoader label={t('loading')} size={18} />
    </EmptyState>
  );
}

function Failed() {
  const { t } = useTranslation();
  const sentences = useSentences();
  const problem = useInventory((state) => state.problem);
  return (
    <EmptyState
      icon={<IconPlugConnectedX size={32} stroke={1.4} />}
      title={t('empty.failedTitle')}
      hint={problem ? sentences.whole(problem) : undefined}
    >
      <Button onClick={() => window.location.reload()}>{t('actions.retry')}</Button>
    </EmptyState>
  );
}

function NoHosts() {
  const { t } = useTranslation();
  return (
    <EmptyState
      icon={<IconServerOff size={32} stroke={1.4} />}
      title={t('empty.noHosts')}
      hint={t('empty.noHostsHint')}
    >
      <AddHost />
    </EmptyState>
  );
}

/** The chosen view, or what stands in its place while there is nothing to show in it. */
export function MainView({ view }: { view: 'topology' | 'table' }) {
  const { t } = useTranslation();
  const phase = useInventory((state) => state.phase);
  const noHosts = useInventory((state) => state.snapshot.engines.length === 0);
  if (phase === 'loading') return <Waiting />;
  if (phase === 'failed') return <Failed />;
  if (noHosts) return <NoHosts />;
  return (
    <ErrorBoundary
      key={view}
      fallback={(error, reset) => (
        <EmptyState
          icon={<IconAlertTriangle size={32} stroke={1.4} />}
          title={t('views.failed')}
          hint={`${error.message}. ${t('views.failedHint')}`}
        >
          <Button onClick={reset}>{t('actions.retry')}</Button>
        </EmptyState>
      )}
    >
      <Suspense fallback={<Waiting />}>{view === 'table' ? <TableView /> : <TopologyView />}</Suspense>
    </ErrorBoundary>
  );
}
