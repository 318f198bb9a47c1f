import { Button, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import classes from './SegmentForm.module.css';
import type { HostForm } from './segment-form';

interface ExcludedProps {
  host: HostForm;
  disabled: boolean;
  error: React.ReactNode;
  /** Absent for a network that exists: what it excludes stays. */
  onClear: (() => void) | undefined;
}

/** Addresses that this host's engine never hands out, with their names. */
export function Excluded({ host, disabled, error, onClear }: ExcludedProps) {
  const { t } = useTranslation('segments');
  const list = Object.entries(host.exclusions).map(([name, address]) => `${address} (${name})`);
  return (
    <div className={classes.verdict} data-testid={`segment-exclusions-${host.engineId}`}>
      <Text size="xs" c="dimmed" component="span">
        {t('hosts.excluded', { list: list.join(', ') })}
      </Text>
      {onClear && (
        <Button variant="subtle" size="compact-xs" ml={6} disabled={disabled} onClick={onClear}>
          {t('hosts.excludeNone')}
        </Button>
      )}
      {error && (
        <Text size="xs" c="var(--tl-bad)" role="alert">
          {error}
        </Text>
      )}
    </div>
  );
}
