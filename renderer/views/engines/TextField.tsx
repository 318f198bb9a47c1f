import { TextInput } from '@mantine/core';
import { useState } from 'react';
import type { FileKind, Problem } from '../../../shared/model';
import { useApp } from '../../context/context';
import { useSentences } from '../../i18n';
import { ChooseFile } from './ChooseFile';
import type { EngineForm, FieldKey } from './engine-form';

export interface FieldProps {
  form: EngineForm;
  disabled: boolean;
  /** What is wrong with a field, once it was touched. */
  error: (field: FieldKey) => React.ReactNode;
  /** @param patch what differs, or how it follows from what stands there by then */
  onEdit: (patch: Partial<EngineForm> | ((now: EngineForm) => Partial<EngineForm>), field?: FieldKey) => void;
  /** Takes a whole address apart into the fields; false for a text that is none. */
  onAddress: (text: string) => boolean;
  /** The context turned out to say plain TCP. */
  plainAsked?: boolean;
}

export type TextKey = { [K in FieldKey]: EngineForm[K] extends string ? K : never }[FieldKey];

interface Props extends FieldProps {
  field: Exclude<TextKey, 'kind'>;
  label: string;
  placeholder?: string;
  hint?: string;
  /** The field that has the focus when its kind is shown; a whole address in it is taken apart. */
  address?: boolean;
  /** It names a file of the computer that runs the console: on the desktop, one that can be chosen. */
  file?: FileKind;
}

/** Addresses, paths and names: letter by letter, never corrected. */
export function TextField({ field, label, placeholder, hint, address, file, ...fields }: Props) {
  const { form, disabled, error, onEdit } = fields;
  const { info } = useApp();
  const sentences = useSentences();
  const [problem, setProblem] = useState<Problem | null>(null);
  const chooser = file && info.transport === 'desktop' && (
    <ChooseFile {...fields} kind={file} label={label} onProblem={setProblem} />
  );
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
      data-autofocus={address || undefined}
      value={form[field]}
      disabled={disabled}
      error={problem ? sentences.problem(problem) : error(field)}
      onChange={(event) => {
        setProblem(null);
        onEdit({ [field]: event.currentTarget.value }, field);
      }}
      {...(chooser && { rightSection: chooser, rightSectionWidth: 80 })}
      {...(address && takingApart(fields))}
    />
  );
}

/** Pasted it is an address at once; typed, once it is whole: when the field is left, or Enter is pressed. */
const takingApart = ({ onAddress }: FieldProps) => ({
  onPaste: (event: React.ClipboardEvent) => {
    if (onAddress(event.clipboardData.getData('text'))) event.preventDefault();
  },
  onKeyDown: (event: React.KeyboardEvent<HTMLInputElement>) => {
    if (event.key === 'Enter' && onAddress(event.currentTarget.value)) event.preventDefault();
  },
  onBlur: (event: React.FocusEvent<HTMLInputElement>) => void onAddress(event.currentTarget.value),
});
