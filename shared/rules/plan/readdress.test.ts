import { describe, expect, it } from 'vitest';
import type { EngineRequest, Container } from '../../model';
import { capabilitiesOf } from '../engines/capabilities';
import { container, endpoint, engine, network } from '../testing';
import { codes, detach, detail, first, lan, ops, plan, readdress, web } from './testing';

describe('readdress', () => {
  const full = endpoint(lan, {
    ipv4: '10.70.1.60',
    pinned4: '10.70.1.60',
    pinned6: 'fd00:70::60',
    aliases: ['app'],
    gatewayPriority: 7,
    driverOptions: { 'com.docker.network.endpoint.ifname': 'lan0' },
  });
  const dual = network({ ipv6: true });
  dual.subnets.push({ subnet: 'fd00:70::/64', exclusions: {} });
  const world = (on = full, over: Partial<Container> = {}) => ({
    networks: [dual],
    containers: [web({ endpoints: [on], ...over })],
  });
  it('takes it off and puts it back with all that it had, but never its MAC', () => {
    const made = plan(readdress({ ipv4: '10.70.1.61' }), world());
    expect(ops(made)).toEqual(['disconnect lan', 'connect lan']);
    expect(made.steps[1]).toHaveProperty('endpoint', {
      ipv4: '10.70.1.61',
      ipv6: 'fd00:70::60',
      aliases: ['app'],
      gatewayPriority: 7,
      driverOptions: { 'com.docker.network.endpoint.ifname': 'lan0' },
    });
    expect(made.notices[0]?.code).toBe('interruption');
    expect(codes(made.notices)).not.toContain('undo_may_change_address');
  });
  it('keeps the family that is not spoken of, and releases both without an address', () => {
    expect(plan(readdress({ ipv6: 'fd00:70::61' }), world()).steps[1]).toMatchObject({
      endpoint: { ipv4: '10.70.1.60', ipv6: 'fd00:70::61' },
    });
    const released = plan(readdress(), world());
    expect(released.steps[1]).not.toHaveProperty('endpoint.ipv4');
    expect(released.steps[1]).not.toHaveProperty('endpoint.ipv6');
    expect(codes(released.notices)).toContain('address_automatic');
  });
  it('releases the one family that is left blank', () => {
    const four = plan(readdress({ ipv4: '', ipv6: 'fd00:70::60' }), world());
    expect(four.steps[1]).toMatchObject({ endpoint: { ipv6: 'fd00:70::60' } });
    expect(four.steps[1]).not.toHaveProperty('endpoint.ipv4');
    expect(four.notices).toContainEqual(
      expect.objectContaining({
        code: 'address_automatic',
        params: expect.objectContaining({ context: 'ipv4' }),
      }),
    );
    const six = plan(readdress({ ipv4: '10.70.1.60', ipv6: ' ' }), world());
    expect(six.steps[1]).not.toHaveProperty('endpoint.ipv6');
    expect(plan(readdress({ ipv4: '', ipv6: '' }), world()).steps[1]).toMatchObject({ op: 'connect' });
    expect(six.suggestedIpv6).toBe('fd00:70::ffff');
  });
  it('keeps the pin of the other family when one is blank and the other not spoken of', () => {
    expect(plan(readdress({ ipv4: '' }), world()).steps[1]).toMatchObject({
      op: 'connect',
      endpoint: { ipv6: 'fd00:70::60' },
    });
    expect(plan(readdress({ ipv6: '' }), world()).steps[1]).toMatchObject({
      endpoint: { ipv4: '10.70.1.60' },
    });
  });
  it('keeps link-local addresses and links', () => {
    const on = { ...full, linkLocals: ['169.254.9.9'], links: ['db:store'] };
    expect(plan(readdress({ ipv4: '10.70.1.61' }), world(on)).steps[1]).toMatchObject({
      endpoint: { linkLocals: ['169.254.9.9'], links: ['db:store'] },
    });
  });
  describe('of a container with a MAC', () => {
    const mac = '02:aa:bb:cc:dd:01';
    const fixed = (over: Partial<Container> = {}) => ({
      containers: [
        web({
          networkMode: { kind: 'network', network: 'lan' },
          endpoints: [endpoint(lan, { mac, ipv4: '10.70.1.60', pinned4: '10.70.1.60' })],
          detail: { ...detail, configuredMac: mac },
          ...over,
        }),
      ],
    });
    const macs = (made: ReturnType<typeof plan>) =>
      codes(made.notices).filter((code) => code === 'mac_lost' || code === 'mac_changes');
    const at = (apiVersion: string) => [engine({ apiVersion, capabilities: capabilitiesOf(apiVersion) })];
    const to = readdress({ ipv4: '10.70.1.61' });
    it('sends a fixed one again where the engine takes it, and keeps it for undo', () => {
      const made = plan(to, { ...fixed(), engines: at('1.55') });
      expect(made.steps).toMatchObject([{ mac }, { endpoint: { mac } }]);
      expect(macs(made)).toEqual([]);
    });
    it.each(['1.44', '1.45', '1.51', '1.53'])('says that API %s loses a fixed one', (api) => {
      const made = plan(to, { ...fixed(), engines: at(api) });
      expect(made.steps[1]).not.toHaveProperty('endpoint.mac');
      expect(macs(made)).toEqual(['mac_lost']);
      expect(macs(plan(detach(), { ...fixed(), engines: at(api) }))).toEqual(['mac_lost']);
    });
    it('says nothing where the engine keeps it for the container, or it is in use no more', () => {
      expect(macs(plan(to, { ...fixed(), engines: at('1.41') }))).toEqual([]);
      const gone = fixed({ endpoints: [endpoint(lan, { mac: '02:42:0a:46:01:3c' })] });
      expect(macs(plan(to, { ...gone, engines: at('1.45') }))).toEqual(['mac_changes']);
    });
    it('says that one made of the address changes with it', () => {
      const derived = fixed({ detail: { ...detail, configuredMac: '' } });
      expect(macs(plan(to, { ...derived, engines: at('1.41') }))).toEqual(['mac_changes']);
    });
    it.each([
      ['stays where the address stays', '1.41', '10.70.1.60', []],
      ['may change where the engine picks the address', '1.41', '', ['automatic']],
      ['changes with every address', '1.41', '10.70.1.61', [undefined]],
      ['is drawn anew by newer engines', '1.51', '10.70.1.60', ['drawn']],
    ] as const)('says that an automatic one %s', (_what, api, ipv4, contexts) => {
      const pinned4 = ipv4 === '10.70.1.60' ? '' : '10.70.1.60';
      const on = endpoint(lan, { mac: '02:42:0a:46:01:3c', ipv4: '10.70.1.60', pinned4 });
      const made = plan(readdress({ ipv4 }), {
        ...fixed({ detail: null, endpoints: [on] }),
        engines: at(api),
      });
      const said = made.notices.filter(({ code }) => code === 'mac_changes');
      expect(said.map(({ params }) => params.context)).toEqual(contexts);
      expect(made.problems).toEqual([]);
    });
    it('knows one that a change of ours fixed', () => {
      const given = { engineId: 'e1', containerId: 'e1-web', networkName: 'lan', mac };
      const world = { ...fixed({ detail: null }), engines: at('1.55'), beside: { macs: [given] } };
      expect(plan(to, world).steps[1]).toMatchObject({ endpoint: { mac } });
      expect(plan(detach(), world).steps[0]).toMatchObject({ mac });
    });
  });
  it('warns that undo may bring another automatic address, of either family', () => {
    const on = endpoint(lan, { ipv4: '10.70.1.60', pinned4: '10.70.1.60', ipv6: 'fd00:70::5', prefix6: 64 });
    expect(plan(readdress({ ipv4: '10.70.1.61' }), world(on)).notices).toContainEqual(
      expect.objectContaining({
        code: 'undo_may_change_address',
        params: expect.objectContaining({ address: 'fd00:70::5' }),
      }),
    );
  });
  it('fixes the address that it has by chance', () => {
    const made = plan(readdress({ ipv4: '10.70.1.2' }), world(endpoint(lan)));
    expect(made.steps[1]).toMatchObject({ endpoint: { ipv4: '10.70.1.2' } });
    expect(codes(made.notices)).toContain('undo_may_change_address');
  });
  it('refuses what is already so, in whatever spelling', () => {
    const context = (request: EngineRequest, on = full) => first(plan(request, world(on)))?.params?.context;
    expect(context(readdress({ ipv4: '10.70.1.60' }))).toBe('same_address');
    expect(context(readdress({ ipv6: 'FD00:70:0::60' }))).toBe('same_address');
    expect(context(readdress(), endpoint(lan))).toBe('automatic');
  });
  it('refuses another’s address, a network where it is not, and the default bridge', () => {
    const other = container({ name: 'db', endpoints: [endpoint(lan, { ipv4: '10.70.1.61' })] });
    const { networks, containers } = world();
    expect(
      codes(
        plan(readdress({ ipv4: '10.70.1.61' }), { networks, containers: [...containers, other] }).problems,
      ),
    ).toEqual(['address_in_use']);
    expect(codes(plan(readdress({ ipv4: '10.70.1.61' }), { containers: [web()] }).problems)).toEqual([
      'not_connected',
    ]);
    const request = readdress({ networkId: 'e1-bridge', ipv4: '172.17.0.9' });
    expect(codes(plan(request, { containers: [web()] }).problems)).toEqual(['pin_needs_user_network']);
  });
});
