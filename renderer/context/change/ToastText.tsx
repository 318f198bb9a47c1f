import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import type { ChangeRecord, Snapshot } from '../../../shared/model';
import { addressText } from '../../../shared/rules';
import { useJoinNames, useSentences } from '../../i18n';
import { exceptHeading, exceptionTexts } from './exceptions';
import { hostsToTell } from './not-clean';
import { useWhere, type TitleOf } from './use-titles';
import { shimAddress } from './words';

/** What toasts are worded with. */
interface ToastWords {
  t: TFunction<'change'>;
  sentences: ReturnType<typeof useSentences>;
  whereOf: TitleOf;
  /** What a change came to: with the address that it gave, and the hosts that it is not on. */
  outcomeOf: (record: ChangeRecord, now: Snapshot) => string;
  /** The same, without an address. */
  withHosts: (title: string, record: Pick<ChangeRecord, 'state' | 'hosts'>) => string;
  /** What did not come back of one that was taken back, and what a removal left behind, after what is said of it. */
  withExceptions: (title: string, record: Pick<ChangeRecord, 'state' | 'exceptions' | 'stranded'>) => string;
}

/** Each host on which something is left, or that has nothing of it beside such a one, by how it ended there. */
function useWithHosts(): ToastWords['withHosts'] {
  const { t } = useTranslation('change');
  const { t: segments } = useTranslation('segments');
  return (title, record) =>
    hostsToTell(record).reduce((text, { engineName: host, state, exceptions = [] }) => {
      const outcome =
        exceptions.length > 0
          ? state === 'done'
            ? exceptionTexts(t, exceptions, true).join(' ')
            : t('log.states.rolled-back-except')
          : segments(`outcomes.${state}`);
      return segments('toast.host', { text, host, outcome });
    }, title);
}

function useOutcome(): ToastWords['outcomeOf'] {
  const { t } = useTranslation('change');
  const { t: segments } = useTranslation('segments');
  const join = useJoinNames();
  const whereOf = useWhere();
  const withHosts = useWithHosts();
  return (record, now) => {
    const title = whereOf(record, now);
    if (hostsToTell(record).length > 0) return withHosts(title, record);
    const not = record.hosts.filter((host) => host.state !== 'done').map((host) => host.engineName);
    if (record.state === 'partial') return segments('toast.partial', { title, hosts: join(not) });
    const address = shimAddress(record) || record.hosts.map(addressText).find((text) => text !== '');
    return address ? t('toast.withAddress', { title, address }) : title;
  };
}

function useWithExceptions(): ToastWords['withExceptions'] {
  const { t } = useTranslation('change');
  const sentences = useSentences();
  return (title, { state, exceptions, stranded = [] }) => {
    const texts = exceptionTexts(t, exceptions);
    const left = stranded.map((each) => sentences.whole(each));
    return [title, ...(texts.length > 0 ? [exceptHeading(t, state)] : []), ...texts, ...left].join(' ');
  };
}

/** A toast may outlast a change of language: its words are found whenever it is drawn, and not when it comes up. */
export function ToastText({ of }: { of: (words: ToastWords) => string }) {
  const { t } = useTranslation('change');
  return of({
    t,
    sentences: useSentences(),
    whereOf: useWhere(),
    outcomeOf: useOutcome(),
    withHosts: useWithHosts(),
    withExceptions: useWithExceptions(),
  });
}
