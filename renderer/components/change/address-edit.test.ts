import { describe, expect, it } from 'vitest';
import { endpoint, macvlan } from '../../testing/fixtures';
import {
  editedRequest,
  familiesIn,
  familiesOf,
  initialEdit,
  undecidedEdit,
  withSuggestion,
  type AddressEdit,
} from './address-edit';

const attach = { kind: 'attach', engineId: 'a', containerId: 'web-id', networkId: 'lan-id' } as const;
const readdress = { ...attach, kind: 'readdress' } as const;
const six = { subnet: 'fd00:70::/64', exclusions: {} };
const lan = macvlan('a', 'lan');
const dual = { ...lan, ipv6: true, subnets: [...lan.subnets, six] };
const four = familiesOf(lan);
const both = familiesOf(dual);
const automatic = { mode: 'automatic', address: '' } as const;
const fixed = (address: string) => ({ mode: 'fixed', address }) as const;
const edit = (over: Partial<AddressEdit>): AddressEdit => ({ ...undecidedEdit, ...over });

describe('the families in the form', () => {
  const names = (shown: ReturnType<typeof familiesOf>) => shown.map(({ family }) => family);
  it('are those that the network gives addresses of', () => {
    expect(both).toEqual([
      { family: 'ipv4', subnets: ['10.70.1.0/24'] },
      { family: 'ipv6', subnets: ['fd00:70::/64'] },
    ]);
    expect(names(familiesOf({ ...dual, subnets: [six] }))).toEqual(['ipv6']);
    expect(names(familiesOf({ ...dual, ipv6: false }))).toEqual(['ipv4']);
    expect(familiesIn(['fd00:70::/64', '10.70.1.0/24'])).toEqual(both);
  });
  it('are IPv4 where nothing is known', () => {
    expect(familiesOf(undefined)).toEqual([{ family: 'ipv4', subnets: [] }]);
    expect(names(familiesOf({ ...lan, subnets: [] }))).toEqual(['ipv4']);
  });
});

describe('the address in the form', () => {
  it('waits for the suggestion, and takes it once', () => {
    const first = initialEdit(attach, undefined, four);
    expect(first.ipv4.mode).toBe('undecided');
    expect(editedRequest(attach, first, four)).toEqual(attach);
    const next = withSuggestion(first, { suggestedIpv4: '10.70.1.3' });
    expect(editedRequest(attach, next, four)).toEqual({ ...attach, ipv4: '10.70.1.3' });
    expect(withSuggestion(next, { suggestedIpv4: '10.70.1.4' })).toBe(next);
  });

  it('is automatic where nothing can be suggested, for each family by itself', () => {
    expect(withSuggestion(undecidedEdit, {})).toMatchObject({ ipv4: automatic, ipv6: automatic });
    const next = withSuggestion(undecidedEdit, { suggestedIpv6: 'fd00:70::3' });
    expect(next).toMatchObject({ ipv4: automatic, ipv6: fixed('fd00:70::3') });
    const asked = { ...attach, ipv4: '1.2.3.4' };
    expect(editedRequest(asked, next, both)).toEqual({ ...attach, ipv6: 'fd00:70::3' });
  });

  it('that was begun to be typed is left alone when the other one is suggested', () => {
    const typed = edit({ ipv4: fixed('10.70.1.9') });
    expect(withSuggestion(typed, { suggestedIpv4: '10.70.1.3', suggestedIpv6: 'fd00:70::3' })).toMatchObject({
      ipv4: fixed('10.70.1.9'),
      ipv6: fixed('fd00:70::3'),
    });
  });

  it('asks for nothing while a field that is shown is empty', () => {
    expect(editedRequest(readdress, edit({ ipv4: fixed(' ') }), four)).toBeNull();
    const noSix = edit({ ipv4: fixed('10.70.1.9'), ipv6: fixed('') });
    expect(editedRequest(attach, noSix, both)).toBeNull();
    expect(editedRequest(attach, noSix, four)).toEqual({ ...attach, ipv4: '10.70.1.9' });
  });

  it('carries MAC and priority only when they are given', () => {
    const given = edit({ ipv4: automatic, mac: ' 02:42:0A:46:01:3C ', gatewayPriority: '-10' });
    expect(editedRequest(attach, given, four)).toEqual({
      ...attach,
      mac: '02:42:0a:46:01:3c',
      gatewayPriority: -10,
    });
  });
});

describe('changing an address', () => {
  it('begins with the one in use', () => {
    const now = endpoint(lan, '10.70.1.140');
    expect(initialEdit(readdress, now, four).ipv4).toEqual(fixed('10.70.1.140'));
    expect(initialEdit(readdress, { ...now, pinned4: '10.70.1.7' }, four).ipv4).toEqual(fixed('10.70.1.7'));
  });

  it('leaves the other family as it is', () => {
    const now = endpoint(dual, '10.70.1.140', { ipv6: 'fd00:70::2' });
    expect(initialEdit(readdress, now, both).ipv6).toEqual({ mode: 'automatic', address: 'fd00:70::2' });
    const pinned = { ...now, pinned6: 'fd00:70::2' };
    expect(initialEdit(readdress, pinned, both).ipv6).toEqual(fixed('fd00:70::2'));
    expect(initialEdit(readdress, now, familiesOf({ ...dual, subnets: [six] })).ipv6.mode).toBe('fixed');
  });

  it('says which family is automatic: silence would keep its pin', () => {
    const ipv4 = fixed('10.70.1.9');
    expect(editedRequest(readdress, edit({ ipv4, ipv6: automatic }), both)).toEqual({
      ...readdress,
      ipv4: '10.70.1.9',
      ipv6: '',
    });
    expect(editedRequest(readdress, edit({ ipv4: automatic, ipv6: automatic }), both)).toEqual(readdress);
    expect(editedRequest(readdress, edit({ ipv4 }), four)).toEqual({ ...readdress, ipv4: '10.70.1.9' });
  });
});
