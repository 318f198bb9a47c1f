import type { DemoEngine } from '../engine/engine';
import type { DemoNetwork, NicState } from '../engine/model';
import { shimsOf } from './state';

const standsOn = (nic: string, parent: string): boolean => parent === nic || parent.startsWith(`${nic}.`);

function networksOn(engine: DemoEngine, nic: string): DemoNetwork[] {
  return [...engine.networks.values()].filter(({ options }) => standsOn(nic, options['parent'] ?? ''));
}

/** What the kernel takes away with a NIC: VLAN links, shims and containers' interfaces, which don't come back with it. */
function loseLinks(engine: DemoEngine, nic: string): void {
  for (const link of [...engine.vlanLinks]) if (standsOn(nic, link)) engine.vlanLinks.delete(link);
  const shims = shimsOf(engine);
  for (const [name, { parent }] of [...shims]) if (standsOn(nic, parent)) shims.delete(name);
  for (const { name, members } of networksOn(engine, nic)) {
    for (const container of members) {
      const attached = container.endpoints.get(name)?.attached;
      if (attached) attached.lost = true;
      engine.changed(container);
    }
  }
}

/**
 * Does to a NIC of the host what its administrator might, behind the engine's back.
 * @throws RangeError if the host has no such NIC
 * @throws Error in the kernel's words, if a bridge is to have a NIC that carries macvlan links
 */
export function setNic(engine: DemoEngine, nic: string, state: NicState): void {
  if (!engine.host.nics.some(({ name }) => name === nic)) throw new RangeError(`no NIC ${nic}`);
  const carriers = networksOn(engine, nic).filter(({ options }) => options['parent'] === nic);
  const isInUse =
    carriers.some(({ members }) => members.size > 0) ||
    [...shimsOf(engine).values()].some(({ parent }) => parent === nic);
  if (state === 'port' && isInUse) throw new Error('RTNETLINK answers: Device or resource busy');
  if (state === 'gone') loseLinks(engine, nic);
  if (state === 'up') engine.nicStates.delete(nic);
  else engine.nicStates.set(nic, state);
}
