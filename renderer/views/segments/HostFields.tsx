import { Autocomplete, Checkbox, Select, Text, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Engine, Segment, SegmentMember } from '../../../shared/model';
import { hostName, hostNameOf, memberParent, networkNameFor, rangesOfMember } from '../../../shared/rules';
import { useInventory } from '../../context/context';
import { EngineMark, suggest } from '../../components';
import { findEngine } from '../../store/inventory';
import { Excluded } from './Excluded';
import { formErrors } from './form-request';
import { RangeField } from './RangeField';
import classes from './SegmentForm.module.css';
import type { FieldKey, SharedField } from './segment-fields';
import type { HostForm, SegmentForm } from './segment-form';
import { mono } from './SharedFields';
import { ParentOption, ParentRemarks, useParentChoices } from './use-parents';

interface Props {
  form: SegmentForm;
  /** With the ranges that the preview found; null before the first. */
  planned: Segment | null;
  /** `fixed`: the hosts are the segment's own. `one`: one of `engines` is to be chosen. `many`: any number. */
  choose: 'fixed' | 'one' | 'many';
  /** Hosts that can be chosen, for `one`. */
  engines?: readonly Engine[];
  disabled: boolean;
  error: (field: FieldKey) => React.ReactNode;
  onEdit: (engineId: string, patch: Partial<HostForm>, field?: FieldKey) => void;
  /** Changes what all hosts share; absent where that is settled. */
  onEditShared?: ((patch: Partial<SegmentForm>, field?: SharedField) => void) | undefined;
}

function HostName({ host, engine, props }: { host: HostForm; engine: Engine | undefined; props: Props }) {
  const { t } = useTranslation('segments');
  const { choose, engines = [], disabled, onEdit } = props;
  const name = hostNameOf(engine, host.engineId);
  if (choose === 'one')
    return (
      <Select
        aria-label={t('hosts.host')}
        data-testid="segment-host"
        data={engines.map((each) => ({ value: each.id, label: each.name }))}
        value={host.engineId}
        allowDeselect={false}
        disabled={disabled}
        onChange={(engineId) => engineId && onEdit(host.engineId, { engineId })}
      />
    );
  const label = (
    <span className={classes.hostName}>
      {engine && <EngineMark state={engine.state} />}
      {name}
    </span>
  );
  if (choose === 'fixed') return label;
  return (
    <Checkbox
      label={label}
      aria-label={name}
      data-testid={`segment-host-${name}`}
      checked={host.chosen}
      disabled={disabled || (engine?.state !== 'online' && !host.chosen)}
      onChange={(event) => onEdit(host.engineId, { chosen: event.currentTarget.checked }, 'hosts')}
    />
  );
}

function HostRow({ host, props }: { host: HostForm; props: Props }) {
  const { t } = useTranslation('segments');
  const { form, planned, choose, disabled, error, onEdit, onEditShared } = props;
  const { engineId, chosen } = host;
  const engine = useInventory((state) => findEngine(state.snapshot, engineId));
  const parents = useParentChoices(engineId, form.driver);
  const parentOf = (nic: string) => parents.find((each) => each.name === nic);
  const name = hostNameOf(engine, engineId);
  const found = planned?.members.find((member) => member.engineId === engineId);
  // A host that is new to the segment is given one, or refused.
  const without = choose === 'fixed' && found ? t('hosts.wholeSubnet') : '';
  const off = disabled || !chosen;
  const vlan = form.vlan.trim() === '' ? null : Number(form.vlan);
  // What is named after a VLAN that there can't be would be no advice.
  const wrong = formErrors(form).vlan !== undefined;
  const link = !wrong && host.nic.trim() && memberParent({ vlan }, { parentNic: host.nic.trim() });
  return (
    <div className={classes.host} data-off={!chosen || undefined}>
      <HostName host={host} engine={engine} props={props} />
      <Autocomplete
        aria-label={t('hosts.nicOf', { host: name })}
        data-testid={`segment-nic-${name}`}
        placeholder={t('hosts.chooseNic')}
        {...mono}
        data={parents.map((each) => ({ value: each.name, disabled: each.verdict?.state === 'refused' }))}
        filter={suggest}
        renderOption={({ option }) => {
          const choice = parentOf(option.value);
          return choice ? <ParentOption choice={choice} /> : option.value;
        }}
        comboboxProps={{ width: 'max-content', position: 'bottom-start' }}
        value={host.nic}
        disabled={off}
        error={error(`nic@${engineId}`)}
        description={vlan !== null && link ? t('hosts.link', { link }) : undefined}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        onChange={(nic) => onEdit(engineId, { nic }, `nic@${engineId}`)}
      />
      <TextInput
        aria-label={t('hosts.networkOf', { host: name })}
        data-testid={`segment-network-${name}`}
        // By the form on each host alike: a preview knows of the chosen ones, and lags behind what is typed.
        placeholder={form.name && !wrong ? networkNameFor({ name: form.name, vlan }) : ''}
        {...mono}
        value={host.networkName}
        disabled={off}
        error={error(`networkName@${engineId}`)}
        onChange={(event) =>
          onEdit(engineId, { networkName: event.currentTarget.value }, `networkName@${engineId}`)
        }
      />
      <div className={classes.stack}>
        <RangeField
          label={t('hosts.rangeOf', { host: name })}
          testId={`segment-range-${name}`}
          value={host.ipRange}
          found={chosen ? (found?.ipRange ?? '') : ''}
          without={form.subnet.trim() === '' ? '' : without}
          disabled={off}
          error={error(`ipRange@${engineId}`)}
          onChange={(ipRange) => onEdit(engineId, { ipRange }, `ipRange@${engineId}`)}
        />
        {form.subnet6.trim() !== '' && (
          <RangeField
            label={t('hosts.range6Of', { host: name })}
            testId={`segment-range6-${name}`}
            value={host.ipRange6}
            found={chosen ? (found?.ipRange6 ?? '') : ''}
            without={without}
            disabled={off}
            error={error(`ipRange6@${engineId}`)}
            onChange={(ipRange6) => onEdit(engineId, { ipRange6 }, `ipRange6@${engineId}`)}
          />
        )}
      </div>
      {chosen && form.more.length > 0 && (found?.moreRanges?.length ?? 0) > 0 && (
        <Text size="xs" c="dimmed" className={classes.verdict} data-testid={`segment-more-ranges-${name}`}>
          {t('hosts.moreRanges', { list: found?.moreRanges?.join(', ') ?? '' })}
        </Text>
      )}
      {chosen && Object.keys(host.exclusions).length > 0 && (
        <Excluded
          host={host}
          disabled={disabled}
          error={error(`exclusions@${engineId}`)}
          onClear={
            choose === 'many'
              ? () => onEdit(engineId, { exclusions: {} }, `exclusions@${engineId}`)
              : undefined
          }
        />
      )}
      {chosen && (
        <div className={classes.verdict}>
          <ParentRemarks
            choice={parentOf(host.nic.trim())}
            disabled={disabled}
            takes={({ parent }) => parent !== undefined || onEditShared !== undefined}
            onUse={({ parent, driver, mode }) => {
              if (parent) onEdit(engineId, { nic: parent }, `nic@${engineId}`);
              else if (driver && mode) onEditShared?.({ driver, mode }, 'mode');
            }}
          />
        </div>
      )}
    </div>
  );
}

function HostHead() {
  const { t } = useTranslation('segments');
  return (
    <div className={classes.hostHead} aria-hidden>
      <span>{t('hosts.host')}</span>
      <span>{t('hosts.nic')}</span>
      <span>{t('hosts.network')}</span>
      <span>{t('hosts.range')}</span>
    </div>
  );
}

function Ranges({ member }: { member: SegmentMember }) {
  const { t } = useTranslation('segments');
  const ranges = rangesOfMember(member);
  if (ranges.length === 0) return <span>{t('hosts.wholeSubnet')}</span>;
  return <span className="tl-mono">{ranges.join(', ')}</span>;
}

/** Hosts as they are, for what is only looked at. */
export function HostList({ segment }: { segment: Pick<Segment, 'vlan' | 'members'> }) {
  const engines = useInventory((state) => state.snapshot.engines);
  return (
    <div className={classes.hosts}>
      <HostHead />
      {segment.members.map((member) => (
        <div key={`${member.engineId} ${member.networkName}`} className={classes.member}>
          <b>{hostName(member.engineId, engines)}</b>
          <span className="tl-mono">{memberParent(segment, member)}</span>
          <span className="tl-mono">{member.networkName}</span>
          <Ranges member={member} />
        </div>
      ))}
    </div>
  );
}

/** Where the segment stands: hosts, each one's NIC, network and range. */
export function HostFields(props: Props) {
  const wrong = props.error('hosts');
  return (
    <div className={classes.hosts}>
      <HostHead />
      {props.form.hosts.map((host) => (
        <HostRow key={host.engineId} host={host} props={props} />
      ))}
      {wrong && (
        <Text size="xs" c="var(--tl-bad)" role="alert">
          {wrong}
        </Text>
      )}
    </div>
  );
}
