import { useCallback, useState } from 'react';

/**
 * What failed, for as long as the form stands for what was asked: beside another request it would speak of something that
 * nobody asks for any more, and that may be so no longer.
 *
 * @param asked what the form stands for, as its admin filled it in
 */
export function useFailure<F>(asked: unknown): [F | null, (failure: F | null) => void] {
  const key = JSON.stringify([asked]);
  const [failed, setFailed] = useState<{ failure: F; key: string | undefined } | null>(null);
  // It is bound to what stands there when it is first shown, and gone for good with the first edit.
  if (failed && failed.key !== key) setFailed(failed.key === undefined ? { ...failed, key } : null);
  const shown = failed && (failed.key === undefined || failed.key === key) ? failed.failure : null;
  const set = useCallback(
    (failure: F | null) => setFailed(failure === null ? null : { failure, key: undefined }),
    [],
  );
  return [shown, set];
}
