import { IconPlugConnectedX } from '@tabler/icons-react';
import { Fragment } from 'react';
import { useTranslation } from 'react-i18next';
import { Banner } from '../components';
import { useInventory } from '../context/context';
import { bannerPlaces, type BannerRow } from '../context/feature';
import { features } from '../views/features';
import classes from './Banners.module.css';
import { BrokenFiles, StorageProblem } from './StorageBanners';

/** The main process is gone: what is shown is as it was. */
function Lost() {
  const { t } = useTranslation();
  const phase = useInventory((state) => state.phase);
  if (phase !== 'lost') return null;
  return (
    <Banner tone="bad" icon={<IconPlugConnectedX size={16} stroke={1.7} />} testId="lost-banner">
      <span>{t('banner.lost')}</span>
    </Banner>
  );
}

/** What belongs to no feature; in its place it follows what does. */
const own: readonly BannerRow[] = [
  { place: 'picture', component: Lost },
  { place: 'console', component: StorageProblem },
  { place: 'console', component: BrokenFiles },
];

const rows: readonly BannerRow[] = [...features.flatMap((feature) => feature.banners ?? []), ...own];

/** What the admin must know before trusting the picture. */
export function Banners() {
  return (
    <div className={classes.banners}>
      {bannerPlaces.map((at) => (
        <Fragment key={at}>
          {rows
            .filter(({ place }) => place === at)
            .map(({ component: Component }, index) => (
              <Component key={index} />
            ))}
        </Fragment>
      ))}
    </div>
  );
}
