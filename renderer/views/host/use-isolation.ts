import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import {
  isRunOver,
  type IsolationCell,
  type IsolationReport,
  type ProbeTarget,
  type Problem,
  type Result,
  type Run,
  type RunWithResult,
} from '../../../shared/model';
import { countVerdicts } from '../../../shared/rules/isolation';
import { useApp } from '../../context/context';
import { formatDateTime } from '../../format';
import { useLanguage, useSentences } from '../../i18n';
import { withRun } from '../../store/runs';
import type { NetworkRef } from '../../store/ui';
import { keyOf } from './askable';
import type { ReportWords } from './isolation-report';
import { useCellWords } from './use-cell-words';

interface Isolation {
  report: IsolationReport | null;
  /** Asking again was cancelled before it found anything: `report` is of the last run that came to its end. */
  again: boolean;
  problem: Problem | null;
  /** Present while one is under way. */
  progress: Run['progress'] | null;
  /** It is being ended, and its helpers are being removed. */
  cancelling: boolean;
  /** The hosts on which helpers of it may be left. */
  left: Run['left'];
  run: (networks: readonly NetworkRef[]) => void;
  cancel: () => void;
}

/** The runs that have to do with all of these networks, newest first. */
const runsOf = (runs: readonly Run[], networks: readonly NetworkRef[]): readonly Run[] =>
  runs.filter(({ request }) => {
    const asked = new Set(request.networks.map(keyOf));
    return networks.every((each) => asked.has(keyOf(each)));
  });

/** The newest run that has to do with all of these networks: it may be under way, begun by this window or another. */
function newestOf(runs: readonly Run[], networks: readonly NetworkRef[]): Run | undefined {
  const of = runsOf(runs, networks);
  return of.find((each) => !isRunOver(each)) ?? of[0];
}

const foundNothing = ({ cells }: IsolationReport): boolean => {
  const { reachable, routed, isolated, unanswered } = countVerdicts(cells);
  return reachable + routed + isolated + unanswered === 0;
};

/** What a run that is over found; null until it is known. */
function useResult(run: Run | undefined): Result<RunWithResult> | null {
  const { api } = useApp();
  const [answer, setAnswer] = useState<{ id: string; result: Result<RunWithResult> } | null>(null);
  const id = run && isRunOver(run) ? run.id : null;
  useEffect(() => {
    if (id === null) return;
    let wanted = true;
    void api.invoke('run.get', { id }).then((result) => {
      if (wanted) setAnswer({ id, result });
    });
    return () => {
      wanted = false;
    };
  }, [api, id]);
  return answer && answer.id === id ? answer.result : null;
}

const reportOf = (answer: Result<RunWithResult> | null): IsolationReport | null =>
  answer?.ok ? (answer.value.result?.report ?? null) : null;

/**
 * The isolation run that this dialog shows: the one that it finds, or the one that it begins. What it has begun is cancelled
 * when it is closed; what it has found goes on. A window that goes, or loses its connection, ends nothing: the next one finds it.
 */
export function useIsolation(networks: readonly NetworkRef[] = []): Isolation {
  const { api, stores } = useApp();
  const runs = useStore(stores.runs, (state) => state.runs);
  const [shown, setShown] = useState<string | null>(() => newestOf(runs, networks)?.id ?? null);
  const [starting, setStarting] = useState<Run['progress'] | null>(null);
  const [failure, setFailure] = useState<Problem | null>(null);
  const [ending, setEnding] = useState<string | null>(null);
  /** Begun here. */
  const own = useRef<string | null>(null);
  const closed = useRef(false);
  /** What is being begun is to be cancelled as soon as it has a name; the ref is for its answer, the state for what is shown. */
  const [cancelOnStart, showCancelOnStart] = useState(false);
  const toCancel = useRef(false);
  const end = useCallback((id: string) => void api.invoke('run.cancel', { id }), [api]);
  const cancel = useCallback(
    async (id: string) => {
      setEnding(id);
      const result = await api.invoke('run.cancel', { id });
      if (result.ok) return;
      setEnding(null);
      setFailure(result.error);
    },
    [api],
  );
  const setCancelOnStart = useCallback((value: boolean) => {
    toCancel.current = value;
    showCancelOnStart(value);
  }, []);
  useEffect(() => {
    closed.current = false;
    return () => {
      closed.current = true;
      const known = stores.runs.getState().runs.find(({ id }) => id === own.current);
      if (known && !isRunOver(known)) end(known.id);
    };
  }, [end, stores]);
  const run = useCallback(
    (asked: readonly NetworkRef[]) => {
      setShown(null);
      setFailure(null);
      setCancelOnStart(false);
      setStarting({ done: 0, of: asked.length });
      void api
        .invoke('run.start', { request: { kind: 'isolation', networks: [...asked] } })
        .then((result) => {
          setStarting(null);
          if (!result.ok) return setFailure(result.error);
          stores.runs.setState((state) => withRun(state, result.value));
          own.current = result.value.id;
          setShown(result.value.id);
          if (closed.current) end(result.value.id);
          else if (toCancel.current) void cancel(result.value.id);
        });
    },
    [api, stores, end, cancel, setCancelOnStart],
  );
  const current = runs.find(({ id }) => id === shown);
  const answer = useResult(current);
  const mine = reportOf(answer);
  const empty = mine?.cancelled === true && foundNothing(mine);
  const last = empty ? runsOf(runs, networks).find(({ state }) => state === 'done') : undefined;
  const lastAnswer = useResult(last);
  const finished = reportOf(lastAnswer);
  const loading = last !== undefined && !lastAnswer;
  const underWay = current && !isRunOver(current);
  return {
    report: loading ? null : (finished ?? mine),
    again: finished !== null,
    problem: failure ?? current?.problem ?? (answer && !answer.ok ? answer.error : null),
    // Also while its result is on the way.
    progress: starting ?? (current && (!answer || loading) ? current.progress : null),
    cancelling: starting
      ? cancelOnStart
      : underWay === true && (current.state === 'cancelling' || ending === current.id),
    left: current?.left ?? [],
    run,
    cancel: useCallback(() => {
      if (shown === null) setCancelOnStart(true);
      else void cancel(shown);
    }, [cancel, shown, setCancelOnStart]),
  };
}

/** What a probe saw, in one line. */
export function useSeen(): (cell: IsolationCell) => string {
  const { t } = useTranslation('host');
  return useCallback(
    ({ asked, evidence: only }) => {
      if (!only) return t('isolation.notAsked');
      if (asked.length > 1) return asked.map(({ evidence }) => one(evidence, t, true)).join(' | ');
      return one(only, t, false);
    },
    [t],
  );
}

/** @param named it is one of several, and its address says which */
function one(evidence: ProbeTarget, t: TFunction<'host'>, named: boolean): string {
  const { address, via, macs, ping } = evidence;
  const answered = macs ? macs.join(', ') || t('isolation.nobody') : t('isolation.notAsked');
  const pinged =
    ping &&
    (ping.ms === null
      ? t('isolation.pinged', { received: ping.received, sent: ping.sent })
      : t('isolation.pingedMs', { received: ping.received, sent: ping.sent, ms: ping.ms }));
  return [
    named && address,
    evidence.interface && `${evidence.interface}, ${t(`isolation.vias.${via}`)}`,
    t('isolation.macs', { macs: answered }),
    pinged && t('isolation.ping', { pinged }),
    evidence.routerAnswers !== undefined &&
      t(evidence.routerAnswers ? 'isolation.routerThere' : 'isolation.routerSilent'),
  ]
    .filter(Boolean)
    .join('; ');
}

/** The report's words in the chosen language. */
export function useReportWords(report: IsolationReport | null): ReportWords {
  const { t } = useTranslation('host');
  const language = useLanguage();
  const sentences = useSentences();
  const seen = useSeen();
  const cellWords = useCellWords();
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
      ...cellWords,
      seen,
      problem: (place) => (place.problem ? sentences.problem(place.problem) : ''),
    }),
    [t, language, sentences, seen, cellWords, report],
  );
}
