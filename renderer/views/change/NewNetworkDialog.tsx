import { Stack } from '@mantine/core';
import { useCallback, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ChangeRecord, ChangeRequest } from '../../../shared/model';
import { orderEngines } from '../../../shared/rules';
import { useApp, useInventory } from '../../context/context';
import { EmptyState } from '../../components';
import { DialogFooter } from '../../components/dialog/DialogFooter';
import { fieldOf, otherProblems, problemAt } from '../../components/change/fields';
import { PreviewBody } from './PreviewBody';
import {
  emptyForm,
  firstEngine,
  freeNic,
  knownNics,
  specFields,
  specOf,
  vlanProblem,
  type SpecForm,
} from './spec-form';
import { SpecFields } from './SpecFields';
import { useChangeFlow } from '../../context/change/use-change-flow';
import { useHost } from '../../context/host/use-host';
import { lookOf } from '../../store/host';
import { TaskDialog } from '../../components/dialog/TaskDialog';

interface Props {
  engineId?: string | undefined;
  /** The interface that it is to stand on; without, one that the host is known to have. */
  parent?: string | undefined;
  onClose: () => void;
}

/** Makes a macvlan or ipvlan network. Its form begins on a host: it waits for the first there is. */
export function NewNetworkDialog(props: Props) {
  const { t } = useTranslation();
  const { t: words } = useTranslation('change');
  const noHosts = useInventory((state) => state.snapshot.engines.length === 0);
  if (!noHosts) return <NetworkForm {...props} />;
  return (
    <TaskDialog title={words('network.title')} size={640} onClose={props.onClose}>
      <EmptyState title={t('empty.noHosts')} hint={t('empty.noHostsHint')} />
    </TaskDialog>
  );
}

/** The form, and beside it what the engine will do with it. */
function NetworkForm({ engineId, parent, onClose }: Props) {
  const { t } = useTranslation('change');
  const { stores } = useApp();
  const snapshot = useInventory((state) => state.snapshot);
  const [written, setWritten] = useState<SpecForm>(() =>
    emptyForm(firstEngine(snapshot.engines, engineId), parent ?? ''),
  );
  /** Fields that were edited; what has not been touched is not yet wrong. */
  const [touched, setTouched] = useState<ReadonlySet<string>>(new Set());
  const { facts } = useHost((state) => lookOf(state, written.engineId));
  /** Until the admin writes one, the interface goes with host and driver. */
  const [ownNic, setOwnNic] = useState(parent !== undefined);
  const form = useMemo(
    () => (ownNic ? written : { ...written, nic: freeNic(written, snapshot, facts) }),
    [ownNic, written, snapshot, facts],
  );

  const wrongVlan = useMemo(() => vlanProblem(form), [form]);
  const request = useMemo<ChangeRequest>(
    // What is wrong elsewhere is told all the same.
    () => ({
      kind: 'create-network',
      engineId: form.engineId,
      spec: specOf(wrongVlan ? { ...form, vlan: '' } : form),
    }),
    [form, wrongVlan],
  );
  const onApplied = useCallback(
    (record: ChangeRecord) => {
      onClose();
      const [made] = record.hosts;
      if (made?.networkId)
        stores.ui.setState({ selection: { kind: 'network', engineId: made.engineId, id: made.networkId } });
    },
    [onClose, stores],
  );
  const flow = useChangeFlow(request, { form, hidden: wrongVlan !== null, onApplied });
  const all = wrongVlan
    ? [wrongVlan, ...flow.problems.filter((problem) => fieldOf(problem) !== 'parent')]
    : flow.problems;
  const problems = all.filter((problem) => {
    const field = fieldOf(problem);
    // The VLAN id is a part of the parent's name.
    return field === null || touched.has(field) || (field === 'parent' && form.nic && touched.has('vlan'));
  });
  const submit = () => {
    setTouched(new Set(specFields));
    if (!wrongVlan) void flow.submit();
  };

  return (
    <TaskDialog onClose={onClose} size={640} title={t('network.title')} busy={flow.applying} form>
      <form
        data-testid="network-dialog"
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <Stack gap="md">
          <SpecFields
            form={form}
            engines={orderEngines(snapshot.engines)}
            nics={knownNics(snapshot, form.engineId)}
            disabled={flow.applying}
            problemAt={(field) => problemAt(problems, field)}
            onEdit={(patch, field) => {
              // Who writes a VLAN id means the interface that stands there.
              const own = ownNic || 'nic' in patch || 'vlan' in patch;
              setOwnNic(own);
              setWritten((now) => ({ ...now, ...(own ? { nic: form.nic } : {}), ...patch }));
              if (field) setTouched((now) => new Set(now).add(field));
            }}
          />
          <PreviewBody
            {...flow}
            // Notices on a half-filled form would be noise.
            preview={all.length > 0 ? null : flow.preview}
            problems={otherProblems(problems, specFields)}
          />
        </Stack>
        <DialogFooter
          label={t('buttons.createNetwork')}
          pending={flow.pending}
          unread={flow.unread}
          blocked={wrongVlan !== null || (!flow.pending && problems.length > 0)}
        />
      </form>
    </TaskDialog>
  );
}
