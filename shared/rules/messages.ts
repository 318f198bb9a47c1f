/**
 * Every problem and notice, in English, and the helpers that build them.
 *
 * The window translates by `code` and `params`; pass `params` to i18next as they are: where a code has several causes,
 * `params.context` names the variant (key `code_context`, i18next’s own convention). A row without context is the plain
 * text. Not every text has a hint. `container`, `network`, `host`, `owner` are names, `host` the
 * engine’s name; `seconds` is a number; lists (`ports`, `choices`, several containers) are joined by “, ”. Any value may be a
 * {@link Reason}, a text of its own that is translated with the sentence; every `detail` that is ours is one.
 *
 * | problem | context | params |
 * |---|---|---|
 * | invalid_input | | detail |
 * | invalid_input | address | endpoint, detail |
 * | invalid_input | command | command, detail |
 * | invalid_input | http | detail |
 * | unknown_command | | name |
 * | unauthorized | |  |
 * | read_only | |  |
 * | internal | | detail |
 * | engine_unknown | | host |
 * | engine_unknown | recover | host |
 * | engine_unreachable | | host |
 * | engine_unreachable | absent | host, endpoint |
 * | engine_unreachable | refused | host, endpoint |
 * | engine_unreachable | cut | host |
 * | engine_unreachable | no_route | host, endpoint |
 * | engine_unreachable | handshake | host |
 * | engine_unreachable | not_http | host, endpoint |
 * | engine_unreachable | unknown_name | host, endpoint |
 * | engine_unreachable | none_found |  |
 * | engine_unreachable | none_answered |  |
 * | engine_timeout | | host, seconds |
 * | engine_timeout | connecting | host, endpoint |
 * | engine_timeout | silent | host, seconds |
 * | engine_permission | | host |
 * | engine_permission | in_front | host |
 * | engine_error | | host |
 * | engine_error | unreadable | host, endpoint |
 * | engine_error | too_long | host, endpoint, megabytes |
 * | engine_error | too_many_entries | host, endpoint, most |
 * | engine_error | too_many_endpoints | host, endpoint, most |
 * | engine_error | too_many_values | host, endpoint, most |
 * | engine_error | redirect | host, endpoint, status |
 * | engine_error | odd_status | host, endpoint, status |
 * | engine_error | partly | host, count, names |
 * | engine_unsupported | | host |
 * | engine_unsupported | driver | host, driver |
 * | engine_unsupported | none | container, host |
 * | engine_unsupported | none_unnamed | host |
 * | engine_unsupported | exclusions | host |
 * | engine_unsupported | paused | container, host |
 * | engine_unsupported | stopped | container, host |
 * | engine_unsupported | kernel | host |
 * | engine_unsupported | kernel_vlan | host, parent |
 * | engine_not_editable | | host |
 * | engine_duplicate | | name |
 * | plain_tcp_unaccepted | | address |
 * | demo_only | |  |
 * | settings_broken | | file, detail, aside |
 * | settings_broken | kept | file, detail |
 * | settings_broken | hosts | file, detail |
 * | settings_newer | | file, version |
 * | settings_changed | | host |
 * | tls_expired | | host, detail |
 * | tls_expired | client | host |
 * | tls_untrusted | | host |
 * | tls_name_mismatch | | host, names |
 * | tls_client_refused | | host |
 * | tls_client_refused | plain | host |
 * | tls_client_refused | not_tls | host |
 * | tls_files | | file, detail |
 * | tls_files | absent | file |
 * | tls_files | denied | file |
 * | tls_files | folder | file |
 * | tls_files | no_certificate | file |
 * | tls_files | no_key | file |
 * | tls_files | passphrase | file |
 * | tls_files | cert_missing | file |
 * | tls_files | key_missing | file |
 * | tls_files | other_key | file, other |
 * | ssh_host_unknown | | host, type, fingerprint |
 * | ssh_host_changed | | host, fingerprint, file, line |
 * | ssh_host_changed | revoked | host, fingerprint, file, line |
 * | ssh_auth_failed | | user, host, tried |
 * | ssh_passphrase_needed | | file |
 * | ssh_passphrase_wrong | | file |
 * | ssh_key_unreadable | | file, detail |
 * | ssh_forward_refused | | host, socket |
 * | ssh_forward_refused | prohibited | host, socket |
 * | ssh_forward_refused | jump | host, socket |
 * | ssh_config_invalid | | host, detail |
 * | context_not_found | | name |
 * | context_invalid | | name, detail |
 * | change_interrupted | | host |
 * | change_interrupted | lost | host, detail |
 * | change_interrupted | unknown | host |
 * | change_not_interrupted | |  |
 * | storage_failed | | detail, file |
 * | storage_failed | midway | detail, file |
 * | storage_failed | waiting | file, detail |
 * | file_broken | | file, detail, effect, aside |
 * | file_broken | unread | file, detail, effect |
 * | file_broken | special | file, detail, effect |
 * | file_broken | large | file, detail, effect |
 * | file_broken | log | file, detail, effect |
 * | file_broken | lines | file, count, line, detail |
 * | file_broken | lines_aside | file, count, line, detail, aside |
 * | file_broken | unmoved | file, detail, reason, effect |
 * | container_not_found | | container, host |
 * | container_not_found | removing | host |
 * | network_not_found | | network, host |
 * | network_not_found | unnamed | host |
 * | change_not_found | |  |
 * | change_stale | | host |
 * | change_not_undoable | |  |
 * | change_not_undoable | undone |  |
 * | change_not_undoable | overtaken |  |
 * | change_not_undoable | changed | container, network |
 * | change_not_undoable | network_changed | network |
 * | change_not_undoable | irreversible | host |
 * | verify_failed | | host |
 * | rolled_back | | host |
 * | rollback_failed | | host |
 * | rollback_failed | leftover | host, container, network |
 * | already_connected | | container, network |
 * | already_connected | unnamed | network |
 * | not_connected | | container, network |
 * | not_connected | unnamed | network |
 * | container_restarting | | container |
 * | nothing_to_do | | container, network |
 * | nothing_to_do | same_network | container, network |
 * | nothing_to_do | same_address | container, address, network |
 * | nothing_to_do | automatic | container, network |
 * | address_invalid | | address |
 * | address_invalid | ipv4 | address |
 * | address_invalid | ipv6 | address |
 * | address_outside_subnet | | address, subnet, network |
 * | address_outside_subnet | network | address, network |
 * | address_outside_subnet | alone | address |
 * | address_outside_subnet | unnamed |  |
 * | address_is_network | | address, subnet |
 * | address_is_broadcast | | address, subnet |
 * | address_is_gateway | | address, network, host |
 * | address_reserved | | address, name, network, host |
 * | address_reserved | pool | address, range, host |
 * | address_reserved | taken | address |
 * | address_reserved | duplicate | address |
 * | address_reserved | shim | address, host, network |
 * | address_reserved | host | address, host, name |
 * | address_in_use | | address, container, network, host |
 * | address_in_use | alone | address, host |
 * | address_in_use | unnamed | host |
 * | address_in_use | pinned | address, container, network, host |
 * | address_in_use | at_once | address, container, network, host |
 * | address_in_use_elsewhere | | address, container, host, network |
 * | address_in_use_elsewhere | pinned | address, container, host, network |
 * | address_in_use_elsewhere | at_once | address, container, host, network |
 * | address_in_use_elsewhere | automatic | address, container, host, network |
 * | subnet_full | | subnet, network |
 * | subnet_full | unnamed |  |
 * | subnet_full | ranges | subnet |
 * | subnet_full | range | range, network |
 * | shares_namespace | | container, owner |
 * | shares_namespace | unnamed |  |
 * | shares_namespace | owner_stopped |  |
 * | shares_namespace | owner_gone | container, owner |
 * | host_mode | | container, host |
 * | none_mode | | container |
 * | none_mode | unnamed |  |
 * | none_network | | network, container |
 * | none_network | unnamed |  |
 * | host_network | | network, container |
 * | host_network | unnamed |  |
 * | network_config_only | | network |
 * | network_config_only | unnamed |  |
 * | network_ingress | | network |
 * | network_without_ipam | | network, address |
 * | network_without_ipam | network | host |
 * | pin_needs_user_network | | network, address |
 * | pin_needs_user_network | unnamed |  |
 * | passthru_occupied | | network, parent, container |
 * | passthru_occupied | unnamed |  |
 * | network_not_attachable | | network |
 * | network_other_engine | | network, from, container, host |
 * | mac_invalid | | mac |
 * | mac_invalid | ipvlan | mac |
 * | name_invalid | | name |
 * | name_invalid | empty |  |
 * | name_taken | | name, host |
 * | parent_invalid | | parent |
 * | parent_invalid | empty |  |
 * | parent_invalid | dots | parent |
 * | parent_invalid | loopback | parent |
 * | parent_invalid | not_ethernet | parent, host |
 * | parent_missing | | host, parent |
 * | parent_missing | gone | host, parent |
 * | parent_missing | no_links | host, parent |
 * | parent_missing | vlan | host, parent, nic, vlan |
 * | parent_busy | | parent, host |
 * | parent_busy | unnamed | host |
 * | parent_taken | | network, parent, host |
 * | parent_taken | unnamed | parent, host |
 * | parent_taken | passthru | parent, name, network |
 * | parent_taken | mixed | network, parent, driver |
 * | vlan_invalid | | vlan, parent |
 * | vlan_invalid | alone | vlan |
 * | mode_invalid | | mode, driver, choices |
 * | subnet_invalid | | subnet |
 * | subnet_invalid | too_small | subnet |
 * | subnet_invalid | too_small6 | subnet |
 * | subnet_invalid | ipv6 | subnet |
 * | subnet_invalid | no_room |  |
 * | subnet_invalid | reserved | subnet |
 * | subnet_invalid | ipv6_only | subnet |
 * | subnet_host_bits | | subnet, to |
 * | subnet_overlap | | subnet, other, network, host |
 * | subnet_overlap | unnamed | host |
 * | subnet_overlap | ambiguous | network, host, subnet, parent |
 * | gateway_outside_subnet | | address, subnet |
 * | gateway_outside_subnet | alone | address |
 * | gateway_missing | | network |
 * | range_outside_subnet | | range, subnet |
 * | range_outside_subnet | unnamed | subnet |
 * | range_outside_subnet | invalid | range |
 * | range_outside_subnet | host_bits | range, to |
 * | exclusion_outside_subnet | | address, subnet |
 * | exclusion_outside_subnet | named | name, subnet |
 * | network_predefined | | network |
 * | network_predefined | name | network |
 * | network_in_use | | network, container |
 * | network_in_use | members | network |
 * | network_in_use | running | network |
 * | network_in_use | settings | network |
 * | network_in_use | config | network, name |
 * | network_has_stopped_members | | network, container |
 * | network_not_recreatable | | network, host |
 * | segment_not_found | | segment |
 * | segment_name_missing | |  |
 * | segment_name_taken | | segment |
 * | segment_subnets_invalid | |  |
 * | segment_subnets_invalid | overlap | subnet, other |
 * | segment_overlap | | subnet, segment, vlan |
 * | segment_overlap | untagged | subnet, segment |
 * | segment_has_host | | segment, host |
 * | segment_lacks_host | | segment, host |
 * | segment_lacks_host | attach | segment, host |
 * | segment_lacks_host | gone | segment, host |
 * | segment_other_host | | host, other |
 * | host_repeated | | host |
 * | reserved_invalid | | from, to |
 * | reserved_invalid | outside | from, to |
 * | range_overlap | | range, other, host |
 * | range_overlap | reserved | range, from, to |
 * | vlan_mismatch | | parent, vlan, wanted |
 * | vlan_mismatch | untagged | parent, vlan |
 * | vlan_mismatch | link | parent, host, vlan, wanted |
 * | link_mismatch | | parent, host, other, nic |
 * | link_mismatch | not_vlan | parent, host |
 * | import_empty | |  |
 * | import_empty | compose |  |
 * | import_unreadable | |  |
 * | import_unreadable | position | line, column |
 * | import_unreadable | large | most, networks |
 * | import_unreadable | more | count |
 * | import_line | | line |
 * | import_line | option | line, option |
 * | import_line | value | line, option |
 * | import_line | name | line |
 * | import_network | | network, line, detail |
 * | import_variable | | network, line, variable |
 * | import_skipped | | network, line |
 * | import_skipped | external | network, line |
 * | import_skipped | driver | network, line, driver |
 * | import_skipped | subnet | network, line |
 * | import_skipped | entry | network, line, number |
 * | import_skipped | parent | network, line |
 * | import_skipped | config | network, line, config |
 * | toolbox_unasked | | host |
 * | toolbox_refused | | host |
 * | toolbox_unavailable | | host |
 * | toolbox_unavailable | architecture | architecture, host |
 * | toolbox_unavailable | tools | tools |
 * | toolbox_unavailable | image | image, host |
 * | toolbox_unavailable | reference | image |
 * | toolbox_unavailable | foreign | image, host |
 * | toolbox_unavailable | timeout | host, seconds |
 * | toolbox_unavailable | failed | host |
 * | toolbox_unavailable | output | host |
 *
 * | notice | context | params |
 * |---|---|---|
 * | interruption | | container, network, seconds |
 * | interruption | ends | container, network |
 * | interruption | moves | container, network, to |
 * | interruption | stops | container |
 * | interruption | restarts | container, network |
 * | interruption | leaves_none | container, network |
 * | route_moves | | from, to |
 * | route_moves | ipv4 | from, to |
 * | route_moves | ipv6 | from, to |
 * | route_moves | gained6 | to |
 * | route_moves | gained | to |
 * | route_lost | | from |
 * | route_lost | ipv4 | from |
 * | route_lost | ipv6 | from |
 * | route_lost | gatewayless | from, network |
 * | pin_in_auto_range | | address, range, host |
 * | address_automatic | | container, network |
 * | address_automatic | ipv4 | container, network |
 * | address_automatic | ipv6 | container, network |
 * | undo_may_change_address | | container, network, address |
 * | container_stopped | | container |
 * | pin_ignored_by_swarm | | network, address |
 * | mac_lost | | container, mac, network, host |
 * | mac_lost | moves | mac, container, network, to |
 * | mac_changes | | container, network, mac |
 * | undo_impossible | | host, network |
 * | mac_unsupported | | host, mac |
 * | gateway_priority_unsupported | | host, priority |
 * | mac_random | | container, network |
 * | ports_unused | | network, ports, container |
 * | interfaces_renumber | | container |
 * | mode_isolates | | mode, network |
 * | mode_passthru | | parent |
 * | gateway_guessed | | address, network |
 * | gateway_absent | | network, address |
 * | parent_unchecked | | host, parent |
 * | vlan_link_made | | parent, vlan |
 * | vlan_link_made | removed | parent, vlan |
 * | vlan_link_needed | | host, parent, nic, vlan |
 * | lan_unreachable | | host |
 * | lan_unreachable | desktop | host, network |
 * | lan_unreachable | rootless | host, network |
 * | lan_unreachable | docker_bridge | parent, host, network |
 * | subnet_shared | | host, subnet, network |
 * | subnet_shared | prefix | host, other, network, subnet |
 * | range_used_up | | range, network |
 * | pin_outside_range | | address, range, network |
 * | pin_maybe_router | | network, address |
 * | auto_range_overlap | | range, other, network, host |
 * | import_left_out | | network, what |
 * | import_left_out | unknown | line, key, network |
 * | import_project | | network |
 * | range_host_bits | | range, to |
 * | mtu_ignored | | mtu, host, parent |
 * | mtu_ignored | differs | host, actual, parent, mtu |
 * | parent_unfit | | parent, host |
 * | parent_unfit | loopback | parent |
 * | parent_unfit | not_ethernet | parent |
 * | parent_unfit | bridge_port | parent, master |
 * | parent_unfit | bond_port | parent, master |
 * | parent_unfit | docker_link | parent |
 * | parent_unfit | docker_bridge | parent |
 * | parent_unfit | wireless | parent |
 * | parent_unfit | down | parent |
 * | parent_unfit | no_carrier | parent |
 * | parent_unfit | veth | parent |
 * | parent_unfit | dummy | parent |
 * | parent_unfit | tunnel | parent |
 * | parent_unfit | stacked | parent, master |
 * | parent_unfit | cloud | host, cloud |
 * | parent_unfit | rootless | host |
 * | parent_unfit | desktop | host |
 */
import type { ErrorCode, Notice, NoticeCode, Problem, Reason } from '../model';
import { isReason, reasonText } from './reasons';
import { noticeTexts } from './texts/notices';
import { problemTexts } from './texts/problems';
import { fillText, type Names, type Text, type TextWithVariants } from './texts/text';

export { fillText };

type Params = Record<string, string | number>;

type NamesOf<T> =
  | (T extends { message: infer M extends string } ? Names<M> : never)
  | (T extends { hint: infer H extends string } ? Names<H> : never);
type VariantsOf<T> = T extends { when: infer W } ? W : Record<never, never>;
/** Words of nobody else: what these say as `detail` is ours, and is translated like the sentence around it. */
type Reasoned =
  | 'invalid_input'
  | 'settings_broken'
  | 'file_broken'
  | 'ssh_key_unreadable'
  | 'ssh_config_invalid'
  | 'context_invalid'
  | 'tls_expired'
  | 'tls_files';
type Values<N extends string, Detail> = { [K in N]: K extends 'detail' ? Detail : string | number | Reason };
/** The values that a text and its hint speak of; `context` picks the variant. */
type ParamsOf<T, Detail = string | number | Reason> =
  | (Values<NamesOf<T>, Detail> & { context?: undefined })
  | {
      [C in keyof VariantsOf<T> & string]: Values<NamesOf<VariantsOf<T>[C]>, Detail> & {
        context: C;
      };
    }[keyof VariantsOf<T> & string];

/** What a problem with this code must be told; checked by the compiler against the text. */
export type ProblemParams<C extends ErrorCode> = C extends Reasoned
  ? ParamsOf<(typeof problemTexts)[C], Reason>
  : ParamsOf<(typeof problemTexts)[C]>;
/** What a notice with this code must be told; checked by the compiler against the text. */
export type NoticeParams<C extends NoticeCode> = ParamsOf<(typeof noticeTexts)[C]>;
/** Where a problem belongs, and the engine's own words. */
export type ProblemPlace = Pick<Problem, 'engineId' | 'field' | 'engineText'>;

function variant<T extends TextWithVariants>(
  text: T,
  context: string | number | undefined,
): Text | undefined {
  return context === undefined ? undefined : text.when?.[String(context)];
}

type Given = Record<string, string | number | Reason | undefined>;

/** In English. Leaves out what is undefined, so that the plain data survive JSON unchanged. */
function defined(params: Given): Params {
  const values = Object.entries(params).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, isReason(value) ? reasonText(value) : value] as const],
  );
  return Object.fromEntries(values);
}

/** Those of the values that are texts themselves. */
function reasonsIn(params: Given): Pick<Problem, 'reasons'> {
  const reasons = Object.entries(params).flatMap(([name, value]) => (isReason(value) ? [[name, value]] : []));
  return reasons.length === 0 ? {} : { reasons: Object.fromEntries(reasons) as Record<string, Reason> };
}

const nameless = 'the host';

/**
 * The English of a code for values that no compiler has seen, such as those of an engine's answer. Whoever does not know
 * the host's name leaves it out: it then is “the host”.
 */
export function worded(code: ErrorCode, params: Params): Pick<Problem, 'message' | 'hint'> {
  const text: TextWithVariants = problemTexts[code];
  const chosen = variant(text, params.context) ?? text;
  const fill = (one: string) => {
    const filled = fillText(one, { host: nameless, ...params });
    return filled.startsWith(nameless) && params.host === undefined ? `T${filled.slice(1)}` : filled;
  };
  return { message: fill(chosen.message), ...(chosen.hint === undefined ? {} : { hint: fill(chosen.hint) }) };
}

/** Builds a {@link Problem} with its English text. Never throws. */
export function problem<C extends ErrorCode>(
  code: C,
  params: ProblemParams<C>,
  place: ProblemPlace = {},
): Problem {
  const text: TextWithVariants = problemTexts[code];
  const values = defined(params);
  const chosen = variant(text, values.context) ?? text;
  return {
    code,
    message: fillText(chosen.message, values),
    ...(chosen.hint === undefined ? {} : { hint: fillText(chosen.hint, values) }),
    params: values,
    ...reasonsIn(params),
    ...place,
  };
}

/** Builds a {@link Notice} with its English text and its severity. Never throws. */
export function notice<C extends NoticeCode>(code: C, params: NoticeParams<C>): Notice {
  const text: TextWithVariants & { severity: Notice['severity'] } = noticeTexts[code];
  const values = defined(params);
  const chosen: Text & { severity?: Notice['severity'] } = variant(text, values.context) ?? text;
  return {
    code,
    severity: chosen.severity ?? text.severity,
    message: fillText(chosen.message, values),
    params: values,
  };
}

function flatten(texts: Record<string, TextWithVariants>, part: (text: Text) => string | undefined) {
  const flat: Record<string, string> = {};
  const put = (key: string, text: string | undefined) => {
    if (text !== undefined) flat[key] = text;
  };
  for (const [code, text] of Object.entries(texts)) {
    put(code, part(text));
    // A variant without a hint has none: the plain hint must not show through for it.
    for (const [context, other] of Object.entries(text.when ?? {})) put(`${code}_${context}`, part(other));
  }
  return flat;
}

/** The English texts under i18next's keys: `code`, and `code_context` for variants. */
export const englishProblems: Readonly<Record<string, string>> = flatten(
  problemTexts,
  (text) => text.message,
);
/** The English hints under the same keys. A code or variant that is absent here has no hint. */
export const englishHints: Readonly<Record<string, string>> = flatten(problemTexts, (text) => text.hint);
/** The English notices under the same keys. */
export const englishNotices: Readonly<Record<string, string>> = flatten(noticeTexts, (text) => text.message);
