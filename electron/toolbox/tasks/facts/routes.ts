import type { HostFacts, HostRoute } from '../../../../shared/model';
import { contains, formatCidr, parseCidr, parseIp, type Cidr } from '../../../../shared/rules';
import { mostRoutes } from './script';

/** What is the same on every host, and no LAN: link-local addresses and multicast. */
const nobodys = ['169.254.0.0/16', '224.0.0.0/4', 'fe80::/10', 'ff00::/8'].flatMap(
  (text) => parseCidr(text) ?? [],
);

/** Halves of all addresses, by which VPNs take the place of a default route without removing it. */
const isDefault = ({ version, prefix }: Cidr): boolean => prefix <= (version === 4 ? 1 : 3);

/** A single address is written without its length. */
function destination(text: string): Cidr | null {
  if (text.includes('/')) return parseCidr(text);
  const ip = parseIp(text);
  return ip ? parseCidr(`${text}/${ip.version === 4 ? '32' : '128'}`) : null;
}

/** A line of `ip -o route`: `10.8.0.0/24 via 10.70.1.9 dev eth0 proto static`. Blackholes and the like begin with a word. */
function parseRoute(line: string): HostRoute[] {
  const [to = '', ...rest] = line.split(/\s+/);
  const nic = /(?:^|\s)dev\s+(\S+)/.exec(rest.join(' '))?.[1];
  const cidr = destination(to);
  if (!cidr || nic === undefined || nic === 'lo' || isDefault(cidr)) return [];
  const base = { version: cidr.version, value: cidr.base };
  if (nobodys.some((one) => contains(one, base))) return [];
  return [{ to: formatCidr(cidr), nic, onLink: !rest.includes('via') }];
}

/** Reads `ip -o route show` of both families without the default routes. */
export function parseRoutes(text: string): Required<Pick<HostFacts, 'routes' | 'moreRoutes'>> {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  const [six, four] = [
    lines.filter((line) => line.includes(':')),
    lines.filter((line) => !line.includes(':')),
  ];
  return {
    routes: [...four.slice(0, mostRoutes), ...six.slice(0, mostRoutes)].flatMap(parseRoute),
    moreRoutes: [four, six].some(({ length }) => length > mostRoutes),
  };
}
