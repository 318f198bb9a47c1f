import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { capabilitiesSchema } from '../../../shared/model';
import { info, version } from '../fixtures/engine';
import { mapEngine } from './map-engine';

describe('mapEngine', () => {
  it('reads a real 20.10', () => {
    expect(mapEngine(version, info)).toMatchObject({
      hostName: 'h1',
      product: 'docker',
      version: '20.10.24+dfsg1',
      apiVersion: '1.41',
      os: 'Debian GNU/Linux 12 (bookworm)',
      architecture: 'x86_64',
      cpus: 2,
      memory: 25276502016,
      rootless: false,
      desktopVm: false,
      swarm: 'inactive',
      cgroupVersion: '1',
    });
  });

  it('keeps no fact without end', () => {
    const long = 'x'.repeat(1_000_000);
    const facts = mapEngine(
      { Version: long, ApiVersion: long },
      { ...info, Name: long, KernelVersion: long },
    );
    expect(facts.hostName).toBe(`${'x'.repeat(255)}…`);
    expect(JSON.stringify(facts).length).toBeLessThan(3_000);
  });

  it('tells Podman by its component', () => {
    const podman = { ...version, Components: [{ Name: 'Podman Engine', Version: '4.3.1' }] };
    expect(mapEngine(podman, info).product).toBe('podman');
    expect(mapEngine({ ApiVersion: '1.41' }, info).product).toBe('unknown');
  });

  it('tells rootless, Docker Desktop and the roles of a swarm', () => {
    const of = (change: object) => mapEngine(version, { ...info, ...change });
    expect(of({ SecurityOptions: ['name=seccomp,profile=default', 'name=rootless'] }).rootless).toBe(true);
    expect(of({ OperatingSystem: 'Docker Desktop' }).desktopVm).toBe(true);
    const swarm = (ControlAvailable: boolean, LocalNodeState: string) =>
      of({ Swarm: { ControlAvailable, LocalNodeState } }).swarm;
    expect(swarm(true, 'active')).toBe('manager');
    expect(swarm(false, 'active')).toBe('worker');
    expect(swarm(false, 'pending')).toBe('inactive');
  });

  it('reads the pools that it was told to take subnets from, and nothing that is none', () => {
    const pools = (DefaultAddressPools: unknown) =>
      mapEngine(version, { ...info, DefaultAddressPools }).addressPools;
    expect(mapEngine(version, info)).not.toHaveProperty('addressPools');
    expect(
      pools([
        { Base: '10.123.0.7/16', Size: 24 },
        { Base: 'FD00:7::/48', Size: 64 },
        ...[
          { Base: '10.1.0.0/16', Size: 15 },
          { Base: '10.1.0.0/16', Size: 33 },
          { Base: 'all', Size: 24 },
        ],
        ...[{ Base: '10.1.0.0/16', Size: 24.5 }, { Base: '10.1.0.0/16', Size: '24' }, null, 7],
      ]),
    ).toEqual([
      { base: '10.123.0.0/16', size: 24 },
      { base: 'fd00:7::/48', size: 64 },
    ]);
    expect(pools(Array.from({ length: 9_999 }, () => ({ Base: '10.0.0.0/8', Size: 24 })))).toHaveLength(256);
    expect(pools('10.0.0.0/8')).toBeUndefined();
  });

  it('never throws, whatever it is given', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (a, b) => {
        capabilitiesSchema.parse(mapEngine(a, b).capabilities);
      }),
    );
  });
});
