import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parentNic, parseParent, vlanOf } from './parent';
import { network } from '../testing';

describe('parseParent', () => {
  it.each([
    ['eth0', 'eth0', null, false],
    ['eth0.10', 'eth0', 10, true],
    ['eth0.1', 'eth0', 1, true],
    ['enp0s31f6.4094', 'enp0s31f6', 4094, true],
    ['vlan10', 'vlan10', null, false],
    ['eth0.lab', 'eth0.lab', null, false],
  ])('reads %s', (text, nic, vlan, engineCreates) => {
    expect(parseParent(text)).toEqual({ ok: true, nic, vlan, engineCreates, dockerBridge: false });
  });
  it.each([
    ['', 'parent_invalid', 'empty'],
    ['lo', 'parent_invalid', 'loopback'],
    ['lo.10', 'parent_invalid', 'loopback'],
    ['eth0.10.20', 'parent_invalid', 'dots'],
    ['eth0.', 'parent_invalid', undefined],
    ['.10', 'parent_invalid', undefined],
    ['..', 'parent_invalid', undefined],
    ['eth 0', 'parent_invalid', undefined],
    ['eth/0', 'parent_invalid', undefined],
    ['eth0:1', 'parent_invalid', undefined],
    ['eth0\n', 'parent_invalid', undefined],
    ['abcdefghijklmnop', 'parent_invalid', undefined],
    ['网卡网卡网卡', 'parent_invalid', undefined],
    ['eth0.0', 'vlan_invalid', undefined],
    ['eth0.4095', 'vlan_invalid', undefined],
    ['eth1.5000', 'vlan_invalid', undefined],
    ['eth0.010', 'vlan_invalid', undefined],
  ])('refuses “%s”', (text, code, context) => {
    const parsed = parseParent(text);
    if (parsed.ok) throw new Error('accepted');
    expect(parsed.problem).toMatchObject({ code, field: 'spec.parent' });
    expect(parsed.problem.params?.context).toBe(context);
  });
  it('takes 15 characters', () => expect(parseParent('abcdefghijk.123').ok).toBe(true));
  it.each(['docker0', 'docker_gwbridge', 'br-1a2b3c4d5e6f'])('knows %s as a bridge of Docker’s', (text) => {
    expect(parseParent(text)).toMatchObject({ ok: true, dockerBridge: true });
  });
  it('leaves a bridge of the admin’s own alone', () => {
    expect(parseParent('br-lan')).toMatchObject({ ok: true, dockerBridge: false });
  });
  it('never accepts a name that the kernel would not', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 20 }), (text) => {
        const valid = text.length > 0 && Buffer.byteLength(text) <= 15 && !/[/:\s]/.test(text);
        expect(parseParent(text).ok && !valid).toBe(false);
      }),
    );
  });
});

describe('of a network', () => {
  it('tells NIC and VLAN', () => {
    const tagged = network({ parent: 'eth1.30' });
    expect([parentNic(tagged), vlanOf(tagged)]).toEqual(['eth1', 30]);
    const plain = network({ parent: 'vlan10' });
    expect([parentNic(plain), vlanOf(plain)]).toEqual(['vlan10', null]);
  });
  it('copes with none, and with a name that it would not accept', () => {
    expect(parentNic(network({ parent: undefined }))).toBeNull();
    expect(vlanOf(network({ parent: '' }))).toBeNull();
    expect(parentNic(network({ parent: 'eth0.10.20' }))).toBe('eth0.10.20');
  });
});
