import type { Shim } from '../../../../shared/model';
import { sectionsOf } from '../sections';

/** Whether a link as it is carries nothing of what a shim is for: by what `ip -d` shows of its flags and its mode. */
function isImpaired(head: string): boolean {
  const flags = /<([^>]*)>/.exec(head)?.[1]?.split(',') ?? [];
  const mode = / macvlan mode (\S+)/.exec(head)?.[1] ?? 'bridge';
  return !flags.includes('UP') || flags.includes('NOARP') || mode !== 'bridge';
}

function shimOf(name: string, text: string): Shim {
  const [head = '', ...lines] = text.split('\n');
  // `5: tl-0123456789ab@eth1: <…>`; a parent in another namespace shows as `@if7`.
  const parent = /^\d+: [^@\s]+@([^:\s]+):/.exec(head)?.[1] ?? '';
  // One that is only being claimed goes by itself after a while: it is not the shim's yet.
  const held = lines.filter((line) => !/ valid_lft \d+sec/.test(line));
  const address = held.map((line) => / inet ([\d.]+)\/32 /.exec(line)?.[1]).find(Boolean) ?? '';
  const routes = lines.flatMap((line) => {
    const [, route, bits] = /^([\d.]+)(\/\d+)? /.exec(line) ?? [];
    return route ? [`${route}${bits ?? '/32'}`] : [];
  });
  return {
    ...{ name, parent, address, routes: routes.sort() },
    ...(isImpaired(head) && { impaired: true as const }),
  };
}

/** Reads what the listing script wrote. */
export const parseShims = (output: string): Shim[] =>
  [...sectionsOf(output)].map(([name, text]) => shimOf(name, text));
