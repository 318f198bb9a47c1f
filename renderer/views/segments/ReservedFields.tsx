import { ActionIcon, Button, Select, Text, TextInput, Tooltip } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { ReservedRange } from '../../../shared/model';
import classes from './SegmentForm.module.css';
import { mono, type FieldProps } from './SharedFields';

const empty: ReservedRange = { from: '', to: '', kind: 'reserved' };

interface RowProps {
  range: ReservedRange;
  index: number;
  disabled: boolean;
  onEdit: (range: ReservedRange) => void;
  onRemove: () => void;
}

function Row({ range, index, disabled, onEdit, onRemove }: RowProps) {
  const { t } = useTranslation('segments');
  const number = index + 1;
  return (
    <div className={classes.reserved}>
      <TextInput
        aria-label={t('reserved.from', { number })}
        placeholder={t('reserved.fromHint')}
        data-testid={`reserved-from-${index}`}
        {...mono}
        value={range.from}
        disabled={disabled}
        onChange={(event) => onEdit({ ...range, from: event.currentTarget.value })}
      />
      <TextInput
        aria-label={t('reserved.to', { number })}
        placeholder={range.from || t('reserved.toHint')}
        data-testid={`reserved-to-${index}`}
        {...mono}
        value={range.to}
        disabled={disabled}
        onChange={(event) => onEdit({ ...range, to: event.currentTarget.value })}
      />
      <Select
        aria-label={t('reserved.kind', { number })}
        data={(['dhcp', 'reserved'] as const).map((kind) => ({
          value: kind,
          label: t(`reserved.kinds.${kind}`),
        }))}
        value={range.kind}
        disabled={disabled}
        allowDeselect={false}
        onChange={(kind) => onEdit({ ...range, kind: kind === 'dhcp' ? 'dhcp' : 'reserved' })}
      />
      <TextInput
        aria-label={t('reserved.note', { number })}
        placeholder={t('reserved.noteHint')}
        value={range.note ?? ''}
        disabled={disabled}
        onChange={(event) => {
          const { note: _note, ...rest } = range;
          const note = event.currentTarget.value;
          onEdit(note ? { ...rest, note } : rest);
        }}
      />
      <Tooltip label={t('reserved.remove')}>
        <ActionIcon aria-label={t('reserved.remove')} disabled={disabled} onClick={onRemove}>
          <IconX size={14} stroke={1.8} />
        </ActionIcon>
      </Tooltip>
    </div>
  );
}

/** Addresses that are not Docker's to hand out. */
export function ReservedFields({ form, disabled, error, onEdit }: FieldProps) {
  const { t } = useTranslation('segments');
  const set = (reserved: ReservedRange[]) => onEdit({ reserved }, 'reserved');
  const problem = error('reserved');
  return (
    <div className={classes.stack}>
      {form.reserved.map((range, index) => (
        <Row
          // Rows have no identity but their place.
          key={index}
          range={range}
          index={index}
          disabled={disabled}
          onEdit={(next) => set(form.reserved.map((each, at) => (at === index ? next : each)))}
          onRemove={() => set(form.reserved.filter((_each, at) => at !== index))}
        />
      ))}
      {problem && (
        <Text size="xs" c="var(--tl-bad)" role="alert">
          {problem}
        </Text>
      )}
      <div className={classes.addLine}>
        <Button
          variant="subtle"
          size="compact-xs"
          leftSection={<IconPlus size={12} stroke={2} />}
          disabled={disabled}
          onClick={() =>
            set([...form.reserved, form.reserved.length === 0 ? { ...empty, kind: 'dhcp' } : empty])
          }
          data-testid="reserved-add"
        >
          {t('reserved.add')}
        </Button>
        {form.reserved.length === 0 && (
          <Text size="xs" c="dimmed">
            {t('reserved.hint')}
          </Text>
        )}
      </div>
    </div>
  );
}
