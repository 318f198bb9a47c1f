import { useTranslation } from 'react-i18next';
import classes from './LeaseMark.module.css';

/** That an address is the LAN's DHCP server's, and not the engine's. */
export function LeaseMark() {
  const { t } = useTranslation();
  return (
    <span className={classes.mark} title={t('lease.hint')} data-testid="lease-mark">
      {t('lease.mark')}
    </span>
  );
}
