import fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  isHostStep,
  type Container,
  type Endpoint,
  type EngineRequest,
  type Network,
  type Step,
} from '../../model';
import { plan } from './testing';
import { addressUses } from '../addresses/testing';
import { bridge, container, endpoint, engine, idle, network, special } from '../testing';

/** Any request against any picture of two hosts, and what an engine would make of the steps. */

const subnets = (n: number) => ({ subnet: `10.70.${String(n)}.0/24`, gateway: `10.70.${String(n)}.1` });
const lan = network({ subnet: subnets(1) });
const nets: Network[] = [
  lan,
  network({ name: 'dmz', parent: 'eth2', subnet: subnets(2) }),
  network({ name: 'routed', kind: 'ipvlan', mode: 'l3', parent: 'eth3', subnet: subnets(3) }),
  bridge({ name: 'app', internal: true, subnets: [{ ...subnets(4), exclusions: {} }] }),
  bridge(),
  special('none'),
  special('host'),
  network({ name: 'template', configOnly: true, subnet: subnets(5) }),
];
const there = network({ engineId: 'e2', subnet: subnets(1) });
const joinable = nets.slice(0, 4);
const engines = fc
  .constantFrom(engine(), engine({ apiVersion: '1.45' }), engine({ apiVersion: '1.41' }), {
    ...engine({ apiVersion: '1.41' }),
    product: 'podman' as const,
    version: '4.3.1',
  })
  .map((here) => [here, engine({ id: 'e2' })]);

const addressOn = (on: Network, n: number) =>
  (on.subnets[0]?.subnet ?? '').replace(/0\/\d+$/, String(10 + n));
/** Container `n` has the nth address wherever it is, so that running ones never collide. */
const someone = (n: number) =>
  fc
    .record({
      on: fc.subarray(joinable),
      runs: fc.boolean(),
      pinned: fc.boolean(),
      twin: fc.boolean(),
      none: fc.boolean(),
    })
    .map(({ on, runs, pinned, twin, none }) => {
      const endpoints = on.map((one): Endpoint => {
        // What is pinned for a stopped container may be held by a running one.
        const ipv4 = addressOn(one, !runs && twin ? n - 1 : n);
        const pin = pinned ? { pinned4: ipv4 } : {};
        return runs ? endpoint(one, { ...pin, ipv4 }) : idle(one, pin);
      });
      const alone = none && on.length === 0;
      return container({
        name: `c${String(n)}`,
        state: runs ? 'running' : 'exited',
        ...(alone ? { networkMode: { kind: 'none' } as const } : {}),
        endpoints: alone ? [endpoint(nets[5]!, { ipv4: '' })] : endpoints,
      });
    });
const elsewhere = container({
  engineId: 'e2',
  name: 'far',
  endpoints: [endpoint(there, { ipv4: addressOn(there, 7), pinned4: addressOn(there, 7) })],
});
const world = fc
  .tuple(engines, fc.tuple(someone(0), someone(1), someone(2)))
  .map(([two, own]) => ({ engines: two, networks: [...nets, there], containers: [...own, elsewhere] }));

const netId = fc.constantFrom(...nets.map((one) => one.id), 'nobody');
const ipv4 = fc.option(
  fc.oneof(
    fc
      .tuple(fc.constantFrom(...joinable), fc.integer({ min: -10, max: 9 }))
      .map(([on, n]) => addressOn(on, n)),
    fc.constantFrom('', '010.70.1.4', 'x', '10.70.1.255', 'fd00::1'),
  ),
  { nil: undefined },
);
const request = fc
  .record({
    kind: fc.constantFrom('attach', 'detach', 'move', 'readdress', 'remove-network'),
    containerId: fc.constantFrom('e1-c0', 'e1-c1', 'e1-c2', 'nobody'),
    networkId: netId,
    toNetworkId: netId,
    ipv4,
  })
  .map(({ ipv4: pin, networkId, ...rest }) => {
    const address = pin === undefined ? {} : { ipv4: pin };
    return { ...rest, engineId: 'e1', networkId, fromNetworkId: networkId, ...address } as EngineRequest;
  });

type World = typeof world extends fc.Arbitrary<infer W> ? W : never;

/** What engines do: an address is refused only where a running container, the gateway or nobody but a stopped one has it. */
function execute(step: Step, { networks, containers }: World): void {
  const fail = (why: string): never => {
    throw new Error(`${step.op}: ${why}`);
  };
  if (!('networkId' in step) || isHostStep(step)) return fail('not asked for');
  const on = networks.find((one) => one.engineId === 'e1' && one.id === step.networkId) ?? fail('no network');
  const members = containers.filter((one) => one.endpoints.some((each) => each.networkId === on.id));
  if (step.op === 'remove-network') {
    if (members.some((one) => one.state === 'running')) fail('has active endpoints');
    networks.splice(networks.indexOf(on), 1);
    return;
  }
  const who = containers.find((one) => one.id === step.containerId) ?? fail('no container');
  const runs = who.state === 'running';
  if (step.op === 'disconnect') {
    if (!members.includes(who)) fail('not connected');
    who.endpoints = who.endpoints.filter((one) => one.networkId !== on.id);
    return;
  }
  if (members.includes(who)) fail('already connected');
  if (on.configOnly || on.kind === 'host' || on.kind === 'null') fail('not to be joined');
  if (who.endpoints.some((one) => one.networkName === 'none')) fail('private networking');
  const pin = step.endpoint.ipv4;
  if (pin && on.name === 'bridge') fail('user specified address on the default bridge');
  const live = members.filter((one) => one.state === 'running').flatMap((one) => one.endpoints);
  const held = [...live.map((one) => one.ipv4), on.subnets[0]?.gateway];
  if (pin && runs && held.includes(pin)) fail('address already in use');
  const made = pin ? { ipv4: pin, pinned4: pin } : { ipv4: addressOn(on, 100) };
  who.endpoints.push(runs ? endpoint(on, made) : idle(on, pin ? { pinned4: pin } : {}));
}

const pinsOf = (who: Container | undefined) =>
  Object.fromEntries(
    (who?.endpoints ?? [])
      .filter((one) => one.networkName !== 'none')
      .map((one) => [one.networkId, one.pinned4 ?? '']),
  );

/** What the container has afterwards, by what was asked. */
function wanted(asked: EngineRequest, pins: Record<string, string>): Record<string, string> {
  if (asked.kind === 'create-network' || asked.kind === 'remove-network') return pins;
  if (asked.kind === 'restore' || asked.kind === 'restore-several') return pins;
  const { [asked.kind === 'move' ? asked.fromNetworkId : asked.networkId]: _old, ...others } = pins;
  if (asked.kind === 'detach') return others;
  return { ...others, [asked.kind === 'move' ? asked.toNetworkId : asked.networkId]: asked.ipv4 ?? '' };
}

it('a plan without problems is carried out by the engine, ends as asked, and touches nothing else', () => {
  let carriedOut = 0;
  fc.assert(
    fc.property(world, request, (before, asked) => {
      const made = plan(asked, before);
      if (made.suggestedIpv4) {
        const id = asked.kind === 'move' ? asked.toNetworkId : 'networkId' in asked ? asked.networkId : '';
        const on = nets.find((one) => one.id === id);
        const held = on ? addressUses(on, before).map((use) => use.address) : [];
        expect(held).not.toContain(made.suggestedIpv4);
        if (on === lan) expect(made.suggestedIpv4).not.toBe(addressOn(there, 7));
      }
      if (made.problems.length > 0) return;
      carriedOut += 1;
      const after = structuredClone(before);
      for (const step of made.steps) execute(step, after);
      const subject = 'containerId' in asked ? asked.containerId : '';
      for (const [i, one] of before.containers.entries()) {
        const now = after.containers[i];
        if (one.id !== subject) expect(now).toEqual(one);
        else expect(pinsOf(now)).toEqual(wanted(asked, pinsOf(one)));
      }
      const gone = asked.kind === 'remove-network' ? asked.networkId : '';
      expect(after.networks).toEqual(
        before.networks.filter((one) => one.engineId === 'e2' || one.id !== gone),
      );
    }),
    { numRuns: 2000 },
  );
  // Not all of them are refused.
  expect(carriedOut).toBeGreaterThan(100);
});
