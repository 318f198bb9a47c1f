import { contains, firstUsable, lastAddress, lastUsable, parseCidr, parseIp } from '../basics/cidr';

/** Above this many addresses a range is never counted out: it is not full, and counting would take long. */
const countable = 4096n;

/** Whether nothing of a range is left beside what is held. */
export function isFull(range: string, subnet: string, held: readonly string[]): boolean {
  const [inner, outer] = [parseCidr(range), parseCidr(subnet)];
  if (!inner || !outer || inner.version === 6) return false;
  const [a, b] = [firstUsable(outer).value, lastUsable(outer).value];
  const [low, high] = [inner.base, lastAddress(inner).value];
  const usable = (high < b ? high : b) - (low > a ? low : a) + 1n;
  const ips = [...new Set(held)].flatMap((text) => parseIp(text) ?? []);
  const taken = ips.filter((ip) => contains(inner, ip) && ip.value >= a && ip.value <= b);
  return usable <= countable && BigInt(taken.length) >= usable;
}
