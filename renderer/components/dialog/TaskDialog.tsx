import { Button, Modal } from '@mantine/core';
import { createContext, use, useCallback, useLayoutEffect, useMemo, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

interface Task {
  /** What was sent is under way: the dialog stays. */
  busy: boolean;
  close: () => void;
  /** Keeps the dialog open until what it returns is called. */
  hold: () => () => void;
}

const TaskContext = createContext<Task | null>(null);

/** The dialog around: whether something is under way in it, and how to close it. */
export function useTask(): Task {
  const task = use(TaskContext);
  if (!task) throw new Error('useTask outside of TaskDialog');
  return task;
}

/** Keeps the dialog around open while something that was sent from it is under way. */
export function useBusy(busy: boolean): void {
  const { hold } = useTask();
  useLayoutEffect(() => (busy ? hold() : undefined), [busy, hold]);
}

interface Props {
  title: ReactNode;
  /** Pixels, or one of Mantine's sizes. */
  size: number | string;
  /** What was sent is under way, and only this dialog will say how it went. */
  busy?: boolean;
  /** It holds what an admin has typed at length: a click beside it does not throw that away. */
  form?: boolean;
  onClose: () => void;
  children: ReactNode;
}

/**
 * The frame of every dialog, and the one rule by which it closes: Escape, a click beside it, the cross and Cancel do so
 * unless something that was sent from it is under way. What goes on without the dialog, and is told elsewhere (a run, an
 * undo out of the log), does not keep it open.
 */
export function TaskDialog({ title, size, busy = false, form = false, onClose, children }: Props) {
  const [holds, setHolds] = useState(0);
  const held = busy || holds > 0;
  const hold = useCallback(() => {
    setHolds((now) => now + 1);
    return () => setHolds((now) => now - 1);
  }, []);
  const task = useMemo(() => ({ busy: held, close: onClose, hold }), [held, onClose, hold]);
  return (
    <TaskContext value={task}>
      <Modal
        opened
        onClose={onClose}
        size={size}
        title={title}
        closeOnClickOutside={!held && !form}
        closeOnEscape={!held}
        withCloseButton={!held}
      >
        {children}
      </Modal>
    </TaskContext>
  );
}

/** Closes the dialog around, as long as nothing is under way in it. */
export function CancelButton({ label, autoFocus }: { label?: string; autoFocus?: boolean }) {
  const { t } = useTranslation();
  const { busy, close } = useTask();
  return (
    <Button variant="default" onClick={close} disabled={busy} data-autofocus={autoFocus || undefined}>
      {label ?? t('actions.cancel')}
    </Button>
  );
}
