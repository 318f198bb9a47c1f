import { Button, CloseButton, TextInput } from '@mantine/core';
import { IconDownload, IconHistory, IconSearch } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ChangeRecord, Problem } from '../../../shared/model';
import { EmptyState, ProblemNote, SlowLoader } from '../../components';
import { TaskDialog } from '../../components/dialog/TaskDialog';
import { saveText } from '../../components/save-text';
import { useTitles } from '../../context/change/use-titles';
import { useApp, useChanges, useInventory } from '../../context/context';
import { useAsk } from '../../context/use-answer';
import { usePushCount } from '../../context/use-push-count';
import { useLanguage } from '../../i18n';
import { keptRecords } from '../../store/changes';
import classes from './ChangeLogDialog.module.css';
import { ChangeLogRow } from './ChangeLogRow';
import { logEntry, type LogEntry } from './log-entries';

/** Typing settles before the log is searched, milliseconds. */
const wait = 150;
/** As many as a file takes at most: all that the log keeps. */
const mostSaved = 10_000;

interface Found {
  /** What was searched for. */
  find: string;
  records: readonly ChangeRecord[];
}

interface Log {
  /** The newest; null while nothing was found yet. */
  entries: readonly LogEntry[] | null;
  /** Whether there are more. */
  more: boolean;
  /** What they were found by; another than what is typed while that is being searched for. */
  find: string;
  problem: Problem | null;
}

/** Reads the log when it is opened, and again after each change. */
function useLog(find: string): Log {
  const { stores } = useApp();
  const titleOf = useTitles();
  const { t: segments } = useTranslation('segments');
  const snapshot = useInventory((state) => state.snapshot);
  const all = useChanges((state) => state.records);
  const [found, setFound] = useState<Found | null>(find === '' ? { find, records: [] } : null);
  const [problem, setProblem] = useState<Problem | null>(null);
  // A change that ends may open or bar the undo of others.
  const round = usePushCount('change.recorded');
  useAsk(
    'change.list',
    { limit: find ? keptRecords + 1 : keptRecords, undo: true, ...(find && { find }) },
    (result) => {
      // What all of the window goes by is the log as a whole.
      if (result.ok && find === '') stores.changes.setState({ records: result.value });
      // What was found by another text is no answer to this one.
      setFound(result.ok ? { find, records: result.value } : null);
      setProblem(result.ok ? null : result.error);
    },
    { round, wait: find === '' ? 0 : wait, waitAgain: 0 },
  );
  const records = found?.find === '' ? all : (found?.records ?? null);
  const entries = useMemo(
    () =>
      records
        ?.slice(0, keptRecords)
        .map((record) => logEntry({ titleOf, segments }, record, snapshot))
        .sort((a, b) => b.at - a.at) ?? null,
    [records, snapshot, titleOf, segments],
  );
  const more = (records?.length ?? 0) >= (found?.find === '' ? keptRecords : keptRecords + 1);
  return { entries, more, find: found?.find ?? find, problem };
}

/** All that is found, a line of JSON each, as the API gives them. */
function Save({ find, onProblem }: { find: string; onProblem: (problem: Problem | null) => void }) {
  const { t } = useTranslation('change');
  const { api } = useApp();
  const [busy, setBusy] = useState(false);
  const save = async () => {
    setBusy(true);
    const result = await api.invoke('change.list', { limit: mostSaved, ...(find && { find }) });
    setBusy(false);
    onProblem(result.ok ? null : result.error);
    if (!result.ok) return;
    const lines = result.value.map((record) => `${JSON.stringify(record)}\n`).join('');
    const day = new Date().toISOString().slice(0, 10);
    saveText(`trunkline-changes-${day}.jsonl`, 'application/jsonl', lines);
  };
  return (
    <Button
      variant="default"
      leftSection={<IconDownload size={15} stroke={1.7} />}
      loading={busy}
      onClick={() => void save()}
      data-testid="save-log"
    >
      {t('log.save')}
    </Button>
  );
}

function Table({ entries, find }: { entries: readonly LogEntry[]; find: string }) {
  const { t } = useTranslation('change');
  const back = { kind: 'change-log', ...(find && { find }) } as const;
  return (
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
          <ChangeLogRow key={entry.id} entry={entry} back={back} />
        ))}
      </tbody>
    </table>
  );
}

interface Props {
  /** What is searched for at first. */
  find?: string;
  onClose: () => void;
}

/** How many are shown, where that is not all that there is. */
function Count({ entries, more, find }: Pick<Log, 'more' | 'find'> & { entries: readonly LogEntry[] }) {
  const { t } = useTranslation('change');
  const language = useLanguage();
  const changes = entries.length.toLocaleString(language);
  const found = find === '' ? '' : t('log.found', { count: entries.length, changes });
  return (
    <span className={classes.count} role="status" data-testid="found-changes">
      {more ? t('log.newest', { changes }) : found}
    </span>
  );
}

/** Who changed what and when, with what outcome, and undo where it is possible. */
export function ChangeLogDialog({ find: first = '', onClose }: Props) {
  const { t } = useTranslation('change');
  const [typed, setTyped] = useState(first);
  const [unsaved, setUnsaved] = useState<Problem | null>(null);
  const { entries, more, find, problem } = useLog(typed.trim());
  return (
    <TaskDialog onClose={onClose} size={860} title={t('log.title')}>
      <div className={classes.tools}>
        <TextInput
          className={classes.find}
          value={typed}
          onChange={({ currentTarget }) => setTyped(currentTarget.value)}
          placeholder={t('log.find')}
          aria-label={t('log.find')}
          maxLength={500}
          leftSection={<IconSearch size={15} stroke={1.7} />}
          rightSection={
            typed && <CloseButton size="sm" aria-label={t('log.findAll')} onClick={() => setTyped('')} />
          }
          data-autofocus
          data-testid="find-changes"
        />
        {entries && <Count entries={entries} more={more} find={find} />}
        {entries && entries.length > 0 && <Save find={find} onProblem={setUnsaved} />}
      </div>
      {[problem, unsaved].map((each) => each && <ProblemNote key={each.code} problem={each} />)}
      {!entries && !problem && <SlowLoader />}
      {entries?.length === 0 && (
        <EmptyState
          icon={<IconHistory size={28} stroke={1.4} />}
          title={t(find === '' ? 'log.empty' : 'log.noneFound')}
          hint={t(find === '' ? 'log.emptyHint' : 'log.noneFoundHint')}
        />
      )}
      {entries && entries.length > 0 && <Table entries={entries} find={find} />}
    </TaskDialog>
  );
}
