import { useTranslation } from 'react-i18next';
import { orderEngines } from '../../../shared/rules';
import { useInventory, useSegments } from '../../context/context';
import { guessNic } from '../../graph';
import type { SegmentPurpose } from '../../store/ui';
import type { ChangeFlow } from '../../context/change/use-change-flow';
import { HostFields, HostList } from './HostFields';
import { ReservedFields } from './ReservedFields';
import type { FieldKey } from './segment-fields';
import { draftOf } from './form-request';
import type { HostForm, SegmentForm } from './segment-form';
import classes from './SegmentForm.module.css';
import { SegmentSummary } from './SegmentSummary';
import { IdentityFields, LinkFields, SubnetFields, type FieldProps } from './SharedFields';

interface PartsProps {
  purpose: SegmentPurpose;
  form: SegmentForm;
  flow: ChangeFlow;
  error: (field: FieldKey) => React.ReactNode;
  onEdit: FieldProps['onEdit'];
  onEditHost: (engineId: string, patch: Partial<HostForm>, field?: FieldKey) => void;
}

const Part = ({ title, children }: { title: string; children: React.ReactNode }) => (
  <section className={classes.part} aria-label={title}>
    <h3 className={classes.title}>{title}</h3>
    {children}
  </section>
);

function HostPart({ purpose, form, flow, error, onEdit, onEditHost }: PartsProps) {
  const engines = useInventory((state) => state.snapshot.engines);
  const networks = useInventory((state) => state.snapshot.networks);
  const plan = useSegments((state) => state.plan);
  const segment =
    purpose.kind === 'add-host' ? plan?.find((each) => each.id === purpose.segmentId) : undefined;
  const free = orderEngines(
    engines.filter(
      (each) => each.state === 'online' && segment?.members.every((member) => member.engineId !== each.id),
    ),
  );
  const choose = { create: 'many', 'add-host': 'one', edit: 'fixed', adopt: 'fixed' } as const;
  const edit: PartsProps['onEditHost'] = (engineId, patch, field) => {
    const other = segment && patch.engineId ? { nic: guessNic(segment, patch.engineId, networks) } : {};
    onEditHost(engineId, { ...patch, ...other }, field);
  };
  return (
    <HostFields
      form={form}
      planned={flow.preview?.segment ?? null}
      choose={choose[purpose.kind]}
      engines={free}
      disabled={flow.applying}
      error={error}
      onEdit={edit}
      onEditShared={purpose.kind === 'add-host' ? undefined : onEdit}
    />
  );
}

/** The form: what the segment is, its link and addresses, and its hosts, as far as the purpose lets them be edited. */
export function FormParts(props: PartsProps) {
  const { t } = useTranslation('segments');
  const { purpose, form, flow, error, onEdit } = props;
  const fields: FieldProps = { form, disabled: flow.applying, error, onEdit };
  const planOnly = purpose.kind === 'adopt' || purpose.kind === 'add-host';
  return (
    <div data-fields>
      {purpose.kind !== 'add-host' && (
        <Part title={t('form.what')}>
          <IdentityFields {...fields} />
        </Part>
      )}
      {planOnly ? (
        <Part title={t('form.lan')}>
          <SegmentSummary draft={draftOf(form)} />
        </Part>
      ) : (
        <>
          <Part title={t('form.link')}>
            <LinkFields {...fields} />
          </Part>
          <Part title={t('form.addresses')}>
            <SubnetFields {...fields} />
          </Part>
        </>
      )}
      {purpose.kind !== 'add-host' && (
        <Part title={t('reserved.title')}>
          <ReservedFields {...fields} />
        </Part>
      )}
      <Part title={purpose.kind === 'add-host' ? t('hosts.host') : t('hosts.title')}>
        {purpose.kind === 'adopt' ? <HostList segment={purpose.segment} /> : <HostPart {...props} />}
      </Part>
    </div>
  );
}
