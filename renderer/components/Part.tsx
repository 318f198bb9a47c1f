import classes from './Part.module.css';

/** A titled part of a dialog, flush with what is around it. */
export function Part({ title, children }: { title: string; children: React.ReactNode }) {
  return (
    <section aria-label={title}>
      <h3 className={classes.part}>{title}</h3>
      {children}
    </section>
  );
}
