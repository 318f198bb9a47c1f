import { Button } from '@mantine/core';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { FileKind, Problem } from '../../../shared/model';
import { useApp } from '../../context/context';
import classes from './ChooseFile.module.css';
import type { EngineForm } from './engine-form';
import type { FieldProps } from './TextField';

interface Props extends Pick<FieldProps, 'form' | 'disabled' | 'onEdit'> {
  kind: FileKind;
  /** Of the field. */
  label: string;
  onProblem: (problem: Problem | null) => void;
}

/** What was chosen, and of what lies beside it that for which nothing was typed. */
function filled(kind: FileKind, path: string, beside: Partial<Record<FileKind, string>>, now: EngineForm) {
  const others = Object.entries(beside).filter(([name]) => now[name as FileKind].trim() === '');
  return { ...Object.fromEntries(others), [kind]: path } as Partial<EngineForm>;
}

/** Opens the system's own dialog for a file: the desktop alone has one. */
export function ChooseFile({ kind, label, form, disabled, onEdit, onProblem }: Props) {
  const { t } = useTranslation('engines');
  const { api } = useApp();
  const busy = useRef(false);
  const choose = async () => {
    // Not disabled meanwhile: that would take the focus away, which comes back here after the dialog.
    if (busy.current) return;
    busy.current = true;
    const result = await api.invoke('files.choose', { kind, current: form[kind].slice(0, 4096) });
    busy.current = false;
    onProblem(result.ok ? null : result.error);
    if (!result.ok || result.value.path === null) return;
    const { path, beside } = result.value;
    onEdit((now) => filled(kind, path, beside, now), kind);
  };
  return (
    <Button
      className={classes.choose ?? ''}
      variant="subtle"
      color="gray"
      size="compact-xs"
      aria-label={t('form.chooseFor', { field: label })}
      disabled={disabled}
      onClick={() => void choose()}
      data-testid={`choose-${kind}`}
    >
      {t('form.choose')}
    </Button>
  );
}
