import { Button } from '@mantine/core';
import { IconAlertTriangle, IconPlugConnectedX, IconServerOff } from '@tabler/icons-react';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { EmptyState, ErrorBoundary } from '../components';
import type { Snapshot } from '../../shared/model';
import { useSentences } from '../i18n';
import { TableView } from '../views/table';
import { AddHost } from '../views/engines/AddHost';
import { useInventory } from '../context/context';
import { Opening } from './Opening';

const loadTopology = () => import('../views/topology');
/** Loaded with the first look at it: the table alone needs no graph library. */
const TopologyView = lazy(async () => ({ default: (await loadTopology()).TopologyView }));

/** Has a view's code read while other things are still on their way; asked for in vain, it is read when it is drawn. */
export function preloadView(view: 'topology' | 'table'): void {
  if (view === 'topology') void loadTopology().catch(() => undefined);
}

/** Nothing is known yet of hosts some of which are being connected to: that they have no containers is not said. */
const isUnread = ({ engines, networks, containers }: Snapshot): boolean =>
  networks.length === 0 && containers.length === 0 && engines.some(({ state }) => state === 'connecting');

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
  const unread = useInventory((state) => isUnread(state.snapshot));
  if (phase === 'loading') return <Opening />;
  if (phase === 'failed') return <Failed />;
  if (noHosts) return <NoHosts />;
  // The picture draws such hosts itself.
  if (unread && view === 'table') return <Opening />;
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
      <Suspense fallback={<Opening />}>{view === 'table' ? <TableView /> : <TopologyView />}</Suspense>
    </ErrorBoundary>
  );
}
