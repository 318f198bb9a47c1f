import { contains, firstUsable, lastAddress, lastUsable, parseCidr, parseIp } from '../basics/cidr';

/** Whether nothing of a range is left beside what is held. Of a range of any size no more is looked at than what is held. */
export function isFull(range: string, subnet: string, held: readonly string[]): boolean {
  const [inner, outer] = [parseCidr(range), parseCidr(subnet)];
  if (!inner || !outer || inner.version !== outer.version) return false;
  const [a, b] = [firstUsable(outer).value, lastUsable(outer).value];
  const [low, high] = [inner.base, lastAddress(inner).value];
  const usable = (high < b ? high : b) - (low > a ? low : a) + 1n;
  if (usable > BigInt(held.length)) return false;
  const ips = [...new Set(held)].flatMap((text) => parseIp(text) ?? []);
  const taken = ips.filter((ip) => contains(inner, ip) && ip.value >= a && ip.value <= b);
  return BigInt(taken.length) >= usable;
}
