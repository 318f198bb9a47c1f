import type {
  HostChoice,
  Problem,
  Segment,
  SegmentDraft,
  SegmentRequest,
  SegmentSubnet,
} from '../../../shared/model';
import {
  containsCidr,
  gatewayShape,
  parseCidr,
  parseParent,
  rangeShape,
  subnetShape,
} from '../../../shared/rules';
import type { SegmentPurpose } from '../../store/ui';
import type { FieldKey } from './segment-fields';
import type { HostForm, SegmentForm } from './segment-form';

/** Texts that can't be sent as they are. Keys of the form's texts, by field. */
export function formErrors(form: SegmentForm): Partial<Record<'name' | 'vlan' | 'mtu' | 'hosts', string>> {
  const vlan = form.vlan.trim();
  const mtu = form.mtu.trim();
  const whole = (text: string, least: number, most: number) =>
    /^\d{1,6}$/.test(text) && Number(text) >= least && Number(text) <= most;
  return {
    ...(form.name.trim() ? {} : { name: 'nameMissing' }),
    ...(form.name.trim().length > 60 ? { name: 'nameLong' } : {}),
    ...(vlan === '' || whole(vlan, 1, 4094) ? {} : { vlan: 'vlanWrong' }),
    ...(mtu === '' || whole(mtu, 68, 65_535) ? {} : { mtu: 'mtuWrong' }),
    ...(form.hosts.some((host) => host.chosen) ? {} : { hosts: 'hostsMissing' }),
  };
}

/** Whether a NIC's name is one that a host may have; nothing is wrong with an absent one. */
function nicShape(nic: string): Problem | null {
  const read = nic ? parseParent(nic) : null;
  return !read || read.ok ? null : read.problem;
}

/** What is no address, subnet, range or NIC at all: told of each field at once, whatever is wrong with the others. */
export function shapeProblems(form: SegmentForm): Partial<Record<FieldKey, Problem>> {
  const found: Partial<Record<FieldKey, Problem | null>> = {
    subnet: subnetShape(form.subnet.trim(), {}),
    subnet6: subnetShape(form.subnet6.trim(), {}),
    more: form.more.map((each) => subnetShape(each.subnet.trim(), {})).find((each) => each !== null) ?? null,
    gateway: gatewayShape(form.gateway.trim(), 4, {}),
    gateway6: gatewayShape(form.gateway6.trim(), 6, {}),
  };
  for (const { chosen, engineId, nic, ipRange, ipRange6 } of form.hosts) {
    if (!chosen) continue;
    found[`nic@${engineId}`] = nicShape(nic.trim());
    found[`ipRange@${engineId}`] = rangeShape(ipRange?.trim(), {});
    found[`ipRange6@${engineId}`] = rangeShape(ipRange6?.trim(), {});
  }
  return Object.fromEntries(
    Object.entries(found).flatMap(([field, problem]) => (problem ? [[field, problem] as const] : [])),
  );
}

const subnet = (text: string, gateway: string): SegmentSubnet => ({
  subnet: text.trim(),
  ...(gateway.trim() ? { gateway: gateway.trim() } : {}),
});

/** The segment that the form stands for. Only of a form without {@link formErrors}. */
export const draftOf = (form: SegmentForm): SegmentDraft => ({
  name: form.name.trim(),
  ...(/^#[0-9a-f]{6}$/i.test(form.colour) ? { colour: form.colour.toLowerCase() } : {}),
  ...(form.tenant.trim() ? { tenant: form.tenant.trim() } : {}),
  vlan: form.vlan.trim() === '' ? null : Number(form.vlan),
  subnets: [
    subnet(form.subnet, form.gateway),
    ...(form.subnet6.trim() ? [subnet(form.subnet6, form.gateway6)] : []),
    ...form.more.filter((each) => each.subnet.trim()).map((each) => subnet(each.subnet, each.gateway)),
  ],
  driver: form.driver,
  mode: form.mode,
  ...(form.mtu.trim() ? { mtu: Number(form.mtu) } : {}),
  reserved: form.reserved
    .filter((range) => range.from.trim() || range.to.trim())
    // A single address is its own last.
    .map((range) => ({ ...range, to: range.to.trim() || range.from })),
  ...(form.internal === undefined ? {} : { internal: form.internal }),
  ...(Object.keys(form.options).length > 0 ? { options: form.options } : {}),
});

const optional = <K extends string>(key: K, text: string | null): { [key in K]?: string } =>
  text?.trim() ? ({ [key]: text.trim() } as { [key in K]?: string }) : {};

/** What is of a subnet that is no longer in the form goes with it. */
const insideOf = (ranges: readonly string[], subnets: readonly { subnet: string }[]): string[] =>
  ranges.filter((text) => {
    const range = parseCidr(text);
    return subnets.some((one) => {
      const subnet = parseCidr(one.subnet.trim());
      return subnet !== null && range !== null && containsCidr(subnet, range);
    });
  });

const choiceOf = (host: HostForm, more: SegmentForm['more']): HostChoice => ({
  engineId: host.engineId,
  parentNic: host.nic.trim(),
  ...optional('parent', host.parent),
  ...optional('networkName', host.networkName),
  ...optional('ipRange', host.ipRange),
  ...optional('ipRange6', host.ipRange6),
  ...(insideOf(host.moreRanges, more).length > 0 ? { moreRanges: insideOf(host.moreRanges, more) } : {}),
  ...(Object.keys(host.exclusions).length > 0 ? { exclusions: host.exclusions } : {}),
});

/**
 * The request that the form stands for; null while it has errors of its own.
 *
 * @param basedOn the segment of the plan that was filled in
 */
export function requestOfForm(
  form: SegmentForm,
  purpose: SegmentPurpose,
  basedOn?: Segment,
): SegmentRequest | null {
  if (Object.keys(formErrors(form)).length > 0) return null;
  const segment = draftOf(form);
  const hosts = form.hosts.filter((host) => host.chosen).map((host) => choiceOf(host, form.more));
  switch (purpose.kind) {
    case 'create':
      return { kind: 'create-segment', segment, hosts };
    case 'edit':
      return {
        kind: 'edit-segment',
        segmentId: purpose.segmentId,
        segment,
        hosts,
        ...(basedOn && { basedOn }),
      };
    case 'add-host':
      return hosts[0] ? { kind: 'add-segment-host', segmentId: purpose.segmentId, host: hosts[0] } : null;
    case 'adopt':
      return { kind: 'adopt-segment', segment: { ...purpose.segment, ...segment } };
  }
}
