import { Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import {
  IconAlertTriangle,
  IconArrowBackUp,
  IconCheck,
  IconCircle,
  IconHelpCircle,
} from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useJoinNames } from '../../i18n';
import type { Problem, RecoverAction, Step } from '../../../shared/model';
import { useApp } from '../../context/context';
import { ProblemNote } from '../../components';
import { DialogFooter } from '../../components/dialog/DialogFooter';
import classes from '../../context/change/StepList.module.css';
import { notClean } from '../../context/change/not-clean';
import { isSame } from '../../context/change/told-before';
import { keptRecords, withRecord } from '../../store/changes';
import { useInterrupted, type Interrupted, type InterruptedHost } from './use-interrupted';
import { stepText } from '../../context/change/words';
import { ToastText } from '../../context/change/ToastText';
import { TaskDialog } from '../../components/dialog/TaskDialog';

interface Props {
  id: string;
  action: RecoverAction;
  onClose: () => void;
}

type Mark = 'done' | 'doubt' | 'open' | 'back' | 'backDoubt';
const marks = {
  back: <IconArrowBackUp size={14} stroke={1.8} aria-hidden />,
  backDoubt: <IconHelpCircle size={14} stroke={1.8} color="var(--tl-warn)" aria-hidden />,
  done: <IconCheck size={14} stroke={2} color="var(--tl-good)" aria-hidden />,
  doubt: <IconHelpCircle size={14} stroke={1.8} color="var(--tl-warn)" aria-hidden />,
  open: <IconCircle size={10} stroke={1.6} aria-hidden />,
};

/** What each of its steps has come to; one that is not done has been taken back where the change was being undone. */
const standingOf =
  ({ done, recovery }: InterruptedHost, undoing: boolean) =>
  (index: number): Mark => {
    if (index < done) return 'done';
    if (index === done && recovery.doubtful) return undoing ? 'backDoubt' : 'doubt';
    return undoing ? 'back' : 'open';
  };

/** Said in words, too: these marks are not known from elsewhere. */
const spoken: readonly Mark[] = ['doubt', 'back', 'backDoubt'];

function Steps({ steps, markOf }: { steps: readonly Step[]; markOf: (index: number) => Mark }) {
  const { t } = useTranslation('change');
  return (
    <ol className={classes.list}>
      {steps.map((step, index) => (
        // Steps have no identity but their place.
        <li key={index} className={classes.step} data-state={markOf(index)}>
          <span title={t(`recover.states.${markOf(index)}`)}>{marks[markOf(index)]}</span>
          <span>
            {stepText(t, step)}
            {spoken.includes(markOf(index)) && (
              <Text span size="xs" c="dimmed">
                {` – ${t(`recover.states.${markOf(index)}`)}`}
              </Text>
            )}
          </span>
        </li>
      ))}
    </ol>
  );
}

/** Links that taking back would remove: where it is left as it is, they stay, as far as they are there. */
function LeftLinks({ host: { name, recovery } }: { host: InterruptedHost }) {
  const { t } = useTranslation('change');
  const links = (recovery.rollBack ?? []).flatMap((step) =>
    step.op === 'remove-shim' ? [step.shim.name] : [],
  );
  return links.map((link) => (
    <Text key={link} data-testid="recover-link-stays">
      {t('recover.keepLink', { link, host: name })}
    </Text>
  ));
}

interface HostProps {
  host: InterruptedHost;
  action: RecoverAction;
  undoing: boolean;
  named: boolean;
}

/** Where it stands on one host, and what the decision does there. */
function Host({ host, action, undoing, named }: HostProps) {
  const { t } = useTranslation('change');
  const { steps, recovery, gone } = host;
  const { doubtful } = recovery;
  const next = action === 'finish' ? recovery.finish : recovery.rollBack;
  return (
    <Stack gap={6} data-testid={`recover-on-${host.name}`}>
      {named && <Text fw={600}>{host.name}</Text>}
      <Text size="xs" c="dimmed">
        {t('recover.was')}
      </Text>
      <Steps steps={steps} markOf={standingOf(host, undoing)} />
      {gone && action !== 'keep' && (
        <Text data-testid="recover-gone">{t(named ? 'recover.leftOut' : 'recover.goneAlone')}</Text>
      )}
      {!gone && action === 'keep' && !undoing && <LeftLinks host={host} />}
      {!gone && action !== 'keep' && (
        <>
          <Text size="xs" c="dimmed" mt={6}>
            {t('recover.will')}
          </Text>
          {next === null && <Text>{t('recover.impossible')}</Text>}
          {next?.length === 0 && <Text>{t('recover.onlyVerify')}</Text>}
          {next && next.length > 0 && (
            <div data-testid="recover-steps">
              <Steps steps={next} markOf={(index) => (index === 0 && doubtful ? 'doubt' : 'open')} />
            </div>
          )}
          {next && next.length > 0 && (
            <Text size="xs" c="dimmed">
              {t('recover.looksFirst')}
            </Text>
          )}
        </>
      )}
    </Stack>
  );
}

/** Sends the decision; gives why it was not carried out. */
function useRecover(): (change: Interrupted, action: RecoverAction) => Promise<Problem | null> {
  const { api, stores } = useApp();
  return async ({ id, record }, action) => {
    const result = await api.invoke('change.recover', { id, action, seen: record.hosts });
    if (!result.ok) return result.error;
    const { value } = result;
    const { snapshot } = stores.inventory.getState();
    const except = action !== 'keep' && notClean(value).length > 0 ? action : null;
    notifications.show({
      color: except ? 'orange' : 'green',
      icon: except ? <IconAlertTriangle size={16} /> : <IconCheck size={16} />,
      title: (
        <ToastText of={({ t }) => t(except ? `recover.except.${except}` : `recover.settled.${action}`)} />
      ),
      message: (
        <ToastText
          of={({ whereOf, withHosts, withExceptions }) =>
            withExceptions(withHosts(whereOf(record, snapshot), value), value)
          }
        />
      ),
    });
    return null;
  };
}

/** Reads how the change stands by now; gives whether that is what the window shows, or why it can't be told. */
function useStillShown(): (id: string) => Promise<boolean | Problem> {
  const { api, stores } = useApp();
  return async (id) => {
    const shown = stores.changes.getState().records.find((each) => each.id === id);
    const result = await api.invoke('change.list', { limit: keptRecords });
    if (!result.ok) return result.error;
    const now = result.value.find((each) => each.id === id);
    // One that is settled by now is none of a window's: the console says so.
    if (now?.state !== 'interrupted' || isSame(shown?.hosts, now.hosts)) return true;
    stores.changes.setState((state) => withRecord(state, now));
    return false;
  };
}

/** Hosts that are off the list are left out; one at least has to be there. */
function isPossible(hosts: readonly InterruptedHost[], action: 'finish' | 'roll-back'): boolean {
  const here = hosts.filter(({ gone }) => !gone);
  const ways = here.map(({ recovery }) => (action === 'finish' ? recovery.finish : recovery.rollBack));
  return here.length > 0 && ways.every((way) => way !== null);
}

/** Shows what a decision about a change that was cut off would do, and carries it out. */
export function RecoverDialog(props: Props) {
  return <Decision key={props.id + props.action} {...props} />;
}

function Decision({ id, action, onClose }: Props) {
  const join = useJoinNames();
  const { t } = useTranslation('change');
  const recover = useRecover();
  const found = useInterrupted().find((each) => each.id === id);
  // While it is carried out it is no interrupted one, and after it is not either.
  const [change] = useState(found);
  const shown = found ?? change;
  const stillShown = useStillShown();
  const [unread, setUnread] = useState<'changed' | null>(null);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  if (!shown) return null;
  const impossible = action !== 'keep' && !isPossible(shown.hosts, action);
  const submit = async () => {
    setBusy(true);
    setProblem(null);
    const still = await stillShown(id);
    setUnread(still === false ? 'changed' : null);
    if (still === false) return setBusy(false);
    const wrong = still === true ? await recover(shown, action) : still;
    setBusy(false);
    if (wrong) setProblem(wrong);
    else onClose();
  };
  const label =
    shown.undoing && action !== 'keep'
      ? t(action === 'finish' ? 'recover.actions.finishUndoing' : 'recover.actions.rollBackUndoing')
      : t(`recover.actions.${action}`);
  return (
    <TaskDialog
      onClose={onClose}
      size={560}
      busy={busy}
      title={
        <>
          {t(`recover.titles.${action}`, { title: shown.title })}
          <Text span c="dimmed">
            {t('onHost', { host: join(shown.hosts.map((each) => each.name)) })}
          </Text>
        </>
      }
    >
      <form
        data-testid="recover-dialog"
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <Stack gap="md">
          {action === 'keep' && <Text>{t('recover.keepText')}</Text>}
          {shown.hosts.map((host) => (
            <Host
              key={host.name}
              {...{ host, action }}
              undoing={shown.undoing}
              named={shown.hosts.length > 1}
            />
          ))}
          {problem && <ProblemNote problem={problem} title={t('failed.title')} />}
        </Stack>
        <DialogFooter label={label} pending={false} blocked={impossible} unread={unread} autoFocus />
      </form>
    </TaskDialog>
  );
}
