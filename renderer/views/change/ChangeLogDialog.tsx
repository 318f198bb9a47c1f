import { Button, Modal, Text } from '@mantine/core';
import { IconAlertTriangle, IconArrowBackUp, IconCheck, IconHistory, IconLoader } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ChangeRecord, Problem } from '../../../shared/model';
import { useApp, useChanges, useInventory } from '../../app/context';
import { EmptyState, EngineText, ProblemNote } from '../../components';
import { formatDateTime } from '../../format';
import { useLanguage, useSentences } from '../../i18n';
import classes from './ChangeLogDialog.module.css';
import { useUndo } from './use-undo';
import { changeTitle } from './words';

const icons = {
  applying: IconLoader,
  applied: IconCheck,
  failed: IconAlertTriangle,
  'rolled-back': IconAlertTriangle,
  undone: IconArrowBackUp,
} as const;

function Row({ record }: { record: ChangeRecord }) {
  const { t } = useTranslation('change');
  const { t: common } = useTranslation();
  const language = useLanguage();
  const sentences = useSentences();
  const undo = useUndo();
  const snapshot = useInventory((state) => state.snapshot);
  const [busy, setBusy] = useState(false);
  const Icon = icons[record.state];
  return (
    <tr data-testid={`change-${record.id}`}>
      <td className="tl-num">{formatDateTime(record.at, language)}</td>
      <td>{record.who}</td>
      <td>
        {changeTitle(t, record.request, record.steps, snapshot)}
        {record.ipv4 && <span className={`tl-mono ${classes.address ?? ''}`}>{record.ipv4}</span>}
        <Text size="xs" c="dimmed">
          {t('onHost', { host: record.engineName })}
        </Text>
        {record.problem && (
          <Text size="xs" c="var(--tl-bad)">
            {sentences.problem(record.problem)}
          </Text>
        )}
        {record.problem?.engineText && <EngineText text={record.problem.engineText} />}
      </td>
      <td>
        <span className={classes.outcome} data-state={record.state}>
          <Icon size={14} stroke={1.8} aria-hidden />
          {t(`log.states.${record.state}`)}
        </span>
      </td>
      <td>
        {record.undoable && record.state === 'applied' && (
          <Button
            size="compact-xs"
            variant="default"
            loading={busy}
            onClick={() => {
              setBusy(true);
              void undo(record.id).finally(() => setBusy(false));
            }}
          >
            {common('actions.undo')}
          </Button>
        )}
      </td>
    </tr>
  );
}

/** Reads the log when it is opened; what happens meanwhile comes by push. */
function useLog(): { records: readonly ChangeRecord[]; problem: Problem | null } {
  const { api, stores } = useApp();
  const records = useChanges((state) => state.records);
  const [problem, setProblem] = useState<Problem | null>(null);
  useEffect(() => {
    let wanted = true;
    void api.invoke('change.list', { limit: 200 }).then((result) => {
      if (!wanted) return;
      if (result.ok) stores.changes.setState({ records: result.value });
      else setProblem(result.error);
    });
    return () => {
      wanted = false;
    };
  }, [api, stores]);
  return { records, problem };
}

/** Who changed what and when, with what outcome, and undo where it is possible. */
export function ChangeLogDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('change');
  const { records, problem } = useLog();
  return (
    <Modal opened onClose={onClose} size={860} title={t('log.title')}>
      {problem && <ProblemNote problem={problem} />}
      {records.length === 0 ? (
        <EmptyState
          icon={<IconHistory size={28} stroke={1.4} />}
          title={t('log.empty')}
          hint={t('log.emptyHint')}
        />
      ) : (
        <table className={classes.table} data-testid="change-log-table">
          <thead>
            <tr>
              {(['when', 'who', 'what', 'outcome'] as const).map((column) => (
                <th key={column} scope="col">
                  {t(`log.${column}`)}
                </th>
              ))}
              <th />
            </tr>
          </thead>
          <tbody>
            {records.map((record) => (
              <Row key={record.id} record={record} />
            ))}
          </tbody>
        </table>
      )}
    </Modal>
  );
}
