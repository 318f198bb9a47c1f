import { describe, expect, it } from 'vitest';
import { ProblemError, type Container, type Endpoint } from '../../shared/model';
import { container, endpoint, network } from '../services/testing/fake-engine';
import { withLeftovers } from './leftovers';

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
  (await withLeftovers(async () => container, of)).endpoints.map((each) => each.leftover ?? false);

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
    expect((await withLeftovers(read, empty)).endpoints[0]).not.toHaveProperty('leftover');
  });
});
