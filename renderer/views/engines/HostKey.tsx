import { Button, Code, Group, Stack, Text } from '@mantine/core';
import { IconKey, IconShieldX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Problem } from '../../../shared/model';
import { CopyButton, Facts, ProblemNote } from '../../components';
import classes from './HostKey.module.css';

const param = (problem: Problem, name: string): string => String(problem.params?.[name] ?? '');

/** `ssh-ed25519`, `ED25519`, `ecdsa-sha2-nistp256` → the file that sshd has that key in. */
const keyFile = (type: string): string => {
  const kind = /ed25519|ecdsa|rsa/i.exec(type)?.[0].toLowerCase();
  return kind ? `/etc/ssh/ssh_host_${kind}_key.pub` : '/etc/ssh/ssh_host_*_key.pub';
};

function Compare({ type }: { type: string }) {
  const { t } = useTranslation('engines');
  const command = `ssh-keygen -lf ${keyFile(type)}`;
  return (
    <>
      <Text size="xs">{t('key.compare')}</Text>
      <Group gap="xs" wrap="nowrap">
        <Code className="tl-mono" px="sm" py="xs">
          {command}
        </Code>
        <CopyButton value={command} />
      </Group>
      <Text size="xs">{t('key.mustMatch')}</Text>
      <Text size="xs" c="dimmed">
        {t('key.kept')}
      </Text>
    </>
  );
}

interface Props {
  /** `ssh_host_unknown` or `ssh_host_changed`. */
  problem: Problem;
  busy: boolean;
  onTrust: (fingerprint: string) => void;
  /** Where no dialog's title says it. */
  titled?: boolean;
  /** Further buttons, before the one that trusts. */
  children?: React.ReactNode;
}

/** A key that was never seen, to be compared and accepted. */
function UnknownKey({ problem, busy, onTrust, titled, children }: Props) {
  const { t } = useTranslation('engines');
  const [host, type, fingerprint] = ['host', 'type', 'fingerprint'].map((each) => param(problem, each));
  return (
    <Stack gap="sm" className={classes.key} data-testid="host-key">
      <Text>
        {titled && <strong>{t('key.title', { host })} </strong>}
        {t('key.intro', { host })}
      </Text>
      <Facts
        facts={[
          { label: t('key.host'), value: host },
          { label: t('key.type'), value: type, mono: true },
          {
            label: t('key.fingerprint'),
            value: <strong className={classes.fingerprint}>{fingerprint}</strong>,
            mono: true,
            copy: fingerprint,
          },
        ]}
      />
      <Compare type={type ?? ''} />
      <Group justify="flex-end" gap="sm">
        {children}
        <Button
          leftSection={<IconKey size={14} stroke={1.8} />}
          loading={busy}
          disabled={!fingerprint}
          onClick={() => onTrust(fingerprint ?? '')}
          data-testid="trust-key"
        >
          {t('key.trust')}
        </Button>
      </Group>
    </Stack>
  );
}

/** Another key than the one that is known: refused, and nothing here accepts it. */
function ChangedKey({ problem, children }: Pick<Props, 'problem' | 'children'>) {
  const { t } = useTranslation('engines');
  const host = param(problem, 'host');
  return (
    <Stack gap="sm" data-testid="host-key-changed">
      <div className={classes.refused} role="alert">
        <IconShieldX size={22} stroke={1.6} aria-hidden />
        <div>
          <strong>{t('key.changedTitle', { host })}</strong>
          <Text size="xs">{t('key.changedIntro')}</Text>
        </div>
      </div>
      <ProblemNote problem={problem} />
      <Group justify="flex-end">{children}</Group>
    </Stack>
  );
}

/** What an SSH host showed as its key, and what there is to do about it. */
export const HostKey = (props: Props) =>
  props.problem.code === 'ssh_host_changed' ? <ChangedKey {...props} /> : <UnknownKey {...props} />;

export const isKeyProblem = (problem: Problem | undefined): problem is Problem =>
  problem?.code === 'ssh_host_unknown' || problem?.code === 'ssh_host_changed';
