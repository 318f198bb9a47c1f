import { ActionIcon, CopyButton as Copy, Tooltip } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';

/** Copies `value`, and says so for a moment. */
export function CopyButton({ value, size = 20 }: { value: string; size?: number }) {
  const { t } = useTranslation();
  return (
    <Copy value={value} timeout={1500}>
      {({ copied, copy }) => (
        <Tooltip label={copied ? t('actions.copied') : t('actions.copy')}>
          <ActionIcon
            size={size}
            onClick={copy}
            aria-label={t('actions.copyOf', { value: value.slice(0, 60) })}
            data-copy
          >
            {copied ? <IconCheck size={13} stroke={2} /> : <IconCopy size={13} stroke={1.6} />}
          </ActionIcon>
        </Tooltip>
      )}
    </Copy>
  );
}
