import { Alert, Button, Group, Text } from '@mantine/core';
import { IconCheck, IconCircleCheck, IconMinus, IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { EngineTest, Problem } from '../../../shared/model';
import { useEngines, useInventory } from '../../context/context';
import { hostNameOf } from '../../../shared/rules';
import { ProblemNote, SlowLoader } from '../../components';
import { findEntry } from '../../store/engines';
import { findEngine } from '../../store/inventory';
import type { ConnectionKind } from './engine-form';
import classes from './TestPanel.module.css';
import { HostKey, isKeyProblem } from './HostKey';
import { isPassphraseProblem, Passphrase } from './Passphrase';
import { stagesOf } from './test-stages';
import type { EngineTrial } from './use-engine-test';

const products = { docker: 'Docker', podman: 'Podman', unknown: '' } as const;

/** The host that answered, and whether it is on the list already. */
export function Answer({ test }: { test: EngineTest }) {
  const { t } = useTranslation('engines');
  const { sameAs = '' } = test;
  const entry = useEngines((state) => findEntry(state, sameAs));
  const engine = useInventory((state) => findEngine(state.snapshot, sameAs));
  const version = { product: products[test.product], version: test.version, api: test.apiVersion };
  const facts = [
    t('test.what', version).trim(),
    test.os,
    t('test.took', { milliseconds: Math.round(test.milliseconds) }),
  ];
  return (
    <Alert
      color={sameAs ? 'orange' : 'green'}
      variant="light"
      p="sm"
      className={classes.answer ?? ''}
      data-twin={sameAs || undefined}
      icon={<IconCircleCheck size={16} stroke={1.8} />}
      role="status"
      data-testid="test-answer"
    >
      <Text fw={600}>{t('test.answers', { name: test.name })}</Text>
      <Text size="xs" c="dimmed">
        {facts.filter(Boolean).join(' · ')}
      </Text>
      {sameAs && (
        <Text size="xs" mt={4}>
          {t('test.sameAs', { name: entry?.name ?? hostNameOf(engine, sameAs) })}
        </Text>
      )}
    </Alert>
  );
}

const stageIcons = { done: IconCheck, failed: IconX, later: IconMinus } as const;

interface Way {
  kind: ConnectionKind;
  tls: boolean;
}

function Stages({ way: { kind, tls }, problem }: { way: Way; problem: Problem }) {
  const { t } = useTranslation('engines');
  const stages = stagesOf(kind, tls, problem.code);
  if (stages.length === 0) return null;
  return (
    <ol className={classes.stages} aria-label={t('test.stages')}>
      {stages.map(({ stage, state }) => {
        const Icon = stageIcons[state];
        return (
          <li key={stage} data-state={state}>
            <Icon size={13} stroke={2.2} aria-label={t(`test.state.${state}`)} />
            {t(`test.stage.${stage}`)}
          </li>
        );
      })}
    </ol>
  );
}

/** What stopped the test, how far it came, and what the admin can give to go on. */
function Failed({ trial, way, problem }: { trial: EngineTrial; way: Way; problem: Problem }) {
  const { t } = useTranslation('engines');
  if (isKeyProblem(problem)) return <HostKey titled problem={problem} busy={false} onTrust={trial.trust} />;
  if (isPassphraseProblem(problem))
    return (
      <Passphrase problem={problem} busy={false} onSubmit={(typed) => trial.run(typed)}>
        {(ready, submit) => (
          <Group justify="flex-end">
            <Button variant="light" disabled={!ready} onClick={submit} data-testid="passphrase-try">
              {t('unlock.tryIt')}
            </Button>
          </Group>
        )}
      </Passphrase>
    );
  return (
    <div data-testid="test-failed">
      <ProblemNote problem={problem} title={t('test.failed')} />
      <Stages way={way} problem={problem} />
    </div>
  );
}

interface Props {
  trial: EngineTrial;
  way: Way;
}

/** What a test of the connection found. */
export function TestPanel({ trial, way }: Props) {
  const { t } = useTranslation('engines');
  const { state } = trial;
  switch (state.kind) {
    case 'idle':
      return null;
    case 'running':
      return <SlowLoader label={t('test.running')} />;
    case 'failed':
      return <Failed trial={trial} way={way} problem={state.problem} />;
    case 'answered':
      return <Answer test={state.test} />;
  }
}
