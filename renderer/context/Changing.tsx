import type { ReactNode } from 'react';
import { useReadOnly } from './context';

/** What ends in a change of an engine: not there in a read-only console. */
export function Changing({ children }: { children: ReactNode }): ReactNode {
  return useReadOnly() ? null : children;
}
