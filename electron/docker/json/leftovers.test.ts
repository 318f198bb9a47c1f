import { describe, expect, it } from 'vitest';
import { ProblemError, type Container, type Endpoint } from '../../../shared/model';
import { container, endpoint, network } from '../../services/testing/fake-engine';
import { NetworkEndpoints, withLeftovers } from './leftovers';

const lan = network('n1', 'lan');
const entry = (over: Partial<Endpoint> = {}) =>
  endpoint(lan, { endpointId: 'ep1', ipv4: '10.70.1.33', ...over });
const who = (over: Partial<Container> = {}) => container('c1', 'web', { endpoints: [entry()], ...over });
const knowing = (id: string) => async () => ({
  Id: 'n1',
  Driver: 'macvlan',
  Containers: { c1: { EndpointID: id } },
});
const empty = async () => ({ Id: 'n1', Driver: 'macvlan', Containers: {} });
const marked = async (container: Container, of: () => Promise<Record<string, unknown>>) =>
  (await withLeftovers(async () => container, new NetworkEndpoints(of))).endpoints.map(
    (each) => each.leftover ?? false,
  );

describe('what a failed connect left with an endpoint’s id', () => {
  it('is what the network itself does not know', async () => {
    expect(await marked(who(), empty)).toEqual([true]);
    expect(await marked(who(), knowing('other'))).toEqual([true]);
    expect(await marked(who(), knowing('ep1'))).toEqual([false]);
  });

  it('is not looked for where a gateway, a stop or the kind of network says enough', async () => {
    const never = () => Promise.reject(new Error('asked'));
    expect(await marked(who({ endpoints: [entry({ gateway: '10.70.1.1' })] }), never)).toEqual([false]);
    expect(await marked(who({ state: 'exited' }), never)).toEqual([false]);
    expect(await marked(who({ endpoints: [entry({ networkName: 'host' })] }), never)).toEqual([false]);
  });

  it('goes with its network, and is not claimed without an answer', async () => {
    const failing = (code: 'network_not_found' | 'engine_timeout') => () =>
      Promise.reject(new ProblemError({ code, message: code }));
    expect(await marked(who(), failing('network_not_found'))).toEqual([true]);
    expect(await marked(who(), failing('engine_timeout'))).toEqual([false]);
  });

  it('is not one that has become good meanwhile', async () => {
    let reads = 0;
    const read = async () =>
      (reads += 1) === 1 ? who() : who({ endpoints: [entry({ gateway: '10.70.1.1' })] });
    expect((await withLeftovers(read, new NetworkEndpoints(empty))).endpoints[0]).not.toHaveProperty(
      'leftover',
    );
  });
});

describe('a network that many containers are on', () => {
  const many = Array.from({ length: 100 }, (_, n) =>
    container(`c${n}`, `c${n}`, { endpoints: [entry({ endpointId: `ep${n}` })] }),
  );
  const all = Object.fromEntries(
    many.map((each) => [each.id, { EndpointID: each.endpoints[0]?.endpointId ?? '' }]),
  );
  /** A network whose answers take a moment, and how often it was asked. */
  function counted(containers: () => object) {
    const on = { asked: 0, networks: new NetworkEndpoints(async () => answer()) };
    const answer = async () => {
      on.asked += 1;
      const now = containers();
      await new Promise((done) => setTimeout(done));
      return { Id: 'n1', Driver: 'macvlan', Containers: now };
    };
    return on;
  }
  /** As the console does: eight at a time. */
  async function readAll(networks: NetworkEndpoints) {
    const waiting = [...many];
    const read: Container[] = [];
    const worker = async () => {
      for (let one = waiting.shift(); one; one = waiting.shift()) {
        const listed = one;
        read.push(await withLeftovers(async () => listed, networks));
      }
    };
    await Promise.all(Array.from({ length: 8 }, worker));
    return read.filter((each) => each.endpoints.some((endpoint) => endpoint.leftover)).length;
  }

  it('is asked once for all that are read at a time, and anew for the next', async () => {
    const on = counted(() => all);
    expect(await readAll(on.networks)).toBe(0);
    expect(on.asked).toBe(1);
    await new Promise((done) => setTimeout(done, 1));
    await readAll(on.networks);
    expect(on.asked).toBe(2);
  });

  it('is not asked by each where it knows none of them', async () => {
    const on = counted(() => ({}));
    expect(await readAll(on.networks)).toBe(100);
    expect(on.asked).toBeLessThan(30);
  });

  it('says nothing against an endpoint that came after it was asked', async () => {
    let present: object = {};
    const on = counted(() => present);
    const [first, second] = many as [Container, Container];
    const reading = withLeftovers(async () => first, on.networks);
    const later = withLeftovers(async () => {
      await Promise.resolve();
      await Promise.resolve();
      present = all;
      return second;
    }, on.networks);
    expect((await reading).endpoints[0]).toMatchObject({ leftover: true });
    expect((await later).endpoints[0]).not.toHaveProperty('leftover');
    expect(on.asked).toBe(2);
  });
});
