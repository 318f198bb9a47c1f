import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { AddressExport } from '../../../shared/rules';
import { useJoinNames } from '../../i18n';
import classes from './export.module.css';

/** So many are named; of the others it is said how many they are. */
const mostNamed = 8;

/** The first names of many, and how many more there are. */
export function useFew() {
  const { t } = useTranslation('addresses');
  const join = useJoinNames();
  return (names: readonly string[]): string => {
    const more = names.length - mostNamed;
    if (more <= 0) return join([...names]);
    return t('export.andMore', { names: names.slice(0, mostNamed).join(', '), count: more });
  };
}

/** What the text does not have, and why. */
export function LeftOutList({ leftOut }: Pick<AddressExport, 'leftOut'>) {
  const { t } = useTranslation('addresses');
  const few = useFew();
  if (leftOut.length === 0) return null;
  return (
    <section aria-label={t('export.leftOut')} data-testid="export-left-out">
      <Text size="xs" fw={500}>
        {t('export.leftOut')}
      </Text>
      <ul className={classes.list}>
        {leftOut.map(({ reason, addresses }) => (
          <li key={reason} data-testid={`left-out-${reason}`}>
            {t('export.because', {
              count: addresses.length,
              reason: t(`export.reasons.${reason}`),
            })}{' '}
            <span className={`tl-mono ${classes.quiet ?? ''}`}>{few(addresses)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Whose name is another one in the text. */
export function RenamedList({ renamed }: Pick<AddressExport, 'renamed'>) {
  const { t } = useTranslation('addresses');
  const few = useFew();
  if (renamed.length === 0) return null;
  return (
    <section aria-label={t('export.renamed')} data-testid="export-renamed">
      <Text size="xs" fw={500}>
        {t('export.renamed')}
      </Text>
      <Text size="xs" className={classes.quiet}>
        {few(renamed.map((each) => t('export.rename', { ...each })))}
      </Text>
    </section>
  );
}
