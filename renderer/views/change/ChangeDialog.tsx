import { Stack, Text } from '@mantine/core';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  isOfPolicy,
  puts,
  type ChangePreview,
  type Container,
  type EngineRequest,
  type PolicyRequest,
  type Problem,
  type Snapshot,
} from '../../../shared/model';
import { hostNameOf, isUnicastMac, recordedEndpoint } from '../../../shared/rules';
import { useApp, useInventory } from '../../context/context';
import { findContainer, findEngine, findNetwork } from '../../store/inventory';
import {
  chosenExtras,
  editedRequest,
  familiesOf,
  hasAddress,
  initialEdit,
  isRewritten,
  withSuggestion,
  writtenOf,
  type AddressEdit,
  type FamilySubnets,
} from '../../components/change/address-edit';
import { PolicyConsent } from '../../context/host/PolicyConsent';
import { RemoveShimCommands } from '../../context/host/ShimCommands';
import { useConsent } from '../../context/host/use-host';
import { AddressFields } from '../../components/change/AddressFields';
import { ChooseAnother } from '../../context/change/ChooseAnother';
import { DialogFooter } from '../../components/dialog/DialogFooter';
import { canStopFirst, isAtAddress, otherProblems } from '../../components/change/fields';
import { LeavesField } from './LeavesField';
import { PreviewBody } from './PreviewBody';
import { StopFirst } from '../../components/change/StopFirst';
import { previewForForm } from '../../components/change/preview-for-form';
import { useChangeFlow, type ChangeFlow } from '../../context/change/use-change-flow';
import { usePickAddress } from '../../context/change/use-pick-address';
import type { Back } from '../../store/ui';
import { useEarlyPress } from '../../context/change/use-early-press';
import { applyLabel, changeTitle } from '../../context/change/words';
import { TaskDialog } from '../../components/dialog/TaskDialog';

/** Changes of one host. */
type Request = EngineRequest | PolicyRequest;

interface Props {
  request: Request;
  preview?: ChangePreview | undefined;
  back?: Back | undefined;
  /** Part of it was filled in before it was opened. */
  filled?: boolean | undefined;
  onClose: () => void;
}

const containerOf = (request: Request, snapshot: Snapshot): Container | undefined =>
  'containerId' in request ? findContainer(snapshot, request.engineId, request.containerId) : undefined;

const targetOf = (request: Request): string | undefined =>
  request.kind === 'move' ? request.toNetworkId : 'networkId' in request ? request.networkId : undefined;

/** What was asked for, with what is written in its form by now. */
const requestWith = (request: Request, edit: AddressEdit): Request => {
  if (!hasAddress(request)) return request;
  const { ipv4: _ipv4, ipv6: _ipv6, ...rest } = request;
  const extras = request.kind === 'attach' ? chosenExtras(edit) : {};
  return { ...rest, ...writtenOf(edit), ...extras };
};

const dangerous: readonly Request['kind'][] = ['detach', 'remove-network'];

const noFamilies: FamilySubnets[] = [];

/** The families in which the admin chooses an address: those of the network that the container is to be on. */
function useShown(request: Request): FamilySubnets[] {
  const network = useInventory(({ snapshot }) =>
    findNetwork(snapshot, request.engineId, targetOf(request) ?? ''),
  );
  return useMemo(() => (hasAddress(request) ? familiesOf(network) : noFamilies), [request, network]);
}

/** The form's contents beside the request that they stand for; null edit where nothing can be edited. */
function useEdit(request: Request, shown: readonly FamilySubnets[]) {
  const { stores } = useApp();
  const [edit, setEdit] = useState<AddressEdit | null>(() => {
    if (!hasAddress(request)) return null;
    const { snapshot } = stores.inventory.getState();
    const container = containerOf(request, snapshot);
    const network = findNetwork(snapshot, request.engineId, targetOf(request) ?? '');
    return initialEdit(request, container && network && recordedEndpoint(container, network), shown);
  });
  const edited = useMemo(
    () => (edit && hasAddress(request) ? editedRequest(request, edit, shown) : request),
    [edit, request, shown],
  );
  return { edit, setEdit, edited };
}

function AddressPart({ request, shown, edit, setEdit, flow, told, problems, onPick }: AddressPartProps) {
  const engine = useInventory((state) => findEngine(state.snapshot, request.engineId));
  return (
    <AddressFields
      edit={edit}
      onEdit={setEdit}
      problems={problems}
      notices={told?.hosts[0]?.notices ?? []}
      suggested={flow.preview}
      shown={shown}
      advanced={request.kind === 'attach' && engine ? engine.capabilities : null}
      disabled={flow.applying}
      onPick={onPick}
    />
  );
}

interface AddressPartProps {
  request: Request;
  shown: readonly FamilySubnets[];
  edit: AddressEdit;
  setEdit: (edit: AddressEdit) => void;
  flow: ChangeFlow;
  told: ChangePreview | null;
  problems: readonly Problem[];
  onPick: ReturnType<typeof usePickAddress>;
}

/** Previews a change, lets its address be edited, applies it. */
export function ChangeDialog({ request, preview: initial, back, filled = false, onClose }: Props) {
  const { t } = useTranslation('change');
  const snapshot = useInventory((state) => state.snapshot);
  // What is removed meanwhile is still told by its name.
  const [opened] = useState(snapshot);
  const shown = useShown(request);
  const { edit, setEdit, edited } = useEdit(request, shown);
  const [stopFirst, setStopFirst] = useState(false);
  const [written, setWritten] = useState(filled);
  const asked = useMemo(
    () => (stopFirst && edited && 'containerId' in edited ? { ...edited, stopFirst } : edited),
    [edited, stopFirst],
  );
  const flow = useChangeFlow(asked, { initial, onApplied: onClose });

  // The first answer decides between the suggestion and automatic; taken while rendering, so that nothing flashes. One
  // that restarts again and again is suggested nothing before it is to be stopped.
  if (edit && flow.preview && !flow.pending && !canStopFirst(flow.problems)) {
    const next = withSuggestion(edit, flow.preview);
    if (next !== edit) setEdit(next);
  }

  const { told, problems, awaitsPreview } = previewForForm(
    flow,
    edit && { request: asked ?? request, edit, shown },
  );
  const early = useEarlyPress(awaitsPreview, flow);
  const others = otherProblems(
    problems,
    shown.map(({ family }) => family),
  );
  const macWrong = edit !== null && edit.mac.trim() !== '' && !isUnicastMac(edit.mac.trim());
  const networkId = targetOf(request);
  const onPick = usePickAddress(
    networkId === undefined ? null : { engineId: request.engineId, networkId },
    edit,
    (next) => ({ kind: 'change', request: requestWith(request, next), filled: true, ...(back && { back }) }),
  );
  const engine = findEngine(snapshot, request.engineId);
  const host = hostNameOf(engine, request.engineId);
  const steps = flow.preview?.hosts[0]?.steps ?? [];
  const consent = useConsent(request.engineId);
  const lacksConsent = isOfPolicy(request) && consent !== null && consent !== 'granted';
  const blocked =
    awaitsPreview ||
    edited === null ||
    macWrong ||
    lacksConsent ||
    (!flow.pending && flow.problems.length > 0);
  return (
    <TaskDialog
      onClose={onClose}
      size={520}
      busy={flow.applying}
      form
      filled={written || stopFirst}
      title={
        <>
          {changeTitle(t, request, steps, snapshot, opened)}
          {!isOfPolicy(request) && (
            <Text span c="dimmed">
              {t('onHost', { host })}
            </Text>
          )}
        </>
      }
    >
      <form
        data-testid="change-dialog"
        onKeyDown={early.onKeyDown}
        onSubmit={(event) => {
          event.preventDefault();
          if (awaitsPreview || macWrong || lacksConsent) return;
          early.takeBack();
          void flow.submit();
        }}
      >
        <Stack gap="md">
          {request.kind === 'move' && <LeavesField request={request} disabled={flow.applying} />}
          {edit && (
            <AddressPart
              request={request}
              shown={shown}
              edit={edit}
              setEdit={(next) => {
                early.takeBack();
                if (isRewritten(edit, next)) setWritten(true);
                setEdit(next);
              }}
              flow={flow}
              told={told}
              problems={problems}
              onPick={onPick}
            />
          )}
          <PreviewBody
            {...flow}
            preview={told}
            awaitsPreview={awaitsPreview}
            problems={others}
            shown={edit ? isAtAddress : undefined}
          />
          {request.kind === 'remove-shim' && (
            <RemoveShimCommands engineId={request.engineId} host={host} steps={steps} />
          )}
          {(request.kind === 'put-dhcp' || request.kind === 'remove-dhcp') && (
            <PolicyConsent engineId={request.engineId} />
          )}
          <StopFirst problems={others} onClick={() => setStopFirst(true)} />
        </Stack>
        <DialogFooter
          label={applyLabel(t, request, steps)}
          danger={dangerous.includes(request.kind) || (isOfPolicy(request) && !puts(request))}
          pending={flow.pending}
          unread={blocked ? null : early.unread}
          blocked={blocked}
          autoFocus={!edit}
          aside={
            (request.kind === 'attach' || request.kind === 'move') && (
              <ChooseAnother
                engineId={request.engineId}
                containerId={request.containerId}
                from={request.kind === 'move' ? request.fromNetworkId : undefined}
                disabled={flow.applying}
              />
            )
          }
        />
      </form>
    </TaskDialog>
  );
}
