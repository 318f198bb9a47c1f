import { Collapse, Group, NumberInput, Stack, TextInput, UnstyledButton } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconChevronRight } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Capabilities, Notice, Problem } from '../../../shared/model';
import {
  suggestedFor,
  type AddressEdit,
  type Family,
  type FamilySubnets,
  type Suggested,
} from './address-edit';
import { AddressField } from './AddressField';
import { isUnicastMac } from '../../../shared/rules';
import { noticesAt, problemAt } from './fields';

interface Props {
  edit: AddressEdit;
  onEdit: (edit: AddressEdit) => void;
  /** Those of other fields are passed over. */
  problems: readonly Problem[];
  /** So are those that are about no address here. */
  notices: readonly Notice[];
  suggested: Suggested | null;
  /** The families to choose an address of. */
  shown: readonly FamilySubnets[];
  /** Present where MAC and gateway priority can be asked for. */
  advanced: Capabilities | null;
  disabled: boolean;
  /** Opens the grid, for a free address to be picked there; absent where there is none. */
  onPick?: ((family: Family) => void) | undefined;
}

/** The address of each family that the network has; and, where it can be asked for, MAC and gateway priority. */
export function AddressFields(props: Props) {
  const { edit, onEdit, problems, notices, suggested, shown, advanced, disabled, onPick } = props;
  return (
    <Stack gap="md">
      {shown.map(({ family, subnets }, index) => (
        <AddressField
          key={family}
          family={family}
          edit={edit[family]}
          onEdit={(next) => onEdit({ ...edit, [family]: next })}
          problem={problemAt(problems, family)}
          notices={noticesAt(notices, edit[family].address)}
          suggestion={suggestedFor(family, suggested)}
          subnets={subnets}
          autoFocus={index === 0}
          onPick={onPick && subnets.length > 0 ? () => onPick(family) : undefined}
          disabled={disabled}
        />
      ))}
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
  const macWrong = edit.mac.trim() !== '' && !isUnicastMac(edit.mac.trim());
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
        <Group grow align="flex-end" mt="xs">
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
