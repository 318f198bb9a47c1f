import { TextInput } from '@mantine/core';
import { useState } from 'react';
import classes from './SegmentForm.module.css';
import { mono } from './SharedFields';

interface RangeProps {
  label: string;
  testId: string;
  /** Null: as found. */
  value: string | null;
  found: string;
  /** What it is without a range. */
  without: string;
  disabled: boolean;
  error: React.ReactNode;
  onChange: (value: string | null) => void;
}

/** Shows what the preview found until the admin writes a range; an empty field goes back to it. */
export function RangeField({ label, testId, value, found, without, disabled, error, onChange }: RangeProps) {
  const [editing, setEditing] = useState(false);
  /** What focus put there. The preview echoes a range that was typed, so `found` can't tell it from one that was found. */
  const [begun, setBegun] = useState<string | null>(null);
  return (
    <TextInput
      aria-label={label}
      data-testid={testId}
      {...mono}
      placeholder={without}
      value={editing ? (value ?? '') : (value ?? found)}
      data-found={(value === null && found !== '') || undefined}
      classNames={{ input: `tl-mono ${value === null ? (classes.found ?? '') : ''}` }}
      disabled={disabled}
      error={error}
      onFocus={() => {
        // What was found is where editing begins.
        if (value === null && found) {
          onChange(found);
          setBegun(found);
        }
        setEditing(true);
      }}
      onBlur={() => {
        setEditing(false);
        setBegun(null);
        if (value?.trim() === '' || (begun !== null && value === begun)) onChange(null);
      }}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
