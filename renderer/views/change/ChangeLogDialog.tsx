import { Button, Text } from '@mantine/core';
import { IconAlertTriangle, IconArrowBackUp, IconCheck, IconHistory, IconLoader } from '@tabler/icons-react';
import { useId, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Problem } from '../../../shared/model';
import { Changing } from '../../context/Changing';
import { useApp, useChanges, useInventory } from '../../context/context';
import { useAsk } from '../../context/use-answer';
import { usePushCount } from '../../context/use-push-count';
import { EmptyState, EngineText, ProblemNote } from '../../components';
import { formatDateTime } from '../../format';
import { useLanguage, useSentences, useJoinNames } from '../../i18n';
import { keptRecords } from '../../store/changes';
import classes from './ChangeLogDialog.module.css';
import { Exceptions } from '../../context/change/Exceptions';
import { RecoverButtons, Standing } from './Recover';
import { logEntry, type LogEntry } from './log-entries';
import { useInterrupted } from './use-interrupted';
import { useTitles } from '../../context/change/use-titles';
import { useUndo } from '../../context/change/use-undo';
import { TaskDialog } from '../../components/dialog/TaskDialog';

const icons = {
  applying: IconLoader,
  applied: IconCheck,
  partial: IconAlertTriangle,
  failed: IconAlertTriangle,
  'undo-failed': IconAlertTriangle,
  'rolled-back': IconAlertTriangle,
  undone: IconArrowBackUp,
  interrupted: IconAlertTriangle,
  kept: IconCheck,
} as const;

/** It says by itself that it is about undoing. */
const isPlain = ({ code, params }: Problem): boolean =>
  code === 'change_not_undoable' && params?.context === undefined;

function Row({ entry }: { entry: LogEntry }) {
  const { t } = useTranslation('change');
  const join = useJoinNames();
  const { t: common } = useTranslation();
  const language = useLanguage();
  const sentences = useSentences();
  const undo = useUndo();
  const [busy, setBusy] = useState(false);
  const whyId = useId();
  const Icon = icons[entry.state];
  const cutOff = useInterrupted().find((each) => each.id === entry.id);
  return (
    <tr data-testid={`change-${entry.id}`}>
      <td className="tl-num">{formatDateTime(entry.at, language)}</td>
      <td>{entry.by ? t(`log.by.${entry.by}`) : entry.who}</td>
      <td>
        {entry.title}
        {entry.address && <span className={`tl-mono ${classes.address ?? ''}`}>{entry.address}</span>}
        {entry.edits.map((edit) => (
          <Text size="xs" key={edit}>
            {edit}
          </Text>
        ))}
        {entry.hosts.length > 0 && (
          <Text size="xs" c="dimmed">
            {t('onHost', { host: join(entry.hosts) })}
          </Text>
        )}
        {cutOff && (
          <Text size="xs">
            <Standing change={cutOff} />
          </Text>
        )}
        <Exceptions state={entry.state} exceptions={entry.exceptions} stranded={entry.stranded} />
        {entry.notBack.map(({ host, exceptions }) => (
          <div key={host}>
            <Text size="xs" c="dimmed">
              {t('onHost', { host })}
            </Text>
            <Exceptions state="rolled-back" exceptions={exceptions} />
          </div>
        ))}
        {entry.undoable && entry.undoProblem && (
          <Text size="xs" c="dimmed" id={whyId} data-testid={`undo-problem-${entry.id}`}>
            {isPlain(entry.undoProblem)
              ? sentences.whole(entry.undoProblem)
              : t('log.undoNow', { why: sentences.whole(entry.undoProblem) })}
          </Text>
        )}
        {(['unwritten', 'unsaved'] as const).map((what) => {
          const why = entry[what];
          return (
            why && (
              <Text key={what} size="xs" c="var(--tl-warn)" data-testid={`${what}-${entry.id}`}>
                {sentences.whole(why)}
              </Text>
            )
          );
        })}
        {entry.problems.map((problem) => (
          <div key={problem.code + problem.message}>
            <Text size="xs" c="var(--tl-bad)">
              {sentences.problem(problem)}
            </Text>
            {problem.engineText && <EngineText text={problem.engineText} />}
          </div>
        ))}
      </td>
      <td>
        <span className={classes.outcome} data-state={entry.state}>
          <Icon size={14} stroke={1.8} aria-hidden />
          {t(
            `log.states.${entry.state === 'rolled-back' && entry.exceptions.length > 0 ? 'rolled-back-except' : entry.state}`,
          )}
        </span>
        {entry.undone && (
          <Text size="xs" c="dimmed">
            {t('log.undoneBy', { at: formatDateTime(entry.undone.at, language), who: entry.undone.who })}
          </Text>
        )}
      </td>
      <td>
        {cutOff && <RecoverButtons change={cutOff} back={{ kind: 'change-log' }} />}
        {entry.undoable && (
          <Changing>
            <Button
              size="compact-xs"
              variant="default"
              loading={busy}
              disabled={entry.undoProblem !== undefined}
              aria-describedby={entry.undoProblem && whyId}
              onClick={() => {
                setBusy(true);
                void undo(entry.id).finally(() => setBusy(false));
              }}
            >
              {common('actions.undo')}
            </Button>
          </Changing>
        )}
      </td>
    </tr>
  );
}

/** Reads the log when it is opened, and again after each change. */
function useLog(): { entries: readonly LogEntry[]; problem: Problem | null } {
  const { stores } = useApp();
  const titleOf = useTitles();
  const { t: segments } = useTranslation('segments');
  const snapshot = useInventory((state) => state.snapshot);
  const records = useChanges((state) => state.records);
  const [problem, setProblem] = useState<Problem | null>(null);
  // A change that ends may open or bar the undo of others.
  const round = usePushCount('change.recorded');
  useAsk(
    'change.list',
    { limit: keptRecords, undo: true },
    (result) => {
      if (result.ok) stores.changes.setState({ records: result.value });
      setProblem(result.ok ? null : result.error);
    },
    { round },
  );
  const entries = useMemo(
    () =>
      records.map((record) => logEntry({ titleOf, segments }, record, snapshot)).sort((a, b) => b.at - a.at),
    [records, snapshot, titleOf, segments],
  );
  return { entries, problem };
}

/** Who changed what and when, with what outcome, and undo where it is possible. */
export function ChangeLogDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('change');
  const { entries, problem } = useLog();
  return (
    <TaskDialog onClose={onClose} size={860} title={t('log.title')}>
      {problem && <ProblemNote problem={problem} />}
      {entries.length === 0 ? (
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
              <td />
            </tr>
          </thead>
          <tbody>
            {entries.map((entry) => (
              <Row key={entry.id} entry={entry} />
            ))}
          </tbody>
        </table>
      )}
    </TaskDialog>
  );
}
