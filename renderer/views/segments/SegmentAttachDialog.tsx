import { Stack, Text } from '@mantine/core';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Problem } from '../../../shared/model';
import { hostNameOf, isUnicastMac } from '../../../shared/rules';
import { useInventory, useSegments } from '../../context/context';
import { useSegmentScene } from '../../context/segments';
import type { SegmentAttach } from '../../graph';
import { findEngine, findNetwork } from '../../store/inventory';
import {
  chosenAddresses,
  chosenExtras,
  familiesIn,
  familiesOf,
  isRewritten,
  undecidedEdit,
  withSuggestion,
  writtenOf,
  type AddressEdit,
  type FamilySubnets,
} from '../../components/change/address-edit';
import { AddressFields } from '../../components/change/AddressFields';
import { ChooseAnother } from '../../context/change/ChooseAnother';
import { DialogFooter } from '../../components/dialog/DialogFooter';
import { StopFirst } from '../../components/change/StopFirst';
import { canStopFirst, isAtAddress, problemAt } from '../../components/change/fields';
import { previewForForm } from '../../components/change/preview-for-form';
import { useChangeFlow } from '../../context/change/use-change-flow';
import { usePickAddress } from '../../context/change/use-pick-address';
import type { NetworkRef } from '../../store/ui';
import { useEarlyPress } from '../../context/change/use-early-press';
import { useToolbox } from '../../context/host/use-host';
import { HostPlans } from '../../context/change/HostPlans';
import { formFieldOf } from './segment-fields';
import { NicField } from './NicField';
import { requestTitle } from '../../context/change/segment-words';
import { TaskDialog } from '../../components/dialog/TaskDialog';

interface Props {
  request: SegmentAttach;
  /** Part of it was filled in before it was opened. */
  filled?: boolean | undefined;
  onClose: () => void;
}

/** The request with what stands in the form; null while a fixed address is wanted and none is written. */
function editedRequest(
  { segmentId, engineId, containerId, host }: SegmentAttach,
  edit: AddressEdit,
  shown: readonly FamilySubnets[],
  nic: string,
  stopFirst: boolean,
): SegmentAttach | null {
  const chosen = chosenAddresses(edit, shown);
  return (
    chosen && {
      kind: 'attach-to-segment',
      segmentId,
      engineId,
      containerId,
      ...chosen,
      ...chosenExtras(edit),
      ...(stopFirst ? { stopFirst } : {}),
      ...(host ? { host: { ...host, parentNic: nic.trim() } } : {}),
    }
  );
}

const withoutAddresses = ({ ipv4: _ipv4, ipv6: _ipv6, ...rest }: SegmentAttach): SegmentAttach => rest;

const hostWith = ({ host }: SegmentAttach, nic: string): Pick<SegmentAttach, 'host'> =>
  host ? { host: { ...host, parentNic: nic.trim() } } : {};

/** The form's first contents: what the request asks for already, and for the rest the first preview. */
const initialSegmentEdit = ({ ipv4, ipv6, mac, gatewayPriority }: SegmentAttach): AddressEdit => ({
  ipv4: ipv4 ? { mode: 'fixed', address: ipv4 } : undecidedEdit.ipv4,
  ipv6: ipv6 ? { mode: 'fixed', address: ipv6 } : undecidedEdit.ipv6,
  mac: mac ?? '',
  gatewayPriority: gatewayPriority?.toString() ?? '',
});

/** A network of the segment whose LAN has the addresses to choose from: the host's own, or else another host's. */
function useNetworkOf({ segmentId, engineId }: SegmentAttach): NetworkRef | null {
  const { segments } = useSegmentScene();
  const members = segments.find((each) => each.segment.id === segmentId)?.members ?? [];
  const there = members.filter(({ networkId }) => networkId !== null);
  const found = there.find((each) => each.engineId === engineId) ?? there[0];
  return found?.networkId ? { engineId: found.engineId, networkId: found.networkId } : null;
}

/** The families of the network that the container is to be on: the host's own, or the one that the plan makes. */
function useShown({ segmentId, engineId }: SegmentAttach): FamilySubnets[] {
  const { segments } = useSegmentScene();
  const view = segments.find((each) => each.segment.id === segmentId);
  const networkId = view?.members.find((each) => each.engineId === engineId)?.networkId;
  const network = useInventory(({ snapshot }) => findNetwork(snapshot, engineId, networkId ?? ''));
  return useMemo(
    () =>
      network ? familiesOf(network) : familiesIn(view?.segment.subnets.map((each) => each.subnet) ?? []),
    [network, view],
  );
}

/** Puts a container on a segment: its address, and the NIC where the segment is new to the host. */
export function SegmentAttachDialog({ request, filled = false, onClose }: Props) {
  const { t } = useTranslation('segments');
  const { t: change } = useTranslation('change');
  useToolbox();
  const snapshot = useInventory((state) => state.snapshot);
  // What is removed meanwhile is still told by its name.
  const [opened] = useState(snapshot);
  const segment = useSegments((state) => state.plan?.find((each) => each.id === request.segmentId));
  const engine = findEngine(snapshot, request.engineId);
  const network = useNetworkOf(request);
  const shown = useShown(request);
  const [edit, setEdit] = useState(() => initialSegmentEdit(request));
  const [nic, setNic] = useState(request.host?.parentNic ?? '');
  const [stopFirst, setStopFirst] = useState(false);
  const [written, setWritten] = useState(filled);
  const edited = useMemo(
    () => editedRequest(request, edit, shown, nic, stopFirst),
    [request, edit, shown, nic, stopFirst],
  );
  const flow = useChangeFlow(edited, { onApplied: onClose });
  const onPick = usePickAddress(network, edit, (next) => ({
    ...{ kind: 'segment-change', filled: true },
    request: {
      ...withoutAddresses(request),
      ...writtenOf(next),
      ...chosenExtras(next),
      ...hostWith(request, nic),
    },
  }));
  // The first answer decides between the suggestion and automatic; taken while rendering, so that nothing flashes.
  if (flow.preview && !flow.pending && !canStopFirst(flow.problems)) {
    const next = withSuggestion(edit, flow.preview);
    if (next !== edit) setEdit(next);
  }
  const { told, problems, awaitsPreview } = previewForForm(flow, { request: edited ?? request, edit, shown });
  const early = useEarlyPress(awaitsPreview, flow);
  const nicProblem = problems.find((each) => formFieldOf(each) === `nic@${request.engineId}`);
  const atField = (problem: Problem) =>
    shown.some(({ family }) => problem === problemAt(problems, family)) ||
    (request.host !== undefined && problem === nicProblem);
  const macWrong = edit.mac.trim() !== '' && !isUnicastMac(edit.mac.trim());
  return (
    <TaskDialog
      onClose={onClose}
      size={540}
      busy={flow.applying}
      form
      filled={written || stopFirst || nic !== (request.host?.parentNic ?? '')}
      title={
        <>
          {requestTitle(t, request, segment?.name ?? '', [], snapshot, opened)}
          <Text span c="dimmed">
            {change('onHost', { host: hostNameOf(engine, request.engineId) })}
          </Text>
        </>
      }
    >
      <form
        data-testid="segment-attach"
        onKeyDown={early.onKeyDown}
        onSubmit={(event) => {
          event.preventDefault();
          if (awaitsPreview || macWrong) return;
          early.takeBack();
          void flow.submit();
        }}
      >
        <Stack gap="md">
          {request.host && (
            <NicField
              engineId={request.engineId}
              driver={segment?.driver ?? 'macvlan'}
              value={nic}
              disabled={flow.applying}
              problem={nicProblem}
              onChange={(next) => {
                early.takeBack();
                setNic(next);
              }}
            />
          )}
          <AddressFields
            edit={edit}
            onEdit={(next) => {
              early.takeBack();
              if (isRewritten(edit, next)) setWritten(true);
              setEdit(next);
            }}
            problems={problems}
            notices={told?.hosts.flatMap((host) => host.notices) ?? []}
            suggested={flow.preview}
            shown={shown}
            advanced={engine?.capabilities ?? null}
            disabled={flow.applying}
            onPick={onPick}
          />
          {/* Without an address there is no request, and what is kept is the plan of the one before. */}
          {edited && (
            <HostPlans flow={{ ...flow, preview: told, problems }} shown={atField} noticed={isAtAddress} />
          )}
          <StopFirst problems={problems} onClick={() => setStopFirst(true)} />
        </Stack>
        <DialogFooter
          label={change('buttons.attach')}
          pending={flow.pending}
          unread={early.unread}
          blocked={
            awaitsPreview || edited === null || macWrong || (!flow.pending && flow.problems.length > 0)
          }
          aside={
            <ChooseAnother
              engineId={request.engineId}
              containerId={request.containerId}
              disabled={flow.applying}
            />
          }
        />
      </form>
    </TaskDialog>
  );
}
