import type { DemoEngine } from './engine';
import { badRequest, systemError } from './errors';
import { joined } from './ipam-rules';
import { parseAddress } from './ip';
import { isPredefined, type DemoContainer, type DemoNetwork, type EndpointConfig } from './model';

const needsUserNetwork = 'user specified IP address is supported on user defined networks only';
const needsUserNetwork29 = 'user-specified IP address is supported on user-defined networks only';
const needsUserSubnet =
  'user specified IP address is supported only when connecting to networks with user configured subnets';

const pinsOf = (config: EndpointConfig): { text: string; family: 4 | 6 }[] => [
  ...(config.IPAMConfig?.IPv4Address ? [{ text: config.IPAMConfig.IPv4Address, family: 4 as const }] : []),
  ...(config.IPAMConfig?.IPv6Address ? [{ text: config.IPAMConfig.IPv6Address, family: 6 as const }] : []),
];

function pinProblem(engine: DemoEngine, network: DemoNetwork, text: string, family: 4 | 6): string | null {
  const address = parseAddress(text);
  if (address?.family !== family) return `invalid IPv${family} address: ${text}`;
  if (network.pools.some(({ pool }) => pool.covers(address))) return null;
  return engine.quirks.macOnConnect
    ? `no configured subnet contains IP address ${text}`
    : `no configured subnet or ip-range contain the IP address ${text}`;
}

/**
 * What the engine checks before it writes an endpoint into the container. Engines from v25 on look at the address
 * here and leave no trace of a refusal; 20.10 finds out only when it allocates, with the entry already written.
 * @throws EngineError 400
 */
export function validateEndpoint(engine: DemoEngine, network: DemoNetwork, config: EndpointConfig): void {
  const pins = pinsOf(config);
  const problems: string[] = [];
  const isBuiltIn = isPredefined(network.name);
  if (pins.length > 0 && isBuiltIn) {
    problems.push(engine.quirks.wordsOf28 ? needsUserNetwork29 : needsUserNetwork);
  }
  // The engine itself chose the subnets of its own networks.
  if (pins.length > 0 && engine.quirks.pinsNeedSubnet && (isBuiltIn || !network.userSubnet)) {
    problems.push(needsUserSubnet);
  }
  if (!engine.quirks.validatesIpam) {
    const [problem] = problems;
    if (problem) throw badRequest(problem);
    return;
  }
  for (const { text, family } of pins) {
    const problem = problems.length === 0 ? pinProblem(engine, network, text, family) : null;
    if (problem) problems.push(problem);
  }
  if (problems.length > 0) throw badRequest(`invalid endpoint settings:\n${joined(problems)}`);
}

/** The checks of 20.10 at the moment of allocation, on an entry that is already written. */
export function checkPinAtAllocation(network: DemoNetwork, config: EndpointConfig): void {
  for (const { text, family } of pinsOf(config)) {
    const address = parseAddress(text);
    // The stray parenthesis is the engine's own.
    if (address?.family !== family) throw systemError(`Invalid IPv${family} address: ${text})`);
    if (!network.pools.some(({ pool }) => pool.covers(address))) {
      throw systemError(`Invalid address ${text}: It does not belong to any of this network's subnets`);
    }
  }
}

/** Which modes forbid another network beside the ones the container has. @throws EngineError 400 */
export function checkModes(engine: DemoEngine, container: DemoContainer, network: DemoNetwork): void {
  if (container.networkMode === 'host') {
    throw badRequest(
      'container sharing network namespace with another container or host cannot be connected to any other network',
    );
  }
  if (network.driver === 'host') {
    throw badRequest(
      engine.quirks.wordsOf28
        ? 'cannot connect container to host network - container must be created in host network mode'
        : 'container cannot be disconnected from host network or connected to host network',
    );
  }
  const onNone = [...container.endpoints.values()].some(
    ({ networkName }) => engine.findNetwork(networkName)?.driver === 'null' && networkName === 'none',
  );
  if (onNone || (network.driver === 'null' && !network.configOnly)) {
    throw badRequest(
      'container cannot be connected to multiple networks with one of the networks in private (none) mode',
    );
  }
}
