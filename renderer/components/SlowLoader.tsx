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

/** A spinner that only appears when the wait is worth one. */
export function SlowLoader({ label, size = 14 }: { label?: string; size?: number }) {
  if (!useSlow(true)) return null;
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
