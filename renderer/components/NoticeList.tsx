import { IconAlertTriangle, IconInfoCircle } from '@tabler/icons-react';
import type { Notice } from '../../shared/model';
import { useSentences } from '../i18n';
import classes from './NoticeList.module.css';

/** What the admin should know before applying, warnings first. */
export function NoticeList({ notices }: { notices: readonly Notice[] }) {
  const sentences = useSentences();
  const warnings = notices.filter((notice) => notice.severity === 'warning');
  const others = notices.filter((notice) => notice.severity !== 'warning');
  return (
    <ul className={classes.list}>
      {[...warnings, ...others].map((notice) => (
        <li key={`${notice.code} ${notice.message}`} className={classes.item} data-severity={notice.severity}>
          {notice.severity === 'warning' ? (
            <IconAlertTriangle size={15} stroke={1.8} aria-hidden />
          ) : (
            <IconInfoCircle size={15} stroke={1.6} aria-hidden />
          )}
          <span>{sentences.notice(notice)}</span>
        </li>
      ))}
    </ul>
  );
}
