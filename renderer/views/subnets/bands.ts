import {
  contains,
  formatCidr,
  lastAddress,
  parseCidr,
  size,
  type Cidr,
  type SubnetRow,
} from '../../../shared/rules';

/** A subnet as it is drawn in its band: shares of the band's width, from 0 to 100. */
export interface Bar {
  readonly row: SubnetRow;
  readonly left: number;
  readonly width: number;
  /** How many of the band's other subnets it lies in. */
  readonly lane: number;
}

/** A stretch of addresses in which subnets can be seen beside each other. */
export interface Band {
  readonly name: string;
  readonly cidr: Cidr;
  readonly bars: readonly Bar[];
  readonly lanes: number;
  /** Where engines take new subnets from. */
  readonly pools: readonly Pick<Bar, 'left' | 'width'>[];
}

/** Private blocks that are looked at as a whole. */
const blocks = ['172.16.0.0/12', '192.168.0.0/16'].flatMap((text) => parseCidr(text) ?? []);

const widened = (cidr: Cidr, prefix: number): Cidr => {
  const shift = BigInt((cidr.version === 4 ? 32 : 128) - prefix);
  const base = (cidr.base >> shift) << shift;
  return { ...cidr, base, address: base, prefix, hostBitsSet: false };
};

/** The band of a subnet: narrow ones would be too thin to see in the band of wide ones. */
export function bandOf(cidr: Cidr): Cidr {
  const { version, prefix, base } = cidr;
  const [narrow, wide] = version === 4 ? [16, 8] : [48, 32];
  const block = blocks.find((one) => prefix >= one.prefix && contains(one, { version, value: base }));
  if (block && (prefix <= narrow || block.prefix === narrow)) return block;
  if (prefix > narrow) return widened(cidr, narrow);
  return prefix >= wide ? widened(cidr, wide) : cidr;
}

const steps = 1_000_000n;
const share = (part: bigint, whole: bigint): number => Number((part * steps) / whole) / Number(steps / 100n);

const place = (cidr: Cidr, band: Cidr) => ({
  left: share(cidr.base - band.base, size(band)),
  width: share(size(cidr), size(band)),
});

/** @param pools where engines take subnets from; each once */
export function bandsOf(rows: readonly SubnetRow[], pools: readonly Cidr[]): Band[] {
  const bands = new Map<string, { cidr: Cidr; rows: SubnetRow[]; pools: Cidr[] }>();
  const at = (cidr: Cidr) => {
    const band = bandOf(cidr);
    const name = formatCidr(band);
    const known = bands.get(name) ?? { cidr: band, rows: [], pools: [] };
    bands.set(name, known);
    return known;
  };
  for (const row of rows) at(row.cidr).rows.push(row);
  for (const pool of pools) at(pool).pools.push(pool);
  return [...bands]
    .map(([name, band]): Band => {
      const bars = barsOf(band.rows, band.cidr);
      const lanes = bars.reduce((most, { lane }) => Math.max(most, lane + 1), 1);
      return { name, cidr: band.cidr, bars, lanes, pools: band.pools.map((pool) => place(pool, band.cidr)) };
    })
    .sort(({ cidr: a }, { cidr: b }) =>
      a.version !== b.version
        ? a.version - b.version
        : a.base < b.base
          ? -1
          : a.base > b.base
            ? 1
            : a.prefix - b.prefix,
    );
}

/** In order, those that a subnet lies in are the last ones that have not ended. */
function barsOf(rows: readonly SubnetRow[], band: Cidr): Bar[] {
  const open: Cidr[] = [];
  return rows.map((row): Bar => {
    for (let last = open.at(-1); last && lastAddress(last).value < row.cidr.base; last = open.at(-1))
      open.pop();
    const lane = open.length;
    open.push(row.cidr);
    return { row, lane, ...place(row.cidr, band) };
  });
}
