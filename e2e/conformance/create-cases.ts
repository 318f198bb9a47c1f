import { expect } from 'vitest';
import type { Bench } from './bench';
import type { CaseOf } from './case';
import { createTable, on } from './create-table';
import { isPodman, isSince } from './target';

/** Refusals of `POST /networks/create`, one by one; a refused network must not be there afterwards. */
export function createCases(bench: () => Bench, it: CaseOf): void {
  for (const { what, body, expected, onPodman } of createTable) {
    it(`creates or refuses ${what} as its version does`, async () => {
      const { target } = bench();
      const outcome = isPodman(target.version) ? onPodman : expected[target.version];
      const name = bench().name('x');
      const full = { Name: name, Driver: 'macvlan', CheckDuplicate: true, ...body(target.nics[0]) };
      if (outcome === 'accepted') {
        await bench().network(full);
        return;
      }
      const [status, message, podman] =
        typeof outcome === 'object' && !(outcome instanceof RegExp) ? outcome : [500, '', outcome];
      await bench().refused('POST', '/networks/create', full, status, message, podman);
      if (full.Name === name)
        await bench().refused('GET', `/networks/${name}`, undefined, 404, `network ${name} not found`);
    });
  }

  it('refuses a second network on one parent, or takes it since v27', async () => {
    const first = await bench().network({
      Name: bench().name('a'),
      Driver: 'macvlan',
      ...on(bench().target.nics[0]),
    });
    const second = {
      Name: bench().name('b'),
      Driver: 'macvlan',
      Options: { parent: bench().target.nics[0] },
      IPAM: { Config: [{ Subnet: '10.181.0.0/24' }] },
    };
    if (bench().onPodman || isSince(bench().target.version, '28.5')) {
      await bench().network(second);
      return;
    }
    const message = `network dm-${first.slice(0, 12)} is already using parent interface ${bench().target.nics[0]}`;
    await bench().refused('POST', '/networks/create', second, 500, message);
  });

  it('refuses an overlapping pool, and shares the subnet when there is an ip-range', async () => {
    await bench().macvlan({ Subnet: '10.180.0.0/24', IPRange: '10.180.0.128/25' });
    const body = (config: object) => ({
      Name: bench().name('o'),
      Driver: 'macvlan',
      Options: { parent: bench().target.nics[1] },
      IPAM: { Config: [config] },
    });
    const prefix = isSince(bench().target.version, '28.5') ? 'invalid pool request: ' : '';
    const message = `${prefix}Pool overlaps with other one on this address space`;
    await bench().refused('POST', '/networks/create', body({ Subnet: '10.180.0.0/24' }), 403, message);
    await bench().network(body({ Subnet: '10.180.0.0/24', IPRange: '10.180.0.0/28' }));
  });

  it('refuses a name that is taken', async () => {
    const name = await bench().macvlan({ Subnet: '10.180.0.0/24' });
    const body = { Name: name, Driver: 'bridge', CheckDuplicate: true };
    await bench().refused('POST', '/networks/create', body, 409, `network with name ${name} already exists`);
  });

  it('keeps the settings of a config-only network that is in use', async () => {
    const name = bench().name('cfg');
    await bench().network({
      Name: name,
      ConfigOnly: true,
      Options: { parent: bench().target.nics[0] },
      IPAM: { Config: [{ Subnet: '10.180.0.0/24' }] },
    });
    const from = bench().name('from');
    await bench().network({ Name: from, Driver: 'macvlan', ConfigFrom: { Network: name } });
    const made = await bench().json<{ Options: object; ConfigFrom: object; Driver: string }>(
      `/networks/${from}`,
    );
    expect(made).toMatchObject({
      Driver: 'macvlan',
      Options: { parent: bench().target.nics[0] },
      ConfigFrom: { Network: name },
    });
    const message = `error while removing network: configuration network "${name}" is in use`;
    await bench().refused('DELETE', `/networks/${name}`, undefined, 403, message);
    await bench().refused(
      'POST',
      '/networks/create',
      { Name: 'x', Driver: 'macvlan', ConfigFrom: { Network: 'nope' } },
      404,
      'configuration network "nope" does not exist',
    );
  });

  it('removes neither what is predefined, nor what is not there, nor what is in use', async () => {
    await bench().refused(
      'DELETE',
      '/networks/bridge',
      undefined,
      403,
      'bridge is a pre-defined network and cannot be removed',
    );
    await bench().refused('DELETE', '/networks/nope', undefined, 404, 'network nope not found');
    const name = await bench().macvlan({ Subnet: '10.180.0.0/24' });
    const c = await bench().running(name);
    const { Id } = await bench().json<{ Id: string }>(`/networks/${name}`);
    const { EndpointID } = (await bench().endpoints(c))[name] ?? { EndpointID: '' };
    const used = isSince(bench().target.version, '28.5')
      ? `${name} has active endpoints (name:"${c}" id:"${EndpointID.slice(0, 12)}")`
      : `${name} id ${Id} has active endpoints`;
    const message = `error while removing network: network ${used}`;
    await bench().refused('DELETE', `/networks/${name}`, undefined, 403, message);
  });
}
