import type { EngineReader } from './reader';

/** Reads what a change has touched; what is gone leaves the inventory. */
export async function reread(
  reader: Pick<EngineReader, 'readContainers' | 'readNetwork'>,
  { containers, networks }: { containers: ReadonlySet<string>; networks: ReadonlySet<string> },
): Promise<void> {
  await reader.readContainers([...containers]);
  for (const id of networks) await reader.readNetwork(id);
}
