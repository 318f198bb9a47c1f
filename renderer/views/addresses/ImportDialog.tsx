import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AddressPlan, Network, ReservedRange, Segment } from '../../../shared/model';
import { mostReservations, notReserved } from '../../../shared/rules';
import { BusyNote, ProblemNote, SlowLoader } from '../../components';
import { DialogFooter } from '../../components/dialog/DialogFooter';
import { CancelButton, TaskDialog, useBusy } from '../../components/dialog/TaskDialog';
import { HostPlans } from '../../context/change/HostPlans';
import { useChangeFlow } from '../../context/change/use-change-flow';
import { useInventory } from '../../context/context';
import type { DialogProps } from '../../context/feature';
import { useAddressPlan } from '../../context/use-address-plan';
import { useAnswer } from '../../context/use-answer';
import { useJoinNames, useLanguage } from '../../i18n';
import { findNetwork } from '../../store/inventory';
import type { Back } from '../../store/ui';
import { ImportLists, useCount } from './ImportLists';
import { ImportSource, type ImportText } from './ImportSource';
import { useAddressImport, type ReadImport } from './use-address-import';
import { useReserving } from './use-reserving';

const empty: ImportText = { text: '', file: '' };

/** Reads a table of addresses into reservations of a network's LAN, which are made after their preview. */
export function ImportDialog({ engineId, networkId, start, back, onClose }: DialogProps<'addresses-import'>) {
  const { t } = useTranslation('addresses');
  const { value: plan, problem } = useAddressPlan({ engineId, networkId });
  const network = useInventory((state) => findNetwork(state.snapshot, engineId, networkId));
  const { segment } = useReserving(network);
  const [source, setSource] = useState(start ?? empty);
  const again: Back = {
    ...{ kind: 'addresses-import', engineId, networkId, start: source },
    ...(back && { back }),
  };
  return (
    <TaskDialog
      onClose={onClose}
      size={780}
      title={t('import.title', { network: network?.name ?? networkId })}
      form
      filled={source.text !== ''}
    >
      <Stack gap="md" data-testid="addresses-import">
        {problem && <ProblemNote problem={problem} />}
        {!segment && <Text>{t('noSegment')}</Text>}
        {segment && <ImportSource source={source} onSource={setSource} />}
        {!plan && !problem && <SlowLoader />}
        {plan && network && segment && (
          <ImportPane text={source.text} plan={plan} network={network} segment={segment} back={again} />
        )}
      </Stack>
    </TaskDialog>
  );
}

interface Props {
  text: string;
  plan: AddressPlan;
  network: Network;
  segment: Segment;
  back: Back;
}

/** What was made of a text. */
interface Made {
  text: string;
  wanted: readonly ReservedRange[];
  size: string;
  count: number;
}

/** What comes of the text; and when it is made, what of it the plan has. */
function ImportPane({ text, plan, network, segment, back }: Props) {
  const { t } = useTranslation('addresses');
  const { read, pending } = useAddressImport(text, plan, network, segment);
  const [made, setMade] = useState<Made | null>(null);
  const done = made?.text === text ? made : null;
  if (text.trim() === '') return null;
  return (
    <>
      {pending && <BusyNote label={t('import.reading')} />}
      {done && <ReadBack made={done} segment={segment} />}
      {read?.format && (
        <Text size="xs" c="dimmed" data-testid="import-format">
          {t('import.format', { format: t(`import.formats.${read.format}`) })}
        </Text>
      )}
      {read && <ImportLists found={read.found} back={back} />}
      {read && !done && (
        <Reserving read={read} segment={segment} onMade={(one) => setMade({ ...one, text })} />
      )}
      {done && (
        <Group justify="flex-end">
          <CancelButton label={t('import.close')} autoFocus />
        </Group>
      )}
    </>
  );
}

interface ReservingProps {
  read: ReadImport;
  segment: Segment;
  onMade: (made: Omit<Made, 'text'>) => void;
}

/** The change that an import is: what it does besides, and the button that makes it. */
function Reserving({ read, segment, onMade }: ReservingProps) {
  const { t } = useTranslation('addresses');
  const language = useLanguage();
  const { found, wanted, request, tooMany } = read;
  const count = useCount()(found.fresh);
  const flow = useChangeFlow(request, { onApplied: () => onMade({ wanted, ...count }) });
  useBusy(flow.applying);
  if (tooMany)
    return (
      <Text c="var(--tl-warn)" data-testid="import-too-many">
        {t('import.tooMany', {
          wanted: wanted.length.toLocaleString(language),
          most: mostReservations.toLocaleString(language),
        })}
      </Text>
    );
  if (!request)
    return (
      <>
        <Text c="dimmed" data-testid="import-empty">
          {t('import.empty')}
        </Text>
        <Group justify="flex-end">
          <CancelButton />
        </Group>
      </>
    );
  return (
    <form
      aria-label={t('import.reserve', count)}
      onSubmit={(event) => {
        event.preventDefault();
        void flow.submit();
      }}
    >
      <Text size="xs" c="dimmed" mb="xs">
        {t('reserveHint', { segment: segment.name })}
      </Text>
      <HostPlans flow={flow} />
      <DialogFooter
        label={t('import.reserve', count)}
        pending={flow.pending}
        unread={flow.unread}
        blocked={!flow.pending && flow.problems.length > 0}
      />
    </form>
  );
}

/** What of an import is in the plan, read anew; never what was only asked for. */
function ReadBack({ made, segment }: { made: Made; segment: Segment }) {
  const { t } = useTranslation('addresses');
  const join = useJoinNames();
  const [round, setRound] = useState(0);
  const { value, problem } = useAnswer('segments.list', {}, { round });
  if (problem)
    return (
      <ProblemNote problem={problem} title={t('import.notReadBack')}>
        <Button size="compact-xs" variant="default" mt="xs" onClick={() => setRound((now) => now + 1)}>
          {t('import.readAgain')}
        </Button>
      </ProblemNote>
    );
  if (!value) return <BusyNote label={t('import.readingBack')} />;
  const planned = value.segments.find((view) => view.segment.id === segment.id)?.segment;
  const missing = notReserved(made.wanted, planned?.reserved ?? []);
  const params = { segment: planned?.name ?? segment.name, count: made.count, size: made.size };
  const spans = missing.map(({ from, to }) => (from === to ? from : t('range', { from, to })));
  return missing.length === 0 ? (
    <Alert color="green" role="status" data-testid="import-done">
      {t('import.done', params)}
    </Alert>
  ) : (
    <Alert color="yellow" role="alert" data-testid="import-missing">
      {t('import.missing', { ...params, addresses: join(spans.slice(0, 8)) })}
    </Alert>
  );
}
