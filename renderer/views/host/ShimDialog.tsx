import { Stack, Text, TextInput } from '@mantine/core';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ChangePreview, Network, ProbeTarget, Shim, ShimRequest } from '../../../shared/model';
import { hostName } from '../../../shared/rules';
import { useInventory } from '../../context/context';
import { ProblemNote } from '../../components';
import { useSentences } from '../../i18n';
import { findNetwork } from '../../store/inventory';
import { DialogFooter } from '../../components/dialog/DialogFooter';
import { FailureNote } from '../../context/change/FailureNote';
import { besides } from '../../context/change/outcome';
import { otherProblems, problemAt } from '../../components/change/fields';
import { useChangeFlow, type ChangeFlow } from '../../context/change/use-change-flow';
import { useEarlyPress } from '../../context/change/use-early-press';
import { NeedsToolbox } from '../../context/host/NeedsToolbox';
import { PutShimCommands } from '../../context/host/ShimCommands';
import { useConsent, useToolbox } from '../../context/host/use-host';
import { useLanProbe } from './use-shim';
import { TaskDialog } from '../../components/dialog/TaskDialog';

interface Props {
  engineId: string;
  networkId: string;
  /** The address that was typed before another dialog was opened from here. */
  typed?: string | undefined;
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

/** What is asked for: with the address that stands in the field, or else with the one that is suggested. */
function useRequest({ engineId, id: networkId }: Network, address: string | undefined): ShimRequest {
  return useMemo(
    () => ({ kind: 'put-shim', engineId, networkId, ...(address ? { address } : {}) }),
    [engineId, networkId, address],
  );
}

const shimOf = (preview: ChangePreview | null): Shim | null => {
  const [step] = preview?.hosts[0]?.steps ?? [];
  return step?.op === 'put-shim' ? step.shim : null;
};

interface FormProps {
  network: Network;
  host: string;
  flow: ChangeFlow;
  typed: string | undefined;
  onType: (address: string) => void;
}

function Form({ network, host, flow, typed, onType }: FormProps) {
  const { t } = useTranslation('host');
  const { t: change } = useTranslation('change');
  const sentences = useSentences();
  const { engineId } = network;
  const consent = useConsent(engineId);
  const { preview, pending, problems, applying, failure } = flow;
  const shown = typed ?? preview?.suggestedIpv4 ?? '';
  const address = shown.trim();
  const shim = shimOf(preview);
  const fits = !pending && shim !== null && shim.address === address;
  const lan = useLanProbe(
    engineId,
    network.parent ?? '',
    fits && consent === 'granted' && !applying ? address : '',
  );
  const wrong = problemAt(problems, 'address');
  const taken = lan.found?.answers === true && lan.found.via !== 'own';
  // That nobody answers for the address is a part of what is to be read.
  const early = useEarlyPress(pending || lan.asking, flow);
  const blocked = !fits || lan.asking || taken || consent !== 'granted';
  return (
    <form
      data-testid="shim-dialog"
      onKeyDown={early.onKeyDown}
      onSubmit={(event) => {
        event.preventDefault();
        if (blocked) return;
        early.takeBack();
        void flow.submit();
      }}
    >
      <Stack gap="sm">
        <Text>{t('shim.hint')}</Text>
        <TextInput
          data-autofocus
          classNames={{ input: 'tl-mono' }}
          label={t('shim.address')}
          description={t('shim.addressHint')}
          value={shown}
          onChange={(event) => {
            early.takeBack();
            onType(event.currentTarget.value);
          }}
          error={wrong && sentences.problem(wrong)}
          disabled={applying}
          data-testid="shim-address"
        />
        {fits && <OnLan address={address} {...lan} />}
        {consent && consent !== 'granted' && (
          <NeedsToolbox
            {...{ engineId, consent }}
            back={{
              kind: 'shim',
              engineId,
              networkId: network.id,
              ...(typed === undefined ? {} : { typed }),
            }}
          />
        )}
        {fits && <PutShimCommands host={host} shim={shim} />}
        {failure && <FailureNote failure={failure} />}
        {otherProblems(besides(failure, problems), ['address']).map((each) => (
          <ProblemNote key={each.code + each.message} problem={each} />
        ))}
        <Text size="xs" c="dimmed">
          {t('shim.kept')}
        </Text>
      </Stack>
      <DialogFooter
        label={change('policies.shim.put.button')}
        pending={pending}
        unread={blocked ? null : early.unread}
        blocked={blocked}
      />
    </form>
  );
}

type DialogProps = Pick<FormProps, 'network' | 'host'> & Pick<Props, 'typed' | 'onClose'>;

function Dialog({ network, host, typed: before, onClose }: DialogProps) {
  const { t } = useTranslation('change');
  const [typed, setTyped] = useState(before);
  const flow = useChangeFlow(useRequest(network, typed?.trim()), { onApplied: onClose });
  return (
    <TaskDialog
      onClose={onClose}
      size={600}
      title={t('policies.shim.put.title', { host, network: network.name })}
      busy={flow.applying}
      form
      filled={before !== undefined}
    >
      <Form {...{ network, host, flow, typed }} onType={setTyped} />
    </TaskDialog>
  );
}

/** Gives a host a way to its own containers on a macvlan network: the address, and what will be run. */
export function ShimDialog({ engineId, networkId, typed, onClose }: Props) {
  const { t } = useTranslation('change');
  const { t: inspector } = useTranslation('inspector');
  useToolbox();
  const snapshot = useInventory((state) => state.snapshot);
  const network = findNetwork(snapshot, engineId, networkId);
  const host = hostName(engineId, snapshot.engines);
  if (network) return <Dialog {...{ network, host, typed, onClose }} />;
  return (
    <TaskDialog
      onClose={onClose}
      size={600}
      title={t('policies.shim.put.title', { host, network: networkId })}
    >
      <Text>{inspector('goneHint')}</Text>
    </TaskDialog>
  );
}
