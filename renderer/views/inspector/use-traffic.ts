import { useEffect, useState } from 'react';
import { useApp } from '../../context/context';
import { appendLive, bucketOf, fromHistory, pointsOf, type Range, type TrafficPoint } from '../../components';
import { attachmentKey, networkKey, type TrafficKey } from '../../store/traffic';
import type { EngineSelection } from '../../store/ui';
import { containerKey } from '../../../shared/rules';

export interface TrafficTarget {
  key: TrafficKey;
  engineId: string;
  containerId?: string;
  networkId?: string;
}

/** Whose traffic a selection's chart shows. */
export function targetOf(selection: EngineSelection): TrafficTarget {
  const { engineId } = selection;
  switch (selection.kind) {
    case 'engine':
      return { key: engineId, engineId };
    case 'network':
      return { key: networkKey(engineId, selection.id), engineId, networkId: selection.id };
    case 'container':
      return { key: containerKey(engineId, selection.id), engineId, containerId: selection.id };
    case 'attachment': {
      const { containerId, networkId } = selection;
      return { key: attachmentKey(engineId, containerId, networkId), engineId, containerId, networkId };
    }
  }
}

export interface TrafficSeries {
  points: readonly TrafficPoint[];
  /** The right end of the time axis, milliseconds since the epoch. */
  end: number;
}

/**
 * History first, then each tick appended, until `paused`; going on reads the history again, so that the pause leaves
 * no gap.
 */
export function useTraffic(target: TrafficTarget, seconds: Range, paused: boolean): TrafficSeries {
  const { api, stores } = useApp();
  const { traffic } = stores;
  const [series, setSeries] = useState<TrafficSeries>(() => ({ points: [], end: Date.now() }));
  const { key, engineId, containerId, networkId } = target;

  useEffect(() => {
    if (paused) return;
    let wanted = true;
    let loaded = false;
    const bucket = bucketOf(seconds);
    void api
      .invoke('traffic.history', { engineId, containerId, networkId, seconds, points: pointsOf(seconds) })
      .then((result) => {
        if (!wanted) return;
        loaded = true;
        const points = result.ok ? fromHistory(result.value, bucket) : [];
        setSeries({ points, end: traffic.lastAt() || Date.now() });
      });
    const end = traffic.subscribe(key, () => {
      if (!loaded) return;
      const rates = traffic.get(key);
      const sample = { at: traffic.lastAt(), rx: rates?.rxBits ?? null, tx: rates?.txBits ?? null };
      setSeries((now) => ({
        points: appendLive(now.points, sample, bucket, seconds * 1000),
        end: sample.at,
      }));
    });
    return () => {
      wanted = false;
      end();
    };
  }, [api, traffic, key, engineId, containerId, networkId, seconds, paused]);

  return series;
}
