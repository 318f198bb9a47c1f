import { ActionIcon, Button, Text, Tooltip } from '@mantine/core';
import { IconFileImport, IconPlus, IconStack2, IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Changing } from '../../context/Changing';
import { useApp, useReadOnly, useSegments, useUi } from '../../context/context';
import { useSegmentScene } from '../../context/segments';
import { EmptyState, ProblemNote } from '../../components';
import type { Dialog } from '../../store/ui';
import { CandidateItem } from './CandidateItem';
import { SegmentItem } from './SegmentItem';
import classes from './SegmentsPanel.module.css';

function Head({ open, close }: { open: (dialog: Dialog) => void; close: () => void }) {
  const { t } = useTranslation('segments');
  const { t: common } = useTranslation();
  return (
    <header className={classes.head}>
      <h2 className={classes.heading}>{t('title')}</h2>
      <span className={classes.space} />
      <Changing>
        <Button
          size="compact-xs"
          variant="light"
          leftSection={<IconPlus size={13} stroke={2} />}
          onClick={() => open({ kind: 'segment-form', purpose: { kind: 'create' } })}
          data-testid="new-segment"
        >
          {t('actions.create')}
        </Button>
        <Tooltip label={t('actions.import')}>
          <ActionIcon
            aria-label={t('actions.import')}
            onClick={() => open({ kind: 'segment-import' })}
            data-testid="import-segments"
          >
            <IconFileImport size={16} stroke={1.6} />
          </ActionIcon>
        </Tooltip>
      </Changing>
      <ActionIcon aria-label={common('actions.close')} onClick={close} data-testid="close-segments">
        <IconX size={16} stroke={1.6} />
      </ActionIcon>
    </header>
  );
}

/** The segments beside the view: what is planned, how it stands on each host, and what could become one. */
export function SegmentsPanel() {
  const { t } = useTranslation('segments');
  const { stores } = useApp();
  const { segments, candidates } = useSegmentScene();
  const problem = useSegments((state) => state.problem);
  const readOnly = useReadOnly();
  const known = useSegments((state) => state.plan !== null);
  const tenants = useUi((state) => state.filters.tenants);
  const shown = segments.filter(
    ({ segment }) => tenants.length === 0 || tenants.includes(segment.tenant ?? ''),
  );
  return (
    <aside className={classes.panel} aria-label={t('title')} data-testid="segments-panel">
      <Head
        open={(dialog) => stores.ui.setState({ dialog })}
        close={() => stores.ui.setState({ segmentsOpen: false })}
      />
      {problem && <ProblemNote problem={problem} />}
      {known && !readOnly && segments.length === 0 && candidates.length > 0 && (
        <Text size="xs" c="dimmed" p="md" pb={0}>
          {t('empty.hint')}
        </Text>
      )}
      {known && segments.length === 0 && candidates.length === 0 && (
        <EmptyState
          icon={<IconStack2 size={28} stroke={1.4} />}
          title={t('empty.title')}
          hint={readOnly ? undefined : t('empty.hint')}
        />
      )}
      {shown.map((view) => (
        <SegmentItem key={view.segment.id} view={view} />
      ))}
      {candidates.length > 0 && (
        <section className={classes.candidates} aria-label={t('candidates.title')}>
          <h3 className={classes.title}>{t('candidates.title')}</h3>
          <Text size="xs" c="dimmed" mb="xs">
            {t(readOnly ? 'candidates.seen' : 'candidates.hint')}
          </Text>
          {candidates.map((segment) => (
            <CandidateItem key={segment.id} segment={segment} />
          ))}
        </section>
      )}
    </aside>
  );
}
