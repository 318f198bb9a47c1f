import { useState } from 'react';
import type { EngineCandidate } from '../../../shared/model';
import { useApp } from '../../context/context';
import { isSame } from '../../context/change/told-before';
import { findEntry } from '../../store/engines';
import { emptyForm, formOf, withConnection, type EngineForm, type FieldKey } from './engine-form';
import { withAddress } from './pasted-address';
import type { FieldProps } from './TextField';

/** Fields that were edited; what has not been touched is not yet wrong. */
export type Touched = ReadonlySet<FieldKey> | 'all';

/** The form's contents, what was touched, and how both change. */
export function useEngineForm(engineId: string | undefined) {
  const { stores } = useApp();
  const [initial] = useState<EngineForm | null>(() => {
    if (engineId === undefined) return emptyForm;
    const entry = findEntry(stores.engines.getState(), engineId);
    return entry ? formOf(entry) : null;
  });
  const [form, setForm] = useState(initial);
  const [touched, setTouched] = useState<Touched>(new Set());
  const [candidate, setCandidate] = useState<EngineCandidate | null>(null);
  const edit: FieldProps['onEdit'] = (patch, field) => {
    setForm((now) => now && { ...now, ...(typeof patch === 'function' ? patch(now) : patch) });
    if (field) setTouched((now) => (now === 'all' ? now : new Set(now).add(field)));
  };
  const fill = (chosen: EngineCandidate) => {
    setCandidate(chosen);
    setForm((now) => now && withConnection(now, chosen.connection));
    setTouched(new Set());
  };
  const takeApart = (text: string): boolean => {
    const taken = form && withAddress(form, text);
    if (!taken) return false;
    setForm(taken);
    setTouched(new Set());
    return true;
  };
  const filled = !isSame(initial, form);
  return { form, filled, touched, candidate, edit, fill, takeApart, touchAll: () => setTouched('all') };
}
