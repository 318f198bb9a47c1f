import { NeedsToolbox } from './NeedsToolbox';
import { useConsent, useToolbox } from './use-host';

/** What is missing before anything may be done on a host itself; nothing where it may. */
export function PolicyConsent({ engineId }: { engineId: string }) {
  useToolbox();
  const consent = useConsent(engineId);
  return consent && consent !== 'granted' ? <NeedsToolbox engineId={engineId} consent={consent} /> : null;
}
