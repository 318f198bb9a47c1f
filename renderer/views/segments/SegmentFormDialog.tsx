import { Button } from '@mantine/core';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ChangeRecord, Problem } from '../../../shared/model';
import { addressProblems } from '../../../shared/rules';
import { useApp } from '../../context/context';
import { useSegmentTags } from '../../context/segments';
import { findLans } from '../../graph';
import { useSentences } from '../../i18n';
import type { Back, SegmentPurpose } from '../../store/ui';
import { DialogFooter } from '../../components/dialog/DialogFooter';
import { isSame } from '../../context/change/told-before';
import { useChangeFlow, type ChangeFlow } from '../../context/change/use-change-flow';
import { useToolbox } from '../../context/host/use-host';
import { FormParts } from './FormParts';
import { HostPlans } from '../../context/change/HostPlans';
import { KeepPartial } from './KeepPartial';
import { formFieldOf, type FieldKey } from './segment-fields';
import { draftOf, formErrors, requestOfForm, shapeProblems } from './form-request';
import { initialForm, tickedHost, type HostForm, type SegmentForm } from './segment-form';
import { useFirstWrong } from './use-first-wrong';
import classes from './SegmentForm.module.css';
import { TaskDialog } from '../../components/dialog/TaskDialog';

interface Props {
  purpose: SegmentPurpose;
  /** Where `onClose` goes. */
  back?: Back | undefined;
  /** What follows when it was applied, given the segment's id; nothing without. */
  next?: ((segmentId: string) => Back) | undefined;
  onClose: () => void;
}

/** Fields that were edited; what has not been touched is not yet wrong. */
type Touched = ReadonlySet<string> | 'all';

/** Hosts are filled in from the start: what is wrong there shows with the first preview, which the subnet brings. */
const isTouched = (touched: Touched, field: FieldKey): boolean =>
  touched === 'all' || touched.has(field) || (field.includes('@') && touched.has('subnet'));

/** Whether the form begins empty; what is imported is filled in already. */
const isBlank = (purpose: SegmentPurpose): boolean => purpose.kind === 'create' && !purpose.from;

/** The fields that are wrong by the form's own eyes. */
const ownErrors = (form: SegmentForm) =>
  [...Object.keys(formErrors(form)), ...Object.keys(shapeProblems(form))] as FieldKey[];

/** What is wrong with each field: by the form's own eyes, else by the preview's. */
function useFieldErrors(form: SegmentForm, problems: readonly Problem[], touched: Touched) {
  const { t } = useTranslation('segments');
  const sentences = useSentences();
  const own = formErrors(form);
  const shapes = shapeProblems(form);
  return (field: FieldKey): React.ReactNode => {
    if (!isTouched(touched, field)) return undefined;
    const text = own[field as keyof typeof own];
    if (text) return t(`form.errors.${text}` as 'form.errors.nameMissing');
    const problem =
      problems.find((each) => formFieldOf(each, form.subnet6.trim() !== '') === field) ?? shapes[field];
    return problem && sentences.whole(problem);
  };
}

/** The form's contents, what was touched, and how both change. */
function useForm(purpose: SegmentPurpose) {
  const { stores } = useApp();
  const { tags } = useSegmentTags();
  const [initial] = useState(() => {
    const { snapshot } = stores.inventory.getState();
    const lans = findLans(snapshot.networks, tags);
    return initialForm(purpose, stores.segments.getState().plan ?? [], snapshot, lans);
  });
  const [basedOn] = useState(() =>
    stores.segments.getState().plan?.find((one) => purpose.kind === 'edit' && one.id === purpose.segmentId),
  );
  const [form, setForm] = useState(initial);
  const [touched, setTouched] = useState<Touched>(isBlank(purpose) ? new Set() : 'all');
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
          hosts: now.hosts.map((host) => {
            if (host.engineId !== engineId) return host;
            const from = purpose.kind === 'create' ? purpose.from : undefined;
            const ticked = patch.chosen && !host.chosen ? tickedHost(now.hosts, engineId, from) : {};
            return { ...host, ...ticked, ...patch };
          }),
        },
    );
    touch(field);
  };
  const filled = !isSame(initial, form);
  return { form, basedOn, filled, touched, edit, editHost, touchAll: () => setTouched('all') };
}

/** Makes a segment, changes it, adds a host to it, or takes one that exists into the plan. */
export function SegmentFormDialog({ purpose, next, onClose }: Props) {
  const { t } = useTranslation('segments');
  const { stores } = useApp();
  useToolbox();
  const { form, basedOn, filled, touched, edit, editHost, touchAll } = useForm(purpose);
  // By the name that it has, whatever is typed.
  const [known] = useState(form?.name ?? '');
  const [keepPartial, setKeepPartial] = useState(false);
  const request = useMemo(() => form && requestOfForm(form, purpose, basedOn), [form, purpose, basedOn]);
  const own = form ? ownErrors(form) : [];
  /** What the admin sees already; the rest is marked when the button is pressed. */
  const wrong = own.some((field) => isTouched(touched, field));
  // Worth previewing: nothing is missing, and the admin has come as far as the addresses.
  const ready = request !== null && isTouched(touched, 'subnet');
  const onApplied = ({ segment }: ChangeRecord) =>
    stores.ui.setState({ dialog: next?.(segment?.id ?? '') ?? null });
  const flow = useChangeFlow(request, { form, hidden: wrong || !ready, onApplied });
  // Without a request there is no preview, and what is kept is what was wrong with an earlier one: the addresses are looked at here.
  const problems = request ? flow.problems : form ? addressProblems(draftOf(form)) : nothing;
  const error = useFieldErrors(form ?? gone, problems, touched);
  const [fields, showWrong] = useFirstWrong();
  if (!form) return null;
  const atField = (problem: Problem) => {
    const field = formFieldOf(problem, form.subnet6.trim() !== '');
    return field !== null && shownFields(form, purpose, field);
  };
  // What is wrong with the segment itself is found again on each host: told once is enough.
  const told = new Set(flow.problems.filter(atField).map((problem) => problem.message));
  const hidden = (problem: Problem) => told.has(problem.message);
  const seen = (problem: Problem) => {
    const field = formFieldOf(problem, form.subnet6.trim() !== '');
    return isTouched(touched, field ?? 'subnet');
  };
  const blocked = wrong || (!flow.pending && problems.some(seen));
  return (
    <TaskDialog
      onClose={onClose}
      size={1120}
      title={t(`form.titles.${purpose.kind}`, { segment: known })}
      busy={flow.applying}
      form
      filled={filled}
    >
      <form
        ref={fields}
        data-testid="segment-form"
        onSubmit={(event) => {
          event.preventDefault();
          touchAll();
          if (own.length === 0) void flow.submit(keepPartial);
          else showWrong();
        }}
      >
        <div className={classes.columns}>
          <FormParts
            purpose={purpose}
            form={form}
            flow={flow}
            error={error}
            onEdit={edit}
            onEditHost={editHost}
          />
          <aside className={classes.preview} aria-label={t('preview.title')} data-testid="segment-preview">
            <h3 className={classes.title}>{t('preview.title')}</h3>
            <Preview purpose={purpose} flow={flow} ready={ready} wrong={wrong} hidden={hidden} />
          </aside>
        </div>
        <div className={classes.footer}>
          <DialogFooter
            label={t(`form.apply.${purpose.kind}`)}
            pending={flow.pending}
            unread={flow.unread}
            blocked={blocked}
            aside={
              <>
                {(flow.preview?.hosts.length ?? 0) > 1 && (
                  <KeepPartial value={keepPartial} disabled={flow.applying} onChange={setKeepPartial} />
                )}
                {blocked && (
                  <Button variant="subtle" color="red" onClick={showWrong} data-testid="show-wrong">
                    {t('form.showWrong')}
                  </Button>
                )}
              </>
            }
          />
        </div>
      </form>
    </TaskDialog>
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
  more: [],
  internal: undefined,
  options: {},
  reserved: [],
  hosts: [],
};

const nothing: readonly Problem[] = [];

const planFields = ['name', 'reserved'];

/** Whether the dialog has this field: some purposes show only a part of the form. */
function shownFields(form: SegmentForm, purpose: SegmentPurpose, field: FieldKey): boolean {
  const engineId = field.split('@')[1];
  if (engineId !== undefined) return form.hosts.some((host) => host.chosen && host.engineId === engineId);
  if (purpose.kind === 'adopt') return planFields.includes(field);
  return purpose.kind !== 'add-host' || field === 'hosts';
}

interface PreviewProps {
  purpose: SegmentPurpose;
  flow: ChangeFlow;
  /** Worth previewing: nothing is missing, and the admin has come as far as the addresses. */
  ready: boolean;
  /** Something is marked that the form itself knows to be wrong. */
  wrong: boolean;
  hidden: (problem: Problem) => boolean;
}

function Preview({ purpose, flow, ready, wrong, hidden }: PreviewProps) {
  const { t } = useTranslation('segments');
  if (wrong) return <p className={classes.hint}>{t('preview.correct')}</p>;
  if (!ready) return <p className={classes.hint}>{t('preview.empty')}</p>;
  const atFields = flow.problems.some(hidden);
  const untouched = purpose.kind === 'edit' && flow.problems.length === 0 && flow.preview?.hosts.length === 0;
  return (
    <>
      {purpose.kind === 'adopt' && <p className={classes.hint}>{t('explain.adopt-segment')}</p>}
      {atFields && <p className={classes.hint}>{t('preview.correct')}</p>}
      {untouched && <p className={classes.hint}>{t('preview.untouched')}</p>}
      <HostPlans flow={flow} shown={hidden} />
    </>
  );
}
