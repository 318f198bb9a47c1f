import type { IsolationCell, IsolationPlace, IsolationReport, IsolationTarget } from '../../../shared/model';
import type { CellWords } from './use-cell-words';

/** Everything that the report says besides names and numbers, in one language. */
export interface ReportWords extends CellWords {
  title: string;
  asked: string;
  places: string;
  matrix: string;
  evidence: string;
  columns: Record<
    'network' | 'host' | 'container' | 'address' | 'vlan' | 'from' | 'to' | 'verdict' | 'why' | 'seen',
    string
  >;
  untagged: string;
  /** Of a run that was cancelled. */
  cancelled(asked: number, of: number): string;
  nobody: string;
  /** Which other networks the container is on. */
  alsoOn(networks: string): string;
  gateway(address: string): string;
  /** What the probe saw, in short. */
  seen(cell: IsolationCell): string;
  problem(place: IsolationPlace): string;
}

export const placeName = (place: IsolationPlace | undefined): string =>
  place ? `${place.networkName} · ${place.engineName}` : '';

export const targetName = (
  target: IsolationTarget,
  report: Pick<IsolationReport, 'places'>,
  gateway: (address: string) => string,
): string => (target.kind === 'gateway' ? gateway(target.address) : placeName(report.places[target.place]));

/** How many places had asked for everything, of how many there were; one that may not or can't ask had not. */
export function askedPlaces({ cells, places }: Pick<IsolationReport, 'cells' | 'places'>): {
  asked: number;
  of: number;
} {
  const asked = places.filter(
    ({ container, problem }, row) =>
      container && !problem && !cells[row]?.some((cell) => cell.reason === 'cancelled'),
  );
  return { asked: asked.length, of: places.length };
}

/** Names come from engines; none may break out of its table cell. */
const escaped = (text: string): string => text.replace(/[\\|`*_<>[\]]/g, '\\$&').replace(/\s+/g, ' ');

const line = (cells: readonly string[]): string => `| ${cells.map(escaped).join(' | ')} |`;

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [line(head), `|${' --- |'.repeat(head.length)}`, ...rows.map(line)].join('\n');
}

/** The report as a Markdown document. */
export function isolationMarkdown(report: IsolationReport, words: ReportWords): string {
  const { places, targets, cells } = report;
  const { columns } = words;
  const names = targets.map((target) => targetName(target, report, words.gateway));
  const placeRows = places.map((place) => [
    place.networkName,
    place.engineName,
    place.vlan === null ? words.untagged : String(place.vlan),
    [place.container?.name ?? words.nobody, place.alsoOn.length > 0 && words.alsoOn(place.alsoOn.join(', '))]
      .filter(Boolean)
      .join('; '),
    place.container?.address ?? words.problem(place),
  ]);
  const matrix = places.map((place, row) => [
    placeName(place),
    ...targets.map((_, column) => {
      const cell = cells[row]?.[column];
      return cell ? words.verdict(cell, place) : '';
    }),
  ]);
  const evidence = places.flatMap((place, row) =>
    targets.flatMap((target, column) => {
      const cell = cells[row]?.[column];
      if (!cell || cell.verdict === 'self') return [];
      const name = names[column] ?? '';
      const to = name.includes(target.address) ? name : `${name} (${target.address})`;
      return [
        [
          placeName(place),
          to,
          words.verdict(cell, place),
          words.reason(cell, place),
          [words.families(cell), words.seen(cell)].filter(Boolean).join('; '),
        ],
      ];
    }),
  );
  const { asked, of } = askedPlaces(report);
  const { network, host, vlan, container, address, from, to, verdict, why, seen } = columns;
  return [
    `# ${words.title}`,
    words.asked,
    ...(report.cancelled ? [words.cancelled(asked, of)] : []),
    `## ${words.places}`,
    table([network, host, vlan, container, address], placeRows),
    `## ${words.matrix}`,
    table([`${from} / ${to}`, ...names], matrix),
    `## ${words.evidence}`,
    table([from, to, verdict, why, seen], evidence),
    '',
  ].join('\n\n');
}
