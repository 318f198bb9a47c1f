import type { Engine, Network, NetworkSpec, Problem } from '../../model';
import { subnetsOf } from '../addresses/suggest';
import { lacks, namesKeptBy } from '../engines/capabilities';
import type { Verdict } from '../addresses/check';
import { formatCidr, overlaps, parseCidr, plainCidr, sameCidr, type Cidr } from '../basics/cidr';
import { sinceV28 } from '../engines/engines';
import { problem, type ProblemPlace } from '../../texts/messages';
import { isLanDriver, parseParent } from '../lans/parent';
import { metAs } from './met-as';
import { specNotices, type SpecContext } from './spec-notices';
import {
  checkExclusions,
  checkGateway,
  checkRange,
  checkSubnet,
  gatewayShape,
  rangeShape,
} from './spec-subnet';
import { moreProblems } from './spec-more';
import { address6Problems } from './spec-subnet6';

/** The modes of each driver, the engine's own default first. */
export const networkModes = {
  macvlan: ['bridge', 'private', 'vepa', 'passthru'],
  ipvlan: ['l2', 'l3', 'l3s'],
} as const satisfies Record<NetworkSpec['driver'], readonly string[]>;

/** An IPv6 subnet that stands alone belongs in its own field, with its gateway and range. */
function inItsPlace(spec: NetworkSpec): NetworkSpec {
  if (parseCidr(spec.subnet.trim())?.version !== 6 || spec.subnet6?.trim()) return spec;
  const { gateway, ipRange, ...rest } = spec;
  return {
    ...rest,
    subnet: '',
    subnet6: spec.subnet,
    ...(gateway ? { gateway6: gateway } : {}),
    ...(ipRange ? { ipRange6: ipRange } : {}),
  };
}

/** A spec as a form gives it, without surrounding space and without fields that were left blank. */
export function tidySpec(given: NetworkSpec): NetworkSpec {
  const spec = inItsPlace(given);
  const { gateway, ipRange, subnet6, gateway6, ipRange6, ...rest } = spec;
  const optional = { gateway, ipRange, subnet6, gateway6, ipRange6 };
  const filled = Object.entries(optional).flatMap(([name, text]) =>
    text?.trim() ? [[name, text.trim()]] : [],
  );
  return {
    ...rest,
    name: spec.name.trim(),
    parent: spec.parent.trim(),
    subnet: spec.subnet.trim(),
    exclusions: spec.exclusions.map((text) => text.trim()).filter((text) => text !== ''),
    ...(Object.fromEntries(filled) as typeof optional),
  };
}

/** The spec as it is sent: ranges without host bits. */
export function plainSpec(spec: NetworkSpec): NetworkSpec {
  const { ipRange, ipRange6, more } = spec;
  return {
    ...spec,
    ...(ipRange ? { ipRange: plainCidr(ipRange) } : {}),
    ...(ipRange6 ? { ipRange6: plainCidr(ipRange6) } : {}),
    ...(more
      ? { more: more.map((one) => (one.ipRange ? { ...one, ipRange: plainCidr(one.ipRange) } : one)) }
      : {}),
  };
}

function checkName({ name }: NetworkSpec, { engine, networks }: SpecContext): Problem | null {
  const place = { engineId: engine.id, field: 'spec.name' };
  if (name === '') return problem('name_invalid', { context: 'empty' }, place);
  // Engines accept odd names, which then can't be told from options and ids on a command line.
  if (!/^[a-zA-Z0-9][a-zA-Z0-9_.-]*$/.test(name)) return problem('name_invalid', { name }, place);
  if (namesKeptBy(engine.product).includes(name)) {
    return problem('network_predefined', { context: 'name', network: name }, place);
  }
  // 20.10 makes a second one of the same name under some conditions, and then neither can be named.
  if (!networks.some((network) => network.name === name)) return null;
  return problem('name_taken', { name, host: engine.name }, place);
}

function checkDriver({ driver }: NetworkSpec, { engine }: SpecContext): Problem | null {
  if (driver !== 'ipvlan' || !lacks(engine, 'ipvlan')) return null;
  const params = { driver, host: engine.name, context: 'driver' } as const;
  return problem('engine_unsupported', params, { engineId: engine.id, field: 'spec.driver' });
}

/** A mode that the driver does not have; null when it has it. */
export function modeProblem(
  driver: NetworkSpec['driver'],
  mode: string,
  place: ProblemPlace,
): Problem | null {
  const choices: readonly string[] = networkModes[driver];
  if (choices.includes(mode)) return null;
  return problem('mode_invalid', { mode, driver, choices: choices.join(', ') }, place);
}

const checkMode = ({ driver, mode }: NetworkSpec, { engine }: SpecContext): Problem | null =>
  modeProblem(driver, mode, { engineId: engine.id, field: 'spec.mode' });

/** Why a parent that another network uses can't be used for this one too. */
function parentConflict(spec: NetworkSpec, other: Network, engine: Engine): Problem | null {
  const place = { engineId: engine.id, field: 'spec.parent' };
  const params = { parent: spec.parent, network: other.name };
  if (other.driver !== spec.driver && other.kind !== spec.driver) {
    return problem('parent_taken', { ...params, context: 'mixed', driver: other.kind }, place);
  }
  if (spec.mode === 'passthru' || other.mode === 'passthru') {
    return problem('parent_taken', { ...params, context: 'passthru', name: spec.name }, place);
  }
  if (engine.capabilities.sharedParent) return null;
  return problem('parent_taken', { ...params, host: engine.name }, place);
}

function checkParent(spec: NetworkSpec, { engine, networks }: SpecContext): Problem | null {
  const parsed = parseParent(spec.parent);
  if (!parsed.ok) return { ...parsed.problem, engineId: engine.id };
  const onParent = networks.filter(
    ({ kind, parent, configOnly }) => isLanDriver(kind) && !configOnly && parent === spec.parent,
  );
  for (const other of onParent) {
    const conflict = parentConflict(spec, other, engine);
    if (conflict) return conflict;
  }
  return null;
}

/** Engines see an overlap only where no ip-range is given, but addresses are ambiguous with one as well. */
function checkOverlap(spec: NetworkSpec, subnet: Cidr, { engine, networks }: SpecContext): Problem | null {
  const place = { engineId: engine.id, field: 'spec.subnet' };
  for (const network of networks.filter((one) => !one.configOnly)) {
    const other = subnetsOf(network).find((one) => overlaps(one, subnet));
    if (!other) continue;
    const params = { subnet: formatCidr(subnet), network: network.name, host: engine.name };
    if (sameCidr(other, subnet) && network.parent && network.parent !== spec.parent) {
      return problem('subnet_overlap', { ...params, context: 'ambiguous', parent: network.parent }, place);
    }
    return problem('subnet_overlap', { ...params, ...metAs(subnet, other) }, place);
  }
  return null;
}

function addressProblems(spec: NetworkSpec, context: SpecContext): Problem[] {
  const { engine } = context;
  const engineId = engine.id;
  // From v28 on (API 1.48) a network may be without IPv4.
  if (spec.subnet === '' && spec.subnet6) {
    if (sinceV28(engine)) return checkExclusions(spec, engine);
    const params = { context: 'ipv6_only', subnet: spec.subnet6 } as const;
    return [problem('subnet_invalid', params, { engineId, field: 'spec.subnet' })];
  }
  const checked = checkSubnet(spec.subnet, { engineId, field: 'spec.subnet' }, engine);
  if ('problem' in checked) {
    // What is no address at all is so in any subnet.
    const shapes = [
      gatewayShape(spec.gateway, 4, { engineId, field: 'spec.gateway' }),
      rangeShape(spec.ipRange, { engineId, field: 'spec.ipRange' }),
    ];
    return [checked.problem, ...shapes.filter((one) => one !== null)];
  }
  const { subnet } = checked;
  const found = [
    checkOverlap(spec, subnet, context),
    checkGateway(spec.gateway, subnet, { engineId, field: 'spec.gateway' }),
    checkRange(spec.ipRange, subnet, { engineId, field: 'spec.ipRange' }),
  ];
  return [...found.filter((one) => one !== null), ...checkExclusions(spec, engine)];
}

/**
 * Checks a network that is to be made against every rule that engines enforce, and those that they should but do not
 * (docs/engines.md): all of its problems at once, each with the `field` at fault, and what the admin should know.
 */
export function checkNetworkSpec(spec: NetworkSpec, context: SpecContext): Verdict {
  const tidy = tidySpec(spec);
  const found = [checkName, checkDriver, checkParent, checkMode].map((check) => check(tidy, context));
  const problems = [
    ...found.filter((one) => one !== null),
    ...addressProblems(tidy, context),
    ...address6Problems(tidy, context),
    ...moreProblems(tidy, context),
  ];
  return { problems, notices: specNotices(tidy, context) };
}
