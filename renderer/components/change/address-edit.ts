import type { ChangePreview, ChangeRequest, Endpoint, Network } from '../../../shared/model';
import { formatCidr, parseCidr, subnetsInUse } from '../../../shared/rules';

/** Requests in which the admin chooses addresses. */
export type AddressRequest = Extract<ChangeRequest, { kind: 'attach' | 'move' | 'readdress' }>;

export const hasAddress = (request: ChangeRequest): request is AddressRequest =>
  request.kind === 'attach' || request.kind === 'move' || request.kind === 'readdress';

/** Also the name of the request's property. */
export type Family = 'ipv4' | 'ipv6';
export const families = ['ipv4', 'ipv6'] as const;

/** An address family that the form shows, and the subnets in which its address is. */
export interface FamilySubnets {
  family: Family;
  subnets: string[];
}

const withSubnets = (of: (family: Family) => string[]): FamilySubnets[] => {
  const found = families
    .map((family) => ({ family, subnets: of(family) }))
    .filter(({ subnets }) => subnets.length > 0);
  // Nothing is known: the engine may still have addresses there, and most likely IPv4.
  return found.length > 0 ? found : [{ family: 'ipv4', subnets: [] }];
};

/** The families of a network. */
export const familiesOf = (network: Network | undefined): FamilySubnets[] =>
  withSubnets((family) => (network ? subnetsInUse(network, family === 'ipv4' ? 4 : 6).map(formatCidr) : []));

/** The families of subnets in CIDR notation, as a segment has them. */
export const familiesIn = (subnets: readonly string[]): FamilySubnets[] =>
  withSubnets((family) => subnets.filter((text) => parseCidr(text)?.version === (family === 'ipv4' ? 4 : 6)));

/** One family's part of the form. */
export interface FamilyEdit {
  /** `undecided` until the first preview tells whether there is an address to suggest. */
  mode: 'undecided' | 'fixed' | 'automatic';
  /** What the field holds; kept while the address is automatic. */
  address: string;
  /** The admin has gone to the field before it was decided: from then on, nothing but what they type is put there. */
  held?: boolean;
}

/** What stands in the form. */
export interface AddressEdit extends Record<Family, FamilyEdit> {
  mac: string;
  gatewayPriority: string;
}

const writtenIn = ({ ipv4, ipv6, mac, gatewayPriority }: AddressEdit) =>
  JSON.stringify([ipv4.mode, ipv4.address, ipv6.mode, ipv6.address, mac, gatewayPriority]);

/** Whether something was written or chosen between two states of the form; that a field was gone to is no such thing. */
export const isRewritten = (before: AddressEdit, now: AddressEdit): boolean =>
  writtenIn(before) !== writtenIn(now);

const undecided: FamilyEdit = { mode: 'undecided', address: '' };

/** The form of somebody who was asked for nothing yet. */
export const undecidedEdit: AddressEdit = { ipv4: undecided, ipv6: undecided, mac: '', gatewayPriority: '' };

const present = (family: Family, endpoint: Endpoint | undefined) =>
  family === 'ipv4'
    ? { pin: endpoint?.pinned4, address: endpoint?.pinned4 ?? endpoint?.ipv4 }
    : { pin: endpoint?.pinned6, address: endpoint?.pinned6 ?? endpoint?.ipv6 };

function initialFamily(
  family: Family,
  request: AddressRequest,
  endpoint: Endpoint | undefined,
  first: boolean,
): FamilyEdit {
  if (request.kind !== 'readdress')
    return request[family] ? { mode: 'fixed', address: request[family] } : undecided;
  const { pin, address } = present(family, endpoint);
  // Who changes an address means the first one to be fixed; the other stays as it is.
  const fixed = first || pin !== undefined || Boolean(request[family]);
  return { mode: fixed ? 'fixed' : 'automatic', address: request[family] ?? address ?? '' };
}

/**
 * The form's first contents. Changing an address begins from the one that is there; attaching without one waits for
 * the suggestion.
 */
export function initialEdit(
  request: AddressRequest,
  endpoint: Endpoint | undefined,
  shown: readonly FamilySubnets[],
): AddressEdit {
  const [first] = shown;
  const of = (family: Family) => initialFamily(family, request, endpoint, family === first?.family);
  return {
    ipv4: of('ipv4'),
    ipv6: of('ipv6'),
    mac: request.kind === 'attach' ? (request.mac ?? '') : '',
    gatewayPriority: request.kind === 'attach' ? (request.gatewayPriority?.toString() ?? '') : '',
  };
}

/** What a preview offers for the form. */
export type Suggested = Pick<ChangePreview, 'suggestedIpv4' | 'suggestedIpv6'>;

export const suggestedFor = (family: Family, preview: Suggested | null): string | undefined =>
  family === 'ipv4' ? preview?.suggestedIpv4 : preview?.suggestedIpv6;

/** Takes the suggestions of the first preview; a field that the admin has typed in or gone to is left alone. */
export function withSuggestion(edit: AddressEdit, preview: Suggested): AddressEdit {
  const decided = (family: Family): FamilyEdit => {
    if (edit[family].mode !== 'undecided') return edit[family];
    const address = suggestedFor(family, preview);
    if (edit[family].held) return { mode: 'fixed', address: edit[family].address };
    return address ? { mode: 'fixed', address } : { mode: 'automatic', address: '' };
  };
  const open = families.some((family) => edit[family].mode === 'undecided');
  return open ? { ...edit, ipv4: decided('ipv4'), ipv6: decided('ipv6') } : edit;
}

/** What a dialog with addresses shows of its form: what a preview has to be about to be shown beside it. */
export interface AddressForm {
  request: ChangeRequest;
  edit: AddressEdit;
  shown: readonly FamilySubnets[];
}

const leaves = (request: ChangeRequest) => (request.kind === 'move' ? request.fromNetworkId : null);
const stops = (request: ChangeRequest) => 'stopFirst' in request && request.stopFirst === true;

/**
 * Whether a preview is about the choice in the form: the same families fixed and automatic, whatever the addresses. What is told of
 * an automatic address is false beside a fixed one. Nothing is about a form that is yet to be decided.
 */
export function matchesForm(asked: ChangeRequest, { request, edit, shown }: AddressForm): boolean {
  if (leaves(asked) !== leaves(request) || stops(asked) !== stops(request)) return false;
  const fixed = (family: Family) => family in asked && Boolean(asked[family as keyof typeof asked]);
  return shown.every(({ family }) => edit[family].mode === (fixed(family) ? 'fixed' : 'automatic'));
}

/** Whether the first preview is yet to decide on an address. */
export const isUndecided = ({ edit, shown }: AddressForm): boolean =>
  shown.some(({ family }) => edit[family].mode === 'undecided');

/** Whether a fixed address is wanted and none is written. */
export const isBlank = ({ mode, address }: FamilyEdit): boolean => mode === 'fixed' && address.trim() === '';

/** The addresses that the form asks for; null while one is wanted and none is written. */
export function chosenAddresses(
  edit: AddressEdit,
  shown: readonly FamilySubnets[],
): Partial<Record<Family, string>> | null {
  if (shown.some(({ family }) => isBlank(edit[family]))) return null;
  const fixed = shown.filter(({ family }) => edit[family].mode === 'fixed');
  return Object.fromEntries(fixed.map(({ family }) => [family, edit[family].address.trim()]));
}

/** The address of a family put in the place of the one that is written; what else is written stays. */
export const withAddress = (edit: AddressEdit, family: Family, address: string): AddressEdit => ({
  ...edit,
  [family]: { mode: 'fixed', address },
});

/** Of what is written, what a request for the same form says. */
export const writtenOf = (edit: AddressEdit): Partial<Record<Family, string>> => {
  const fixed = families.filter((family) => edit[family].mode === 'fixed' && !isBlank(edit[family]));
  return Object.fromEntries(fixed.map((family) => [family, edit[family].address.trim()]));
};

/** What else an attach may ask for, as far as it is written. */
export function chosenExtras(edit: AddressEdit): { mac?: string; gatewayPriority?: number } {
  const mac = edit.mac.trim().toLowerCase();
  const priority = Number.parseInt(edit.gatewayPriority, 10);
  return {
    ...(mac ? { mac } : {}),
    ...(Number.isInteger(priority) ? { gatewayPriority: priority } : {}),
  };
}

/** The request that the form stands for; null while a fixed address is wanted and none is written. */
export function editedRequest(
  request: AddressRequest,
  edit: AddressEdit,
  shown: readonly FamilySubnets[],
): AddressRequest | null {
  const chosen = chosenAddresses(edit, shown);
  if (!chosen) return null;
  const { ipv4: _ipv4, ipv6: _ipv6, ...rest } = request;
  if (rest.kind === 'attach') {
    const { mac: _mac, gatewayPriority: _priority, ...attach } = rest;
    return { ...attach, ...chosen, ...chosenExtras(edit) };
  }
  if (rest.kind === 'move' || Object.keys(chosen).length === 0) return { ...rest, ...chosen };
  // To be silent about a family would keep its pin.
  const released = shown.filter(({ family }) => !(family in chosen)).map(({ family }) => [family, '']);
  return { ...rest, ...(Object.fromEntries(released) as Partial<Record<Family, string>>), ...chosen };
}
