import { Button, Group, Select, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Network } from '../../../shared/model';
import type { RangeEnds } from '../../../shared/rules';
import { Changing } from '../../context/Changing';
import type { Back } from '../../store/ui';
import { useReserving } from './use-reserving';
import classes from './addresses.module.css';

interface Props {
  ends: RangeEnds;
  /** Whether any of it is reserved already. */
  reserved: boolean;
  network: Network | undefined;
  /** Where one comes back to from the preview. */
  back: Back;
}

/** Keeps a range of addresses from being given out, or lets it go again. */
export function Reserve({ ends, reserved, network, back }: Props) {
  const { t } = useTranslation('addresses');
  const { segment, planned, reserve, release } = useReserving(network);
  const [open, setOpen] = useState(false);
  const [note, setNote] = useState('');
  const [kind, setKind] = useState<'reserved' | 'dhcp'>('reserved');
  const { from, to } = ends;
  const range = from === to ? from : t('range', { from, to });
  if (!segment) return <Text className={classes.quiet}>{t('noSegment')}</Text>;
  return (
    <Changing>
      {!open && (
        <Group gap="xs" mt="xs">
          <Button
            size="compact-xs"
            variant="default"
            onClick={() => setOpen(true)}
            data-testid="reserve-addresses"
          >
            {t('reserve')}
          </Button>
          {reserved && planned(ends) && (
            <Button
              size="compact-xs"
              variant="default"
              onClick={() => release(ends, back)}
              data-testid="release-addresses"
            >
              {t('release')}
            </Button>
          )}
        </Group>
      )}
      {open && (
        <form
          aria-label={t('reserveThese', { range })}
          onSubmit={(event) => {
            event.preventDefault();
            reserve({ ...ends, kind, ...(note.trim() && { note: note.trim() }) }, back);
          }}
        >
          <Text className={classes.quiet} mt="xs">
            {t('reserveHint', { segment: segment.name })}
          </Text>
          <Group gap="sm" align="flex-end" mt="xs">
            <TextInput
              label={t('note')}
              placeholder={t('noteHint')}
              value={note}
              data-autofocus
              onChange={(event) => setNote(event.currentTarget.value)}
              data-testid="reserve-note"
            />
            <Select
              label={t('for')}
              allowDeselect={false}
              value={kind}
              onChange={(chosen) => setKind(chosen === 'dhcp' ? 'dhcp' : 'reserved')}
              data={(['reserved', 'dhcp'] as const).map((each) => ({
                value: each,
                label: t(`kinds.${each}`),
              }))}
            />
            <Button type="submit" data-testid="reserve-preview">
              {t('preview')}
            </Button>
          </Group>
        </form>
      )}
    </Changing>
  );
}
