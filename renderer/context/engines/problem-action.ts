import type { ErrorCode } from '../../../shared/model';

/** What an admin can do at once about an engine that can't be reached. */
export type ProblemAction = 'key' | 'unlock' | 'edit';

const actions: Partial<Record<ErrorCode, ProblemAction>> = {
  ssh_host_unknown: 'key',
  ssh_host_changed: 'key',
  ssh_passphrase_needed: 'unlock',
  ssh_passphrase_wrong: 'unlock',
  ssh_auth_failed: 'edit',
  ssh_key_unreadable: 'edit',
  ssh_config_invalid: 'edit',
  tls_expired: 'edit',
  tls_untrusted: 'edit',
  tls_name_mismatch: 'edit',
  tls_client_refused: 'edit',
  tls_files: 'edit',
  plain_tcp_unaccepted: 'edit',
  context_not_found: 'edit',
  context_invalid: 'edit',
};

/** What helps besides trying again; null where nothing in this window does. */
export const actionOf = (code: ErrorCode): ProblemAction | null => actions[code] ?? null;
