import { describe, expect, it } from 'vitest';
import type { Endpoint, Network, NetworkSpec, Step } from '../../../shared/model';
import { newRun, RunJournal } from '../storage/journal';
import { container, FakeEngine, network } from '../testing/fake-engine';
import { capabilitiesOf } from '../../../shared/rules';
import { runSteps } from '../testing/unjournaled';
import { recoverSteps } from './recover';
import { doSteps } from './run';
import { StepRunner } from './step-runner';

const lan = network('n1', 'lan');
const asked = {
  ...{ mac: '02:42:AC:00:00:07', aliases: ['www', 'api', 'c1'], gatewayPriority: 5 },
  driverOptions: { 'com.docker.network.endpoint.ifname': 'lan0', x: '1' },
};
const connect: Step = {
  ...{ op: 'connect', containerId: 'c1', containerName: 'web', networkId: 'n1', networkName: 'lan' },
  endpoint: asked,
};
/** An engine that makes of a connect what is told here besides. */
function engineThat(over: Partial<Endpoint>, api = '1.54', podman = false): FakeEngine {
  const engine = new FakeEngine().add(lan, container('c1', 'web'));
  engine.can = capabilitiesOf(api, podman ? 'podman' : 'docker', '5.8');
  engine.tellsPins = () => !podman;
  const real = engine.connect.bind(engine);
  engine.connect = async (id, who, wanted) => {
    await real(id, who, wanted);
    const web = engine.containerMap.get(who)!;
    const [on] = web.endpoints;
    engine.add({ ...web, endpoints: [{ ...on!, mac: asked.mac.toLowerCase(), ...over }] });
  };
  return engine;
}
const ended = async (engine: FakeEngine, steps: Step[] = [connect]) => {
  const outcome = await runSteps(engine, steps, () => undefined, 0);
  if (outcome.ok) return 'done';
  const { code, params = {} } = outcome.problem;
  return [code, params.context, params.field, params.shown, params.asked, outcome.rolledBack].join(' ');
};

describe('what an attachment was asked for besides addresses', () => {
  it.each<[Partial<Endpoint>, string]>([
    [{ mac: '02:42:0a:46:01:21' }, 'setting the MAC address 02:42:0a:46:01:21 02:42:AC:00:00:07'],
    [{ aliases: ['www'] }, 'no_setting the alias  api'],
    [{ gatewayPriority: 0 }, 'setting the gateway priority 0 5'],
    [{ driverOptions: { ...asked.driverOptions, x: '2' } }, 'setting the driver option “x” 2 1'],
    [
      { driverOptions: { x: '1' } },
      'no_setting the driver option “com.docker.network.endpoint.ifname”  lan0',
    ],
  ])('is said where it is not so, and the change is taken back: %j', async (over, what) => {
    expect(await ended(engineThat(over))).toBe(`verify_failed ${what} true`);
  });

  it('is told, and no reason to take back a change that carries it over, or was cut off', async () => {
    const outcomeOf = (carries: boolean, late: boolean) => {
      const engine = engineThat({ aliases: ['www'], gatewayPriority: 0 });
      const run = newRun('apply', '', [{ engineId: 'e1', engineName: 'e1', steps: [connect] }]);
      const context = { client: () => engine, onPhase: () => undefined, patienceMs: 0, carries };
      const runner = new StepRunner(context, new RunJournal('', run), 0);
      return late ? recoverSteps(runner, true) : doSteps(runner);
    };
    const place = { container: 'web', network: 'lan' };
    const exceptions = [
      { ...place, field: 'Aliases', before: 'api', after: '' },
      { ...place, field: 'GwPriority', before: '5', after: '0' },
    ];
    expect(await outcomeOf(true, false)).toMatchObject({ ok: true, exceptions });
    expect(await outcomeOf(false, true)).toMatchObject({ ok: true, exceptions });
  });

  it('may be more, and a MAC that nobody shows is none that differs', async () => {
    const aliases = ['db', 'www', 'api'];
    const driverOptions = { ...asked.driverOptions, more: 'yes' };
    expect(await ended(engineThat({ aliases, driverOptions }))).toBe('done');
    expect(await ended(engineThat({ mac: '' }))).toBe('done');
  });

  it('is not missed where the engine’s version does not take it, or Podman does not show it', async () => {
    const old = { mac: '02:42:0a:46:01:21', driverOptions: { x: '1' }, aliases: ['www', 'api'] };
    expect(await ended(engineThat(old, '1.41'))).toBe('done');
    expect(await ended(engineThat({ driverOptions: {} }, '1.41', true))).toBe('done');
    expect(await ended(engineThat({ aliases: [] }, '1.41', true))).toMatch('no_setting the alias');
  });

  it('is no reason to keep a change from being taken back', async () => {
    const engine = engineThat({ aliases: [] });
    const run = newRun('undo', '', [{ engineId: 'e1', engineName: 'e1', steps: [connect] }]);
    const context = { client: () => engine, onPhase: () => undefined, patienceMs: 0 };
    const outcome = await doSteps(new StepRunner(context, new RunJournal('', run), 0));
    expect(outcome).toMatchObject({ ok: true });
  });
});

describe('what a network was asked for', () => {
  const spec: NetworkSpec = {
    ...{ name: 'lan6', driver: 'ipvlan', parent: 'eth1', mode: 'l2', internal: false, exclusions: [] },
    ...{ subnet: '10.70.6.0/24', subnet6: 'fd00:6::/64', attachable: true, options: { ipvlan_flag: 'vepa' } },
  };
  const create: Step = { op: 'create-network', networkName: 'lan6', spec };
  const made = (over: Partial<Network>, podman = false) => {
    const engine = new FakeEngine();
    engine.tellsPins = () => !podman;
    const real = engine.createNetwork.bind(engine);
    engine.createNetwork = async (wanted) => {
      const id = await real(wanted);
      engine.add({ ...engine.networkMap.get(id)!, ...over });
      return id;
    };
    return ended(engine, [create]);
  };
  const options = { parent: 'eth1', ipvlan_mode: 'l2' };

  it.each<[Partial<Network>, string]>([
    [{ ipv6: false }, 'network_setting IPv6 off on'],
    [{ ipv4: false }, 'network_setting IPv4 off on'],
    [{ attachable: false }, 'network_setting attaching by hand off on'],
    [
      { options: { ...options, ipvlan_flag: 'bridge' } },
      'network_setting the driver option “ipvlan_flag” bridge vepa',
    ],
    [{ options }, 'no_network_setting the driver option “ipvlan_flag”  vepa'],
  ])('is said where it is not so, and the network goes again: %j', async (over, what) => {
    expect(await made(over)).toBe(`verify_failed ${what} true`);
  });

  it('may be more, and is not missed where Podman has other words for it', async () => {
    const more = { options: { ...options, ipvlan_flag: 'vepa', more: 'yes' } };
    expect([await made(more), await made({ ipv4: true })]).toEqual(['done', 'done']);
    expect(await made({ options, attachable: false }, true)).toBe('done');
  });
});
