import { describe, expect, it } from 'vitest';
import type { Engine, Nic } from '../../model';
import { engine } from '../testing';
import { cloudOf } from './cloud';
import { parentVerdict } from './parent-verdict';
import { nic } from '../host/testing';

const plain = { machine: { vendor: 'Dell Inc.', product: 'PowerEdge', assetTag: '' } };

const judge = (over: Partial<Nic>, on: Partial<Engine> = {}, facts = plain) => {
  const { state, remarks } = parentVerdict(nic(over), facts, engine({ name: 'atlas', ...on }));
  return { state, reasons: remarks.map(({ reason }) => reason), remarks };
};

describe('parentVerdict', () => {
  it.each(['physical', 'bond', 'vlan', 'bridge'] as const)('has nothing against a %s that is up', (kind) => {
    expect(judge({ kind })).toEqual({ state: 'ok', reasons: [], remarks: [] });
  });

  it.each([
    [{ kind: 'loopback', ethernet: false }, 'loopback'],
    [{ kind: 'tunnel', ethernet: false }, 'not_ethernet'],
    [{ master: 'br0', masterKind: 'bridge' }, 'bridge_port'],
    [{ master: 'bond0', masterKind: 'bond' }, 'bond_port'],
    [{ kind: 'veth', docker: true }, 'docker_link'],
  ] as const)('refuses %j as %s', (over, reason) => {
    const { state, reasons } = judge(over);
    expect(state).toBe('refused');
    expect(reasons[0]).toBe(reason);
  });

  it.each([
    [{ kind: 'wireless' }, 'wireless'],
    [{ up: false, carrier: false }, 'down'],
    [{ carrier: false }, 'no_carrier'],
    [{ kind: 'bridge', docker: true }, 'docker_bridge'],
    [{ kind: 'veth' }, 'veth'],
    [{ kind: 'dummy' }, 'dummy'],
    [{ kind: 'tunnel' }, 'tunnel'],
    [{ kind: 'macvlan', parent: 'eno1' }, 'stacked'],
  ] as const)('warns of %j as %s', (over, reason) => {
    expect(judge(over)).toMatchObject({ state: 'warned', reasons: [reason] });
  });

  it('names the way out', () => {
    expect(judge({ kind: 'wireless' }).remarks[0]!.use).toEqual({ driver: 'ipvlan', mode: 'l2' });
    expect(judge({ master: 'br0', masterKind: 'bridge' }).remarks[0]!.use).toEqual({ parent: 'br0' });
    expect(judge({ kind: 'ipvlan', parent: 'eno1' }).remarks[0]!.use).toEqual({ parent: 'eno1' });
  });

  it('has nothing against ipvlan on a Wi-Fi card: it is the way out', () => {
    const on = (driver: 'macvlan' | 'ipvlan') =>
      parentVerdict(nic({ kind: 'wireless' }), plain, engine(), driver).state;
    expect([on('macvlan'), on('ipvlan')]).toEqual(['warned', 'ok']);
  });

  it('says it in words that name the interface', () => {
    const [remark] = judge({ master: 'br0', masterKind: 'bridge' }).remarks;
    expect(remark!.notice).toMatchObject({
      code: 'parent_unfit',
      params: { context: 'bridge_port', parent: 'eth0' },
    });
    expect(remark!.notice.message).toContain('eth0 is a port of the bridge br0');
  });

  it('puts the worst first', () => {
    const { reasons } = judge(
      { kind: 'veth', up: false, master: 'br0', masterKind: 'bridge' },
      { rootless: true },
    );
    expect(reasons).toEqual(['bridge_port', 'down', 'rootless', 'veth']);
  });

  it('speaks of the host where no parent would do', () => {
    expect(judge({}, { desktopVm: true }).reasons).toEqual(['desktop']);
    expect(judge({}, { rootless: true }).reasons).toEqual(['rootless']);
    const ec2 = { machine: { vendor: 'Amazon EC2', product: 't3.micro', assetTag: '' } };
    expect(judge({}, {}, ec2).remarks[0]!.notice.message).toContain('Amazon EC2');
  });
});

describe('cloudOf', () => {
  it('tells Azure from Hyper-V at home', () => {
    const hyperv = { vendor: 'Microsoft Corporation', product: 'Virtual Machine', assetTag: '0123' };
    expect(cloudOf(hyperv)).toBeUndefined();
    expect(cloudOf({ ...hyperv, assetTag: '7783-7084-3265-9085-8269-3286-77' })).toBe('Microsoft Azure');
  });
  it('knows no cloud in a machine that says nothing', () => {
    expect(cloudOf({ vendor: '', product: '', assetTag: '' })).toBeUndefined();
  });
});
