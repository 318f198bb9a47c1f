import { containerVerbs } from './containers';
import { Engine, minorOf } from './engine';
import { networkVerbs } from './networks';
import { readingNetworks, readingVerbs } from './reading';
import type { Verb } from './verb';

const verbs: Record<string, Verb> = { ...containerVerbs, ...readingVerbs };
const ofNetworks: Record<string, Verb> = { ...networkVerbs, ...readingNetworks };

function find([first = '', ...args]: string[]): { verb: Verb | undefined; args: string[] } {
  if (first !== 'network') return { verb: verbs[first], args };
  const [second = '', ...behind] = args;
  return { verb: ofNetworks[second], args: behind };
}

/**
 * What the CLI does for the arguments, by the engine's API: each start of the CLI takes a tenth of a second of a
 * processor, and the lab's tests start it thousands of times. It sends the same (./docker.lab.test.ts compares).
 *
 * @returns what the CLI writes; undefined leaves it to the CLI, and then nothing was changed.
 */
export function openDocker(socket: string): (args: string[]) => Promise<string | undefined> {
  let minor: number | undefined;
  return async (words) => {
    const { verb, args } = find(words);
    if (!verb) return undefined;
    minor ??= await minorOf(socket);
    return verb(new Engine(socket, minor, ['docker', ...words]), args);
  };
}
