import { IconAlertTriangle, IconBan, IconCheck } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { ParentRemark, ParentVerdict } from '../../../shared/rules';
import { useSentences } from '../../i18n';
import classes from './NicParts.module.css';
import type { NicRow } from './nics';

const marks = {
  upCarrier: <circle cx="5" cy="5" r="4" fill="currentColor" />,
  upNoCarrier: <circle cx="5" cy="5" r="3.3" fill="none" stroke="currentColor" strokeWidth="1.5" />,
  down: <path d="M2 5h6" stroke="currentColor" strokeWidth="1.8" strokeLinecap="round" />,
} as const;
const tones = { upCarrier: 'up', upNoCarrier: 'noCarrier', down: 'down' } as const;

/** Up, without carrier, or down: by shape and colour. */
export function NicState({ state, words = true }: { state: NicRow['state']; words?: boolean }) {
  const { t } = useTranslation('host');
  const text = t(`nic.${state}`);
  return (
    <span className={classes.state} data-state={tones[state]}>
      <svg
        viewBox="0 0 10 10"
        width="10"
        height="10"
        role="img"
        aria-label={words ? undefined : text}
        aria-hidden={words || undefined}
      >
        {marks[state]}
      </svg>
      {words && text}
    </span>
  );
}

const icons = { ok: IconCheck, warned: IconAlertTriangle, refused: IconBan } as const;

/** Whether it can be a parent, in a word. */
export function VerdictMark({ verdict }: { verdict: ParentVerdict }) {
  const { t } = useTranslation('host');
  const Icon = icons[verdict.state];
  return (
    <span className={classes.verdict} data-verdict={verdict.state}>
      <Icon size={13} stroke={1.9} aria-hidden />
      {t(`nic.verdict.${verdict.state}`)}
    </span>
  );
}

/** The way out that a remark names. */
function Way({ use }: { use: NonNullable<ParentRemark['use']> }) {
  const { t } = useTranslation('host');
  if (use.parent) return t('nic.use', { parent: use.parent });
  if (use.driver) return t('nic.useDriver', { driver: use.driver, mode: use.mode ?? '' });
  return null;
}

/** Why it can't, or what to mind. */
export function Remarks({ remarks }: { remarks: readonly ParentRemark[] }) {
  const sentences = useSentences();
  if (remarks.length === 0) return null;
  return (
    <ul className={classes.remarks}>
      {remarks.map((remark) => (
        <li key={remark.reason}>
          {sentences.notice(remark.notice)}{' '}
          {remark.use && (
            <span className={classes.way}>
              <Way use={remark.use} />
            </span>
          )}
        </li>
      ))}
    </ul>
  );
}
