import { Button, Text } from '@mantine/core';
import { IconKey } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { EngineConfigList, Problem, RememberedPassphrase } from '../../../shared/model';
import { hostName } from '../../../shared/rules';
import { useApp, useInventory } from '../../context/context';
import { ProblemNote } from '../../components';
import classes from './Remembered.module.css';
import words from './words.module.css';

/** Hosts whose own settings name the key; others may come to it by way of ~/.ssh/config. */
function useHostsOf(list: EngineConfigList, file: string): string {
  const snapshot = useInventory((state) => state.snapshot);
  return list.engines
    .filter(({ connection }) => connection.kind === 'ssh' && connection.keyFile === file)
    .map(({ id, name }) => name ?? hostName(id, snapshot.engines))
    .join(', ');
}

interface RowProps {
  list: EngineConfigList;
  of: RememberedPassphrase;
  onFailed: (problem: Problem | null) => void;
}

function Row({ list, of: { file, kept }, onFailed }: RowProps) {
  const { t } = useTranslation('engines');
  const { api } = useApp();
  const [busy, setBusy] = useState(false);
  const hosts = useHostsOf(list, file);
  const forget = async () => {
    setBusy(true);
    const result = await api.invoke('engines.forget', { file });
    setBusy(false);
    onFailed(result.ok ? null : result.error);
  };
  return (
    <li className={classes.row} data-testid="remembered">
      <IconKey size={15} stroke={1.6} aria-hidden />
      <div className={classes.what}>
        <span className={`tl-mono ${classes.file ?? ''}`}>{file}</span>
        <span className={words.quiet}>
          {[t(`passphrases.kept.${kept}`), hosts && t('passphrases.opens', { hosts })]
            .filter(Boolean)
            .join(' · ')}
        </span>
      </div>
      <Button
        size="compact-xs"
        variant="default"
        loading={busy}
        onClick={() => void forget()}
        aria-label={t('passphrases.forgetOf', { file })}
        data-testid="forget-passphrase"
      >
        {t('passphrases.forget')}
      </Button>
    </li>
  );
}

/** Passphrases that need not be given again, where each is kept, and a way to have them forgotten. */
export function Remembered({ list }: { list: EngineConfigList }) {
  const { t } = useTranslation('engines');
  const [problem, setProblem] = useState<Problem | null>(null);
  return (
    <section aria-label={t('passphrases.title')}>
      <h3 className={words.title}>{t('passphrases.title')}</h3>
      {problem && <ProblemNote problem={problem} />}
      <ul className={classes.list}>
        {list.passphrases.map((each) => (
          <Row key={each.file} list={list} of={each} onFailed={setProblem} />
        ))}
      </ul>
      <Text size="xs" c="dimmed" mt="xs">
        {t('passphrases.effect')}
      </Text>
    </section>
  );
}
