import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import type { Container, Engine } from '../../shared/model';
import { findEngine } from '../store/inventory';
import { useInventory } from './context';

/** What a host has was told before it stopped answering. Of one never reached nothing is known, and nothing shown. */
export const isLastKnown = (engine: Engine | undefined): boolean =>
  engine !== undefined && engine.state !== 'online' && engine.version !== '';

/** Whether what is shown of a host is what it told last, for it does not answer now. */
export const useLastKnown = (engineId: string): boolean =>
  useInventory((state) => isLastKnown(findEngine(state.snapshot, engineId)));

/** What is said of a host, and where it is only as last known, that too. @param t of the common texts */
export const saidAs = (t: TFunction, what: string, lastKnown: boolean): string =>
  lastKnown ? t('lastKnown', { what }) : what;

/** A container's state in words, which say where it is only as last known. */
export function useStateWords({ engineId, state }: Container): string {
  const { t } = useTranslation();
  return saidAs(t, t(`states.${state}`), useLastKnown(engineId));
}
