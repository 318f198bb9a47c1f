import type { TFunction } from 'i18next';
import type { SegmentDraft } from '../../../shared/model';

type Fields = Record<
  'name' | 'tenant' | 'vlan' | 'subnets' | 'driver' | 'mode' | 'internal' | 'mtu' | 'reserved' | 'options',
  string
>;

/** A segment's fields as text, each in its one spelling; empty where there is none. */
function fieldsOf(t: TFunction<'segments'>, segment: SegmentDraft): Fields {
  const { name, tenant = '', vlan, subnets, driver, mode, internal, mtu, reserved, options = {} } = segment;
  return {
    name,
    tenant,
    vlan: vlan === null ? t('untagged') : String(vlan),
    subnets: subnets
      .map(({ subnet, gateway }) => (gateway ? t('edited.subnet', { subnet, gateway }) : subnet))
      .join('; '),
    driver,
    mode,
    // A plan of earlier versions says nothing of it, which is no.
    internal: t(internal ? 'edited.yes' : 'edited.no'),
    mtu: mtu === undefined ? '' : String(mtu),
    reserved: reserved
      .map(({ from, to, kind, note }) => {
        const range = from === to ? from : `${from}–${to}`;
        const said = [...(kind === 'dhcp' ? [t('reserved.kinds.dhcp')] : []), ...(note ? [note] : [])];
        return said.length > 0 ? t('edited.said', { range, said: said.join(', ') }) : range;
      })
      .join(', '),
    options: Object.entries(options)
      .map(([key, value]) => `${key}=${value}`)
      .sort()
      .join(', '),
  };
}

/** What an edit made of a segment, a sentence a field that differs: `VLAN ID: 10 → 30`. */
export function segmentEdits(t: TFunction<'segments'>, was: SegmentDraft, now: SegmentDraft): string[] {
  const [before, after] = [fieldsOf(t, was), fieldsOf(t, now)];
  return (Object.keys(before) as (keyof Fields)[])
    .filter((field) => before[field] !== after[field])
    .map((field) =>
      t('edited.field', {
        field: t(`edited.fields.${field}`),
        was: before[field] || t('edited.none'),
        now: after[field] || t('edited.none'),
      }),
    );
}
