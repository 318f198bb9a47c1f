import { isDeepStrictEqual } from 'node:util';
import type { Problem, Shim } from '../../../../shared/model';
import { problem } from '../../../../shared/texts';
import type { HelperResult } from '../../../docker';
import { macsIn } from '../macs';
import type { Task, TaskPlace } from '../task';
import { parseShims } from './parse';
import { addressTaken, listShimsScript, putShimScript, removeShimScript } from './script';

/**
 * `put` makes the shim, or brings one of that name up to date; on failure there is none that was not there before, and
 * `address_in_use_elsewhere` says that the LAN answers for a new address. To `remove` one that is not there is no failure.
 */
export type ShimOrder = { do: 'put'; shim: Shim } | { do: 'remove'; name: string } | { do: 'list' };

const scripts = { put: putShimScript, remove: removeShimScript, list: listShimsScript };

function argsOf(order: ShimOrder): readonly string[] {
  if (order.do === 'list') return [];
  if (order.do === 'remove') return [order.name];
  const { name, parent, address, routes } = order.shim;
  return [name, parent, address, ...routes];
}

/** What was put is listed by the script as the host then has it, and must be what was asked for. */
function refusalOf({ exitCode, stdout }: HelperResult, order: ShimOrder, place: TaskPlace): Problem | null {
  if (order.do !== 'put') return null;
  const { engineId, host } = place;
  const { address, routes } = order.shim;
  if (exitCode === addressTaken) {
    const params = { context: 'lan', address, host, mac: macsIn(stdout).join(', ') } as const;
    return problem('address_in_use_elsewhere', params, { engineId, field: 'address' });
  }
  const wanted: Shim = { ...order.shim, routes: [...new Set(routes)].sort() };
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
  },
  limitMs: 20_000,
  script: (order) => scripts[order.do],
  args: argsOf,
  bare: (order) => order.do === 'list',
  parse: parseShims,
  refusal: refusalOf,
};
