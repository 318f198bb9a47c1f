import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { routeMoves, routeRulesOf } from './route';
import { bridge, endpoint, engine, network, podman, special } from '../testing';

const v26 = { gatewayPriority: false };
const v29 = { gatewayPriority: true };
const br9 = bridge({ name: 'br9' });
const aa = network({ name: 'aa' });
const bare = network({ name: 'aa', subnet: { gateway: undefined } });
const planned = (on: typeof aa) => endpoint(on, { endpointId: '', ipv4: '', gateway: '', mac: '' });

/** Where one answer holds for both families. */
const routeMove = (...args: Parameters<typeof routeMoves>) => routeMoves(...args)[0] ?? null;

describe('routeMoves by family', () => {
  const dual = (name: string, kind = bridge) => {
    const made = kind({ name, ipv6: true });
    return {
      ...made,
      subnets: [...made.subnets, { subnet: 'fd00:9::/64', gateway: 'fd00:9::1', exclusions: {} }],
    };
  };
  const zz = dual('zz');
  const moves = (version: string, gatewayPriority: boolean, priority?: number) => {
    const rules = routeRulesOf(
      engine({ version, capabilities: { ...engine().capabilities, gatewayPriority } }),
    );
    const come = { ...planned(aa), ...(priority === undefined ? {} : { gatewayPriority: priority }) };
    return routeMoves([endpoint(zz)], [endpoint(zz), come], [zz, aa], rules).map(({ params }) => params);
  };
  it.each(['20.10.24', '26.1.5', '28.5.2', '29.4.0', '29.4.1', '29.7.2'])(
    'on %s a network of both families ranks before the name',
    (version) => expect(moves(version, Number(version.slice(0, 2)) >= 28)).toEqual([]),
  );
  it.each(['28.0.0', '28.5.2', '29.4.0'])('on %s before a priority, too', (version) =>
    expect(moves(version, true, 1000)).toEqual([]),
  );
  it.each(['29.4.1', '29.7.2', '30.0'])('on %s a priority moves IPv4 alone', (version) =>
    expect(moves(version, true, 1000)).toEqual([{ context: 'ipv4', from: 'zz', to: 'aa' }]),
  );
  it('does not count an IPv6 subnet where IPv6 is off', () => {
    const off = { ...zz, ipv6: false };
    const made = routeMoves([endpoint(off)], [endpoint(off), planned(aa)], [off, aa], v29);
    expect(made.map((one) => one.params)).toEqual([{ from: 'zz', to: 'aa' }]);
  });
  describe('on an internal bridge', () => {
    const cam = network({ name: 'cam' });
    const inner = bridge({ name: 'ai', internal: true });
    const innerDual = { ...dual('dual'), internal: true };
    const all = [inner, innerDual, cam, br9, zz, { ...aa, internal: true }];
    const on = (version: string, before: readonly (typeof zz)[], after: readonly (typeof zz)[]) => {
      const gatewayPriority = Number.parseInt(version) >= 28;
      const capabilities = { ...engine().capabilities, gatewayPriority };
      const [was, is] = [before, after].map((each) => each.map((one) => endpoint(one)));
      return routeMoves(was ?? [], is ?? [], all, routeRulesOf(engine({ version, capabilities }))).map(
        ({ params }) => params,
      );
    };

    it.each(['20.10.24+dfsg1', '24.0.9'])('on %s it gives the route, after all that are not', (version) => {
      expect(on(version, [inner], [inner, cam])).toEqual([{ from: 'ai', to: 'cam' }]);
      expect(on(version, [br9], [br9, inner])).toEqual([]);
      expect(on(version, [inner], [inner, innerDual])).toEqual([
        { context: 'ipv4', from: 'ai', to: 'dual' },
        { context: 'gained6', to: 'dual' },
      ]);
      // The one that gives IPv4 its route has no IPv6, and the other one gives none any more.
      expect(on(version, [innerDual], [innerDual, cam])).toEqual([
        { context: 'ipv4', from: 'dual', to: 'cam' },
        { context: 'ipv6', from: 'dual' },
      ]);
    });
    it.each(['25.0.0', '26.1.5', '28.5.2', '29.7.2'])('on %s it gives none', (version) =>
      expect(on(version, [inner], [inner, cam])).toEqual([{ context: 'gained', to: 'cam' }]),
    );
    it('is not told of a version that is no number', () =>
      expect(on('dev', [inner], [inner, cam])).toEqual([{ context: 'gained', to: 'cam' }]));
    it('an internal macvlan gives none on any', () =>
      expect(on('20.10.24', [{ ...aa, internal: true }], [])).toEqual([]));
  });
  describe('on Podman', () => {
    const slow = { ...zz, options: { metric: '200' } };
    const on = (version: string, before: readonly (typeof zz)[], after: readonly (typeof zz)[]) =>
      routeMoves(
        before.map((one) => endpoint(one)),
        after.map((one) => endpoint(one)),
        [...before, ...after],
        routeRulesOf(podman({ version })),
      ).map((one) => one.params);
    const [bb, cc] = [bridge({ name: 'bb' }), network({ name: 'cc' })];

    it('the smaller metric gives the route', () => {
      expect(on('5.8.6', [slow], [slow, aa])).toEqual([{ context: 'ipv4', from: 'zz', to: 'aa' }]);
      const fast = { ...zz, options: { metric: '5' } };
      expect(on('5.8.6', [fast], [fast, aa])).toEqual([]);
      expect(on('6.0.0', [bb], [bb, cc])).toEqual([{ from: 'bb', to: 'cc' }]);
    });

    it('chance does among equal ones, whatever their names', () => {
      expect(on('5.8.6', [bb], [bb, cc])).toEqual([{ context: 'chance', networks: 'bb, cc' }]);
      expect(on('5.8.6', [zz], [zz, aa])).toEqual([{ context: 'chance4', networks: 'aa, zz' }]);
      expect(on('5.8.6', [bb, cc], [bb])).toEqual([{ context: 'settles', to: 'bb' }]);
      expect(on('5.8.6', [bb, cc], [cc, bb])).toEqual([]);
      expect(on('5.8.6', [bb, cc], [])).toEqual([{ from: 'bb, cc' }]);
    });

    it('a network that is to give none gives none', () => {
      const without = { ...cc, options: { no_default_route: 'true' } };
      expect(on('5.8.6', [bb], [bb, without])).toEqual([]);
    });
  });
});

describe('routeMove', () => {
  it('moves to the first name that has a gateway', () => {
    const made = routeMove([endpoint(br9)], [endpoint(br9), planned(aa)], [br9, aa], v29);
    expect(made).toMatchObject({
      code: 'route_moves',
      severity: 'warning',
      params: { from: 'br9', to: 'aa' },
    });
  });
  it('stays for a name that sorts after, in dictionary order', () => {
    const z = network({ name: 'zz' });
    expect(routeMove([endpoint(br9)], [endpoint(br9), planned(z)], [br9, z], v29)).toBeNull();
    const [lan10, lan2] = [network({ name: 'lan10' }), network({ name: 'lan2' })];
    const made = routeMove([endpoint(lan2)], [endpoint(lan2), planned(lan10)], [lan2, lan10], v29);
    expect(made?.params).toEqual({ from: 'lan2', to: 'lan10' });
  });
  it('stays for an internal network', () => {
    const inside = network({ name: 'aa', internal: true });
    expect(routeMove([endpoint(br9)], [endpoint(br9), planned(inside)], [br9, inside], v29)).toBeNull();
  });
  it('is lost to a network without gateway that comes first; up to v28, that one takes it', () => {
    const after = [endpoint(br9), planned(bare)];
    expect(routeMove([endpoint(br9)], after, [br9, bare], v29)).toMatchObject({
      code: 'route_lost',
      params: { context: 'gatewayless', from: 'br9', network: 'aa' },
    });
    expect(routeMove([endpoint(br9)], after, [br9, bare], v26)?.code).toBe('route_moves');
  });
  it('is lost to it from v29 on alone: v28 takes the first address for its gateway', () => {
    const on = (apiVersion: string) => {
      const rules = routeRulesOf(engine({ apiVersion, version: '' }));
      return routeMoves([endpoint(br9)], [endpoint(br9), planned(bare)], [br9, bare], rules);
    };
    expect(on('1.51')).toMatchObject([{ code: 'route_moves', params: { from: 'br9', to: 'aa' } }]);
    expect(on('1.52')).toMatchObject([{ code: 'route_lost', params: { context: 'gatewayless' } }]);
  });
  it('obeys gateway priority where the engine has it', () => {
    const after = [endpoint(br9), { ...planned(aa), gatewayPriority: -10 }];
    expect(routeMove([endpoint(br9)], after, [br9, aa], v29)).toBeNull();
    expect(routeMove([endpoint(br9)], after, [br9, aa], v26)?.code).toBe('route_moves');
    const low = [endpoint(br9), { ...planned(bare), gatewayPriority: -10 }];
    expect(routeMove([endpoint(br9)], low, [br9, bare], v29)).toBeNull();
  });
  it('says when the last one goes, and when the first one comes', () => {
    expect(routeMove([endpoint(br9)], [], [br9], v29)).toMatchObject({
      code: 'route_lost',
      params: { from: 'br9' },
    });
    expect(routeMove([], [planned(aa)], [aa], v29)).toMatchObject({
      code: 'route_moves',
      severity: 'info',
      params: { context: 'gained', to: 'aa' },
    });
  });
  it('does not count overlay, host, none and networks that are gone', () => {
    const none = special('none');
    const overlay = network({ kind: 'overlay', name: 'a-ov' });
    const ends = [endpoint(none), endpoint(overlay), endpoint(network({ name: 'a-gone' }))];
    expect(routeMove(ends, [], [none, overlay], v29)).toBeNull();
  });
  it('finds the way of ipvlan l3, which has no gateway', () => {
    const l3 = network({ kind: 'ipvlan', mode: 'l3', name: 'aa', subnet: { gateway: undefined } });
    expect(routeMove([endpoint(br9)], [endpoint(br9), planned(l3)], [br9, l3], v29)?.params.to).toBe('aa');
  });
  it('is null when nothing changes', () => {
    const some = fc.subarray([endpoint(br9), endpoint(aa), planned(bare)]);
    fc.assert(
      fc.property(some, fc.boolean(), (ends, gatewayPriority) => {
        expect(routeMove(ends, [...ends].reverse(), [br9, aa], { gatewayPriority })).toBeNull();
      }),
    );
  });
});
