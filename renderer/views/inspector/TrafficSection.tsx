import { ActionIcon, SegmentedControl, Text, Tooltip } from '@mantine/core';
import { IconPlayerPause, IconPlayerPlay } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useRates } from '../../context/context';
import { useLastKnown } from '../../context/last-known';
import { bridge, LineSample, peakOf, RateChart, ranges, Section, type Range } from '../../components';
import { formatBits, formatCount, formatPerSecond } from '../../format';
import { useLanguage } from '../../i18n';
import type { EngineSelection } from '../../store/ui';
import classes from './TrafficSection.module.css';
import { targetOf, useTraffic } from './use-traffic';

interface Props {
  selection: EngineSelection;
  name: string;
  /** False for what does not run: there is nothing to wait for. */
  live: boolean;
}

function Now({ trafficKey, peaks }: { trafficKey: string; peaks: { rx: number | null; tx: number | null } }) {
  const { t } = useTranslation('inspector');
  const language = useLanguage();
  const rates = useRates(trafficKey);
  const packets = (which: 'rx' | 'tx') => (which === 'rx' ? rates?.rxPackets : rates?.txPackets);
  const side = (which: 'rx' | 'tx') => (
    <div>
      <div className={classes.label}>
        <LineSample side={which} />
        {t(`chart.${which}`)}
      </div>
      <div className={`tl-num ${classes.value ?? ''}`} data-testid={`rate-${which}`}>
        {formatBits(which === 'rx' ? rates?.rxBits : rates?.txBits, language)}
      </div>
      <div className={classes.label}>{t('chart.peak', { value: formatBits(peaks[which], language) })}</div>
      <div className={classes.label}>
        {t('chart.packets', {
          count: Math.round(packets(which) ?? 0),
          value: formatCount(packets(which), language),
        })}
      </div>
    </div>
  );
  const trouble = (rates?.errors ?? 0) + (rates?.drops ?? 0) > 0;
  return (
    <>
      <div className={classes.now}>
        {side('rx')}
        {side('tx')}
      </div>
      {trouble && (
        <Text size="xs" c="var(--tl-warn)">
          {t('facts.errors')} {formatPerSecond(rates?.errors, language)} · {t('facts.drops')}{' '}
          {formatPerSecond(rates?.drops, language)}
        </Text>
      )}
    </>
  );
}

function Controls({ range, setRange, paused, setPaused }: ControlsProps) {
  const { t } = useTranslation('inspector');
  return (
    <div className={classes.controls}>
      <SegmentedControl
        size="xs"
        aria-label={t('chart.range')}
        value={String(range)}
        onChange={(value) => setRange(Number(value) as Range)}
        data={ranges.map((each) => ({
          value: String(each),
          label: <span data-testid={`range-${each}`}>{t(`chart.range${each}`)}</span>,
        }))}
        transitionDuration={90}
      />
      <Tooltip label={paused ? t('chart.resume') : t('chart.pause')}>
        <ActionIcon
          aria-label={paused ? t('chart.resume') : t('chart.pause')}
          aria-pressed={paused}
          onClick={() => setPaused(!paused)}
          data-testid="pause-chart"
        >
          {paused ? <IconPlayerPlay size={15} stroke={1.7} /> : <IconPlayerPause size={15} stroke={1.7} />}
        </ActionIcon>
      </Tooltip>
    </div>
  );
}

interface ControlsProps {
  range: Range;
  setRange: (range: Range) => void;
  paused: boolean;
  setPaused: (paused: boolean) => void;
}

/** Received and sent of what is selected: now, and over the last minutes. */
export function TrafficSection({ selection, name, live }: Props) {
  const { t } = useTranslation('inspector');
  const language = useLanguage();
  const [range, setRange] = useState<Range>(60);
  const [paused, setPaused] = useState(false);
  const target = targetOf(selection);
  const silent = useLastKnown(selection.engineId);
  const { points: raw, end } = useTraffic(target, range, paused);
  const points = useMemo(() => bridge(raw), [raw]);
  const labels = useMemo(
    () => ({ rx: t('chart.rx'), tx: t('chart.tx'), peak: (value: string) => t('chart.peak', { value }) }),
    [t],
  );
  const measured = points.some((point) => point.rx !== null || point.tx !== null);
  const peaks = measured ? { rx: peakOf(points, 'rx'), tx: peakOf(points, 'tx') } : { rx: null, tx: null };
  const last = points.at(-1);
  const description = t('chart.label', {
    name,
    rx: formatBits(last?.rx, language),
    tx: formatBits(last?.tx, language),
  });
  // What runs on a host that is not reached is not known.
  const whole = selection.kind === 'engine' || selection.kind === 'network';
  const idle = whole || silent ? 'unreached' : 'notRunning';
  return (
    <Section
      title={t('sections.traffic')}
      aside={<Controls range={range} setRange={setRange} paused={paused} setPaused={setPaused} />}
    >
      <Now trafficKey={target.key} peaks={peaks} />
      <div className={classes.chart} data-paused={paused || undefined}>
        <RateChart
          points={points}
          end={end}
          seconds={range}
          language={language}
          labels={labels}
          description={description}
        />
        {!measured && <div className={classes.empty}>{t(`chart.${live && !silent ? 'waiting' : idle}`)}</div>}
        {paused && <div className={classes.paused}>{t('chart.paused')}</div>}
      </div>
    </Section>
  );
}
