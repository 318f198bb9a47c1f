import { isDeepStrictEqual } from 'node:util';
import type { Problem, Shim } from '../../../../shared/model';
import { problem } from '../../../../shared/texts';
import type { HelperResult } from '../../../docker';
import { macsIn } from '../macs';
import type { Task, TaskPlace } from '../task';
import { parseShims } from './parse';
import { addressTaken, listShimsScript, otherLink, putShimScript, removeShimScript } from './script';

/**
 * `put` makes the shim, or brings one of that name up to date; on failure there is none that was not there before, and
 * `address_in_use_elsewhere` says that the LAN answers for a new address. To `remove` one that is not there is no failure.
 * `was` is the address of the link that is to be brought up to date, null where none is to be there, `own` where it was made
 * for the address of this one, whatever it has by now; `address` that of the
 * one to be removed, empty while it has none. `change_stale` says that another link is there, which stays; without them,
 * any will do.
 */
export type ShimOrder =
  | { do: 'put'; shim: Shim; was?: string | null }
  | { do: 'remove'; name: string; address?: string }
  | { do: 'list' };

const scripts = { put: putShimScript, remove: removeShimScript, list: listShimsScript };

function argsOf(order: ShimOrder): readonly string[] {
  if (order.do === 'list') return [];
  if (order.do === 'remove') return [order.name, order.address ?? 'any'];
  const { name, parent, address, routes } = order.shim;
  const was = order.was === undefined ? 'any' : (order.was ?? 'none');
  return [name, parent, address, was, ...routes];
}

/** What was put is listed by the script as the host then has it, and must be what was asked for. */
function refusalOf({ exitCode, stdout }: HelperResult, order: ShimOrder, place: TaskPlace): Problem | null {
  const { engineId, host } = place;
  if (exitCode === otherLink && order.do === 'put' && order.was === 'own') {
    const params = { context: 'kept_elsewhere', host, link: order.shim.name } as const;
    return problem('change_stale', params, { engineId });
  }
  if (exitCode === otherLink) return problem('change_stale', { host }, { engineId });
  if (order.do !== 'put') return null;
  const { name, parent, address, routes } = order.shim;
  if (exitCode === addressTaken) {
    const params = { context: 'lan', address, host, mac: macsIn(stdout).join(', ') } as const;
    return problem('address_in_use_elsewhere', params, { engineId, field: 'address' });
  }
  const wanted: Shim = { name, parent, address, routes: [...new Set(routes)].sort() };
  if (exitCode !== 0 || isDeepStrictEqual(parseShims(stdout), [wanted])) return null;
  return problem('toolbox_unavailable', { context: 'failed', host }, { engineId, engineText: stdout.trim() });
}

/** Gives the shims that it has put or found. */
export const shimTask: Task<ShimOrder, Shim[]> = {
  id: 'shim',
  words: {
    title: 'Give the host a way to its containers',
    why: 'Makes and removes the link by which the host itself reaches its macvlan containers, and sets how that link and its parent answer ARP.',
    'zh-CN': {
      title: '让主机能访问自己的容器',
      why: '创建和删除主机访问自己的 macvlan 容器所用的链路，并设置该链路及其父接口如何应答 ARP。',
    },
  },
  rights: {
    network: 'host',
    hostPids: false,
    // NET_RAW: it asks by ARP whether somebody has the address before it takes it.
    capabilities: ['NET_ADMIN', 'NET_RAW'],
    unconfined: false,
    changes: true,
    sends: true,
  },
  // Of which it may wait some eight for another to give way.
  limitMs: 40_000,
  script: (order) => scripts[order.do],
  args: argsOf,
  bare: (order) => order.do === 'list',
  parse: parseShims,
  refusal: refusalOf,
};
