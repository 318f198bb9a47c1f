import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { IsolationCell, IsolationProgress, IsolationReport, Problem } from '../../../shared/model';
import { useApp } from '../../app/context';
import { formatDateTime } from '../../format';
import { useLanguage, useSentences } from '../../i18n';
import type { NetworkRef } from '../../store/ui';
import type { ReportWords } from './isolation-report';

interface Run {
  report: IsolationReport | null;
  problem: Problem | null;
  /** Present while one is under way. */
  progress: IsolationProgress | null;
  /** It was cancelled, and its helpers are being removed. */
  cancelling: boolean;
}

const idle: Run = { report: null, problem: null, progress: null, cancelling: false };

interface Isolation extends Run {
  run: (networks: readonly NetworkRef[]) => void;
  cancel: () => void;
}

/** One run at a time, with its progress; it is cancelled when the dialog closes or the window goes. */
export function useIsolation(): Isolation {
  const { api } = useApp();
  const [state, setState] = useState<Run>(idle);
  const current = useRef('');
  useEffect(
    () =>
      api.on('isolation.progress', (progress) => {
        if (progress.runId === current.current) setState((now) => ({ ...now, progress }));
      }),
    [api],
  );
  const end = useCallback(() => {
    const runId = current.current;
    if (runId) void api.invoke('isolation.cancel', { runId });
  }, [api]);
  useEffect(() => {
    window.addEventListener('pagehide', end);
    return () => {
      window.removeEventListener('pagehide', end);
      end();
    };
  }, [end]);
  const run = useCallback(
    (networks: readonly NetworkRef[]) => {
      const runId = crypto.randomUUID();
      current.current = runId;
      setState({ ...idle, progress: { runId, done: 0, of: networks.length } });
      void api.invoke('isolation.run', { runId, networks: [...networks] }).then((result) => {
        if (current.current !== runId) return;
        current.current = '';
        setState(result.ok ? { ...idle, report: result.value } : { ...idle, problem: result.error });
      });
    },
    [api],
  );
  const cancel = useCallback(() => {
    setState((now) => ({ ...now, cancelling: now.progress !== null }));
    end();
  }, [end]);
  return { ...state, run, cancel };
}

/** What a probe saw, in one line. */
export function useSeen(): (cell: IsolationCell) => string {
  const { t } = useTranslation('host');
  return useCallback(
    ({ evidence }) => {
      if (!evidence) return t('isolation.notAsked');
      const { via, macs, ping } = evidence;
      const answered = macs && (macs.length > 0 ? macs.join(', ') : t('isolation.nobody'));
      const pinged =
        ping &&
        (ping.ms === null
          ? t('isolation.pinged', { received: ping.received, sent: ping.sent })
          : t('isolation.pingedMs', { received: ping.received, sent: ping.sent, ms: ping.ms }));
      return [
        evidence.interface && `${evidence.interface}, ${t(`isolation.vias.${via}`)}`,
        answered && `ARP: ${answered}`,
        pinged && `${t('isolation.ping')}: ${pinged}`,
      ]
        .filter(Boolean)
        .join('; ');
    },
    [t],
  );
}

/** The report's words in the chosen language. */
export function useReportWords(report: IsolationReport | null): ReportWords {
  const { t } = useTranslation('host');
  const language = useLanguage();
  const sentences = useSentences();
  const seen = useSeen();
  return useMemo(
    () => ({
      title: t('isolation.report.title'),
      asked: t('isolation.askedAt', { when: report ? formatDateTime(report.at, language) : '' }),
      places: t('isolation.report.places'),
      matrix: t('isolation.report.matrix'),
      evidence: t('isolation.report.evidence'),
      columns: {
        network: t('isolation.report.network'),
        host: t('isolation.report.host'),
        container: t('isolation.report.container'),
        address: t('isolation.report.address'),
        vlan: t('isolation.report.vlan'),
        from: t('isolation.report.from'),
        to: t('isolation.report.to'),
        verdict: t('isolation.report.verdict'),
        why: t('isolation.report.why'),
        seen: t('isolation.report.evidence'),
      },
      untagged: t('isolation.report.untagged'),
      cancelled: (asked, of) => t('isolation.cancelled', { asked, of }),
      nobody: t('isolation.noContainer'),
      alsoOn: (networks) => t('isolation.alsoOn', { networks }),
      gateway: (address) => t('isolation.gateway', { address }),
      verdict: (cell) => t(`isolation.verdicts.${cell.verdict}`),
      reason: (cell) => t(`isolation.reasons.${cell.reason}`),
      seen,
      problem: (place) => (place.problem ? sentences.problem(place.problem) : ''),
    }),
    [t, language, sentences, seen, report],
  );
}
