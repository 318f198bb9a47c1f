import { ColorInput } from '@mantine/core';
import { useState } from 'react';

interface Props {
  label: string;
  testId: string;
  /** `#rrggbb`; one of these chosen closes the picker. */
  swatches: readonly string[];
  value: string;
  disabled: boolean;
  onChange: (colour: string) => void;
}

/** A colour, typed or picked. Mantine's own picker stays open on Escape, which then reaches the dialog around. */
export function ColourField({ label, testId, swatches, value, disabled, onChange }: Props) {
  const [open, setOpen] = useState(false);
  const show = () => setOpen(true);
  const hide = () => setOpen(false);
  return (
    <ColorInput
      label={label}
      data-testid={testId}
      size="xs"
      format="hex"
      swatches={[...swatches]}
      swatchesPerRow={8}
      withEyeDropper={false}
      popoverProps={{ opened: open }}
      value={value}
      disabled={disabled}
      onChange={onChange}
      onChangeEnd={(colour) => swatches.includes(colour) && hide()}
      onFocus={show}
      onClick={show}
      onBlur={hide}
      onKeyDown={({ key }) => key === 'Escape' && hide()}
      data-mantine-stop-propagation={open || undefined}
    />
  );
}
