import { expect } from 'vitest';
import type { Bench } from './bench';
import type { CaseOf } from './case';

const IPAM = { Config: [{ Subnet: '10.183.0.0/24' }] };

/** Networks for which the engine makes a link of its own. */
export function linkCases(bench: () => Bench, it: CaseOf): void {
  it('makes a VLAN link', async () => {
    const parent = `${bench().target.nics[0]}.77`;
    const name = bench().name('vlan');
    await bench().network({ Name: name, Driver: 'macvlan', Options: { parent }, IPAM });
    const c = await bench().running(name);
    expect((await bench().endpoints(c))[name]?.IPAddress).toMatch(/^10\.183\.0\.[12]$/);
  });

  it('makes a network without a parent internal, on a dummy link', async () => {
    const name = bench().name('dummy');
    await bench().network({ Name: name, Driver: 'macvlan', IPAM });
    expect(await bench().json(`/networks/${name}`)).toMatchObject({ Internal: true });
  });

  it('makes ipvlan networks, in the modes that there are', async () => {
    const [parent] = bench().target.nics;
    const body = (ipvlan_mode: string) => ({
      Name: bench().name('ipv'),
      Driver: 'ipvlan',
      Options: { parent, ipvlan_mode },
      IPAM,
    });
    const message = /requested ipvlan mode 'zz' is not valid, 'l2' mode is the ipvlan driver default/;
    await bench().refused('POST', '/networks/create', body('zz'), 500, message);
    await bench().network(body('l2'));
  });
}
