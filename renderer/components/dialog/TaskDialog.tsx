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
  /**
   * It has fields to fill in: once something was, neither Escape nor a click beside it throws that away; the latter does
   * not either once anything in it was clicked.
   */
  form?: boolean;
  /** Something is filled in that no field tells by an event: by a button, or before it was opened. */
  filled?: boolean;
  onClose: () => void;
  children: ReactNode;
}

/**
 * Whether something was typed, chosen or ticked, and whether anything was clicked; fields and what they unfold into, which the page
 * has elsewhere, tell so by their events.
 */
function useWork() {
  const [edited, setEdited] = useState(false);
  const [clicked, setClicked] = useState(false);
  const onChangeCapture = () => setEdited(true);
  const onClickCapture = ({ target }: { target: EventTarget }) => {
    if (!(target instanceof Element) || target.matches('.mantine-Modal-overlay')) return;
    setClicked(true);
    // Choosing from a list is no change of the field in the eyes of the page.
    if (target.closest('[role="option"]')) setEdited(true);
  };
  return { edited, clicked, listeners: { onChangeCapture, onClickCapture } };
}

/**
 * The frame of every dialog, and the one rule by which it closes: Escape, a click beside it, the cross and Cancel do so
 * unless something that was sent from it is under way. What was filled in is thrown away by the cross and Cancel only:
 * the other two are done by mistake, or are meant for something in front. What goes on without the dialog, and is told elsewhere (a run, an
 * undo out of the log), does not keep it open.
 */
export function TaskDialog({
  title,
  size,
  busy = false,
  form = false,
  filled = false,
  onClose,
  children,
}: Props) {
  const [holds, setHolds] = useState(0);
  const held = busy || holds > 0;
  const { edited, clicked, listeners } = useWork();
  const casual = !held && !(form && (edited || filled));
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
        closeOnClickOutside={casual && !(form && clicked)}
        closeOnEscape={casual}
        withCloseButton={!held}
        {...(form ? listeners : {})}
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
