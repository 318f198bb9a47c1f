import { useTranslation } from 'react-i18next';
import { formatBytes, integer } from '../../format';
import { useLanguage } from '../../i18n';
import classes from './host.module.css';
import { NicState, Remarks, VerdictMark } from '../../components/nics/NicParts';
import { addressTexts, speedText, type NicRow } from '../../components/nics/nics';

const columns = [
  'name',
  'kind',
  'state',
  'asParent',
  'addresses',
  'mac',
  'speed',
  'mtu',
  'vlan',
  'parent',
  'master',
  'promiscuity',
  'received',
  'sent',
  'faults',
] as const;
const numbers: ReadonlySet<string> = new Set(['mtu', 'vlan', 'received', 'sent', 'faults']);

function Row({ row: { nic, state, verdict, shim, quiet } }: { row: NicRow }) {
  const { t } = useTranslation('host');
  const language = useLanguage();
  const { counters } = nic;
  const faults =
    counters.rxErrors + counters.txErrors + counters.rxDropped + counters.txDropped > 0
      ? `${integer(counters.rxErrors + counters.txErrors, language)} / ${integer(counters.rxDropped + counters.txDropped, language)}`
      : '';
  return (
    <tr data-testid={`nic-row-${nic.name}`} data-quiet={quiet || undefined}>
      <th scope="row" className="tl-mono">
        {nic.name}
      </th>
      <td>{shim ? t('nic.shim') : quiet && nic.docker ? t('nic.ownLink') : t(`nic.kinds.${nic.kind}`)}</td>
      <td>
        <NicState state={state} />
      </td>
      <td className={classes.wrap}>
        <VerdictMark verdict={verdict} />
        <Remarks remarks={verdict.remarks} />
      </td>
      <td className="tl-mono">
        {addressTexts(nic).map((each) => (
          <div key={each}>{each}</div>
        ))}
      </td>
      <td className="tl-mono">{nic.mac}</td>
      <td className="tl-num">{speedText(nic.speed)}</td>
      <td className={`tl-num ${classes.num ?? ''}`}>{nic.mtu}</td>
      <td className={`tl-num ${classes.num ?? ''}`}>{nic.vlan}</td>
      <td className="tl-mono">{nic.parent}</td>
      <td className="tl-mono">{nic.master}</td>
      <td>{nic.promiscuity > 0 && t('nic.promiscuous', { count: nic.promiscuity })}</td>
      <td className={`tl-num ${classes.num ?? ''}`}>{formatBytes(counters.rxBytes, language)}</td>
      <td className={`tl-num ${classes.num ?? ''}`}>{formatBytes(counters.txBytes, language)}</td>
      <td className={`tl-num ${classes.num ?? ''}`}>{faults}</td>
    </tr>
  );
}

/** Every interface with everything about it. */
export function NicTable({ rows }: { rows: readonly NicRow[] }) {
  const { t } = useTranslation('host');
  return (
    <div className={classes.scroll} tabIndex={0} role="region" aria-label={t('section')}>
      <table className={classes.table} data-testid="nic-table">
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column} scope="col" className={numbers.has(column) ? classes.num : undefined}>
                {t(`nic.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <Row key={row.nic.index} row={row} />
          ))}
        </tbody>
      </table>
    </div>
  );
}
