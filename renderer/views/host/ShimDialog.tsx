import { Modal, Stack, Text, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Network, Problem, ProbeTarget, Shim } from '../../../shared/model';
import { hostName } from '../../../shared/rules';
import { useApp, useInventory } from '../../app/context';
import { useFailure } from '../../app/use-failure';
import { ProblemNote } from '../../components';
import { useSentences } from '../../i18n';
import { findNetwork } from '../../store/inventory';
import { DialogFooter } from '../change/DialogFooter';
import { otherProblems, problemAt } from '../change/fields';
import classes from './host.module.css';
import { Part } from './Part';
import { NeedsToolbox } from './NeedsToolbox';
import { useConsent, useToolbox } from './use-host';
import { useLanProbe, useShimPreview } from './use-shim';

interface Props {
  engineId: string;
  networkId: string;
  onClose: () => void;
}

/** What the LAN itself says of the address. */
function OnLan({ address, found, asking }: { address: string; found: ProbeTarget | null; asking: boolean }) {
  const { t } = useTranslation('host');
  if (asking)
    return (
      <Text size="xs" c="dimmed">
        {t('shim.asking', { address })}
      </Text>
    );
  if (!found) return null;
  if (!found.answers)
    return (
      <Text size="xs" c="var(--tl-good)">
        {t('shim.free', { address })}
      </Text>
    );
  return (
    <Text size="xs" c="var(--tl-bad)" role="alert">
      {t('shim.answered', { address, macs: found.macs?.join(', ') ?? '' })}
    </Text>
  );
}

function Commands({ commands, host, shim }: { commands: readonly string[]; host: string; shim: Shim }) {
  const { t } = useTranslation('host');
  const { address, parent, routes } = shim;
  return (
    <Part title={t('shim.commands', { host })}>
      <pre className={`tl-mono ${classes.commands ?? ''}`} data-testid="shim-commands">
        {commands.join('\n')}
      </pre>
      <Text size="xs" c="dimmed" mt={4} data-testid="shim-arp">
        {t('shim.arp', { host, parent })} {t('shim.reached', { address })}
      </Text>
      {routes.length === 0 && (
        <Text size="xs" c="dimmed" mt={4}>
          {t('shim.noRoutes')}
        </Text>
      )}
    </Part>
  );
}

function useMake(network: Network, host: string, onClose: () => void, typed: string | undefined) {
  const { t } = useTranslation('host');
  const { api } = useApp();
  const [applying, setApplying] = useState(false);
  const [problem, setProblem] = useFailure<Problem>(typed);
  const make = async (address: string) => {
    setApplying(true);
    const { engineId, id: networkId } = network;
    const result = await api.invoke('shims.put', { engineId, networkId, address });
    setApplying(false);
    if (!result.ok) return setProblem(result.error);
    notifications.show({ color: 'green', message: t('shim.made', { host, network: network.name }) });
    onClose();
  };
  return { make, applying, problem };
}

function Form({ network, host, onClose }: { network: Network; host: string; onClose: () => void }) {
  const { t } = useTranslation('host');
  const sentences = useSentences();
  const { engineId } = network;
  const consent = useConsent(engineId);
  const [typed, setTyped] = useState<string>();
  const { preview, problem, pending } = useShimPreview(engineId, network.id, typed?.trim());
  const address = (typed ?? preview?.suggestion ?? '').trim();
  const { make, applying, problem: failed } = useMake(network, host, onClose, typed);
  const problems = preview?.problems ?? [];
  const fits = !pending && problems.length === 0 && preview?.shim?.address === address;
  const lan = useLanProbe(
    engineId,
    network.parent ?? '',
    fits && consent === 'granted' && !applying ? address : '',
  );
  const wrong = problemAt(problems, 'address');
  const rest = [
    ...otherProblems(problems, ['address']),
    ...[problem, failed].filter((each) => each !== null),
  ];
  const blocked = !fits || consent !== 'granted' || (lan.found?.answers === true && lan.found.via !== 'own');
  return (
    <form
      data-testid="shim-dialog"
      onSubmit={(event) => {
        event.preventDefault();
        if (!blocked) void make(address);
      }}
    >
      <Stack gap="sm">
        <Text>{t('shim.hint')}</Text>
        <TextInput
          data-autofocus
          classNames={{ input: 'tl-mono' }}
          label={t('shim.address')}
          description={t('shim.addressHint')}
          value={typed ?? preview?.suggestion ?? ''}
          onChange={(event) => setTyped(event.currentTarget.value)}
          error={wrong && sentences.problem(wrong)}
          disabled={applying}
          data-testid="shim-address"
        />
        {fits && <OnLan address={address} {...lan} />}
        {consent && consent !== 'granted' && <NeedsToolbox engineId={engineId} consent={consent} />}
        {fits && preview?.shim && <Commands commands={preview.commands} host={host} shim={preview.shim} />}
        {rest.map((each) => (
          <ProblemNote key={each.code + each.message} problem={each} />
        ))}
        <Text size="xs" c="dimmed">
          {t('shim.kept')}
        </Text>
      </Stack>
      <DialogFooter
        label={t('shim.apply')}
        pending={pending}
        applying={applying}
        blocked={blocked}
        onCancel={onClose}
      />
    </form>
  );
}

/** Gives a host a way to its own containers on a macvlan network: the address, and what will be run. */
export function ShimDialog({ engineId, networkId, onClose }: Props) {
  const { t } = useTranslation('host');
  const { t: inspector } = useTranslation('inspector');
  useToolbox();
  const snapshot = useInventory((state) => state.snapshot);
  const network = findNetwork(snapshot, engineId, networkId);
  const host = hostName(engineId, snapshot.engines);
  return (
    <Modal
      opened
      onClose={onClose}
      size={600}
      title={t('shim.title', { host, network: network?.name ?? networkId })}
    >
      {network ? (
        <Form network={network} host={host} onClose={onClose} />
      ) : (
        <Text>{inspector('goneHint')}</Text>
      )}
    </Modal>
  );
}
