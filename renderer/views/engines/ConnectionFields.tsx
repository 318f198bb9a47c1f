import { Alert, Checkbox, SegmentedControl, TextInput } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { EngineForm, FieldKey } from './engine-form';
import classes from './engines.module.css';

export interface FieldProps {
  form: EngineForm;
  disabled: boolean;
  /** What is wrong with a field, once it was touched. */
  error: (field: FieldKey) => React.ReactNode;
  onEdit: (patch: Partial<EngineForm>, field?: FieldKey) => void;
  /** The context turned out to say plain TCP. */
  plainAsked?: boolean;
}

type PlainKey = 'plainAccepted' | 'contextPlain';
type TextKey = { [K in FieldKey]: EngineForm[K] extends string ? K : never }[FieldKey];

interface TextProps extends FieldProps {
  field: Exclude<TextKey, 'kind'>;
  label: string;
  placeholder?: string;
  hint?: string;
  autoFocus?: boolean;
}

/** Addresses, paths and names: letter by letter, never corrected. */
function Text({ field, label, placeholder, hint, autoFocus, form, disabled, error, onEdit }: TextProps) {
  return (
    <TextInput
      label={label}
      placeholder={placeholder}
      description={hint}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      classNames={{ input: 'tl-mono' }}
      spellCheck={false}
      autoComplete="off"
      autoCapitalize="off"
      data-testid={`engine-${field}`}
      data-autofocus={autoFocus || undefined}
      value={form[field]}
      disabled={disabled}
      error={error(field)}
      onChange={(event) => onEdit({ [field]: event.currentTarget.value }, field)}
    />
  );
}

function Plain({ field, form, disabled, error, onEdit }: FieldProps & { field: PlainKey }) {
  const { t } = useTranslation('engines');
  return (
    <Alert
      color="red"
      variant="light"
      p="sm"
      icon={<IconAlertTriangle size={18} stroke={1.8} />}
      title={t('plain.title')}
      data-testid="plain-warning"
    >
      {t('plain.body')}
      <Checkbox
        mt="sm"
        label={t('plain.accept')}
        checked={form[field]}
        disabled={disabled}
        error={error(field)}
        onChange={(event) => onEdit({ [field]: event.currentTarget.checked }, field)}
        data-testid="plain-accepted"
      />
    </Alert>
  );
}

function TcpFields(fields: FieldProps) {
  const { t } = useTranslation('engines');
  const { form, disabled, onEdit } = fields;
  return (
    <div className={classes.fields}>
      <div className={classes.addressRow}>
        <Text {...fields} field="host" label={t('form.host')} placeholder="atlas.example.net" autoFocus />
        <Text {...fields} field="port" label={t('form.port')} placeholder="2376" />
        <SegmentedControl
          aria-label={t('form.tls')}
          className={classes.besideLabel ?? ''}
          value={form.tls ? 'tls' : 'plain'}
          disabled={disabled}
          onChange={(value) => onEdit({ tls: value === 'tls' })}
          data={[
            { value: 'tls', label: t('form.tlsOn') },
            { value: 'plain', label: t('form.tlsOff') },
          ]}
          data-testid="engine-tls"
        />
      </div>
      {form.tls ? (
        <>
          <Text
            {...fields}
            field="ca"
            label={t('form.ca')}
            hint={t('form.caHint')}
            placeholder="/home/ada/.docker/ca.pem"
          />
          <div className={classes.pair}>
            <Text {...fields} field="cert" label={t('form.cert')} hint={t('form.filesHint')} />
            <Text {...fields} field="key" label={t('form.key')} />
          </div>
          <Text {...fields} field="serverName" label={t('form.serverName')} hint={t('form.serverNameHint')} />
        </>
      ) : (
        <Plain {...fields} field="plainAccepted" />
      )}
    </div>
  );
}

function SshFields(fields: FieldProps) {
  const { t } = useTranslation('engines');
  const own = t('form.fromConfig');
  return (
    <div className={classes.fields}>
      <div className={classes.sshRow}>
        <Text {...fields} field="user" label={t('form.user')} placeholder={own} />
        <Text {...fields} field="sshHost" label={t('form.sshHost')} placeholder="atlas" autoFocus />
        <Text {...fields} field="sshPort" label={t('form.sshPort')} placeholder="22" />
      </div>
      <Text
        {...fields}
        field="keyFile"
        label={t('form.keyFile')}
        hint={t('form.keyFileHint')}
        placeholder={own}
      />
      <Text {...fields} field="jump" label={t('form.jump')} hint={t('form.jumpHint')} placeholder={own} />
      <Text {...fields} field="socket" label={t('form.socket')} placeholder="/var/run/docker.sock" />
    </div>
  );
}

/** The fields of the chosen kind of connection. */
export function ConnectionFields(fields: FieldProps) {
  const { t } = useTranslation('engines');
  switch (fields.form.kind) {
    case 'socket':
      return (
        <Text {...fields} field="path" label={t('form.path')} placeholder="/var/run/docker.sock" autoFocus />
      );
    case 'tcp':
      return <TcpFields {...fields} />;
    case 'ssh':
      return <SshFields {...fields} />;
    case 'context':
      return (
        <div className={classes.fields}>
          <Text
            {...fields}
            field="context"
            label={t('form.context')}
            hint={t('form.contextHint')}
            autoFocus
          />
          {(fields.plainAsked || fields.form.contextPlain) && <Plain {...fields} field="contextPlain" />}
        </div>
      );
  }
}
