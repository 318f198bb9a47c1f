import { SegmentedControl, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';

interface Props {
  value: boolean;
  disabled: boolean;
  onChange: (keep: boolean) => void;
}

/** What becomes of the other hosts when one fails: the admin's to say, before anything is sent. */
export function KeepPartial({ value, disabled, onChange }: Props) {
  const { t } = useTranslation('segments');
  return (
    <div style={{ display: 'flex', alignItems: 'center', gap: 'var(--mantine-spacing-sm)' }}>
      <Text size="xs" c="dimmed" id="keep-partial">
        {t('partial.label')}
      </Text>
      <SegmentedControl
        aria-labelledby="keep-partial"
        data-testid="keep-partial"
        value={value ? 'keep' : 'all'}
        disabled={disabled}
        onChange={(next) => onChange(next === 'keep')}
        data={[
          { value: 'all', label: t('partial.all') },
          { value: 'keep', label: t('partial.keep') },
        ]}
      />
    </div>
  );
}
