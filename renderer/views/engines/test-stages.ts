import type { ErrorCode } from '../../../shared/model';
import type { ConnectionKind } from './engine-form';

/** How far a connection gets, in this order. */
export type Stage = 'context' | 'reach' | 'tls' | 'key' | 'signIn' | 'socket' | 'answer';

export interface StageState {
  stage: Stage;
  /** `later` was not come to. */
  state: 'done' | 'failed' | 'later';
}

const direct: Record<'socket' | 'plain' | 'tls' | 'ssh', readonly Stage[]> = {
  socket: ['reach', 'answer'],
  plain: ['reach', 'answer'],
  tls: ['reach', 'tls', 'answer'],
  ssh: ['reach', 'key', 'signIn', 'socket', 'answer'],
};

const failing: Partial<Record<ErrorCode, Stage>> = {
  context_not_found: 'context',
  context_invalid: 'context',
  engine_unreachable: 'reach',
  engine_error: 'answer',
  engine_unsupported: 'answer',
  tls_expired: 'tls',
  tls_untrusted: 'tls',
  tls_name_mismatch: 'tls',
  tls_client_refused: 'tls',
  ssh_host_unknown: 'key',
  ssh_host_changed: 'key',
  ssh_auth_failed: 'signIn',
  ssh_forward_refused: 'socket',
};

const wayOf = (kind: ConnectionKind, tls: boolean, code: ErrorCode): keyof typeof direct => {
  if (kind === 'ssh' || code.startsWith('ssh_')) return 'ssh';
  if (code.startsWith('tls_')) return 'tls';
  return kind === 'tcp' && tls ? 'tls' : 'socket';
};

/** Which stages a test that failed went through; empty where its problem does not tell. */
export function stagesOf(kind: ConnectionKind, tls: boolean, code: ErrorCode): StageState[] {
  const at = failing[code];
  if (!at) return [];
  const way = direct[wayOf(kind, tls, code)];
  const stages: readonly Stage[] = kind === 'context' ? ['context', ...way] : way;
  const index = stages.indexOf(at);
  if (index < 0) return [];
  return stages.map((stage, place) => ({
    stage,
    state: place < index ? 'done' : place === index ? 'failed' : 'later',
  }));
}
