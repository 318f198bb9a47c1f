import {
  Anchor,
  Collapse,
  Group,
  NumberInput,
  SegmentedControl,
  Stack,
  Text,
  TextInput,
  UnstyledButton,
} from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconChevronRight, IconPin } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Capabilities, Problem } from '../../../shared/model';
import { useSentences } from '../../i18n';
import type { AddressEdit } from './address-edit';
import { isMac } from './fields';

interface Props {
  edit: AddressEdit;
  onEdit: (edit: AddressEdit) => void;
  problem: Problem | undefined;
  suggestion: string | undefined;
  /** The network's subnets, for the hint beside the field. */
  subnets: readonly string[];
  /** Present where MAC and gateway priority can be asked for. */
  advanced: Capabilities | null;
  disabled: boolean;
}

/** Fixed or automatic, and the address. */
export function AddressFields({ edit, onEdit, problem, suggestion, subnets, advanced, disabled }: Props) {
  const { t } = useTranslation('change');
  const sentences = useSentences();
  const fixed = edit.mode !== 'automatic';
  const hint = problem && sentences.hint(problem);
  const missing = edit.mode === 'fixed' && edit.ipv4.trim() === '';
  return (
    <Stack gap="xs">
      <Group justify="space-between" align="center">
        <Text component="label" htmlFor="change-ipv4" fw={500}>
          {t('address.label')}{' '}
          {subnets.length > 0 && (
            <Text span c="dimmed" size="xs">
              {t('address.inSubnet', { subnet: subnets.join(', ') })}
            </Text>
          )}
        </Text>
        <SegmentedControl
          aria-label={t('address.kind')}
          value={fixed ? 'fixed' : 'automatic'}
          disabled={disabled}
          onChange={(value) => onEdit({ ...edit, mode: value === 'automatic' ? 'automatic' : 'fixed' })}
          data={[
            { value: 'fixed', label: t('address.fixed') },
            { value: 'automatic', label: t('address.automatic') },
          ]}
        />
      </Group>
      {fixed ? (
        <TextInput
          id="change-ipv4"
          data-autofocus
          data-testid="address-field"
          size="sm"
          classNames={{ input: 'tl-mono' }}
          leftSection={<IconPin size={14} stroke={1.6} />}
          value={edit.ipv4}
          disabled={disabled}
          spellCheck={false}
          autoComplete="off"
          onChange={(event) => onEdit({ ...edit, mode: 'fixed', ipv4: event.currentTarget.value })}
          onFocus={(event) => event.currentTarget.select()}
          error={
            missing
              ? t('address.missing')
              : problem && (
                  <>
                    {sentences.problem(problem)} {hint}
                  </>
                )
          }
        />
      ) : (
        <Text c="dimmed" size="xs">
          {t('address.automaticHint')}
        </Text>
      )}
      {fixed && suggestion && suggestion !== edit.ipv4.trim() && !disabled && (
        <Anchor
          component="button"
          type="button"
          size="xs"
          ta="left"
          onClick={() => onEdit({ ...edit, mode: 'fixed', ipv4: suggestion })}
          data-testid="use-suggestion"
        >
          {t('address.suggestion', { address: suggestion })}
        </Anchor>
      )}
      {advanced && <Advanced edit={edit} onEdit={onEdit} capabilities={advanced} disabled={disabled} />}
    </Stack>
  );
}

interface AdvancedProps extends Pick<Props, 'edit' | 'onEdit' | 'disabled'> {
  capabilities: Capabilities;
}

/** What only newer engines can; older ones say so beside the field. */
function Advanced({ edit, onEdit, capabilities, disabled }: AdvancedProps) {
  const { t } = useTranslation('change');
  const { t: inspector } = useTranslation('inspector');
  const [open, { toggle }] = useDisclosure(edit.mac !== '' || edit.gatewayPriority !== '');
  const macWrong = edit.mac.trim() !== '' && !isMac(edit.mac.trim());
  return (
    <div>
      <UnstyledButton onClick={toggle} aria-expanded={open} fz="xs" c="dimmed">
        <IconChevronRight
          size={12}
          aria-hidden
          style={{ verticalAlign: -2, transform: open ? 'rotate(90deg)' : 'none' }}
        />{' '}
        {t('advanced')}
      </UnstyledButton>
      <Collapse expanded={open}>
        <Group grow align="flex-start" mt="xs">
          <TextInput
            label={t('mac')}
            classNames={{ input: 'tl-mono' }}
            description={capabilities.macOnConnect ? t('macHint') : inspector('capabilities.macOnConnectNot')}
            value={edit.mac}
            disabled={disabled || !capabilities.macOnConnect}
            error={macWrong && t('macInvalid')}
            onChange={(event) => onEdit({ ...edit, mac: event.currentTarget.value })}
          />
          <NumberInput
            label={t('gatewayPriority')}
            description={
              capabilities.gatewayPriority
                ? t('gatewayPriorityHint')
                : inspector('capabilities.gatewayPriorityNot')
            }
            value={edit.gatewayPriority}
            allowDecimal={false}
            disabled={disabled || !capabilities.gatewayPriority}
            onChange={(value) => onEdit({ ...edit, gatewayPriority: String(value) })}
          />
        </Group>
      </Collapse>
    </div>
  );
}
