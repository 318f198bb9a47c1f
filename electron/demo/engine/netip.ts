import { badRequest } from './errors';
import { parseAddress } from './ip';
import type { EndpointConfig, IpamConfigEntry } from './model';

/** How 29 reads addresses: while it decodes the JSON, by Go's netip, and in its words (docs/engine-facts.md §2). */

type Wrong = string | null;

const at = (why: string, text: string): string => `${why} (at ${JSON.stringify(text)})`;

function wrong4(text: string): Wrong {
  let dots = 0;
  let digits = '';
  for (const [i, char] of [...text].entries()) {
    if (/\d/.test(char)) {
      if (digits === '0') return 'IPv4 field has octet with leading zero';
      digits += char;
      if (Number(digits) > 255) return 'IPv4 field has value >255';
    } else if (char === '.') {
      if (digits === '' || i === text.length - 1)
        return at('IPv4 field must have at least one digit', text.slice(i));
      if (dots === 3) return 'IPv4 address too long';
      dots += 1;
      digits = '';
    } else return at('unexpected character', text.slice(i));
  }
  return dots < 3 ? 'IPv4 address too short' : null;
}

/** The commonest of its complaints: anything else is a field with a character that no number has. */
function wrong6(text: string): Wrong {
  if (parseAddress(text)) return null;
  const field = /(?<=^|:)[^0-9a-f:]/i.exec(text);
  if (field) return at('each colon-separated field must have at least one digit', text.slice(field.index));
  const long = /[0-9a-f]{5}/i.exec(text);
  if (long) return at('each group must have 4 or less digits', text.slice(long.index));
  const odd = /[^0-9a-f:]/i.exec(text);
  if (odd) return at('unexpected character, want colon', text.slice(odd.index));
  return 'address string too short';
}

function wrongAddress(text: string): Wrong {
  // The first of the two marks decides.
  const mark = /[.:]/.exec(text)?.[0];
  const why = mark === '.' ? wrong4(text) : mark === ':' ? wrong6(text) : 'unable to parse IP';
  return why && `ParseAddr(${JSON.stringify(text)}): ${why}`;
}

function wrongPrefix(text: string): Wrong {
  const slash = text.lastIndexOf('/');
  const lead = `netip.ParsePrefix(${JSON.stringify(text)}): `;
  if (slash < 0) return `${lead}no '/'`;
  const address = wrongAddress(text.slice(0, slash));
  if (address) return lead + address;
  const bits = text.slice(slash + 1);
  if (!/^(0|[1-9]\d*)$/.test(bits)) return `${lead}bad bits after slash: ${JSON.stringify(bits)}`;
  return Number(bits) > (text.includes(':') ? 128 : 32) ? `${lead}prefix length out of range` : null;
}

/** What is empty or missing is not decoded. */
function refuse(texts: readonly (string | undefined)[], wrong: (text: string) => Wrong): void {
  for (const text of texts) {
    const why = text ? wrong(text) : null;
    if (why) throw badRequest(`invalid JSON: ${why}`);
  }
}

/** @throws EngineError 400 */
export function decodeEndpoint({ IPAMConfig: pins }: EndpointConfig): void {
  refuse([pins?.IPv4Address, pins?.IPv6Address, ...(pins?.LinkLocalIPs ?? [])], wrongAddress);
}

/** @throws EngineError 400 */
export function decodeIpam(config: readonly IpamConfigEntry[]): void {
  for (const { Subnet, IPRange, Gateway, AuxiliaryAddresses } of config) {
    refuse([Subnet, IPRange], wrongPrefix);
    refuse([Gateway, ...Object.values(AuxiliaryAddresses ?? {})], wrongAddress);
  }
}
