import { Anchor, Badge, Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { groupBy, type SubnetRow, type SubnetUse } from '../../../shared/rules';
import type { NetworkRef } from '../../store/ui';
import { hasTrouble } from './SubnetBands';
import { useHostNames, useOverlapWords, useUseName } from './use-overlap-words';
import classes from './subnets.module.css';

const firstRows = 150;
const firstOverlaps = 3;

/** The network whose grid of addresses is that of the subnet: one on a LAN, where there is one. */
function networkOf({ uses }: SubnetRow, host: string | null): NetworkRef | null {
  const networks = uses.filter(({ networkId }) => networkId !== undefined);
  const here = networks.filter(({ engineId }) => engineId === host);
  const all = here.length > 0 ? here : networks;
  const use = all.find(({ place }) => place === 'lan') ?? all[0];
  return use?.networkId === undefined ? null : { engineId: use.engineId, networkId: use.networkId };
}

function Uses({ uses }: { uses: readonly SubnetUse[] }) {
  const nameOf = useUseName();
  const namesOf = useHostNames();
  return [...groupBy(uses, nameOf)].map(([name, all]) => (
    <div key={name}>
      <span className={classes.swatch} data-place={all[0]?.place} aria-hidden />
      {name}{' '}
      <span className={classes.quiet}>
        {namesOf([...new Set(all.map(({ engineId }) => engineId).filter((id) => id !== ''))])}
      </span>
    </div>
  ));
}

function Meaning({ row: { overlaps } }: { row: SubnetRow }) {
  const { t } = useTranslation('subnets');
  const wordsOf = useOverlapWords();
  const [all, setAll] = useState(false);
  const shown = all ? overlaps : overlaps.slice(0, firstOverlaps);
  return (
    <ul className={classes.meanings}>
      {shown.map((one) => (
        <li key={`${one.subnet} ${one.why}`}>
          <Badge size="xs" variant="light" radius="sm" tt="none" color={one.trouble ? 'red' : 'gray'}>
            {t(one.trouble ? 'trouble' : 'fine')}
          </Badge>{' '}
          {wordsOf(one)}
        </li>
      ))}
      {shown.length < overlaps.length && (
        <li>
          <Anchor component="button" type="button" size="xs" onClick={() => setAll(true)}>
            {t('moreOverlaps', { count: overlaps.length - shown.length })}
          </Anchor>
        </li>
      )}
    </ul>
  );
}

interface Props {
  rows: readonly SubnetRow[];
  host: string | null;
  /** The subnet that was pointed at in the drawing. */
  marked: string | null;
  onOpen: (network: NetworkRef, version: 4 | 6) => void;
}

function Row({ row, host, marked, onOpen }: Omit<Props, 'rows'> & { row: SubnetRow }) {
  const { t } = useTranslation('subnets');
  const network = networkOf(row, host);
  return (
    <tr
      id={`subnet-${row.subnet}`}
      data-trouble={hasTrouble(row) || undefined}
      data-marked={marked === row.subnet || undefined}
      data-opens={network !== null || undefined}
      // By the keyboard, the subnet itself does the same.
      onClick={(event) => {
        const onButton = event.target instanceof Element && event.target.closest('button') !== null;
        if (network && !onButton) onOpen(network, row.cidr.version);
      }}
      data-testid={`subnet-${row.subnet}`}
    >
      <th scope="row" className="tl-mono" style={{ paddingInlineStart: 10 + Math.min(row.depth, 5) * 14 }}>
        {network ? (
          <Anchor
            component="button"
            type="button"
            className="tl-mono"
            fz="sm"
            title={t('open')}
            onClick={() => onOpen(network, row.cidr.version)}
          >
            {row.subnet}
          </Anchor>
        ) : (
          row.subnet
        )}
      </th>
      <td>
        <Uses uses={row.uses} />
      </td>
      <td>
        <Meaning row={row} />
      </td>
    </tr>
  );
}

/** Every subnet, who has it, and what it means that others have it too. */
export function SubnetTable({ rows, ...rest }: Props) {
  const { t } = useTranslation('subnets');
  const [all, setAll] = useState(false);
  const last = Math.max(firstRows, rows.findIndex(({ subnet }) => subnet === rest.marked) + 1);
  const shown = all ? rows : rows.slice(0, last);
  return (
    <>
      <table className={classes.table} data-testid="subnet-table">
        <thead>
          <tr>
            {(['subnet', 'usedBy', 'meaning'] as const).map((column) => (
              <th key={column} scope="col">
                {t(`columns.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {shown.map((row) => (
            <Row key={row.subnet} row={row} {...rest} />
          ))}
        </tbody>
      </table>
      {shown.length < rows.length && (
        <Button variant="default" size="xs" mt="xs" onClick={() => setAll(true)}>
          {t('moreRows', { count: rows.length - shown.length })}
        </Button>
      )}
    </>
  );
}
