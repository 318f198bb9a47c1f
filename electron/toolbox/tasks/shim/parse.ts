import type { Shim } from '../../../../shared/model';
import { sectionsOf } from '../sections';

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
  return { name, parent, address, routes: routes.sort() };
}

/** Reads what the listing script wrote. */
export const parseShims = (output: string): Shim[] =>
  [...sectionsOf(output)].map(([name, text]) => shimOf(name, text));
