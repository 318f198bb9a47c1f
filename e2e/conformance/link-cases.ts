import { expect, it } from 'vitest';
import type { Bench } from './bench';
import { knownDifferences, type KnownDifference } from './known-differences';

type NetworkBody = { Name: string; [key: string]: unknown };

const IPAM = { Config: [{ Subnet: '10.183.0.0/24' }] };

/** Makes the network. @returns false when the target answered with a difference that is known of it */
async function made(bench: Bench, body: NetworkBody, difference: KnownDifference): Promise<boolean> {
  const answer = await bench.tryNetwork(body);
  if (answer.status === 201) return true;
  const known = bench.target.differences?.includes(difference) ? knownDifferences[difference] : undefined;
  const { message } = JSON.parse(answer.text) as { message: string };
  expect({ status: answer.status, message }).toEqual({
    status: known?.status ?? 201,
    message: known ? expect.stringMatching(known.message) : '',
  });
  return false;
}

/** Networks for which the engine makes a link of its own. */
export function linkCases(bench: () => Bench): void {
  it('makes a VLAN link', async () => {
    const parent = `${bench().target.nics[0]}.77`;
    const name = bench().name('vlan');
    const body = { Name: name, Driver: 'macvlan', Options: { parent }, IPAM };
    if (!(await made(bench(), body, 'vlan-links'))) return;
    const c = await bench().running(name);
    expect((await bench().endpoints(c))[name]?.IPAddress).toMatch(/^10\.183\.0\.[12]$/);
  });

  it('makes a network without a parent internal, on a dummy link', async () => {
    const name = bench().name('dummy');
    if (!(await made(bench(), { Name: name, Driver: 'macvlan', IPAM }, 'dummy-links'))) return;
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
