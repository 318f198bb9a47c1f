import { Anchor, Modal, Stack, Text } from '@mantine/core';
import { useCallback, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ChangePreview, ChangeRequest, Container, Snapshot } from '../../../shared/model';
import { useApp, useInventory } from '../../app/context';
import { findContainer, findEngine, findNetwork } from '../../store/inventory';
import { editedRequest, hasAddress, initialEdit, withSuggestion, type AddressEdit } from './address-edit';
import { AddressFields } from './AddressFields';
import { DialogFooter } from './DialogFooter';
import { isMac, otherProblems, problemAt } from './fields';
import { PreviewBody } from './PreviewBody';
import { useChangeFlow, type ChangeFlow } from './use-change-flow';
import { applyLabel, changeTitle } from './words';

interface Props {
  request: ChangeRequest;
  preview?: ChangePreview | undefined;
  onClose: () => void;
}

const containerOf = (request: ChangeRequest, snapshot: Snapshot): Container | undefined =>
  'containerId' in request ? findContainer(snapshot, request.engineId, request.containerId) : undefined;

const targetOf = (request: ChangeRequest): string | undefined =>
  request.kind === 'move' ? request.toNetworkId : 'networkId' in request ? request.networkId : undefined;

/** The form's contents beside the request that they stand for; null edit where nothing can be edited. */
function useEdit(request: ChangeRequest) {
  const { stores } = useApp();
  const [edit, setEdit] = useState<AddressEdit | null>(() => {
    if (!hasAddress(request)) return null;
    const container = containerOf(request, stores.inventory.getState().snapshot);
    const target = targetOf(request);
    return initialEdit(
      request,
      container?.endpoints.find((each) => each.networkId === target),
    );
  });
  const edited = useMemo(
    () => (edit && hasAddress(request) ? editedRequest(request, edit) : request),
    [edit, request],
  );
  return { edit, setEdit, edited };
}

function AddressPart({ request, edit, setEdit, flow }: AddressPartProps) {
  const snapshot = useInventory((state) => state.snapshot);
  const network = findNetwork(snapshot, request.engineId, targetOf(request) ?? '');
  const engine = findEngine(snapshot, request.engineId);
  return (
    <AddressFields
      edit={edit}
      onEdit={setEdit}
      problem={problemAt(
        flow.problems.filter((problem) => problem.code !== 'nothing_to_do'),
        'ipv4',
      )}
      suggestion={flow.preview?.suggestedIpv4}
      subnets={network?.subnets.map((each) => each.subnet).filter((each) => !each.includes(':')) ?? []}
      advanced={request.kind === 'attach' && engine ? engine.capabilities : null}
      disabled={flow.applying}
    />
  );
}

interface AddressPartProps {
  request: ChangeRequest;
  edit: AddressEdit;
  setEdit: (edit: AddressEdit) => void;
  flow: ChangeFlow;
}

/** Previews a change, lets its address be edited, applies it. */
export function ChangeDialog({ request, preview: initial, onClose }: Props) {
  const { t } = useTranslation('change');
  const { stores } = useApp();
  const snapshot = useInventory((state) => state.snapshot);
  const { edit, setEdit, edited } = useEdit(request);
  const flow = useChangeFlow(
    edited,
    initial,
    useCallback(() => onClose(), [onClose]),
  );

  // The first answer decides between the suggestion and automatic; taken while rendering, so that nothing flashes.
  if (edit && flow.preview && !flow.pending) {
    const next = withSuggestion(edit, flow.preview);
    if (next !== edit) setEdit(next);
  }

  const shown = edit ? ['ipv4'] : [];
  const others = otherProblems(flow.problems, shown).concat(
    flow.problems.filter(
      (problem) => problem.code === 'nothing_to_do' && shown.includes('ipv4') && problem.field,
    ),
  );
  const macWrong = edit !== null && edit.mac.trim() !== '' && !isMac(edit.mac.trim());
  const engine = findEngine(snapshot, request.engineId);
  return (
    <Modal
      opened
      onClose={onClose}
      size={520}
      closeOnClickOutside={!flow.applying}
      closeOnEscape={!flow.applying}
      withCloseButton={!flow.applying}
      title={
        <>
          {changeTitle(t, request, flow.preview?.steps ?? [], snapshot)}
          <Text span c="dimmed" ml="xs">
            {t('onHost', { host: engine?.name ?? request.engineId })}
          </Text>
        </>
      }
    >
      <form
        data-testid="change-dialog"
        onSubmit={(event) => {
          event.preventDefault();
          if (!macWrong) void flow.submit();
        }}
      >
        <Stack gap="md">
          {edit && <AddressPart request={request} edit={edit} setEdit={setEdit} flow={flow} />}
          <PreviewBody {...flow} problems={others} />
        </Stack>
        <DialogFooter
          label={applyLabel(t, request)}
          danger={request.kind === 'detach' || request.kind === 'remove-network'}
          pending={flow.pending}
          applying={flow.applying}
          blocked={edited === null || macWrong || (!flow.pending && flow.problems.length > 0)}
          onCancel={onClose}
          autoFocus={!edit}
          aside={
            request.kind === 'attach' && (
              <Anchor
                component="button"
                type="button"
                size="xs"
                disabled={flow.applying}
                onClick={() =>
                  stores.ui.setState({
                    dialog: { kind: 'attach', engineId: request.engineId, containerId: request.containerId },
                  })
                }
              >
                {t('attach.back')}
              </Anchor>
            )
          }
        />
      </form>
    </Modal>
  );
}
