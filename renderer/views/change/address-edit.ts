import type { ChangePreview, ChangeRequest, Endpoint } from '../../../shared/model';

/** Requests in which the admin chooses an address. */
export type AddressRequest = Extract<ChangeRequest, { kind: 'attach' | 'move' | 'readdress' }>;

export const hasAddress = (request: ChangeRequest): request is AddressRequest =>
  request.kind === 'attach' || request.kind === 'move' || request.kind === 'readdress';

/** What stands in the form. */
export interface AddressEdit {
  /** `undecided` until the first preview tells whether there is an address to suggest. */
  mode: 'undecided' | 'fixed' | 'automatic';
  ipv4: string;
  mac: string;
  gatewayPriority: string;
}

/**
 * The form's first contents. Changing an address begins from the one that is there; attaching without one waits for
 * the suggestion.
 */
export function initialEdit(request: AddressRequest, endpoint: Endpoint | undefined): AddressEdit {
  const present = request.kind === 'readdress' ? (endpoint?.pinned4 ?? endpoint?.ipv4) : undefined;
  const ipv4 = request.ipv4 ?? (present || '');
  return {
    mode: ipv4 || request.kind === 'readdress' ? 'fixed' : 'undecided',
    ipv4,
    mac: request.kind === 'attach' ? (request.mac ?? '') : '',
    gatewayPriority: request.kind === 'attach' ? (request.gatewayPriority?.toString() ?? '') : '',
  };
}

/** Takes the suggestion of the first preview; what the admin has begun to type is left alone. */
export function withSuggestion(
  edit: AddressEdit,
  preview: Pick<ChangePreview, 'suggestedIpv4'>,
): AddressEdit {
  if (edit.mode !== 'undecided') return edit;
  return preview.suggestedIpv4
    ? { ...edit, mode: 'fixed', ipv4: preview.suggestedIpv4 }
    : { ...edit, mode: 'automatic' };
}

/** The request that the form stands for; null while a fixed address is wanted and none is written. */
export function editedRequest(request: AddressRequest, edit: AddressEdit): AddressRequest | null {
  const ipv4 = edit.ipv4.trim();
  if (edit.mode === 'fixed' && !ipv4) return null;
  const { ipv4: _old, ...rest } = request;
  const next = { ...rest, ...(edit.mode === 'fixed' ? { ipv4 } : {}) } as AddressRequest;
  if (next.kind !== 'attach') return next;
  const { mac: _mac, gatewayPriority: _priority, ...attach } = next;
  const priority = Number.parseInt(edit.gatewayPriority, 10);
  return {
    ...attach,
    ...(edit.mac.trim() ? { mac: edit.mac.trim().toLowerCase() } : {}),
    ...(Number.isInteger(priority) ? { gatewayPriority: priority } : {}),
  };
}
