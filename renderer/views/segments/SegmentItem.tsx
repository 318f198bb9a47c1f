import { ActionIcon, Badge, Button, Menu, Tooltip } from '@mantine/core';
import {
  IconDotsVertical,
  IconEdit,
  IconEyeOff,
  IconFileExport,
  IconGridDots,
  IconPlus,
  IconRefresh,
  IconShieldOff,
  IconShieldPlus,
  IconShieldSearch,
  IconTrash,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { MemberView, Segment, SegmentDraft, SegmentView } from '../../../shared/model';
import { Changing } from '../../context/Changing';
import { useApp, useInventory } from '../../context/context';
import type { Dialog, NetworkRef } from '../../store/ui';
import { sitesApart } from '../../../shared/rules';
import { MemberRow } from './MemberRow';
import classes from './SegmentsPanel.module.css';
import { useSegmentChanging } from '../../context/use-segment-changing';
import { useSegmentColour } from '../../context/use-segment-colour';

const draftOnly = ({ id: _id, members: _members, ...draft }: Segment): SegmentDraft => draft;

/** Members that stand otherwise than planned: an edit that changes nothing brings them back. */
const amiss = (members: readonly MemberView[]): boolean =>
  members.some(({ state }) => state === 'missing' || state === 'drifted');

interface ActionsProps {
  segment: Segment;
  /** Those of its networks that are there. */
  networks: NetworkRef[];
  open: (dialog: Dialog) => void;
}

function Actions({ segment, networks, open }: ActionsProps) {
  const { t } = useTranslation('segments');
  const { id: segmentId, name } = segment;
  const [first] = networks;
  const guards = (purpose: 'set' | 'release'): Dialog => ({
    ...{ kind: 'guard-all', purpose, name },
    targets: { networks },
  });
  const item = (
    key: 'edit' | 'addresses' | 'export' | 'isolation' | 'guard' | 'release' | 'forget' | 'delete',
    Icon: typeof IconEdit,
    dialog: Dialog,
  ) => (
    <Menu.Item
      key={key}
      leftSection={<Icon size={14} stroke={1.6} />}
      onClick={() => open(dialog)}
      data-testid={`segment-${key}`}
      {...(key === 'delete' ? { color: 'red' } : {})}
    >
      {t(`actions.${key}`)}
    </Menu.Item>
  );
  return (
    <Menu>
      <Menu.Target>
        <ActionIcon
          size={24}
          aria-label={t('actions.of', { segment: name })}
          data-testid={`segment-menu-${name}`}
        >
          <IconDotsVertical size={15} stroke={1.6} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Changing>
          {item('edit', IconEdit, { kind: 'segment-form', purpose: { kind: 'edit', segmentId } })}
        </Changing>
        {first && item('addresses', IconGridDots, { kind: 'addresses', ...first })}
        {item('export', IconFileExport, { kind: 'segment-export', segmentId })}
        <Changing>
          {networks.length > 0 && item('isolation', IconShieldSearch, { kind: 'isolation', networks })}
          {networks.length > 0 && item('guard', IconShieldPlus, guards('set'))}
          {networks.length > 0 && item('release', IconShieldOff, guards('release'))}
          <Menu.Divider />
          {item('forget', IconEyeOff, {
            kind: 'segment-change',
            request: { kind: 'forget-segment', segmentId },
          })}
          {item('delete', IconTrash, {
            kind: 'segment-change',
            request: { kind: 'delete-segment', segmentId, detachRunning: false },
          })}
        </Changing>
      </Menu.Dropdown>
    </Menu>
  );
}

/** That a segment has hosts of two sites, where it has. */
function Apart({ segment, members }: SegmentView) {
  const { t } = useTranslation('segments');
  const engines = useInventory((state) => state.snapshot.engines);
  const apart = sitesApart({ vlan: segment.vlan, members }, engines);
  if (!apart) return null;
  return (
    <p className={classes.apart} role="note" data-testid={`apart-${segment.name}`}>
      {t('apart', apart)}
    </p>
  );
}

/** One segment with its hosts. */
export function SegmentItem({ view }: { view: SegmentView }) {
  const { t } = useTranslation('segments');
  const { stores } = useApp();
  const { segment, members } = view;
  const colour = useSegmentColour(view);
  const changing = useSegmentChanging(segment.id);
  const free = useInventory((state) =>
    state.snapshot.engines.some(
      (engine) => engine.state === 'online' && members.every((each) => each.engineId !== engine.id),
    ),
  );
  const open = (dialog: Dialog) => stores.ui.setState({ dialog });
  const reconcile = () =>
    open({
      kind: 'segment-change',
      request: {
        kind: 'edit-segment',
        segmentId: segment.id,
        segment: draftOnly(segment),
        hosts: [],
        reconcile: true,
        basedOn: segment,
      },
    });
  return (
    <section
      className={classes.segment}
      style={{ '--segment': colour } as React.CSSProperties}
      aria-label={segment.name}
      data-testid={`segment-${segment.name}`}
    >
      <header className={classes.segmentHead}>
        <i className={classes.swatch} aria-hidden />
        <div className={classes.headText}>
          <h3 className={classes.name} title={segment.name}>
            {segment.name}
          </h3>
          <Badge className={classes.badge} tt="none">
            {segment.vlan === null ? t('untagged') : t('vlan', { vlan: segment.vlan })}
          </Badge>
          {segment.tenant && (
            <Tooltip label={t('tenantOf', { tenant: segment.tenant })}>
              <Badge className={classes.badge} variant="outline" color="gray" tt="none" fw={500}>
                {segment.tenant}
              </Badge>
            </Tooltip>
          )}
        </div>
        <Actions
          segment={segment}
          networks={members.flatMap(({ engineId, networkId }) =>
            networkId === null ? [] : [{ engineId, networkId }],
          )}
          open={open}
        />
      </header>
      <p className={`tl-mono ${classes.subnets ?? ''}`}>
        {segment.subnets.map((each) => each.subnet).join(', ')}
      </p>
      <Apart {...view} />
      <ul className={classes.members}>
        {members.map((member) => (
          <MemberRow
            key={`${member.engineId} ${member.networkName}`}
            segment={segment}
            member={member}
            changing={changing}
          />
        ))}
      </ul>
      <Changing>
        <div className={classes.foot}>
          {free && (
            <Button
              size="compact-xs"
              variant="subtle"
              leftSection={<IconPlus size={12} stroke={2} />}
              onClick={() =>
                open({ kind: 'segment-form', purpose: { kind: 'add-host', segmentId: segment.id } })
              }
              data-testid={`add-host-${segment.name}`}
            >
              {t('actions.addHost')}
            </Button>
          )}
          {!changing && amiss(members) && (
            <Button
              size="compact-xs"
              variant="light"
              color="orange"
              leftSection={<IconRefresh size={12} stroke={2} />}
              onClick={reconcile}
              data-testid={`reconcile-${segment.name}`}
            >
              {t('actions.reconcile')}
            </Button>
          )}
        </div>
      </Changing>
    </section>
  );
}
