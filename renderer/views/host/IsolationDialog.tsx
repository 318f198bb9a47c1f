import { Button, CopyButton, Group, Progress, Stack, Text } from '@mantine/core';
import { IconCheck, IconCopy, IconDownload, IconHandStop } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { IsolationReport, Run } from '../../../shared/model';
import { hostName, isLanDriver } from '../../../shared/rules';
import { countVerdicts, probeContainer } from '../../../shared/rules/isolation';
import { useInventory } from '../../context/context';
import { ProblemNote } from '../../components';
import { formatDateTime } from '../../format';
import { useLanguage } from '../../i18n';
import { consentOf } from '../../store/host';
import type { NetworkRef } from '../../store/ui';
import { askable, keyOf, refOf } from './askable';
import { Chooser, Lacking } from './IsolationChooser';
import { askedPlaces, isolationMarkdown, placeName, targetName } from './isolation-report';
import classes from './isolation.module.css';
import { IsolationMatrix, type Spot } from './IsolationMatrix';
import { saveText } from '../../components/save-text';
import { useHost, useToolbox } from '../../context/host/use-host';
import { useCellWords } from './use-cell-words';
import { useIsolation, useReportWords, useSeen } from './use-isolation';
import footer from '../../components/dialog/DialogFooter.module.css';
import { TaskDialog } from '../../components/dialog/TaskDialog';

function Evidence({ report, spot }: { report: IsolationReport; spot: Spot | null }) {
  const { t } = useTranslation('host');
  const seen = useSeen();
  const words = useCellWords();
  const cell = spot && report.cells[spot.row]?.[spot.column];
  const place = spot ? report.places[spot.row] : undefined;
  const target = spot ? report.targets[spot.column] : undefined;
  if (!cell || !place || !target) {
    return (
      <Text size="xs" c="dimmed" className={classes.evidence}>
        {t('isolation.pick')}
      </Text>
    );
  }
  const to = targetName(target, report, (address) => t('isolation.gateway', { address }));
  return (
    <div className={classes.evidence} data-testid="isolation-evidence">
      <Text fw={500}>
        {t('isolation.cell', {
          from: placeName(place),
          to,
          verdict: words.verdict(cell, place),
        })}
      </Text>
      <Text>{words.reason(cell, place)}</Text>
      <Text size="xs" c="dimmed" className="tl-mono">
        {[words.families(cell), seen(cell)].filter(Boolean).join('; ')}
      </Text>
      {place.problem && <ProblemNote problem={place.problem} />}
    </div>
  );
}

function Legend({ report }: { report: IsolationReport }) {
  const { t } = useTranslation('host');
  const counts = countVerdicts(report.cells);
  return (
    <ul className={classes.legend} data-testid="isolation-counts">
      {(['reachable', 'routed', 'isolated', 'unanswered', 'unknown'] as const).map((verdict) => (
        <li key={verdict} data-verdict={verdict}>
          <b>
            {counts[verdict]} {t(`isolation.verdicts.${verdict}`)}
          </b>
          : {t(`isolation.meaning.${verdict}`)}
        </li>
      ))}
    </ul>
  );
}

function Exports({ report }: { report: IsolationReport }) {
  const { t } = useTranslation('host');
  const words = useReportWords(report);
  const markdown = useMemo(() => isolationMarkdown(report, words), [report, words]);
  const name = `isolation-${new Date(report.at).toISOString().slice(0, 19).replace(/[T:]/g, '-')}`;
  const icon = <IconDownload size={14} stroke={1.7} />;
  return (
    <>
      <CopyButton value={markdown}>
        {({ copied, copy }) => (
          <Button
            variant="default"
            onClick={copy}
            leftSection={copied ? <IconCheck size={14} /> : <IconCopy size={14} stroke={1.7} />}
            data-testid="isolation-copy"
          >
            {t('isolation.copyMarkdown')}
          </Button>
        )}
      </CopyButton>
      <Button
        variant="default"
        leftSection={icon}
        onClick={() => saveText(`${name}.md`, 'text/markdown', markdown)}
        data-testid="isolation-markdown"
      >
        {t('isolation.saveMarkdown')}
      </Button>
      <Button
        variant="default"
        leftSection={icon}
        onClick={() => saveText(`${name}.json`, 'application/json', `${JSON.stringify(report, null, 2)}\n`)}
        data-testid="isolation-json"
      >
        {t('isolation.saveJson')}
      </Button>
    </>
  );
}

function Under({ progress, cancelling }: { progress: Run['progress']; cancelling: boolean }) {
  const { t } = useTranslation('host');
  const { done, of } = progress;
  return (
    <div role="status" data-testid="isolation-progress">
      <Text size="xs" c="dimmed" mb={4}>
        {cancelling ? t('isolation.cancelling') : t('isolation.progress', { done, of })}
      </Text>
      <Progress size="sm" value={(100 * done) / Math.max(1, of)} animated />
    </div>
  );
}

/** @param again it was another run, and found nothing: the report is of the last that came to its end */
function Cancelled({ report, again }: { report: IsolationReport; again: boolean }) {
  const { t } = useTranslation('host');
  return (
    <Text size="xs" className={classes.cancelled} role="status" data-testid="isolation-cancelled">
      <IconHandStop size={14} stroke={1.7} aria-hidden />
      {again ? t('isolation.cancelledAgain') : t('isolation.cancelled', askedPlaces(report))}
    </Text>
  );
}

/** It may be that of an earlier run, which the console has kept. */
function AskedAt({ report }: { report: IsolationReport }) {
  const { t } = useTranslation('host');
  const language = useLanguage();
  return (
    <Text size="xs" c="dimmed" data-testid="isolation-asked-at">
      {t('isolation.askedAt', { when: formatDateTime(report.at, language) })}
    </Text>
  );
}

/** The hosts that were not read back empty of the run's helpers, each with why. */
function Left({ left }: { left: Run['left'] }) {
  const { t } = useTranslation('host');
  const engines = useInventory((state) => state.snapshot.engines);
  return left.map(({ engineId, problem }) => (
    <ProblemNote
      key={engineId}
      problem={problem}
      title={t('isolation.left', { host: hostName(engineId, engines) })}
    />
  ));
}

interface Props {
  /** What is to be proved apart; chosen at first beside all macvlan and ipvlan networks with somebody on them. */
  networks?: NetworkRef[] | undefined;
  /** What was chosen when another dialog was opened from here. */
  chosen?: NetworkRef[] | undefined;
  onClose: () => void;
}

/** Chooses networks, asks from each for each, and shows who reaches whom with the evidence. */
export function IsolationDialog({ networks, chosen: before, onClose }: Props) {
  const { t } = useTranslation('host');
  useToolbox();
  const snapshot = useInventory((state) => state.snapshot);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(() => {
    if (before) return new Set(before.map(keyOf));
    const named = new Set(networks?.map(keyOf));
    // A segment against itself alone would prove nothing of who else reaches it.
    const first = askable(snapshot)
      .filter((each) => isLanDriver(each.kind) || named.has(keyOf(refOf(each))))
      .filter((each) => probeContainer(each, snapshot));
    return new Set(first.map(refOf).map(keyOf));
  });
  const [spot, setSpot] = useState<Spot | null>(null);
  const isolation = useIsolation(networks);
  const host = useHost((state) => state);
  const { report, problem, progress, run } = isolation;
  const refs = askable(snapshot)
    .map(refOf)
    .filter((each) => chosen.has(keyOf(each)));
  // What is not known yet is for the run to find out.
  const mayAsk = refs.some(({ engineId }) => [null, 'granted'].includes(consentOf(host, engineId)));
  return (
    <TaskDialog onClose={onClose} size={1040} title={t('isolation.title')}>
      <Stack gap="sm" data-testid="isolation-dialog">
        <Text>{t('isolation.intro')}</Text>
        <Chooser chosen={chosen} disabled={progress !== null} onChange={setChosen} />
        <Lacking refs={refs} back={{ kind: 'isolation', networks, chosen: refs }} />
        {progress && <Under progress={progress} cancelling={isolation.cancelling} />}
        {problem && <ProblemNote problem={problem} />}
        <Left left={isolation.left} />
        {report && (
          <>
            {(report.cancelled || isolation.again) && <Cancelled report={report} again={isolation.again} />}
            <AskedAt report={report} />
            <IsolationMatrix report={report} spot={spot} onSpot={setSpot} />
            <Legend report={report} />
            <Evidence report={report} spot={spot} />
          </>
        )}
        <Group justify="flex-end" gap="sm" className={footer.footer}>
          {report && <Exports report={report} />}
          {progress && (
            <Button
              variant="default"
              disabled={isolation.cancelling}
              onClick={isolation.cancel}
              data-testid="isolation-cancel"
            >
              {t('isolation.cancel')}
            </Button>
          )}
          <Button
            data-autofocus
            disabled={!mayAsk}
            loading={progress !== null}
            onClick={() => {
              setSpot(null);
              run(refs);
            }}
            data-testid="isolation-run"
          >
            {t(report ? 'isolation.again' : 'isolation.run')}
          </Button>
        </Group>
      </Stack>
    </TaskDialog>
  );
}
