import {
  Autocomplete,
  Group,
  Input,
  SegmentedControl,
  Select,
  Stack,
  Switch,
  TagsInput,
  Text,
  TextInput,
} from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Engine, Problem } from '../../../shared/model';
import { lacks, networkModes } from '../../../shared/rules';
import { suggest } from '../../components';
import { useSentences } from '../../i18n';
import { ModeField } from '../../components/change/ModeField';
import { exampleRange, parentOf, vlanProblem, type SpecForm } from './spec-form';
import { exampleGateway } from '../../components/change/example-gateway';
import classes from './SpecFields.module.css';

interface Props {
  form: SpecForm;
  engines: readonly Engine[];
  /** Network cards seen on the host, as suggestions. */
  nics: readonly string[];
  disabled: boolean;
  problemAt: (field: string) => Problem | undefined;
  /** `field` is the field of the spec that was edited. */
  onEdit: (patch: Partial<SpecForm>, field?: string) => void;
}

const mono = { classNames: { input: 'tl-mono' }, spellCheck: false, autoComplete: 'off' } as const;

/** Sentence and hint of a field's problem, as Mantine's inputs take it. */
function useFieldError(problemAt: Props['problemAt']) {
  const sentences = useSentences();
  return (field: string): React.ReactNode => {
    const problem = problemAt(field);
    return problem && sentences.whole(problem);
  };
}

/** What the chosen host's engine can't do; nothing while none is chosen. */
function useLimits({ form, engines }: Pick<Props, 'form' | 'engines'>) {
  const { t } = useTranslation('change');
  const engine = engines.find((each) => each.id === form.engineId);
  return (name: 'ipvlan' | 'vlanLinks' | 'exclusions'): string | undefined =>
    engine && lacks(engine, name) ? t(`network.limits.${name}`) : undefined;
}

function DriverField(props: Props) {
  const { form, disabled, problemAt, onEdit } = props;
  const { t } = useTranslation('change');
  const noIpvlan = useLimits(props)('ipvlan');
  const error = useFieldError(problemAt)('driver');
  return (
    <Input.Wrapper label={t('network.driver')} labelElement="div">
      <SegmentedControl
        display="flex"
        aria-label={t('network.driver')}
        data-testid="network-driver"
        value={form.driver}
        disabled={disabled}
        onChange={(value) => {
          const driver = value === 'ipvlan' ? 'ipvlan' : 'macvlan';
          onEdit({ driver, mode: networkModes[driver][0] }, 'driver');
        }}
        data={[
          { value: 'macvlan', label: 'macvlan' },
          { value: 'ipvlan', label: 'ipvlan', disabled: noIpvlan !== undefined },
        ]}
      />
      <Text size="xs" c={error ? 'var(--tl-bad)' : 'dimmed'} mt={2} data-testid="network-driver-hint">
        {error ?? noIpvlan ?? t(`network.driverHint.${form.driver}`)}
      </Text>
    </Input.Wrapper>
  );
}

function LinkFields(props: Props) {
  const { form, nics, disabled, problemAt, onEdit } = props;
  const { t } = useTranslation('change');
  const noLinks = useLimits(props)('vlanLinks');
  const error = useFieldError(problemAt);
  return (
    <>
      <div className={classes.name}>
        <TextInput
          label={t('network.name')}
          data-testid="network-name"
          data-autofocus
          {...mono}
          value={form.name}
          disabled={disabled}
          error={error('name')}
          onChange={(event) => onEdit({ name: event.currentTarget.value }, 'name')}
        />
        <ModeField
          driver={form.driver}
          mode={form.mode}
          disabled={disabled}
          error={error('mode')}
          onChange={(mode) => onEdit({ mode }, 'mode')}
        />
      </div>
      <div className={classes.link}>
        <Autocomplete
          label={t('network.parent')}
          data-testid="network-parent"
          description={t('network.parentHint')}
          placeholder="eth0"
          {...mono}
          data={[...nics]}
          filter={suggest}
          value={form.nic}
          disabled={disabled}
          error={error('parent')}
          onChange={(nic) => onEdit({ nic }, 'parent')}
        />
        <TextInput
          label={t('network.vlan')}
          data-testid="network-vlan"
          description={t('network.vlanHint')}
          inputMode="numeric"
          {...mono}
          value={form.vlan}
          disabled={disabled}
          error={error('vlan')}
          onChange={(event) => onEdit({ vlan: event.currentTarget.value }, 'vlan')}
        />
      </div>
      {form.vlan.trim() && !vlanProblem(form) && (
        <Text size="xs" c="dimmed">
          {t('network.onLink', { parent: parentOf(form) })}
          {noLinks && `: ${noLinks}`}
        </Text>
      )}
    </>
  );
}

type AddressField = 'subnet' | 'gateway' | 'ipRange' | 'subnet6' | 'gateway6' | 'ipRange6';

function AddressingFields(props: Omit<Props, 'nics'>) {
  const { form, disabled, problemAt, onEdit } = props;
  const { t } = useTranslation('change');
  const { t: common } = useTranslation();
  const noExclusions = useLimits(props)('exclusions');
  const error = useFieldError(problemAt);
  const text = (field: AddressField, placeholder: string, description?: string) => (
    <TextInput
      label={t(`network.${field}`)}
      data-testid={`network-${field}`}
      description={description}
      placeholder={placeholder}
      {...mono}
      value={form[field]}
      disabled={disabled}
      error={error(field)}
      onChange={(event) => onEdit({ [field]: event.currentTarget.value }, field)}
    />
  );
  return (
    <>
      <div className={classes.pair}>
        {text('subnet', '192.168.1.0/24')}
        {text('gateway', exampleGateway(form.subnet, '192.168.1.0/24'))}
      </div>
      {text('ipRange', exampleRange(form.subnet), t('network.ipRangeHint'))}
      <div className={classes.pair}>
        {text('subnet6', common('none'))}
        {text('gateway6', exampleGateway(form.subnet6) || common('none'))}
      </div>
      {/* Most LANs do without; what was typed there is never out of sight. */}
      {`${form.subnet6}${form.ipRange6}`.trim() !== '' && text('ipRange6', 'fd00:70::8000/113')}
      <TagsInput
        label={t('network.exclusions')}
        data-testid="network-exclusions"
        description={noExclusions ?? t('network.exclusionsHint')}
        {...mono}
        splitChars={[',', ' ', ';']}
        acceptValueOnBlur
        value={form.exclusions}
        // What stands there already can still be taken out.
        disabled={disabled || (noExclusions !== undefined && form.exclusions.length === 0)}
        error={error('exclusions')}
        onChange={(exclusions) => onEdit({ exclusions }, 'exclusions')}
      />
      <Switch
        label={t('network.internal')}
        checked={form.internal}
        disabled={disabled}
        onChange={(event) => onEdit({ internal: event.currentTarget.checked })}
      />
    </>
  );
}

/** The form of a new network: where, on what link, with what addresses. */
export function SpecFields(props: Props) {
  const { form, engines, disabled, onEdit } = props;
  const { t } = useTranslation('change');
  return (
    <Stack gap="sm">
      <Group grow align="flex-start">
        <Select
          label={t('network.host')}
          data={engines.map((engine) => ({
            value: engine.id,
            label: engine.name,
            disabled: engine.state !== 'online',
          }))}
          value={form.engineId}
          disabled={disabled}
          allowDeselect={false}
          onChange={(engineId) => engineId && onEdit({ engineId })}
          data-testid="network-host"
        />
        <DriverField {...props} />
      </Group>
      <LinkFields {...props} />
      <AddressingFields {...props} />
    </Stack>
  );
}
