import { describe, expect, it } from 'vitest';
import type { ChangePreview, Problem } from '../../../shared/model';
import { container, endpoint, engine, macvlan, twoHosts } from '../../app/testing/fixtures';
import { createI18n } from '../../i18n';
import { editedRequest, initialEdit, withSuggestion } from './address-edit';
import { attachChoices, commonProblem } from './attach-choices';
import { fieldOf, isMac, otherProblems } from './fields';
import { emptyForm, knownNics, parentOf, specOf } from './spec-form';
import { changeTitle } from './words';

const attach = { kind: 'attach', engineId: 'a', containerId: 'web-id', networkId: 'lan-id' } as const;
const readdress = { ...attach, kind: 'readdress' } as const;
const preview = (suggestedIpv4?: string) => ({ suggestedIpv4 }) as ChangePreview;

describe('the address in the form', () => {
  it('waits for the suggestion, and takes it once', () => {
    const edit = initialEdit(attach, undefined);
    expect(edit.mode).toBe('undecided');
    expect(editedRequest(attach, edit)).toEqual(attach);
    const fixed = withSuggestion(edit, preview('10.70.1.3'));
    expect(editedRequest(attach, fixed)).toEqual({ ...attach, ipv4: '10.70.1.3' });
    expect(withSuggestion(fixed, preview('10.70.1.4'))).toBe(fixed);
  });

  it('is automatic where nothing can be suggested', () => {
    const edit = withSuggestion(initialEdit(attach, undefined), preview());
    expect(edit.mode).toBe('automatic');
    expect(editedRequest({ ...attach, ipv4: '1.2.3.4' }, edit)).toEqual(attach);
  });

  it('begins with the address in use when it is changed', () => {
    const now = endpoint(macvlan('a', 'lan'), '10.70.1.140');
    expect(initialEdit(readdress, now)).toMatchObject({ mode: 'fixed', ipv4: '10.70.1.140' });
    expect(initialEdit(readdress, { ...now, pinned4: '10.70.1.7' }).ipv4).toBe('10.70.1.7');
  });

  it('asks for nothing while it is empty', () => {
    expect(editedRequest(readdress, { ...initialEdit(readdress, undefined), ipv4: ' ' })).toBeNull();
  });

  it('carries MAC and priority only when they are given', () => {
    const edit = { mode: 'automatic', ipv4: '', mac: ' 02:42:0A:46:01:3C ', gatewayPriority: '-10' } as const;
    expect(editedRequest(attach, edit)).toEqual({
      ...attach,
      mac: '02:42:0a:46:01:3c',
      gatewayPriority: -10,
    });
  });
});

describe('networks to attach to', () => {
  it('are those of the same host, with the reason where they refuse', () => {
    const snapshot = twoHosts();
    expect(attachChoices(snapshot.containers[0]!, snapshot)).toMatchObject([
      { network: { name: 'lan', engineId: 'a' }, problem: null },
    ]);
    expect(attachChoices(snapshot.containers[1]!, snapshot)[0]?.problem?.code).toBe('already_connected');
  });

  it('say once what is the container’s own reason', () => {
    const host = container('a', 'h', { networkMode: { kind: 'host' } });
    const snapshot = { ...twoHosts(), containers: [host] };
    expect(commonProblem(attachChoices(host, snapshot))?.code).toBe('host_mode');
    expect(commonProblem([])).toBeNull();
  });
});

describe('a new network', () => {
  it('sits on the VLAN link of its card', () => {
    expect(parentOf({ nic: ' eth0 ', vlan: '10' })).toBe('eth0.10');
    expect(parentOf({ nic: 'eth0', vlan: ' ' })).toBe('eth0');
  });

  it('leaves out what is empty', () => {
    const spec = specOf({
      ...emptyForm('a', 'eth1'),
      name: ' lan ',
      subnet: '10.0.0.0/24',
      exclusions: ['10.0.0.5', ' '],
    });
    expect(spec).toEqual({
      name: 'lan',
      driver: 'macvlan',
      parent: 'eth1',
      mode: 'bridge',
      subnet: '10.0.0.0/24',
      exclusions: ['10.0.0.5'],
      internal: false,
    });
  });

  it('suggests the cards that networks of the host already use', () => {
    const networks = [
      macvlan('a', 'x', { parent: 'eth1.20' }),
      macvlan('a', 'y'),
      macvlan('b', 'z', { parent: 'wan' }),
    ];
    expect(knownNics({ networks }, 'a')).toEqual(['eth0', 'eth1']);
  });
});

describe('problems and fields', () => {
  const at = (field?: string): Problem => ({
    code: 'subnet_invalid',
    message: '',
    ...(field ? { field } : {}),
  });

  it('meet by name, however deep the field is', () => {
    expect(fieldOf(at('spec.exclusions.0'))).toBe('exclusions');
    expect(fieldOf(at('request.ipv4'))).toBe('ipv4');
    expect(fieldOf(at())).toBeNull();
    expect(otherProblems([at('spec.subnet'), at()], ['subnet'])).toHaveLength(1);
  });

  it('know a MAC that one station may have', () => {
    expect(isMac('02:42:0a:46:01:3c')).toBe(true);
    expect(isMac('01:42:0a:46:01:3c')).toBe(false);
    expect(isMac('02:42:0a:46:01')).toBe(false);
  });
});

describe('titles', () => {
  const t = createI18n('en').getFixedT('en', 'change');

  it('name what the inventory knows, and the short id of what is gone', () => {
    const snapshot = { ...twoHosts(), engines: [engine('a')] };
    expect(changeTitle(t, attach, [], snapshot)).toBe('Attach web to lan');
    const gone = { ...attach, containerId: '0123456789abcdef0123' };
    expect(changeTitle(t, gone, [], snapshot)).toBe('Attach 0123456789ab to lan');
  });

  it('prefer the names of the steps, which outlive what they name', () => {
    const step = {
      op: 'disconnect',
      containerId: 'x',
      containerName: 'old',
      networkId: 'y',
      networkName: 'lan9',
    } as const;
    const request = { kind: 'detach', engineId: 'a', containerId: 'x', networkId: 'y' } as const;
    expect(changeTitle(t, request, [step], twoHosts())).toBe('Detach old from lan9');
  });
});
