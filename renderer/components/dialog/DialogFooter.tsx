import { Button, Group, Text } from '@mantine/core';
import { useEffect, useLayoutEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { SlowLoader } from '..';
import classes from './DialogFooter.module.css';
import { CancelButton, useTask } from './TaskDialog';

/** What was pressed before it was read: `first` for the first time, or as it is now. */
export type Unread = 'first' | 'changed';

interface Props {
  label: string;
  danger?: boolean;
  /** A preview is on its way. */
  pending: boolean;
  blocked: boolean;
  /** Apply was pressed, and this is yet to be read. */
  unread?: Unread | null;
  autoFocus?: boolean;
  aside?: React.ReactNode;
}

/** Cancel and apply, the same in each dialog that changes something. */
export function DialogFooter({ label, danger, pending, blocked, unread, autoFocus, aside }: Props) {
  const { busy: applying } = useTask();
  const { t: change } = useTranslation('change');
  const submit = useRef<HTMLButtonElement>(null);
  const wasApplying = useRef(false);
  // A button that is disabled drops the focus behind the dialog: it goes to what is wrong, or stays with the dialog.
  useLayoutEffect(() => {
    const button = submit.current;
    if (!(blocked || applying) || !button || document.activeElement !== button) return;
    const wrong = button.form?.querySelector<HTMLElement>('[aria-invalid="true"]:not(:disabled)');
    (wrong ?? button.closest<HTMLElement>('[role="dialog"]'))?.focus();
  }, [blocked, applying]);
  // What had the focus was disabled meanwhile; after a failure, Enter tries again.
  useEffect(() => {
    if (wasApplying.current && !applying) submit.current?.focus();
    wasApplying.current = applying;
  }, [applying]);
  useEffect(() => {
    if (unread) submit.current?.focus();
  }, [unread]);
  return (
    <Group justify="flex-end" gap="sm" className={classes.footer}>
      {aside}
      <div style={{ flex: 1 }}>
        {pending && !applying && <SlowLoader label={change('previewing')} />}
        {unread && (
          <Text size="xs" role="status" data-testid="unread">
            {change(`unread.${unread}`)}
          </Text>
        )}
      </div>
      <CancelButton />
      <Button
        ref={submit}
        type="submit"
        color={danger ? 'red' : undefined}
        loading={applying}
        disabled={blocked}
        aria-busy={pending || undefined}
        data-testid="apply"
        data-autofocus={autoFocus || undefined}
        // A key that is held down has not read what came while it was.
        onKeyDown={(event) => {
          if (event.repeat) event.preventDefault();
        }}
      >
        {label}
      </Button>
    </Group>
  );
}
