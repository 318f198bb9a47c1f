import { expect, it } from 'vitest';
import type { ChangeRecord, Container, Guard } from '../../../shared/model';
import { container, endpoint, engine, network } from '../../../shared/rules/testing';
import { detail } from '../../../shared/rules/plan/testing';
import { GuardKeeper } from './guard-keeper';

const lan = network({ id: 'lan', name: 'lan' });
const dmz = network({ id: 'dmz', name: 'dmz' });
const kept: Guard = {
  ...{ engineId: 'e1', identity: { by: 'name', name: 'web' }, containerName: 'web', containerId: 'one' },
  ...{ attachments: [{ networkName: 'lan', ipv4: '10.70.1.20' }], since: 0 },
};
const web = (pinned4: string, networkId = 'lan'): Container =>
  container({
    ...{ id: 'one', name: 'web', detail },
    endpoints: [
      { ...endpoint(lan, { ipv4: pinned4, pinned4 }), networkId },
      endpoint(dmz, { ipv4: '10.70.2.9', pinned4: '10.70.2.9' }),
    ],
  });

/** What a guard keeps after a change of this console, of which the inventory has nothing yet. */
async function keptAfter(read: () => Promise<Container>, before = kept): Promise<string[]> {
  let guards: readonly Guard[] = [before];
  const keeper = new GuardKeeper({
    world: () => ({
      ...{ engines: [engine({ id: 'e1' })], networks: [lan, dmz], containers: [web('10.70.1.20')], guards },
    }),
    read,
    store: { list: () => guards, set: async (next) => void (guards = next) },
    changes: { note: undefined, recover: undefined, applyOwn: undefined } as never,
    interrupted: () => [],
    ...{ now: () => 0, report: (error) => expect(error).toBeNull(), onChange: () => undefined },
  });
  const steps = [{ op: 'connect', containerId: 'one', networkName: 'lan' }];
  keeper.onRecord({ state: 'applied', hosts: [{ engineId: 'e1', steps }] } as ChangeRecord);
  await keeper.dispose();
  return (guards[0]?.attachments ?? []).map(({ networkName, ipv4 }) => `${networkName} ${ipv4 ?? ''}`);
}

it('keeps what the engine says, where the inventory lags behind', async () => {
  expect(await keptAfter(async () => web('10.70.1.77'))).toEqual(['lan 10.70.1.77']);
});

it('goes on keeping what it kept where nobody can read what is there, or does not know the network', async () => {
  expect(await keptAfter(() => Promise.reject(new Error('lost')))).toEqual(['lan 10.70.1.20']);
  expect(await keptAfter(async () => web('10.70.1.77', 'made anew'))).toEqual(['lan 10.70.1.20']);
});

it('leaves alone what it keeps on networks that the change was not about', async () => {
  const both = { ...kept, attachments: [{ networkName: 'dmz', ipv4: '10.70.2.9' }, ...kept.attachments] };
  // Another change has it off that network just now.
  const { endpoints, ...rest } = web('10.70.1.77');
  const offOne = { ...rest, endpoints: endpoints.slice(0, 1) };
  expect(await keptAfter(async () => offOne, both)).toEqual(['dmz 10.70.2.9', 'lan 10.70.1.77']);
});
