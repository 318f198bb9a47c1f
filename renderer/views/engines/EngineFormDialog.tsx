import { Box, Button, SegmentedControl } from '@mantine/core';
import { IconPlugConnected } from '@tabler/icons-react';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { EngineConnection, Problem } from '../../../shared/model';
import { useApp, useEngines, useInventory } from '../../context/context';
import { EmptyState, ProblemNote } from '../../components';
import { useSentences } from '../../i18n';
import { findEntry } from '../../store/engines';
import { findEngine } from '../../store/inventory';
import { DialogFooter } from '../../components/dialog/DialogFooter';
import { Candidates } from './Candidates';
import { ConnectionFields } from './ConnectionFields';
import {
  connectionKinds,
  connectionOf,
  fieldOfProblem,
  formErrors,
  mostIn,
  labelsOf,
  type ConnectionKind,
  type EngineForm,
  type FieldKey,
} from './engine-form';
import classes from './EngineFormDialog.module.css';
import { LabelFields } from './LabelFields';
import { TestPanel } from './TestPanel';
import type { FieldProps } from './TextField';
import { useEngineForm, type Touched } from './use-engine-form';
import { useEngineTest, type EngineTrial } from './use-engine-test';
import words from './words.module.css';
import { TaskDialog, useBusy } from '../../components/dialog/TaskDialog';

interface Props {
  /** The entry to edit; a new one without. */
  engineId?: string | undefined;
  onClose: () => void;
}

/** Adds or edits the entry, and keeps what was accepted while it was tried. */
function useSave(engineId: string | undefined, onDone: () => void) {
  const { api } = useApp();
  const [saving, setSaving] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const save = async (form: EngineForm, connection: EngineConnection, trial: EngineTrial) => {
    setSaving(true);
    const entry = { ...labelsOf(form), connection };
    const result = engineId
      ? await api.invoke('engines.edit', { ...entry, id: engineId })
      : await api.invoke('engines.add', entry);
    if (result.ok) {
      const id = engineId ?? (result.value as { engineId: string }).engineId;
      const { passphrase, remember = false } = trial.given();
      // What fails here shows at the host: the entry itself is kept.
      if (passphrase) await api.invoke('engines.unlock', { engineId: id, passphrase, remember });
      return onDone();
    }
    setSaving(false);
    setProblem(result.error);
  };
  return { saving, problem, save, forget: () => setProblem(null) };
}

function useFieldErrors(form: EngineForm, touched: Touched, problem: Problem | null) {
  const { t } = useTranslation('engines');
  const sentences = useSentences();
  const errors = formErrors(form);
  const refused = problem && fieldOfProblem(form.kind, problem);
  return (field: FieldKey): React.ReactNode => {
    if (problem && refused === field) return sentences.problem(problem);
    const error = errors[field];
    return error && (touched === 'all' || touched.has(field))
      ? t(`errors.${error}`, { most: mostIn(form, field) })
      : undefined;
  };
}

/** An address can lead to another kind of connection, whose fields take the place of the one that had the focus. */
function useFocusKept(kind: ConnectionKind) {
  const ref = useRef<HTMLFormElement>(null);
  useEffect(() => {
    const lost = document.activeElement === document.body || document.activeElement === null;
    if (lost) ref.current?.querySelector<HTMLElement>('[data-autofocus]')?.focus();
  }, [kind]);
  return ref;
}

const Part = ({ title, children }: { title: string; children: React.ReactNode }) => (
  <section className={classes.part} aria-label={title}>
    <h3 className={words.title}>{title}</h3>
    {children}
  </section>
);

function KindChooser({ form, disabled, onEdit }: Omit<FieldProps, 'error'>) {
  const { t } = useTranslation('engines');
  return (
    <SegmentedControl
      fullWidth
      mb="md"
      aria-label={t('form.kind')}
      value={form.kind}
      disabled={disabled}
      onChange={(kind) => onEdit({ kind: kind as ConnectionKind })}
      data={connectionKinds.map((kind) => ({
        value: kind,
        label: <span data-testid={`kind-${kind}`}>{t(`form.kinds.${kind}`)}</span>,
      }))}
    />
  );
}

/** Adds a host, or changes the way to it and how it appears. */
export function EngineFormDialog({ engineId, onClose }: Props) {
  const { t } = useTranslation('engines');
  const { form, filled, ...rest } = useEngineForm(engineId);
  const engine = useInventory((state) => engineId && findEngine(state.snapshot, engineId));
  const entry = useEngines((state) => (engineId ? findEntry(state, engineId) : undefined));
  const host = entry?.name ?? (engine ? engine.name : '');
  return (
    <TaskDialog
      onClose={onClose}
      size={980}
      title={t(engineId ? 'form.titles.edit' : 'form.titles.add', { host })}
      form
      filled={filled}
    >
      {form ? (
        <Body engineId={engineId} onClose={onClose} form={form} {...rest} />
      ) : (
        <EmptyState title={t('form.gone')} />
      )}
    </TaskDialog>
  );
}

type BodyProps = Props & Omit<ReturnType<typeof useEngineForm>, 'form' | 'filled'> & { form: EngineForm };

function Body({ engineId, onClose, form, touched, candidate, edit, fill, takeApart, touchAll }: BodyProps) {
  const { t } = useTranslation('engines');
  const connection = useMemo(() => connectionOf(form), [form]);
  const trial = useEngineTest(connection, engineId);
  const { saving, problem, save, forget } = useSave(engineId, onClose);
  useBusy(saving);
  const error = useFieldErrors(form, touched, problem);
  const refusals = [problem, trial.state.kind === 'failed' ? trial.state.problem : null];
  const fields: FieldProps = {
    form,
    plainAsked: refusals.some((each) => each?.code === 'plain_tcp_unaccepted'),
    disabled: saving,
    error,
    onEdit: (patch, field) => {
      forget();
      edit(patch, field);
    },
    onAddress: (text) => {
      const taken = takeApart(text);
      if (taken) forget();
      return taken;
    },
  };
  const ref = useFocusKept(form.kind);
  const { state } = trial;
  const ownName = state.kind === 'answered' ? state.test.name : undefined;
  const blocked = Object.keys(formErrors(form)).length > 0;
  return (
    <form
      ref={ref}
      data-testid="engine-form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        touchAll();
        if (connection && !blocked) void save(form, connection, trial);
      }}
    >
      <div className={classes.columns}>
        <div>
          <Part title={t('form.way')}>
            <KindChooser {...fields} />
            <ConnectionFields {...fields} />
          </Part>
          <Part title={t('form.labels')}>
            <LabelFields {...fields} ownName={ownName} engineId={engineId} />
          </Part>
        </div>
        <aside className={classes.aside}>
          {!engineId && (
            <Part title={t('candidates.title')}>
              <Candidates chosen={candidate} onChoose={fill} />
            </Part>
          )}
          <Part title={t('form.testTitle')}>
            {state.kind !== 'running' && (
              <Button
                variant="default"
                mb="sm"
                leftSection={<IconPlugConnected size={14} stroke={1.8} />}
                onClick={() => {
                  touchAll();
                  trial.run();
                }}
                data-testid="engine-test"
              >
                {t(state.kind === 'idle' ? 'form.test' : 'form.testAgain')}
              </Button>
            )}
            <TestPanel trial={trial} way={form} />
          </Part>
        </aside>
      </div>
      {problem && !fieldOfProblem(form.kind, problem) && (
        <Box mt="md">
          <ProblemNote problem={problem} />
        </Box>
      )}
      <DialogFooter
        label={t(engineId ? 'form.save' : 'add')}
        pending={false}
        blocked={touched === 'all' && blocked}
      />
    </form>
  );
}
