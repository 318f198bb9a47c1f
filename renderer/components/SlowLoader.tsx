import { Group, Loader, Text } from '@mantine/core';
import { useEffect, useState } from 'react';

/** Shorter waits than this, in milliseconds, feel immediate: a loader would only flicker. */
const patience = 300;

/** True once `waiting` has lasted longer than a moment. */
export function useSlow(waiting: boolean): boolean {
  const [slow, setSlow] = useState(false);
  useEffect(() => {
    if (!waiting) return;
    const timer = setTimeout(() => setSlow(true), patience);
    return () => {
      clearTimeout(timer);
      setSlow(false);
    };
  }, [waiting]);
  return waiting && slow;
}

interface Props {
  label?: string;
  /** Pixels. */
  size?: number;
}

/** A spinner, with what is waited for. For a wait that is always worth one. */
export function BusyNote({ label, size = 14 }: Props) {
  return (
    <Group gap="xs" role="status" wrap="nowrap">
      <Loader size={size} />
      {label && (
        <Text size="xs" c="dimmed">
          {label}
        </Text>
      )}
    </Group>
  );
}

/** A spinner that only appears when the wait is worth one. */
export function SlowLoader(props: Props) {
  return useSlow(true) ? <BusyNote {...props} /> : null;
}
