import { IconGripVertical } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import classes from './Grip.module.css';

interface Props extends React.ComponentPropsWithoutRef<'button'> {
  label: string;
}

/** Takes hold of a host or a group: dragged, or moved by the arrow keys. */
export function Grip({ label, ...handlers }: Props) {
  const { t } = useTranslation('engines');
  return (
    <button
      type="button"
      className={classes.grip}
      aria-label={label}
      aria-description={t('list.moveHint')}
      title={t('list.moveHint')}
      {...handlers}
    >
      <IconGripVertical size={15} stroke={1.6} aria-hidden />
    </button>
  );
}
