import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ChangeProgress, HostPlan, Notice, Problem } from '../../../shared/model';
import { useInventory } from '../context';
import { EngineMark, NoticeList, ProblemNote } from '../../components';
import { findEngine } from '../../store/inventory';
import { FailureNote } from './FailureNote';
import { answersTo, isAnswered } from '../../components/change/fields';
import { besides } from './outcome';
import { StepList } from './StepList';
import type { ChangeFlow } from './use-change-flow';
import classes from './HostPlans.module.css';

interface PlanProps {
  plan: HostPlan;
  /** Problems of this host that no field shows. */
  problems: readonly Problem[];
  /** What its engine told when it refused before. */
  answers: readonly Problem[];
  /** Notices that no field shows. */
  notices: readonly Notice[];
  /** Something stands in the way on some host: no host has steps then. */
  blocked: boolean;
  progress: ChangeProgress | undefined;
  /** No host has begun. */
  checking: boolean;
  applying: boolean;
}

function Plan({ plan, problems, answers, notices, blocked, progress, checking, applying }: PlanProps) {
  const { t } = useTranslation('segments');
  const engine = useInventory((state) => findEngine(state.snapshot, plan.engineId));
  return (
    <section className={classes.host} aria-label={plan.engineName} data-testid={`plan-${plan.engineName}`}>
      <h3 className={classes.name}>
        {engine && <EngineMark state={engine.state} />}
        {plan.engineName}
      </h3>
      {[...problems, ...answers].map((problem, index) => (
        // Two may say the same.
        <ProblemNote key={index} problem={problem} />
      ))}
      {plan.steps.length > 0 && (
        <StepList steps={plan.steps} progress={progress} applying={applying} checking={checking} />
      )}
      {plan.steps.length === 0 && problems.length === 0 && !blocked && (
        <Text size="xs" c="dimmed">
          {t('preview.nothing')}
        </Text>
      )}
      {!blocked && notices.length > 0 && <NoticeList notices={notices} />}
    </section>
  );
}

interface Props {
  flow: ChangeFlow;
  /** Problems that fields of the form show already. */
  shown?: (problem: Problem) => boolean;
  /** Notices that they show. */
  noticed?: (notice: Notice) => boolean;
}

/** What would be done on each host, what speaks against it, and how far it is. */
export function HostPlans({ flow, shown = () => false, noticed = () => false }: Props) {
  const { preview, pending, problems, applying, progress, failure, answered } = flow;
  const rest = besides(failure, problems).filter((problem) => !shown(problem));
  const hosts = preview?.hosts ?? [];
  const general = rest.filter((problem) => hosts.every((host) => host.engineId !== problem.engineId));
  /** Where something is wrong anywhere no host has steps: those with nothing wrong have nothing to tell. */
  const speaks = ({ engineId }: HostPlan) =>
    problems.length === 0 || rest.some((problem) => problem.engineId === engineId);
  return (
    <div className={classes.plans} data-pending={(pending && !applying) || undefined} aria-busy={pending}>
      {failure && <FailureNote failure={failure} />}
      {general.map((problem, index) => (
        <ProblemNote key={index} problem={problem} />
      ))}
      {problems.length === 0 && <NoticeList notices={preview?.notices ?? []} />}
      {hosts.filter(speaks).map((plan) => (
        <Plan
          key={plan.engineId}
          plan={plan}
          problems={rest.filter((problem) => problem.engineId === plan.engineId)}
          answers={failure ? [] : answersTo(plan.notices, answered)}
          notices={plan.notices.filter((notice) => !noticed(notice) && !isAnswered(notice, answered))}
          blocked={problems.length > 0}
          progress={progress[plan.engineId]}
          checking={Object.keys(progress).length === 0}
          applying={applying}
        />
      ))}
    </div>
  );
}
