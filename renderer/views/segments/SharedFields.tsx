import { ActionIcon, Button, Checkbox, Input, SegmentedControl, Text, TextInput } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import { Fragment } from 'react';
import { useTranslation } from 'react-i18next';
import { networkModes } from '../../../shared/rules';
import { segmentSwatches } from '../../theme/lan-colours';
import { ModeField } from '../../components/change/ModeField';
import { ColourField } from '../../components/ColourField';
import { exampleGateway } from '../../components/change/example-gateway';
import classes from './SegmentForm.module.css';
import type { SharedField } from './segment-fields';
import type { SegmentForm } from './segment-form';

export interface FieldProps {
  form: SegmentForm;
  disabled: boolean;
  /** What is wrong with a field, once it was touched. */
  error: (field: SharedField) => React.ReactNode;
  onEdit: (patch: Partial<SegmentForm>, field?: SharedField) => void;
}

/** For addresses, names of interfaces and the like: letter by letter, never corrected. */
export const mono = { classNames: { input: 'tl-mono' }, spellCheck: false, autoComplete: 'off' } as const;

/** Name, colour and tenant: what the plan alone keeps. */
export function IdentityFields({ form, disabled, error, onEdit }: FieldProps) {
  const { t } = useTranslation('segments');
  return (
    <div className={classes.identity}>
      <TextInput
        label={t('form.name')}
        data-testid="segment-name"
        data-autofocus
        spellCheck={false}
        autoComplete="off"
        value={form.name}
        disabled={disabled}
        error={error('name')}
        onChange={(event) => onEdit({ name: event.currentTarget.value }, 'name')}
      />
      <ColourField
        label={t('form.colour')}
        testId="segment-colour"
        swatches={segmentSwatches}
        value={form.colour}
        disabled={disabled}
        onChange={(colour) => onEdit({ colour })}
      />
      <TextInput
        label={t('form.tenant')}
        placeholder={t('form.tenantHint')}
        data-testid="segment-tenant"
        spellCheck={false}
        autoComplete="off"
        value={form.tenant}
        disabled={disabled}
        onChange={(event) => onEdit({ tenant: event.currentTarget.value })}
      />
    </div>
  );
}

/** VLAN, driver, mode and MTU. */
export function LinkFields({ form, disabled, error, onEdit }: FieldProps) {
  const { t } = useTranslation('segments');
  const tagged = form.vlan !== '';
  return (
    <div className={classes.link}>
      <TextInput
        label={t('form.vlan')}
        data-testid="segment-vlan"
        inputMode="numeric"
        placeholder={t('form.untagged')}
        {...mono}
        value={form.vlan}
        disabled={disabled}
        error={error('vlan')}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        description={tagged ? t('form.vlanHint') : t('form.untaggedHint')}
        onChange={(event) => onEdit({ vlan: event.currentTarget.value }, 'vlan')}
      />
      <Input.Wrapper label={t('form.driver')} labelElement="div" size="xs">
        <SegmentedControl
          fullWidth
          aria-label={t('form.driver')}
          value={form.driver}
          disabled={disabled}
          data={['macvlan', 'ipvlan']}
          onChange={(value) => {
            const driver = value === 'ipvlan' ? 'ipvlan' : 'macvlan';
            onEdit({ driver, mode: networkModes[driver][0] }, 'mode');
          }}
        />
      </Input.Wrapper>
      <ModeField
        driver={form.driver}
        mode={form.mode}
        disabled={disabled}
        error={error('mode')}
        onChange={(mode) => onEdit({ mode }, 'mode')}
      />
      <TextInput
        label={t('form.mtu')}
        data-testid="segment-mtu"
        inputMode="numeric"
        placeholder={t('form.mtuPlaceholder')}
        description={form.mtu.trim() ? t('form.mtuHint') : undefined}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        {...mono}
        value={form.mtu}
        disabled={disabled}
        error={error('mtu')}
        onChange={(event) => onEdit({ mtu: event.currentTarget.value }, 'mtu')}
      />
    </div>
  );
}

/** Subnets and gateways of both families. */
export function SubnetFields({ form, disabled, error, onEdit }: FieldProps) {
  const { t } = useTranslation('segments');
  const { t: common } = useTranslation();
  const text = (field: 'subnet' | 'gateway' | 'subnet6' | 'gateway6', placeholder: string) => (
    <TextInput
      label={t(`form.${field}`)}
      data-testid={`segment-${field}`}
      placeholder={placeholder}
      {...mono}
      value={form[field]}
      disabled={disabled}
      error={error(field)}
      onChange={(event) => onEdit({ [field]: event.currentTarget.value }, field)}
    />
  );
  return (
    <div className={classes.pair}>
      {text('subnet', '10.70.20.0/24')}
      {text('gateway', exampleGateway(form.subnet, '10.70.20.0/24'))}
      {text('subnet6', common('none'))}
      {text('gateway6', exampleGateway(form.subnet6) || common('none'))}
      <FurtherSubnets {...{ form, disabled, error, onEdit }} />
      <Checkbox
        className={classes.wide}
        label={t('form.internal')}
        description={t('form.internalHint')}
        data-testid="segment-internal"
        checked={form.internal ?? false}
        indeterminate={form.internal === undefined}
        disabled={disabled}
        onChange={(event) => onEdit({ internal: event.currentTarget.checked })}
      />
    </div>
  );
}

/** Subnets beside the first of each family: engines take any number in one network. */
function FurtherSubnets({ form, disabled, error, onEdit }: FieldProps) {
  const { t } = useTranslation('segments');
  const set = (more: SegmentForm['more']) => onEdit({ more }, 'more');
  const edit = (index: number, patch: Partial<SegmentForm['more'][number]>) =>
    set(form.more.map((each, at) => (at === index ? { ...each, ...patch } : each)));
  const problem = error('more');
  return (
    <>
      {form.more.map((each, index) => (
        // Rows have no identity but their place.
        <Fragment key={index}>
          <TextInput
            label={t('form.furtherSubnet', { number: index + 2 })}
            data-testid={`segment-more-${index}`}
            {...mono}
            value={each.subnet}
            disabled={disabled}
            onChange={(event) => edit(index, { subnet: event.currentTarget.value })}
          />
          <TextInput
            label={t('form.furtherGateway', { number: index + 2 })}
            placeholder={exampleGateway(each.subnet)}
            {...mono}
            value={each.gateway}
            disabled={disabled}
            onChange={(event) => edit(index, { gateway: event.currentTarget.value })}
            rightSection={
              <ActionIcon
                aria-label={t('form.removeSubnet')}
                disabled={disabled}
                onClick={() => set(form.more.filter((_each, at) => at !== index))}
              >
                <IconX size={14} stroke={1.8} />
              </ActionIcon>
            }
          />
        </Fragment>
      ))}
      {problem && (
        <Text size="xs" c="var(--tl-bad)" role="alert" className={classes.wide}>
          {problem}
        </Text>
      )}
      <div className={classes.wide}>
        <Button
          variant="subtle"
          size="compact-xs"
          leftSection={<IconPlus size={12} stroke={2} />}
          disabled={disabled}
          onClick={() => set([...form.more, { subnet: '', gateway: '' }])}
          data-testid="segment-more-add"
        >
          {t('form.addSubnet')}
        </Button>
      </div>
    </>
  );
}
