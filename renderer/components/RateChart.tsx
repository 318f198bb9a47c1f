import { useElementSize } from '@mantine/hooks';
import { memo } from 'react';
import { CartesianGrid, Line, LineChart, Tooltip, XAxis, YAxis } from 'recharts';
import { axisTop, formatBits, formatClock } from '../format';
import classes from './RateChart.module.css';
import { peakOf, timeTicks, type TrafficPoint } from './traffic-series';

interface Props {
  points: readonly TrafficPoint[];
  /** The right end of the time axis, milliseconds since the epoch. */
  end: number;
  seconds: number;
  height?: number;
  language: string;
  labels: { rx: string; tx: string; peak: (value: string) => string };
  /** What the chart says to those who can't see it. */
  description: string;
}

interface TipProps {
  active?: boolean;
  payload?: readonly { payload?: TrafficPoint }[];
  language: string;
  labels: Props['labels'];
}

function Tip({ active, payload, language, labels }: TipProps) {
  const point = payload?.[0]?.payload;
  if (!active || !point) return null;
  const row = (side: 'rx' | 'tx') => {
    const peak = side === 'rx' ? point.rxPeak : point.txPeak;
    return (
      <div className={classes.tipRow}>
        <i className={classes.sample} data-side={side} />
        {labels[side]} <b>{formatBits(point[side], language)}</b>
        {point.count > 1 && peak !== null && <span>{labels.peak(formatBits(peak, language))}</span>}
      </div>
    );
  };
  return (
    <div className={`tl-num ${classes.tip ?? ''}`}>
      <div>{formatClock(point.at, language)}</div>
      {row('rx')}
      {row('tx')}
    </div>
  );
}

// Stable values: recharts measures its axes again whenever it is given other ones.
const margin = { top: 8, right: 10, bottom: 0, left: 0 };
const tick = { fontSize: 11, fill: 'var(--mantine-color-dimmed)' };

/** Received and sent over time: told apart by line style as well as by colour; gaps where nothing was measured. */
export const RateChart = memo(function RateChart(props: Props) {
  const { points, end, seconds, height = 150, language, labels, description } = props;
  const { ref, width } = useElementSize();
  const top = axisTop(Math.max(peakOf(points, 'rx'), peakOf(points, 'tx')));
  return (
    <div ref={ref} style={{ height }} role="img" aria-label={description} data-testid="chart-rx-tx">
      {width > 0 && (
        <LineChart
          width={width}
          height={height}
          data={[...points]}
          margin={margin}
          accessibilityLayer={false}
        >
          <CartesianGrid vertical={false} stroke="var(--tl-line)" />
          <XAxis
            dataKey="at"
            type="number"
            domain={[end - seconds * 1000, end]}
            allowDataOverflow
            ticks={timeTicks(end, seconds)}
            tickFormatter={(at: number) => formatClock(at, language, seconds < 600)}
            tick={tick}
            tickLine={false}
            axisLine={{ stroke: 'var(--tl-line-strong)' }}
            height={22}
          />
          <YAxis
            width={72}
            domain={[0, top]}
            ticks={[0, top / 4, top / 2, (top * 3) / 4, top]}
            tickFormatter={(bits: number) => formatBits(bits, language)}
            tick={tick}
            tickLine={false}
            axisLine={false}
          />
          <Tooltip
            isAnimationActive={false}
            cursor={{ stroke: 'var(--tl-line-strong)' }}
            content={<Tip language={language} labels={labels} />}
          />
          <Line dataKey="rx" stroke="var(--tl-rx)" strokeWidth={1.6} dot={false} isAnimationActive={false} />
          <Line
            dataKey="tx"
            stroke="var(--tl-tx)"
            strokeWidth={1.6}
            strokeDasharray="5 3"
            dot={false}
            isAnimationActive={false}
          />
        </LineChart>
      )}
    </div>
  );
});

/** The line of one side, for legends. */
export const LineSample = ({ side }: { side: 'rx' | 'tx' }) => (
  <i className={classes.sample} data-side={side} aria-hidden />
);
