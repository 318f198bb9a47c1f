import { useTranslation } from 'react-i18next';
import type { SegmentDraft } from '../../../shared/model';
import classes from './SegmentForm.module.css';

/** What a segment is, in one line: VLAN, subnets, driver. */
export function SegmentSummary({
  draft,
}: {
  draft: Pick<SegmentDraft, 'vlan' | 'subnets' | 'driver' | 'mode' | 'internal' | 'options'>;
}) {
  const { t } = useTranslation('segments');
  return (
    <div className={classes.summary}>
      <span>{draft.vlan === null ? t('untagged') : t('vlan', { vlan: draft.vlan })}</span>
      {draft.subnets.map(({ subnet, gateway }) => (
        <span key={subnet} className="tl-mono">
          {gateway ? `${subnet} → ${gateway}` : subnet}
        </span>
      ))}
      <span>
        {draft.driver} {draft.mode}
      </span>
      {draft.internal && <span>{t('internal')}</span>}
      {Object.entries(draft.options ?? {}).map(([name, value]) => (
        <span key={name} className="tl-mono">
          {name}={value}
        </span>
      ))}
    </div>
  );
}
