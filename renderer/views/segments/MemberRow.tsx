import { ActionIcon, Button, Tooltip, UnstyledButton } from '@mantine/core';
import {
  IconAlertTriangle,
  IconCheck,
  IconCircleDashed,
  IconDots,
  IconHelp,
  IconPlus,
  IconX,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Drift, MemberView, Segment, SegmentMember } from '../../../shared/model';
import { hostNameOf, memberOf, memberParent, networkNameFor, rangesOfMember } from '../../../shared/rules';
import { Changing } from '../../context/Changing';
import { useApp, useInventory } from '../../context/context';
import { isLastKnown, saidAs } from '../../context/last-known';
import { findEngine, findNetwork } from '../../store/inventory';
import { useObstacles } from '../../context/obstacles';
import classes from './SegmentsPanel.module.css';

const icons = {
  present: IconCheck,
  missing: IconCircleDashed,
  drifted: IconAlertTriangle,
  unplanned: IconPlus,
  unknown: IconHelp,
  changing: IconDots,
} as const;

/** What one host may have otherwise than the others; the rest is the segment's, and the same everywhere. */
const ownFields: readonly Drift['field'][] = ['name', 'parent', 'ipRange'];

const adoptable = ({ state, drift }: MemberView): boolean =>
  state === 'unplanned' || (state === 'drifted' && drift.every((each) => ownFields.includes(each.field)));

/** The segment with this member as its engine has it. */
function useAdopted(segment: Segment, member: MemberView): Segment | null {
  const network = useInventory((state) =>
    member.networkId === null ? undefined : findNetwork(state.snapshot, member.engineId, member.networkId),
  );
  if (!network || !adoptable(member)) return null;
  const actual: SegmentMember = memberOf(network);
  const same = (one: SegmentMember) =>
    one.engineId === member.engineId && one.networkName === member.networkName;
  const members =
    member.state === 'unplanned'
      ? [...segment.members, actual]
      : segment.members.map((one) => (same(one) ? actual : one));
  return { ...segment, members };
}

const Differences = ({ drift }: { drift: readonly Drift[] }) => {
  const { t } = useTranslation('segments');
  const { t: common } = useTranslation();
  return (
    <ul className={classes.drift}>
      {drift.map(({ field, planned, actual }) => (
        <li key={field}>
          {t('drift', {
            field: t(`driftFields.${field}`),
            planned: planned || common('none'),
            actual: actual || common('none'),
          })}
        </li>
      ))}
    </ul>
  );
};

interface Props {
  segment: Segment;
  member: MemberView;
  /** A change runs on the segment: what is otherwise than planned is on its way. */
  changing: boolean;
}

/** One host of a segment: its network, its range, and whether it is as planned. */
export function MemberRow({ segment, member, changing }: Props) {
  const { t } = useTranslation('segments');
  const { t: common } = useTranslation();
  const { stores } = useApp();
  const { engineId, networkId, networkName, state, drift, ipRange } = member;
  const engine = useInventory((all) => findEngine(all.snapshot, engineId));
  const adopted = useAdopted(segment, member);
  const host = hostNameOf(engine, engineId);
  const offline = useObstacles().host(engineId);
  const stale = isLastKnown(engine) && state !== 'unknown';
  const onItsWay = changing && !stale && state !== 'present';
  const shown = onItsWay ? 'changing' : state;
  const Icon = icons[stale ? 'unknown' : shown];
  const words = saidAs(common, t(`states.${shown}`), stale);
  const ranged = rangesOfMember(member).length === 0 ? t('hosts.wholeSubnet') : ipRange;
  const select = () =>
    stores.ui.setState({
      selection:
        networkId === null ? { kind: 'engine', engineId } : { kind: 'network', engineId, id: networkId },
    });
  return (
    <li
      className={classes.member}
      data-state={stale ? 'unknown' : shown}
      data-testid={`member-${segment.name}-${host}`}
    >
      <Tooltip
        label={stale ? t('stateHints.lastKnown', { what: words }) : t(`stateHints.${shown}`)}
        multiline
        maw={260}
      >
        <span className={classes.state} role="img" aria-label={words}>
          <Icon size={14} stroke={2} aria-hidden />
        </span>
      </Tooltip>
      <UnstyledButton className={classes.memberText} onClick={select}>
        <b className="tl-ellipsis" title={host}>
          {host}
        </b>
        <span className="tl-mono">{memberParent(segment, member)}</span>
        {networkName !== networkNameFor(segment) && (
          <span className={`tl-ellipsis ${classes.memberNetwork ?? ''}`} title={networkName}>
            {networkName}
          </span>
        )}
      </UnstyledButton>
      <span className={`tl-mono ${classes.range ?? ''}`} title={t('hosts.range')}>
        {shown === 'present' || shown === 'drifted' ? ranged : words}
      </span>
      {state === 'unplanned' ? null : (
        <Changing>
          <Tooltip label={t('actions.removeHost', { host })}>
            <ActionIcon
              size={22}
              className={classes.remove}
              disabled={offline !== undefined}
              title={offline}
              aria-label={t('actions.removeHost', { host })}
              onClick={() =>
                stores.ui.setState({
                  dialog: {
                    kind: 'segment-change',
                    request: {
                      kind: 'remove-segment-host',
                      segmentId: segment.id,
                      engineId,
                      detachRunning: false,
                    },
                  },
                })
              }
              data-testid={`remove-${segment.name}-${host}`}
            >
              <IconX size={13} stroke={1.8} />
            </ActionIcon>
          </Tooltip>
        </Changing>
      )}
      {!onItsWay && drift.length > 0 && <Differences drift={drift} />}
      {!onItsWay && adopted && (
        <Changing>
          <Button
            className={classes.adopt}
            size="compact-xs"
            variant="default"
            onClick={() =>
              stores.ui.setState({
                dialog: {
                  kind: 'segment-change',
                  request: { kind: 'adopt-segment', segment: adopted, only: { engineId, networkName } },
                },
              })
            }
            data-testid={`adopt-${segment.name}-${host}`}
          >
            {t('actions.adoptMember')}
          </Button>
        </Changing>
      )}
    </li>
  );
}
