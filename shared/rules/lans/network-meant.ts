import type { Network } from '../../model';

/** What names a network of an engine: the id that it had, and the name that stays when it is made anew. */
interface Named {
  engineId: string;
  networkId: string;
  networkName: string;
}

/** The network that is meant: by its id, or after a recreate by its name, where a macvlan one has it now. */
export function networkMeant(
  { engineId, networkId, networkName }: Named,
  { networks }: { networks: readonly Network[] },
): Network | null {
  const here = networks.filter((each) => each.engineId === engineId);
  return (
    here.find((each) => each.id === networkId) ??
    here.find((each) => each.name === networkName && each.kind === 'macvlan') ??
    null
  );
}
