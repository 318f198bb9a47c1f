import { Anchor, Group, SegmentedControl, Stack, Text, TextInput } from '@mantine/core';
import { IconPin } from '@tabler/icons-react';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { Notice, Problem } from '../../../shared/model';
import { NoticeList } from '..';
import { useSentences } from '../../i18n';
import { isBlank, type Family, type FamilyEdit } from './address-edit';
import { useOwnField } from './use-own-field';

interface Props {
  family: Family;
  edit: FamilyEdit;
  onEdit: (edit: FamilyEdit) => void;
  problem: Problem | undefined;
  /** About the address as it is written. */
  notices: readonly Notice[];
  suggestion: string | undefined;
  /** The network's subnets of this family, for the hint beside the field. */
  subnets: readonly string[];
  autoFocus: boolean;
  disabled: boolean;
  /** Opens the grid, for a free address to be picked there; absent where there is none. */
  onPick: (() => void) | undefined;
}

/** Fixed or automatic, and the address, of one family. */
export function AddressField(props: Props) {
  const { family, edit, onEdit, suggestion, subnets, disabled, onPick } = props;
  const { t } = useTranslation('change');
  const id = useId();
  const fixed = edit.mode !== 'automatic';
  return (
    <Stack gap="xs">
      <Group justify="space-between" align="center" wrap="nowrap">
        <Text component="label" htmlFor={id} fw={500}>
          {t(`address.label.${family}`)}{' '}
          {subnets.length > 0 && (
            <Text span c="dimmed" size="xs">
              {t('address.inSubnet', { subnet: subnets.join(', ') })}
            </Text>
          )}
        </Text>
        <SegmentedControl
          flex="none"
          aria-label={t(`address.kind.${family}`)}
          value={fixed ? 'fixed' : 'automatic'}
          disabled={disabled}
          onChange={(value) =>
            onEdit(
              value === 'automatic'
                ? { ...edit, mode: 'automatic' }
                : { mode: 'fixed', address: edit.address.trim() || (suggestion ?? '') },
            )
          }
          data={[
            { value: 'fixed', label: t('address.fixed') },
            { value: 'automatic', label: t('address.automatic') },
          ]}
          data-testid={`address-kind-${family}`}
        />
      </Group>
      {fixed ? (
        <AddressInput id={id} {...props} />
      ) : (
        <Text c="dimmed" size="xs">
          {t('address.automaticHint')}
        </Text>
      )}
      {fixed && !disabled && (
        <Group gap="md">
          {suggestion && suggestion !== edit.address.trim() && (
            <Anchor
              component="button"
              type="button"
              size="xs"
              ta="left"
              onClick={() => onEdit({ mode: 'fixed', address: suggestion })}
              data-testid={`use-suggestion-${family}`}
            >
              {t('address.suggestion', { address: suggestion })}
            </Anchor>
          )}
          {onPick && (
            <Anchor
              component="button"
              type="button"
              size="xs"
              onClick={onPick}
              data-testid={`pick-address-${family}`}
            >
              {t('address.pick')}
            </Anchor>
          )}
        </Group>
      )}
    </Stack>
  );
}

function AddressInput(props: Props & { id: string }) {
  const { id, family, edit, onEdit, problem, notices, autoFocus, disabled } = props;
  const { t } = useTranslation('change');
  const sentences = useSentences();
  const wrong = problem && sentences.whole(problem);
  const own = useOwnField(edit, onEdit, autoFocus);
  return (
    <TextInput
      {...own}
      id={id}
      data-autofocus={autoFocus || undefined}
      data-testid={family === 'ipv4' ? 'address-field' : 'address6-field'}
      size="sm"
      classNames={{ input: 'tl-mono' }}
      leftSection={<IconPin size={14} stroke={1.6} />}
      value={edit.address}
      disabled={disabled}
      spellCheck={false}
      autoComplete="off"
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      description={notices.length > 0 && <NoticeList notices={notices} />}
      descriptionProps={{ component: 'div' }}
      error={isBlank(edit) ? t('address.missing') : wrong}
    />
  );
}
