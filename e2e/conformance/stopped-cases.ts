import { expect } from 'vitest';
import type { Bench } from './bench';
import type { CaseOf } from './case';
import { isSince } from './target';

const NET = { Subnet: '10.180.0.0/24', Gateway: '10.180.0.1' };
const IN_USE = 'Address already in use';

/** What engines do, and fail to do, for containers that don't run; and what survives a stop. */
export function stoppedCases(bench: () => Bench, it: CaseOf): void {
  it('keeps a pin over stop, start and restart, and shows no address meanwhile', async () => {
    const net = await bench().macvlan(NET);
    const c = await bench().running(net, { [net]: { IPAMConfig: { IPv4Address: '10.180.0.80' } } });
    const { Id } = await bench().json<{ Id: string }>(`/networks/${net}`);
    await bench().ok('POST', `/containers/${c}/stop?t=0`);
    expect((await bench().endpoints(c))[net]).toMatchObject({
      IPAMConfig: bench().pins({ IPv4Address: '10.180.0.80' }),
      NetworkID: bench().recordedId(net, Id),
      EndpointID: '',
      IPAddress: '',
      IPPrefixLen: 0,
      MacAddress: '',
    });
    for (const verb of ['start', 'restart?t=0']) {
      await bench().ok('POST', `/containers/${c}/${verb}`);
      expect((await bench().endpoints(c))[net]?.IPAddress).toBe('10.180.0.80');
    }
  });

  it('does not reserve the pin of a stopped container', async () => {
    const net = await bench().macvlan(NET);
    const pin = { [net]: { IPAMConfig: { IPv4Address: '10.180.0.80' } } };
    const startError = () => {
      if (bench().target.version === 'podman-4.3') return '';
      return bench().onPodman
        ? (expect.stringContaining('is already allocated') as string)
        : bench().startRefusal(IN_USE);
    };
    const owner = await bench().running(net, pin);
    await bench().ok('POST', `/containers/${owner}/stop?t=0`);
    const thief = await bench().running(net, pin);
    await bench().refused('POST', `/containers/${owner}/start`, undefined, 403, bench().startRefusal(IN_USE));
    const { State } = await bench().inspect(owner);
    expect(State).toMatchObject({
      Status: 'exited',
      Running: false,
      Error: startError(),
    });
    expect(State.ExitCode).toBeGreaterThan(0);
    await bench().ok('DELETE', `/containers/${thief}?force=1`);
    await bench().ok('POST', `/containers/${owner}/start`);
    expect((await bench().endpoints(owner))[net]?.IPAddress).toBe('10.180.0.80');
  });

  it('takes a connect to a stopped container without a look at the address', async () => {
    const net = await bench().macvlan(NET);
    await bench().running(net, { [net]: { IPAMConfig: { IPv4Address: '10.180.0.80' } } });
    const c = await bench().container('bridge');
    await bench().connect(net, c, '10.180.0.80');
    // The second record for the same network is ignored.
    await bench().connect(net, c, '10.180.0.81');
    const { Id } = await bench().json<{ Id: string }>(`/networks/${net}`);
    expect((await bench().endpoints(c))[net]).toMatchObject({
      IPAMConfig: bench().pins({ IPv4Address: '10.180.0.80' }),
      // Docker looks the network up at the next start only.
      NetworkID: bench().onPodman ? bench().recordedId(net, Id) : '',
      EndpointID: '',
    });
    await bench().refused('POST', `/containers/${c}/start`, undefined, 403, bench().startRefusal(IN_USE));
    expect((await bench().endpoints(c))['bridge']).toMatchObject({ EndpointID: '', IPAddress: '' });
    await bench().disconnect(net, c);
    await bench().ok('POST', `/containers/${c}/start`);
  });

  it('lets a network go whose members are stopped, and they never start again', async () => {
    const name = bench().name('br');
    const body = { Name: name, Driver: 'bridge', IPAM: { Config: [{ Subnet: '10.182.0.0/24' }] } };
    const old = await bench().network(body);
    const c = await bench().running(name);
    await bench().ok('POST', `/containers/${c}/stop?t=0`);
    await bench().ok('DELETE', `/networks/${name}`);
    const gone = new RegExp(`network ${old} not found`);
    await bench().refused('POST', `/containers/${c}/start`, undefined, 404, gone);
    await bench().network(body);
    await bench().refused('POST', `/containers/${c}/start`, undefined, 404, gone);
    await bench().disconnect(name, c);
    await bench().connect(name, c);
    await bench().ok('POST', `/containers/${c}/start`);
    expect((await bench().endpoints(c))[name]?.IPAddress).toBe('10.182.0.2');
  });

  it('takes even a network that is not there into a stopped container, and lets go of it again', async () => {
    const c = await bench().container('bridge');
    await bench().connect('nosuchnetwork', c);
    expect(Object.keys(await bench().endpoints(c)).sort()).toEqual(['bridge', 'nosuchnetwork']);
    await bench().refused(
      'POST',
      `/containers/${c}/start`,
      undefined,
      404,
      bench().startRefusal('network nosuchnetwork not found'),
    );
    await bench().disconnect('nosuchnetwork', c);
    await bench().ok('POST', `/containers/${c}/start`);
  });

  it('clears the entry of a network that is gone', async () => {
    const name = bench().name('br');
    await bench().network({ Name: name, Driver: 'bridge' });
    const c = await bench().running(name);
    await bench().ok('POST', `/containers/${c}/stop?t=0`);
    await bench().ok('DELETE', `/networks/${name}`);
    await bench().disconnect(name, c);
    expect(await bench().endpoints(c)).toEqual({});
    await bench().ok('POST', `/containers/${c}/start`);
    const { Id } = await bench().inspect(c);
    const body = { Container: c, Force: true };
    const message = `container ${Id} is not connected to the network ${name}`;
    await bench().refused('POST', `/networks/${name}/disconnect`, body, 500, message);
  });

  it('refuses to disconnect a stopped container from what it is not on', async () => {
    const net = await bench().macvlan(NET);
    const c = await bench().container('bridge');
    const { Id } = await bench().inspect(c);
    const message = `container ${Id} is not connected to the network ${net}`;
    await bench().refused('POST', `/networks/${net}/disconnect`, { Container: c }, 500, message);
  });

  it('says what is wrong with a start, a stop, a pause, a kill', async () => {
    const c = await bench().running('bridge');
    const { Id } = await bench().inspect(c);
    const old = bench().target.version === '20.10';
    const post = (verb: string) => bench().call('POST', `/containers/${c}/${verb}`);
    expect((await post('start')).status).toBe(304);
    await bench().refused(
      'POST',
      `/containers/${c}/kill?signal=BOGUS`,
      undefined,
      400,
      old ? 'Invalid signal: BOGUS' : `cannot kill container: ${c}: invalid signal: BOGUS`,
      /^invalid signal: BOGUS$/,
    );
    await bench().refused(
      'POST',
      `/containers/${c}/unpause`,
      undefined,
      500,
      `Container ${Id} is not paused`,
      /is not paused, can't unpause/,
    );
    await bench().ok('POST', `/containers/${c}/pause`);
    await bench().refused(
      'POST',
      `/containers/${c}/pause`,
      undefined,
      409,
      `Container ${Id} is already paused`,
      /is already paused/,
    );
    await bench().refused(
      'POST',
      `/containers/${c}/start`,
      undefined,
      409,
      'cannot start a paused container, try unpause instead',
      /must be in Created or Stopped state to be started/,
    );
    expect((await bench().inspect(c)).State).toMatchObject({ Status: 'paused', Running: true, Paused: true });
    await bench().ok('POST', `/containers/${c}/unpause`);
    await bench().refused(
      'DELETE',
      `/containers/${c}`,
      undefined,
      409,
      old
        ? new RegExp(`^You cannot remove a running container ${Id}`)
        : new RegExp(
            `^cannot remove container "${isSince(bench().target.version, '28.5') ? '' : '/'}${c}": container is running: `,
          ),
      /as it is running - running or paused containers cannot be removed without force/,
    );
    await bench().ok('POST', `/containers/${c}/stop?t=0`);
    expect((await post('stop')).status).toBe(304);
    await bench().refused(
      'POST',
      `/containers/${c}/kill`,
      undefined,
      409,
      old
        ? `Cannot kill container: ${c}: Container ${Id} is not running`
        : `cannot kill container: ${c}: container ${Id} is not running`,
      /^can only kill running containers\. [0-9a-f]{64} is in state exited/,
    );
    const still = `${old ? 'Container' : 'container'} ${Id} is not running`;
    await bench().refused(
      'POST',
      `/containers/${c}/pause`,
      undefined,
      409,
      still,
      /is not running, can't pause/,
    );
  });

  it('refuses a name that is taken, a bad one, an image that is not there', async () => {
    const c = await bench().container('none');
    const body = await bench().createBody('none', {});
    await bench().refused(
      'POST',
      `/containers/create?name=${c}`,
      body,
      409,
      new RegExp(`^Conflict. The container name "/${c}" is already in use`),
      new RegExp(`the container name "${c}" is already in use`),
    );
    await bench().refused(
      'POST',
      '/containers/create?name=bad%20name',
      body,
      400,
      'Invalid container name (bad name), only [a-zA-Z0-9][a-zA-Z0-9_.-] are allowed',
      /names must match \[a-zA-Z0-9\]/,
    );
    await bench().refused(
      'POST',
      '/containers/create',
      { Image: 'nosuchimage:1' },
      404,
      'No such image: nosuchimage:1',
      /^no such image: docker\.io\/library\/nosuchimage:1: /,
    );
  });
}
