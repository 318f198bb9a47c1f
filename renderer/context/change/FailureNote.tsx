import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { ProblemNote } from '../../components';
import type { ChangeRecord } from '../../../shared/model';
import { useSentences } from '../../i18n';
import { Exceptions } from './Exceptions';
import classes from './FailureNote.module.css';
import { outcomeOf } from './outcome';
import type { Failure } from './use-change-flow';

type RecordHost = ChangeRecord['hosts'][number];

/** What is left of it, as far as that is known. */
function useLeft({ problem, record }: Failure): string {
  const { t } = useTranslation('change');
  const { t: segments } = useTranslation('segments');
  const left = outcomeOf(problem, record);
  if (left === 'rolledBack' && record && record.hosts.length > 1) return segments('failed.rolledBack');
  return left ? t(`failed.${left}`) : '';
}

/** Why a change did not come about, and how it went on each host. */
export function FailureNote({ failure }: { failure: Failure }) {
  const { t } = useTranslation('change');
  const { t: segments } = useTranslation('segments');
  const sentences = useSentences();
  const { problem, record } = failure;
  const hosts = record?.hosts ?? [];
  const [only] = hosts;
  const left = useLeft(failure);
  /** Why it failed on a host, where that is not what is told above, or that it failed elsewhere. */
  const ownReason = ({ problem: own }: RecordHost): string => {
    const why = own && own.code !== 'rolled_back' ? sentences.problem(own) : '';
    return why === sentences.problem(problem) ? '' : why;
  };
  const as = outcomeOf(problem, record);
  // How all are left is said once, above: below stand those that have more to say.
  const before = as === 'rolledBack' || as === 'rolledBackExcept';
  const told = hosts.length < 2 ? [] : before ? hosts.filter((host) => ownReason(host)) : hosts;
  const unknown = as === 'unknown';
  const on = only && hosts.length === 1 ? t('failed.onHost', { host: only.engineName }) : '';
  return (
    <ProblemNote problem={problem} title={t(unknown ? 'failed.unknownTitle' : 'failed.title')}>
      {left && (
        <Text size="xs" mt={4} fw={500}>
          {[on, left].filter(Boolean).join(' ')}
        </Text>
      )}
      {told.length > 0 && (
        <ul className={classes.outcomes}>
          {told.map((host) => (
            <li key={host.engineId} data-state={host.state}>
              {before
                ? host.engineName
                : segments('failed.host', {
                    host: host.engineName,
                    outcome: segments(`outcomes.${host.state}`),
                  })}
              {ownReason(host) && (
                <Text size="xs" c="dimmed" data-testid={`reason-${host.engineId}`}>
                  {ownReason(host)}
                </Text>
              )}
            </li>
          ))}
        </ul>
      )}
      {record && <Exceptions {...record} />}
    </ProblemNote>
  );
}
