import { Anchor, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { hostNameOf, offlineProblem, problem, shortId } from '../../../shared/rules';
import { useApp, useInventory } from '../../context/context';
import { useSegmentScene } from '../../context/segments';
import { requestFor, type MoveFrom } from '../../graph';
import { EmptyState, ProblemNote } from '../../components';
import { findContainer, findEngine, findNetwork } from '../../store/inventory';
import {
  choiceGroups,
  commonProblem,
  fitting,
  networkChoices,
  segmentChoices,
  type AttachChoice,
} from './attach-choices';
import { AttachList } from './AttachList';
import { optionId } from './AttachOption';
import { TaskDialog } from '../../components/dialog/TaskDialog';

interface Asked {
  engineId: string;
  containerId: string;
  from: MoveFrom;
}

interface Props {
  engineId: string;
  containerId: string;
  /** The network that it leaves for the one chosen: a move. */
  from?: string | undefined;
  onClose: () => void;
}

/** What the container can be put on, and what of it the filter leaves. A move is between networks that are there. */
function useChoices({ engineId, containerId, from }: Asked, filter: string) {
  const snapshot = useInventory((state) => state.snapshot);
  const { segments: views } = useSegmentScene();
  const container = findContainer(snapshot, engineId, containerId);
  const [opened] = useState(container);
  const name = container?.name ?? opened?.name ?? shortId(containerId);
  const all = useMemo(
    () => ({
      networks: container ? networkChoices(container, snapshot, from) : [],
      segments: container && from === null ? segmentChoices(container, snapshot, views) : [],
    }),
    [container, snapshot, views, from],
  );
  const engine = findEngine(snapshot, engineId) ?? null;
  const host = hostNameOf(engine, engineId);
  const gone = container ? null : problem('container_not_found', { container: name, host }, { engineId });
  return {
    name,
    leaves: findNetwork(snapshot, engineId, from ?? '')?.name ?? '',
    host,
    // A container's own reason stands in the way of its networks already.
    common:
      offlineProblem(engine) ?? gone ?? commonProblem(all.networks.length > 0 ? all.networks : all.segments),
    none: all.networks.length + all.segments.length === 0,
    anySegments: all.segments.length > 0,
    groups: choiceGroups(all.networks, all.segments).map((group) => ({
      ...group,
      choices: fitting(group.choices, filter),
    })),
  };
}

/** Chooses the network or segment; the whole way goes by keyboard: type to filter, arrows, Enter. */
export function AttachDialog({ engineId, containerId, from, onClose }: Props) {
  const { t } = useTranslation('change');
  const { stores } = useApp();
  const [filter, setFilter] = useState('');
  const [at, setAt] = useState(0);
  const choices = useChoices({ engineId, containerId, from: from ?? null }, filter);
  const { name, host, common, none, anySegments, groups } = choices;
  const shown = groups.flatMap((group) => group.choices);
  const active = shown[Math.min(at, shown.length - 1)];
  const label = anySegments ? t('attach.chooseAny') : t('attach.choose', { host });
  const newNetwork = () => stores.ui.setState({ dialog: { kind: 'new-network', engineId } });

  const choose = (choice: AttachChoice | undefined) => {
    if (!choice || choice.problem) return;
    if (choice.kind === 'network') {
      const request = requestFor({ engineId, id: containerId }, choice.network, from ?? null);
      stores.ui.setState({ dialog: { kind: 'change', request } });
    } else if (choice.request) {
      stores.ui.setState({ dialog: { kind: 'segment-change', request: choice.request } });
    }
  };
  const onKeyDown = (event: React.KeyboardEvent) => {
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (by) {
      event.preventDefault();
      setAt((now) => Math.max(0, Math.min(shown.length - 1, now + by)));
    } else if (event.key === 'Enter') {
      event.preventDefault();
      choose(active);
    }
  };

  return (
    <TaskDialog
      onClose={onClose}
      size={540}
      title={t(from === undefined ? 'attach.title' : 'attach.moveTitle', {
        container: name,
        from: choices.leaves,
      })}
    >
      {common ? (
        <ProblemNote problem={common} />
      ) : none ? (
        <EmptyState title={t('attach.none')} />
      ) : (
        <>
          <TextInput
            data-autofocus
            size="sm"
            label={label}
            placeholder={t('attach.filter')}
            leftSection={<IconSearch size={14} stroke={1.8} />}
            value={filter}
            role="combobox"
            aria-expanded
            aria-controls="attach-networks"
            aria-activedescendant={active && optionId(active)}
            onChange={(event) => {
              setFilter(event.currentTarget.value);
              setAt(0);
            }}
            onKeyDown={onKeyDown}
            data-testid="attach-filter"
          />
          <AttachList
            id="attach-networks"
            label={label}
            container={name}
            host={host}
            groups={groups}
            active={active}
            onChoose={choose}
            onActive={(choice) => setAt(shown.indexOf(choice))}
          />
        </>
      )}
      {!common && (
        <Anchor component="button" type="button" size="xs" mt="sm" onClick={newNetwork}>
          {t('attach.newNetwork')}
        </Anchor>
      )}
    </TaskDialog>
  );
}
