import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useJoinNames } from '../../i18n';
import type { Segment } from '../../../shared/model';
import { hostName, siteOfSegment, sortNatural } from '../../../shared/rules';
import { Changing } from '../../context/Changing';
import { useApp, useInventory } from '../../context/context';
import classes from './SegmentsPanel.module.css';

/** Networks that look like one segment: adopting them writes the plan and touches no engine. */
export function CandidateItem({ segment }: { segment: Segment }) {
  const join = useJoinNames();
  const { t } = useTranslation('segments');
  const { stores } = useApp();
  const engines = useInventory((state) => state.snapshot.engines);
  const hosts = [...new Set(segment.members.map((member) => member.engineId))]
    .map((id) => hostName(id, engines))
    .sort(sortNatural);
  const site = siteOfSegment(segment, engines);
  return (
    <div className={classes.candidate} data-testid={`candidate-${segment.name}`}>
      <div className={classes.candidateText}>
        <b>{segment.name}</b>
        <span className="tl-mono">{segment.subnets.map((each) => each.subnet).join(', ')}</span>
        <span>
          {segment.vlan === null ? t('untagged') : t('vlan', { vlan: segment.vlan })} · {join(hosts)}
          {site !== undefined && ` · ${site}`}
        </span>
      </div>
      <Changing>
        <Button
          size="compact-xs"
          variant="default"
          onClick={() =>
            stores.ui.setState({ dialog: { kind: 'segment-form', purpose: { kind: 'adopt', segment } } })
          }
          data-testid={`adopt-${segment.name}`}
        >
          {t('actions.adopt')}
        </Button>
      </Changing>
    </div>
  );
}
