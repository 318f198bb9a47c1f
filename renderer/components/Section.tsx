import classes from './Section.module.css';

interface Props {
  title: string;
  /** A count or a control at the end of the heading. */
  aside?: React.ReactNode;
  children: React.ReactNode;
}

/** A titled part of the inspector or of a dialog. */
export function Section({ title, aside, children }: Props) {
  return (
    <section className={classes.section} aria-label={title}>
      <header className={classes.header}>
        <h3 className={classes.title}>{title}</h3>
        {aside}
      </header>
      {children}
    </section>
  );
}
