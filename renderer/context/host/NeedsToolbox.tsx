import { Button, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Back } from '../../store/ui';
import { useApp } from '../context';
import { useOutdatedConsent } from './use-host';

interface Props {
  engineId: string;
  consent: 'unasked' | 'refused';
  /** The dialog to come back to, with what was filled in by then; without, the open one as it was opened. */
  back?: Back;
}

/** Nobody asked yet, or the answer was no: what is missing, and the way to change that. */
export function NeedsToolbox({ engineId, consent, back }: Props) {
  const { t } = useTranslation('host');
  const { stores } = useApp();
  /** From a dialog, one comes back to it. */
  const look = () =>
    stores.ui.setState(({ dialog }) => ({
      dialog: { kind: 'toolbox', engineId, ...(dialog && { back: back ?? dialog }) },
    }));
  const hint = `toolbox.${useOutdatedConsent(engineId) ?? 'unasked'}Hint` as const;
  return (
    <div data-testid={`toolbox-${consent}`}>
      <Text fw={500}>{t(`toolbox.${consent}`)}</Text>
      <Text size="xs" c="dimmed" mb="xs">
        {t(consent === 'unasked' ? hint : 'toolbox.refusedHint')}
      </Text>
      <Button variant={consent === 'unasked' ? 'light' : 'default'} onClick={look} data-testid="toolbox-look">
        {t(consent === 'unasked' ? 'toolbox.look' : 'toolbox.reconsider')}
      </Button>
    </div>
  );
}
