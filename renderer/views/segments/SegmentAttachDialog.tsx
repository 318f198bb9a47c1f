import { Autocomplete, Modal, Stack, Text } from '@mantine/core';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Problem } from '../../../shared/model';
import { useInventory, useSegments } from '../../app/context';
import type { SegmentAttach } from '../../graph';
import { useSentences } from '../../i18n';
import { findEngine } from '../../store/inventory';
import { withSuggestion, type AddressEdit } from '../change/address-edit';
import { AddressFields } from '../change/AddressFields';
import { DialogFooter } from '../change/DialogFooter';
import { isMac, problemAt } from '../change/fields';
import { useToolbox } from '../host/use-host';
import { HostPlans } from './HostPlans';
import { formFieldOf } from './segment-fields';
import { mono } from './SharedFields';
import { ParentOption, ParentRemarks, useParentChoices } from './use-parents';
import { useSegmentFlow } from './use-segment-flow';
import { requestTitle } from './words';

interface Props {
  request: SegmentAttach;
  onClose: () => void;
}

const undecided: AddressEdit = { mode: 'undecided', ipv4: '', mac: '', gatewayPriority: '' };

/** The request with what stands in the form; null while a fixed address is wanted and none is written. */
function editedRequest(request: SegmentAttach, edit: AddressEdit, nic: string): SegmentAttach | null {
  const { segmentId, engineId, containerId, host } = request;
  const ipv4 = edit.ipv4.trim();
  if (edit.mode === 'fixed' && !ipv4) return null;
  const priority = Number.parseInt(edit.gatewayPriority, 10);
  return {
    kind: 'attach',
    segmentId,
    engineId,
    containerId,
    ...(edit.mode === 'fixed' ? { ipv4 } : {}),
    ...(edit.mac.trim() ? { mac: edit.mac.trim().toLowerCase() } : {}),
    ...(Number.isInteger(priority) ? { gatewayPriority: priority } : {}),
    ...(host ? { host: { ...host, parentNic: nic.trim() } } : {}),
  };
}

interface NicProps {
  engineId: string;
  value: string;
  disabled: boolean;
  problem: Problem | undefined;
  onChange: (nic: string) => void;
}

function NicField({ engineId, value, disabled, problem, onChange }: NicProps) {
  const { t } = useTranslation('segments');
  const sentences = useSentences();
  const choices = useParentChoices(engineId);
  const find = (name: string) => choices.find((each) => each.name === name);
  return (
    <div>
      <Autocomplete
        label={t('hosts.nic')}
        description={t('attach.nicHint')}
        data-testid="attach-nic"
        {...mono}
        data={choices.map((each) => ({ value: each.name, disabled: each.verdict?.state === 'refused' }))}
        renderOption={({ option }) => {
          const choice = find(option.value);
          return choice ? <ParentOption choice={choice} /> : option.value;
        }}
        value={value}
        disabled={disabled}
        error={problem && [sentences.problem(problem), sentences.hint(problem)].filter(Boolean).join(' ')}
        onChange={onChange}
      />
      <ParentRemarks choice={find(value.trim())} />
    </div>
  );
}

/** Puts a container on a segment: its address, and the NIC where the segment is new to the host. */
export function SegmentAttachDialog({ request, onClose }: Props) {
  const { t } = useTranslation('segments');
  const { t: change } = useTranslation('change');
  useToolbox();
  const snapshot = useInventory((state) => state.snapshot);
  const segment = useSegments((state) => state.plan?.find((each) => each.id === request.segmentId));
  const engine = findEngine(snapshot, request.engineId);
  const [edit, setEdit] = useState(undecided);
  const [nic, setNic] = useState(request.host?.parentNic ?? '');
  const edited = useMemo(() => editedRequest(request, edit, nic), [request, edit, nic]);
  const flow = useSegmentFlow(edited, onClose);
  // The first answer decides between the suggestion and automatic; taken while rendering, so that nothing flashes.
  if (flow.preview && !flow.pending) {
    const next = withSuggestion(edit, flow.preview);
    if (next !== edit) setEdit(next);
  }
  const nicProblem = flow.problems.find((each) => formFieldOf(each) === `nic@${request.engineId}`);
  const shown = (problem: Problem) =>
    problem === problemAt(flow.problems, 'ipv4') || (request.host !== undefined && problem === nicProblem);
  const macWrong = edit.mac.trim() !== '' && !isMac(edit.mac.trim());
  const subnets = segment?.subnets.map((each) => each.subnet).filter((each) => !each.includes(':')) ?? [];
  return (
    <Modal
      opened
      onClose={onClose}
      size={540}
      closeOnClickOutside={!flow.applying}
      closeOnEscape={!flow.applying}
      withCloseButton={!flow.applying}
      title={
        <>
          {requestTitle(t, request, segment?.name ?? '', snapshot)}
          <Text span c="dimmed" ml="xs">
            {change('onHost', { host: engine?.name ?? request.engineId })}
          </Text>
        </>
      }
    >
      <form
        data-testid="segment-attach"
        onSubmit={(event) => {
          event.preventDefault();
          if (!macWrong) void flow.submit(false);
        }}
      >
        <Stack gap="md">
          {request.host && (
            <NicField
              engineId={request.engineId}
              value={nic}
              disabled={flow.applying}
              problem={nicProblem}
              onChange={setNic}
            />
          )}
          <AddressFields
            edit={edit}
            onEdit={setEdit}
            problem={problemAt(flow.problems, 'ipv4')}
            suggestion={flow.preview?.suggestedIpv4}
            subnets={subnets}
            advanced={engine?.capabilities ?? null}
            disabled={flow.applying}
          />
          <HostPlans flow={flow} shown={shown} />
        </Stack>
        <DialogFooter
          label={change('buttons.attach')}
          pending={flow.pending}
          applying={flow.applying}
          blocked={edited === null || macWrong || (!flow.pending && flow.problems.length > 0)}
          onCancel={onClose}
        />
      </form>
    </Modal>
  );
}
