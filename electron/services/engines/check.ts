import type { EngineConnection, Problem, Reason } from '../../../shared/model';
import { isPlainTcp, problem, reason } from '../../../shared/rules';
import type { Addresses } from './ways';

/** A request that can't be meant, and which part of it. */
export const invalid = (detail: Reason, field = 'connection'): Problem =>
  problem('invalid_input', { detail }, { field });

/** Files, TLS and the like are no part of an address, so they need not come back from it. */
const addressed = (connection: EngineConnection): Record<string, unknown> => {
  switch (connection.kind) {
    case 'socket':
      return { kind: 'socket' };
    case 'tcp':
      return { kind: 'tcp', host: connection.host.toLowerCase(), port: connection.port };
    case 'ssh':
      return {
        kind: 'ssh',
        host: connection.host.toLowerCase(),
        user: connection.user,
        port: connection.port,
      };
    case 'context':
      return { kind: 'context', context: connection.context };
  }
};

/**
 * What is wrong with a connection before anybody is contacted; null when nothing is. Its parts must mean the same
 * where they stand together as an address: a password in the host's name, or a path in it, does not.
 */
export function connectionProblem(connection: EngineConnection, addresses: Addresses): Problem | null {
  const read = addresses.connectionOf(addresses.addressOf(connection));
  if (!read.ok) return { ...read.error, field: 'connection' };
  if (JSON.stringify(addressed(read.value)) !== JSON.stringify(addressed(connection)))
    return invalid(reason('connection_parts'));
  if (connection.kind === 'ssh' && /[^\s@,]*:[^\s@,]*@/.test(connection.jump ?? ''))
    return invalid(reason('connection_jump_password'));
  if (connection.kind === 'tcp' && connection.tls && !connection.tls.cert !== !connection.tls.key)
    return invalid(reason('connection_half_pair'));
  return null;
}

/** Plain TCP that the admin has not accepted; null for everything else. */
export function plainProblem(connection: EngineConnection, addresses: Addresses): Problem | null {
  if (!isPlainTcp(connection) || connection.plainAccepted) return null;
  const address = addresses.addressOf(connection);
  return problem('plain_tcp_unaccepted', { address }, { field: 'connection.plainAccepted' });
}
