import classes from './Banner.module.css';

/** More banners of one kind than so many would leave no room for the picture: told in one line. */
export const fewBanners = 2;

interface BannerProps {
  tone: 'quiet' | 'warn' | 'bad';
  icon: React.ReactNode;
  testId?: string;
  children: React.ReactNode;
}

/** A line above the picture, for what the admin must know before trusting it. */
export const Banner = ({ tone, icon, testId, children }: BannerProps) => (
  <div className={classes.banner} data-tone={tone} role="status" data-testid={testId}>
    {icon}
    {children}
  </div>
);
