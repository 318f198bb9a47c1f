import { Checkbox, PasswordInput, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Problem } from '../../../shared/model';
import { useEngines } from '../../context/context';
import { Facts } from '../../components';
import { useSentences } from '../../i18n';

export const isPassphraseProblem = (problem: Problem | undefined): problem is Problem =>
  problem?.code === 'ssh_passphrase_needed' || problem?.code === 'ssh_passphrase_wrong';

export interface Typed {
  passphrase: string;
  remember: boolean;
}

interface Props {
  problem: Problem;
  busy: boolean;
  autoFocus?: boolean;
  onSubmit: (typed: Typed) => void;
  /** The buttons; not a form of its own, as it stands in one. */
  children: (ready: boolean, submit: () => void) => React.ReactNode;
}

/** Asks for a key's passphrase. What is typed lives in this form alone, and is forgotten with it. */
export function Passphrase({ problem, busy, autoFocus, onSubmit, children }: Props) {
  const { t } = useTranslation('engines');
  const sentences = useSentences();
  const keychain = useEngines((state) => state.list?.keychain ?? false);
  const [typed, setTyped] = useState<Typed>({ passphrase: '', remember: false });
  const submit = () => {
    if (typed.passphrase === '') return;
    onSubmit(typed);
    setTyped((now) => ({ ...now, passphrase: '' }));
  };
  return (
    <Stack gap="sm" data-testid="passphrase-form">
      <Facts facts={[{ label: t('unlock.file'), value: String(problem.params?.file ?? ''), mono: true }]} />
      <PasswordInput
        size="xs"
        label={t('unlock.passphrase')}
        autoComplete="off"
        data-autofocus={autoFocus || undefined}
        data-testid="passphrase"
        value={typed.passphrase}
        disabled={busy}
        error={
          problem.code === 'ssh_passphrase_wrong' && typed.passphrase === ''
            ? sentences.problem(problem)
            : undefined
        }
        onChange={(event) => {
          const { value } = event.currentTarget;
          setTyped((now) => ({ ...now, passphrase: value }));
        }}
        onKeyDown={(event) => {
          if (event.key !== 'Enter') return;
          // Enter tries the passphrase; it does not send the form around it.
          event.preventDefault();
          event.stopPropagation();
          submit();
        }}
      />
      {keychain && (
        <Checkbox
          label={t('unlock.remember')}
          checked={typed.remember}
          onChange={(event) => {
            const { checked } = event.currentTarget;
            setTyped((now) => ({ ...now, remember: checked }));
          }}
          data-testid="remember"
        />
      )}
      <Text size="xs" c="dimmed">
        {t(keychain ? 'unlock.keychain' : 'unlock.memory')}
      </Text>
      {children(typed.passphrase !== '', submit)}
    </Stack>
  );
}
