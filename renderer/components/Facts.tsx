import { Fragment } from 'react';
import { CopyButton } from './CopyButton';
import classes from './Facts.module.css';

export interface Fact {
  label: string;
  /** Facts without a value are left out: an empty line tells nothing. */
  value: React.ReactNode;
  mono?: boolean;
  /** The text that a copy button beside it copies. */
  copy?: string | undefined;
}

const empty = (value: React.ReactNode) => value === undefined || value === null || value === '';

/** Labels and values in two columns. */
export function Facts({ facts }: { facts: readonly Fact[] }) {
  const shown = facts.filter((fact) => !empty(fact.value));
  if (shown.length === 0) return null;
  return (
    <dl className={classes.facts}>
      {shown.map((fact) => (
        <Fragment key={fact.label}>
          <dt className={classes.label}>{fact.label}</dt>
          <dd className={classes.value}>
            <span className={fact.mono ? `tl-mono ${classes.text ?? ''}` : classes.text}>{fact.value}</span>
            {fact.copy && <CopyButton value={fact.copy} />}
          </dd>
        </Fragment>
      ))}
    </dl>
  );
}

/** Names and values that someone else chose: labels, options. */
export const Pairs = ({ pairs }: { pairs: Readonly<Record<string, string>> }) => (
  <dl className={classes.pairs}>
    {Object.entries(pairs).map(([name, value]) => (
      <Fragment key={name}>
        <dt className={`tl-mono ${classes.pairName ?? ''}`}>{name}</dt>
        <dd className={`tl-mono ${classes.pairValue ?? ''}`}>{value || '""'}</dd>
      </Fragment>
    ))}
  </dl>
);
