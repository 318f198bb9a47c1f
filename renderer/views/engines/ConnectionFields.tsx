import { Alert, Checkbox, SegmentedControl } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import classes from './ConnectionFields.module.css';
import { TextField, type FieldProps } from './TextField';

type PlainKey = 'plainAccepted' | 'contextPlain';

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
        <TextField
          {...fields}
          field="host"
          label={t('form.host')}
          placeholder="atlas.example.net"
          hint={t('form.addressHint')}
          address
        />
        <TextField {...fields} field="port" label={t('form.port')} placeholder="2376" />
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
          <TextField
            {...fields}
            field="ca"
            file="ca"
            label={t('form.ca')}
            hint={t('form.caHint')}
            placeholder="/home/ada/.docker/ca.pem"
          />
          <div className={classes.pair}>
            <TextField
              {...fields}
              field="cert"
              file="cert"
              label={t('form.cert')}
              hint={t('form.filesHint')}
            />
            <TextField {...fields} field="key" file="key" label={t('form.key')} />
          </div>
          <TextField
            {...fields}
            field="serverName"
            label={t('form.serverName')}
            hint={t('form.serverNameHint')}
          />
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
        <TextField {...fields} field="user" label={t('form.user')} placeholder={own} />
        <TextField
          {...fields}
          field="sshHost"
          label={t('form.sshHost')}
          placeholder="atlas"
          hint={t('form.addressHint')}
          address
        />
        <TextField {...fields} field="sshPort" label={t('form.sshPort')} placeholder="22" />
      </div>
      <TextField
        {...fields}
        field="keyFile"
        file="keyFile"
        label={t('form.keyFile')}
        hint={t('form.keyFileHint')}
        placeholder={own}
      />
      <TextField
        {...fields}
        field="jump"
        label={t('form.jump')}
        hint={t('form.jumpHint')}
        placeholder={own}
      />
      <TextField {...fields} field="socket" label={t('form.socket')} placeholder="/var/run/docker.sock" />
    </div>
  );
}

/** The fields of the chosen kind of connection. */
export function ConnectionFields(fields: FieldProps) {
  const { t } = useTranslation('engines');
  switch (fields.form.kind) {
    case 'socket':
      return (
        <TextField
          {...fields}
          field="path"
          label={t('form.path')}
          placeholder="/var/run/docker.sock"
          hint={t('form.addressHint')}
          address
        />
      );
    case 'tcp':
      return <TcpFields {...fields} />;
    case 'ssh':
      return <SshFields {...fields} />;
    case 'context':
      return (
        <div className={classes.fields}>
          <TextField
            {...fields}
            field="context"
            label={t('form.context')}
            hint={t('form.contextHint')}
            address
          />
          {(fields.plainAsked || fields.form.contextPlain) && <Plain {...fields} field="contextPlain" />}
        </div>
      );
  }
}
