import { Select, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { NetworkSpec } from '../../../shared/model';
import { networkModes } from '../../../shared/rules';

interface Props {
  driver: NetworkSpec['driver'];
  /** One of `networkModes[driver]`. */
  mode: string;
  disabled: boolean;
  error: React.ReactNode;
  onChange: (mode: string) => void;
}

type Mode = (typeof networkModes)[NetworkSpec['driver']][number];

/** The driver's modes by their names; what each means stands in the list, and of the chosen one below it. */
export function ModeField({ driver, mode, disabled, error, onChange }: Props) {
  const { t } = useTranslation('change');
  const modes: readonly Mode[] = networkModes[driver];
  const meaning = (name: string) => {
    const known = modes.find((one) => one === name);
    return known && t(`network.modeHints.${known}`);
  };
  return (
    <Select
      label={t('network.mode')}
      data={[...modes]}
      value={mode}
      disabled={disabled}
      allowDeselect={false}
      error={error}
      description={meaning(mode)}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      comboboxProps={{ width: 'max-content', position: 'bottom-start' }}
      renderOption={({ option }) => (
        <div>
          <Text size="sm">{option.value}</Text>
          <Text size="xs" c="dimmed">
            {meaning(option.value)}
          </Text>
        </div>
      )}
      onChange={(chosen) => chosen && onChange(chosen)}
    />
  );
}
