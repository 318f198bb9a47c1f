import classes from './Banner.module.css';

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
