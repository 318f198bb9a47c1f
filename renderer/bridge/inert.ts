import type { CommandName, TrunklineApi } from '../../shared/contract';
import { shownName, visible } from '../../shared/rules';

/** Where names stand, in models and in the parameters of sentences; their length is nobody's promise. */
const names: ReadonlySet<string> = new Set([
  ...['name', 'hostName', 'networkName', 'containerName', 'engineName', 'segmentName', 'image', 'owner'],
  ...['host', 'container', 'network', 'segment', 'parent', 'driver', 'tenant', 'group', 'hostname'],
]);

/** The engine's own JSON, which is shown as such: its view escapes what this would replace. */
const untouched: ReadonlySet<CommandName> = new Set(['inventory.raw']);

const text = (value: string, key: string): string => (names.has(key) ? shownName(value) : visible(value));

const isPlain = (value: object): value is Record<string, unknown> =>
  Object.getPrototypeOf(value) === Object.prototype;

/**
 * The same with every text made inert, names of labels and options included. What needs no change stays the very same
 * object: most of what comes is megabytes of harmless text.
 */
export function inert(value: unknown, key = ''): unknown {
  if (typeof value === 'string') return text(value, key);
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) {
    const items = value.map((each) => inert(each, key));
    return items.some((each, index) => each !== value[index]) ? items : value;
  }
  // Columns of numbers.
  if (!isPlain(value)) return value;
  const entries = Object.entries(value).map(([name, each]) => [shownName(name), inert(each, name)] as const);
  const same = entries.every(([name, each]) => Object.hasOwn(value, name) && value[name] === each);
  return same ? value : Object.fromEntries(entries);
}

/** The one place through which everything comes into the window: from here on no text can act on what is around it. */
export const inertApi = (api: TrunklineApi): TrunklineApi => ({
  async invoke(name, input) {
    const result = await api.invoke(name, input);
    return untouched.has(name) && result.ok ? result : (inert(result) as typeof result);
  },
  on: (name, listener) => api.on(name, (data) => listener(inert(data) as typeof data)),
  onConnection: (listener) => api.onConnection(listener),
});
