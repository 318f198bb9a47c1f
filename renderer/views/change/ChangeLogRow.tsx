import { Button, Text } from '@mantine/core';
import { IconAlertTriangle, IconArrowBackUp, IconCheck, IconLoader } from '@tabler/icons-react';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Problem } from '../../../shared/model';
import { EngineText } from '../../components';
import { Changing } from '../../context/Changing';
import { Exceptions } from '../../context/change/Exceptions';
import { useUndo } from '../../context/change/use-undo';
import { formatDateTime } from '../../format';
import { useJoinNames, useLanguage, useSentences } from '../../i18n';
import type { Dialog } from '../../store/ui';
import classes from './ChangeLogDialog.module.css';
import type { LogEntry } from './log-entries';
import { RecoverButtons, Standing } from './Recover';
import { useInterrupted } from './use-interrupted';

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

/** With whether there is more to say of it. */
function outcomeOf({ state, exceptions, notBack }: LogEntry) {
  if (state === 'rolled-back' && exceptions.length > 0) return 'rolled-back-except';
  return state === 'applied' && notBack.length > 0 ? 'applied-except' : state;
}

/** @param back where one comes back to from what is decided of a change that was cut off */
export function ChangeLogRow({ entry, back }: { entry: LogEntry; back: Dialog }) {
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
      <td>{entry.by ? t(`log.by.${entry.by}`, { who: entry.who }) : entry.who}</td>
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
        {entry.notBack.map(({ host, state, exceptions }) => (
          <div key={host}>
            <Text size="xs" c="dimmed">
              {t('onHost', { host })}
            </Text>
            <Exceptions state={state} exceptions={exceptions} />
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
          {t(`log.states.${outcomeOf(entry)}`)}
        </span>
        {entry.undone && (
          <Text size="xs" c="dimmed">
            {t('log.undoneBy', { at: formatDateTime(entry.undone.at, language), who: entry.undone.who })}
          </Text>
        )}
      </td>
      <td>
        {cutOff && <RecoverButtons change={cutOff} back={back} />}
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
