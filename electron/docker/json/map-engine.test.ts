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

  it('never throws, whatever it is given', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (a, b) => {
        capabilitiesSchema.parse(mapEngine(a, b).capabilities);
      }),
    );
  });
});
