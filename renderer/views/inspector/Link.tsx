import { Anchor } from '@mantine/core';
import { useApp } from '../../app/context';
import type { Selection } from '../../store/ui';

/** Goes to another thing in the inspector. */
export function Link({ to, children }: { to: Selection; children: React.ReactNode }) {
  const { stores } = useApp();
  return (
    <Anchor
      component="button"
      type="button"
      size="sm"
      ta="left"
      onClick={() => stores.ui.setState({ selection: to })}
    >
      {children}
    </Anchor>
  );
}
