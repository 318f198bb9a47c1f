import { z } from 'zod';

/**
 * Everything that can go wrong and that a person can act on. The union is closed: an engine's answer that fits
 * none of these is `engine_error`, and carries the engine's own text.
 */
export const errorCodes = [
  // the call itself
  'invalid_input',
  'unknown_command',
  'unauthorized',
  'read_only',
  'internal',
  // engines
  'engine_unknown',
  'engine_unreachable',
  'engine_timeout',
  'engine_permission',
  'engine_error',
  'engine_unsupported',
  'engine_not_editable',
  'engine_duplicate',
  'plain_tcp_unaccepted',
  'demo_only',
  'settings_broken',
  'settings_newer',
  'settings_changed',
  // TLS
  'tls_expired',
  'tls_untrusted',
  'tls_name_mismatch',
  'tls_client_refused',
  'tls_files',
  // SSH
  'ssh_host_unknown',
  'ssh_host_changed',
  'ssh_auth_failed',
  'ssh_passphrase_needed',
  'ssh_passphrase_wrong',
  'ssh_key_unreadable',
  'ssh_forward_refused',
  'ssh_config_invalid',
  // Docker contexts
  'context_not_found',
  'context_invalid',
  // things that are gone or never were
  'container_not_found',
  'network_not_found',
  'change_not_found',
  // attach, detach, move, addresses
  'already_connected',
  'not_connected',
  'container_restarting',
  'nothing_to_do',
  'address_invalid',
  'address_outside_subnet',
  'address_is_network',
  'address_is_broadcast',
  'address_is_gateway',
  'address_reserved',
  'address_in_use',
  'address_in_use_elsewhere',
  'subnet_full',
  'shares_namespace',
  'host_mode',
  'none_mode',
  'none_network',
  'host_network',
  'network_config_only',
  'network_ingress',
  'network_without_ipam',
  'pin_needs_user_network',
  'passthru_occupied',
  'network_not_attachable',
  'network_other_engine',
  'mac_invalid',
  // networks
  'name_invalid',
  'name_taken',
  'parent_invalid',
  'parent_missing',
  'parent_busy',
  'parent_taken',
  'vlan_invalid',
  'mode_invalid',
  'subnet_invalid',
  'subnet_host_bits',
  'subnet_overlap',
  'gateway_outside_subnet',
  'gateway_missing',
  'range_outside_subnet',
  'exclusion_outside_subnet',
  'network_predefined',
  'network_in_use',
  'network_has_stopped_members',
  'network_not_recreatable',
  // segments
  'segment_not_found',
  'segment_name_missing',
  'segment_name_taken',
  'segment_subnets_invalid',
  'segment_overlap',
  'segment_has_host',
  'segment_lacks_host',
  'segment_other_host',
  'host_repeated',
  'reserved_invalid',
  'range_overlap',
  'vlan_mismatch',
  'link_mismatch',
  // texts with networks in them
  'import_empty',
  'import_unreadable',
  'import_line',
  'import_skipped',
  'import_network',
  'import_variable',
  // the toolbox
  'toolbox_unasked',
  'toolbox_refused',
  'toolbox_unavailable',
  // changes
  'change_stale',
  'change_not_undoable',
  'change_interrupted',
  'change_not_interrupted',
  'storage_failed',
  'file_broken',
  'verify_failed',
  'rolled_back',
  'rollback_failed',
] as const;

export const errorCodeSchema = z.enum(errorCodes);
export type ErrorCode = z.infer<typeof errorCodeSchema>;

/**
 * A text inside a sentence: why something failed, as a key of the texts in `shared/rules/texts/reasons*` and its values,
 * which may be such texts themselves. The window says it in its own language.
 */
export interface Reason {
  code: string;
  params: Record<string, string | number | Reason>;
}
export const reasonSchema: z.ZodType<Reason> = z.object({
  code: z.string(),
  params: z.record(z.string(), z.union([z.string(), z.number(), z.lazy(() => reasonSchema)])),
});

/** What failed, where, why, and what to do. Plain data: it crosses the transport as it is. */
export const problemSchema = z.object({
  code: errorCodeSchema,
  /** One English sentence: what and why. The window translates by `code` and `params`; scripts read this. */
  message: z.string(),
  /** What the user can do about it, in English. */
  hint: z.string().optional(),
  /** The values that the sentence speaks of; also fed to the translated sentence. */
  params: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
  /** Those of `params` that are texts themselves: there they are in English, here as what to translate. */
  reasons: z.record(z.string(), reasonSchema).optional(),
  /** Which engine it happened on. */
  engineId: z.string().optional(),
  /** The form field or request property at fault, for example `spec.subnet`. */
  field: z.string().optional(),
  /** The engine's own words, untouched. */
  engineText: z.string().optional(),
});
export type Problem = z.infer<typeof problemSchema>;

/** A {@link Problem} as a throwable, for use inside one process; it never crosses a transport. */
export class ProblemError extends Error {
  readonly problem: Problem;
  constructor(problem: Problem, options?: ErrorOptions) {
    super(problem.message, options);
    this.name = 'ProblemError';
    this.problem = problem;
  }
}

/** The answer to every command: nothing throws across a transport. */
export type Result<T> = { ok: true; value: T } | { ok: false; error: Problem };

export const ok = <T>(value: T): Result<T> => ({ ok: true, value });
export const fail = (error: Problem): Result<never> => ({ ok: false, error });

/** Makes the compiler prove that a union was handled to its end. */
export function assertNever(value: never): never {
  throw new Error(`Unhandled case: ${JSON.stringify(value)}`);
}
