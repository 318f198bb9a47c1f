import { Autocomplete, Input, Text, TextInput } from '@mantine/core';
import { IconBan, IconCheck } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { engineColours } from '../../../shared/model';
import { hostNameOf } from '../../../shared/rules';
import { useEngines, useInventory } from '../../context/context';
import { groupNames, siteNames } from '../../store/engines';
import { lookOf } from '../../store/host';
import { findEngine } from '../../store/inventory';
import { engineColour } from '../../theme/engine-colours';
import { useHost } from '../../context/host/use-host';
import { strangeNics } from './engine-form';
import classes from './LabelFields.module.css';
import type { FieldProps } from './TextField';

/** Radio buttons that look like their colours; none is one of them. */
function ColourField({ form, disabled, onEdit }: FieldProps) {
  const { t } = useTranslation('engines');
  return (
    <Input.Wrapper label={t('form.colour')} labelElement="div" size="xs">
      <div className={classes.colours} role="radiogroup" aria-label={t('form.colour')}>
        {[null, ...engineColours].map((colour) => {
          const label = colour ? t(`colours.${colour}`) : t('form.noColour');
          return (
            <label key={label} className={classes.colour} title={label}>
              <input
                type="radio"
                name="engine-colour"
                aria-label={label}
                checked={form.colour === colour}
                disabled={disabled}
                onChange={() => onEdit({ colour })}
                data-testid={`colour-${colour ?? 'none'}`}
              />
              <span style={{ background: engineColour(colour ?? undefined) }} aria-hidden>
                {colour ? <IconCheck size={13} stroke={2.6} /> : <IconBan size={15} stroke={1.6} />}
              </span>
            </label>
          );
        })}
      </div>
    </Input.Wrapper>
  );
}

/** A NIC that the host does not have, where its NICs are known: most often a slip of the keys. */
function StrangeNics({ form, engineId }: Pick<FieldProps, 'form'> & { engineId: string }) {
  const { t } = useTranslation('engines');
  const facts = useHost((state) => lookOf(state, engineId).facts);
  const host = useInventory((state) => hostNameOf(findEngine(state.snapshot, engineId), engineId));
  const strange = facts
    ? strangeNics(
        form,
        facts.nics.map((nic) => nic.name),
      )
    : [];
  if (strange.length === 0) return null;
  return (
    <Text size="xs" c="var(--tl-warn)" data-testid="engine-strange-nics">
      {t('form.strangeNics', { host, nics: strange.join(', ') })}
    </Text>
  );
}

interface Props extends FieldProps {
  /** The host's own name, where a test told it. */
  ownName: string | undefined;
  /** Absent of one that is added. */
  engineId: string | undefined;
}

/** Name, colour and group: how the host appears here, whatever it calls itself; and where its LANs are. */
export function LabelFields({ ownName, engineId, ...fields }: Props) {
  const { t } = useTranslation('engines');
  const { form, disabled, error, onEdit } = fields;
  const groups = useEngines((state) => state.list);
  return (
    <div className={classes.labels}>
      <TextInput
        label={t('form.name')}
        placeholder={ownName ?? t('form.namePlaceholder')}
        spellCheck={false}
        autoComplete="off"
        data-testid="engine-name"
        value={form.name}
        disabled={disabled}
        error={error('name')}
        onChange={(event) => onEdit({ name: event.currentTarget.value }, 'name')}
      />
      <Autocomplete
        label={t('form.group')}
        description={t('form.groupHint')}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        spellCheck={false}
        autoComplete="off"
        data-testid="engine-group"
        data={groupNames(groups)}
        value={form.group}
        disabled={disabled}
        error={error('group')}
        onChange={(group) => onEdit({ group }, 'group')}
      />
      <Autocomplete
        label={t('form.site')}
        description={t('form.siteHint')}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        spellCheck={false}
        autoComplete="off"
        data-testid="engine-site"
        data={siteNames(groups)}
        value={form.site}
        disabled={disabled}
        error={error('site')}
        onChange={(site) => onEdit({ site }, 'site')}
      />
      <TextInput
        label={t('form.lans')}
        description={t('form.lansHint')}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        placeholder="eth1=…"
        spellCheck={false}
        autoComplete="off"
        data-testid="engine-lans"
        value={form.lans}
        disabled={disabled}
        error={error('lans')}
        onChange={(event) => onEdit({ lans: event.currentTarget.value }, 'lans')}
      />
      {engineId && <StrangeNics form={form} engineId={engineId} />}
      <ColourField {...fields} />
    </div>
  );
}
