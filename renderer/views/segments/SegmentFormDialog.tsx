import { Modal } from '@mantine/core';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Problem } from '../../../shared/model';
import { sortNatural } from '../../../shared/rules';
import { useApp, useInventory, useSegments } from '../../app/context';
import { useSentences } from '../../i18n';
import type { SegmentPurpose } from '../../store/ui';
import { guessNic } from '../../graph';
import { DialogFooter } from '../change/DialogFooter';
import { HostFields } from './HostFields';
import { HostPlans } from './HostPlans';
import { KeepPartial } from './KeepPartial';
import { ReservedFields } from './ReservedFields';
import { formFieldOf, type FieldKey } from './segment-fields';
import {
  draftOf,
  formErrors,
  initialForm,
  requestOfForm,
  type HostForm,
  type SegmentForm,
} from './segment-form';
import classes from './SegmentForm.module.css';
import { SegmentSummary } from './SegmentSummary';
import { IdentityFields, LinkFields, SubnetFields, type FieldProps } from './SharedFields';
import { useSegmentFlow, type SegmentFlow } from './use-segment-flow';

interface Props {
  purpose: SegmentPurpose;
  onClose: () => void;
}

/** Fields that were edited; what has not been touched is not yet wrong. */
type Touched = ReadonlySet<string> | 'all';

const isTouched = (touched: Touched, field: FieldKey): boolean => touched === 'all' || touched.has(field);

/** What is wrong with each field: by the form's own eyes, else by the preview's. */
function useFieldErrors(form: SegmentForm, problems: readonly Problem[], touched: Touched) {
  const { t } = useTranslation('segments');
  const sentences = useSentences();
  const own = formErrors(form);
  return (field: FieldKey): React.ReactNode => {
    if (!isTouched(touched, field)) return undefined;
    const text = own[field as keyof typeof own];
    if (text) return t(`form.errors.${text}` as 'form.errors.nameMissing');
    const problem = problems.find((each) => formFieldOf(each) === field);
    return problem && [sentences.problem(problem), sentences.hint(problem)].filter(Boolean).join(' ');
  };
}

/** The form's contents, what was touched, and how both change. */
function useForm(purpose: SegmentPurpose) {
  const { stores } = useApp();
  const [form, setForm] = useState<SegmentForm | null>(() => {
    const { snapshot } = stores.inventory.getState();
    return initialForm(purpose, stores.segments.getState().plan ?? [], snapshot);
  });
  const [touched, setTouched] = useState<Touched>(purpose.kind === 'create' ? new Set() : 'all');
  const touch = (field: string | undefined) => {
    if (field) setTouched((now) => (now === 'all' ? now : new Set(now).add(field)));
  };
  const edit = (patch: Partial<SegmentForm>, field?: FieldKey) => {
    setForm((now) => now && { ...now, ...patch });
    touch(field);
  };
  const editHost = (engineId: string, patch: Partial<HostForm>, field?: FieldKey) => {
    setForm(
      (now) =>
        now && {
          ...now,
          hosts: now.hosts.map((host) => (host.engineId === engineId ? { ...host, ...patch } : host)),
        },
    );
    touch(field);
  };
  return { form, touched, edit, editHost, touchAll: () => setTouched('all') };
}

interface PartsProps {
  purpose: SegmentPurpose;
  form: SegmentForm;
  flow: SegmentFlow;
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

function HostPart({ purpose, form, flow, error, onEditHost }: PartsProps) {
  const engines = useInventory((state) => state.snapshot.engines);
  const networks = useInventory((state) => state.snapshot.networks);
  const plan = useSegments((state) => state.plan);
  const segment =
    purpose.kind === 'add-host' ? plan?.find((each) => each.id === purpose.segmentId) : undefined;
  const free = engines
    .filter(
      (each) => each.state === 'online' && segment?.members.every((member) => member.engineId !== each.id),
    )
    .sort((a, b) => sortNatural(a.name, b.name));
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
      readOnly={purpose.kind === 'adopt'}
      disabled={flow.applying}
      error={error}
      onEdit={edit}
    />
  );
}

function Parts(props: PartsProps) {
  const { t } = useTranslation('segments');
  const { purpose, form, flow, error, onEdit } = props;
  const fields: FieldProps = { form, disabled: flow.applying, error, onEdit };
  const planOnly = purpose.kind === 'adopt' || purpose.kind === 'add-host';
  return (
    <div>
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
        <HostPart {...props} />
      </Part>
    </div>
  );
}

/** Makes a segment, changes it, adds a host to it, or takes one that exists into the plan. */
export function SegmentFormDialog({ purpose, onClose }: Props) {
  const { t } = useTranslation('segments');
  const { form, touched, edit, editHost, touchAll } = useForm(purpose);
  const [keepPartial, setKeepPartial] = useState(false);
  const request = useMemo(() => form && requestOfForm(form, purpose), [form, purpose]);
  const flow = useSegmentFlow(request, onClose);
  const error = useFieldErrors(form ?? gone, flow.problems, touched);
  if (!form) return null;
  const hidden = (problem: Problem) => {
    const field = formFieldOf(problem);
    return field !== null && shownFields(form, purpose, field);
  };
  const blocked = Object.keys(formErrors(form)).length > 0 || (!flow.pending && flow.problems.length > 0);
  return (
    <Modal
      opened
      onClose={onClose}
      size={1120}
      title={t(`form.titles.${purpose.kind}`, { segment: form.name })}
      closeOnClickOutside={false}
      closeOnEscape={!flow.applying}
      withCloseButton={!flow.applying}
    >
      <form
        data-testid="segment-form"
        onSubmit={(event) => {
          event.preventDefault();
          touchAll();
          void flow.submit(keepPartial);
        }}
      >
        <div className={classes.columns}>
          <Parts
            purpose={purpose}
            form={form}
            flow={flow}
            error={error}
            onEdit={edit}
            onEditHost={editHost}
          />
          <aside className={classes.preview} aria-label={t('preview.title')} data-testid="segment-preview">
            <h3 className={classes.title}>{t('preview.title')}</h3>
            <Preview flow={flow} touched={touched} hidden={hidden} ready={request !== null} />
          </aside>
        </div>
        <div className={classes.footer}>
          <DialogFooter
            label={t(`form.apply.${purpose.kind}`)}
            pending={flow.pending}
            applying={flow.applying}
            blocked={touched === 'all' && blocked}
            onCancel={onClose}
            aside={
              (flow.preview?.hosts.length ?? 0) > 1 && (
                <KeepPartial value={keepPartial} disabled={flow.applying} onChange={setKeepPartial} />
              )
            }
          />
        </div>
      </form>
    </Modal>
  );
}

const gone: SegmentForm = {
  name: '',
  colour: '',
  tenant: '',
  vlan: '',
  driver: 'macvlan',
  mode: '',
  mtu: '',
  subnet: '',
  gateway: '',
  subnet6: '',
  gateway6: '',
  reserved: [],
  hosts: [],
};

const planFields = ['name', 'reserved'];

/** Whether the dialog has this field: some purposes show only a part of the form. */
function shownFields(form: SegmentForm, purpose: SegmentPurpose, field: FieldKey): boolean {
  const engineId = field.split('@')[1];
  if (engineId !== undefined) return form.hosts.some((host) => host.chosen && host.engineId === engineId);
  if (purpose.kind === 'adopt') return planFields.includes(field);
  return purpose.kind !== 'add-host' || field === 'hosts';
}

interface PreviewProps {
  flow: SegmentFlow;
  touched: Touched;
  hidden: (problem: Problem) => boolean;
  ready: boolean;
}

function Preview({ flow, touched, hidden, ready }: PreviewProps) {
  const { t } = useTranslation('segments');
  const untouched = touched !== 'all' && !touched.has('subnet');
  if (!ready || !flow.preview || untouched)
    return (
      <p className={classes.hint}>
        {flow.problems.length > 0 && ready && !untouched ? '' : t('preview.empty')}
      </p>
    );
  return <HostPlans flow={flow} shown={hidden} />;
}
