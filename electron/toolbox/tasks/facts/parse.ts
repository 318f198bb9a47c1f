import { z } from 'zod';
import type { HostFacts, Machine } from '../../../../shared/model';
import { parseLinks, type SysFacts } from './links';
import { sectionsOf } from '../sections';
import { parseRoutes } from './routes';

const routesSchema = z.array(
  z.object({ dev: z.string().optional(), gateway: z.string().optional() }).catch({}),
);

function parseSys(text: string): Map<string, SysFacts> {
  const facts = new Map<string, SysFacts>();
  for (const line of text.split('\n')) {
    const [name = '', speed = '', device = '', wireless = ''] = line.split('\t');
    const mbits = Number(speed);
    // -1 and 4294967295 both stand for "unknown".
    const known = speed !== '' && mbits > 0 && mbits < 2 ** 32 - 1;
    if (name)
      facts.set(name, { speed: known ? mbits : null, device: device !== '', wireless: wireless !== '' });
  }
  return facts;
}

function parseMachine(text: string): Machine {
  const lines = new Map(text.split('\n').map((line) => line.split('\t', 2) as [string, string]));
  const value = (name: string) => lines.get(name)?.trim() ?? '';
  return {
    vendor: value('sys_vendor'),
    product: value('product_name'),
    assetTag: value('chassis_asset_tag'),
  };
}

/** `ip -j route show default` of both families: one JSON array a line, empty text where there are no routes at all. */
function parseGateways(text: string): HostFacts['gateways'] {
  return text
    .split(/\n(?=\[)/)
    .filter((json) => json.trim() !== '')
    .flatMap((json) => routesSchema.parse(JSON.parse(json)))
    .flatMap(({ dev, gateway }) => (dev ? [{ nic: dev, address: gateway ?? '' }] : []));
}

/** What the facts script reads. */
export type ReadFacts = Pick<HostFacts, 'nics' | 'gateways' | 'routes' | 'moreRoutes' | 'machine'>;

/**
 * Reads what the facts script wrote.
 *
 * @throws SyntaxError or ZodError for what the script can't have written.
 */
export function parseFacts(output: string, bridges: ReadonlySet<string>): ReadFacts {
  const sections = sectionsOf(output);
  const section = (name: string) => sections.get(name) ?? '';
  return {
    nics: parseLinks(section('links'), parseSys(section('sys')), bridges),
    gateways: parseGateways(section('routes')),
    ...(sections.has('more-routes') && parseRoutes(section('more-routes'))),
    machine: parseMachine(section('machine')),
  };
}
