import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { engineConfigSchema, type EngineConfig, type Problem, type Reason } from '../../../shared/model';
import { faultOf, reason } from '../../../shared/rules';
import { brokenText } from '../storage/broken-text';
import { ReasonError } from '../storage/reason-error';
import {
  isMap,
  isSeq,
  newYamlDocument,
  parseYamlDocument,
  type Document,
  type YAMLMap,
} from '../storage/yaml-text';
import { connectionProblem } from './check';
import { freeId } from './free-id';
import { migrate, newestVersion } from './migrations';
import type { Addresses } from './ways';

/** What a text of `engines.yaml` says. */
export type SettingsRead =
  /** `migratedFrom` where it was written in an older form. */
  | { state: 'read'; configs: EngineConfig[]; migratedFrom?: number }
  /** Of a later Trunkline: not ours to judge, and never ours to write. */
  | { state: 'newer'; version: string }
  | { state: 'broken'; detail: Reason };

/** As it may be written by hand: an address in place of a connection, and no id. */
const entrySchema = engineConfigSchema
  .partial({ id: true, connection: true })
  .extend({ address: z.string().min(1).max(4096).optional() });
type Entry = z.output<typeof entrySchema>;

/** Bytes: several times what a thousand engines take with all that can be said of them. */
export const settingsMost = 1 << 20;
const mostEngines = 1000;

const fileSchema = z.object({
  version: z.literal(newestVersion),
  engines: z.array(entrySchema).max(mostEngines),
});

const header = ` Engines of Trunkline, in the admin's order. It may be edited by hand, also while the console runs:
 an entry needs no id, and an address (ssh://admin@atlas) serves instead of a connection.
 Passwords and passphrases have no place in here.`;

/** Reads the text. Never throws: whatever is wrong with it is `broken`, and says where. */
export function readSettings(text: string, addresses: Addresses): SettingsRead {
  let from: number | undefined;
  let inHosts = false;
  /** Where the older forms have what is now an entry of `engines`. */
  const asWritten = (path: readonly PropertyKey[]) =>
    from !== 0 || path[0] !== 'engines' ? path : [...(inHosts ? ['hosts'] : []), ...path.slice(1, 2)];
  try {
    const document = parseYamlDocument(text);
    inHosts = isMap(document.contents);
    // Aliases are not written by us, and expanding them is how a small file fills the memory.
    const migrated = migrate(document.toJS({ maxAliasCount: 0 }));
    if (migrated.newer !== undefined) return { state: 'newer', version: migrated.newer };
    const { data } = migrated;
    ({ from } = migrated);
    const configs = configsOf(data, addresses);
    return { state: 'read', configs, ...(from === undefined ? {} : { migratedFrom: from }) };
  } catch (error) {
    return { state: 'broken', detail: brokenText(error, text, asWritten) };
  }
}

/** Throws a ReasonError that says what is wrong, and with which entry. */
function configsOf(data: unknown, addresses: Addresses): EngineConfig[] {
  const { engines } = (data ?? {}) as { engines?: unknown };
  // The schema would look into each of them first, and tell what is wrong with each.
  if (Array.isArray(engines) && engines.length > mostEngines)
    throw new ReasonError(reason('shape_list_long', { most: mostEngines }), ['engines']);
  const parsed = fileSchema.safeParse(data);
  if (!parsed.success) {
    const { path, why } = faultOf(parsed.error.issues, data);
    throw new ReasonError(why, path);
  }
  const unknown = unknownKey(data, parsed.data);
  // It would be lost at the next write, or is a secret that somebody meant well with.
  if (unknown)
    throw new ReasonError(reason('shape_unknown', { names: `“${String(unknown.at(-1))}”` }), unknown);
  const entries = parsed.data.engines.map((entry, index) => {
    const found = connected(entry, addresses);
    if ('connection' in found) return found;
    throw new ReasonError(found, ['engines', index]);
  });
  return identified(entries, addresses);
}

/** The path of a key that the schema has dropped. */
function unknownKey(given: unknown, kept: unknown): PropertyKey[] | undefined {
  if (typeof given !== 'object' || given === null || typeof kept !== 'object' || kept === null)
    return undefined;
  for (const [key, value] of Object.entries(given)) {
    if (!Object.hasOwn(kept, key)) return [key];
    const inside = unknownKey(value, (kept as Record<string, unknown>)[key]);
    if (inside !== undefined) return [Array.isArray(given) ? Number(key) : key, ...inside];
  }
  return undefined;
}

/** What a problem with an address or a connection says, as a part of another sentence. */
function whyOf({ message, params, reasons }: Problem): Reason {
  const why = reasons?.['detail'] ?? reason('said', { words: message });
  return params?.['context'] === 'address'
    ? reason('address_wrong', { text: String(params['endpoint']), why })
    : why;
}

type Connected = Omit<Entry, 'address' | 'connection'> & Pick<EngineConfig, 'connection'>;

/** The entry with its connection, or why it can have none. */
function connected({ address, connection, ...entry }: Entry, addresses: Addresses): Connected | Reason {
  if (connection !== undefined && address !== undefined) return reason('entry_both');
  const read = address === undefined ? undefined : addresses.connectionOf(address);
  if (read?.ok === false) return whyOf(read.error);
  const way = connection ?? read?.value;
  if (!way) return reason('entry_neither');
  const wrong = connectionProblem(way, addresses);
  return wrong ? whyOf(wrong) : { ...entry, connection: way };
}

/** Gives ids to those that have none; refuses what is there twice. */
function identified(
  entries: readonly (Omit<EngineConfig, 'id'> & { id?: string })[],
  addresses: Addresses,
): EngineConfig[] {
  const taken = new Set(entries.flatMap(({ id }) => id ?? []));
  const ids = new Set<string>();
  const ways = new Set<string>();
  return entries.map((entry, index) => {
    const own = addresses.engineIdOf(entry.connection);
    const twice = (why: Reason) => new ReasonError(why, ['engines', index]);
    if (ways.has(own)) throw twice(reason('entry_twice', { address: addresses.addressOf(entry.connection) }));
    const id = entry.id ?? freeId(own, taken);
    if (ids.has(id)) throw twice(reason('entry_id_twice', { id }));
    ways.add(own);
    ids.add(id);
    taken.add(id);
    return { ...entry, id };
  });
}

/** The text of these engines. What was written by hand before, comments included, stays where it still holds. */
export function writeSettings(
  configs: readonly EngineConfig[],
  before: string | null,
  addresses: Addresses,
): string {
  const known = before === null ? null : readSettings(before, addresses);
  const kept = before !== null && known?.state === 'read' && known.migratedFrom === undefined;
  const document = kept
    ? parseYamlDocument(before)
    : newYamlDocument({ version: newestVersion, engines: [] });
  if (!kept) document.commentBefore = header;
  const list = document.get('engines');
  if (!isSeq(list)) return writeSettings(configs, null, addresses);
  const nodes = new Map(
    (kept ? known.configs : []).map((config, index) => [config.id, { config, node: list.items[index] }]),
  );
  list.flow = false;
  list.items = configs.map((config) => {
    const old = nodes.get(config.id);
    if (!old || !isMap(old.node)) return document.createNode(lean(config));
    return edited(document, old.node, old.config, config);
  });
  return document.toString({ lineWidth: 100 });
}

const fields = ['id', 'name', 'colour', 'group', 'site', 'lans', 'connection'] as const;

/** In one order, and without what is said by leaving it out. */
function lean(config: EngineConfig): Record<string, unknown> {
  const { connection } = config;
  const plain = 'plainAccepted' in connection && !connection.plainAccepted;
  const { plainAccepted: _, ...others } = { plainAccepted: false, ...connection };
  const whole = { ...config, connection: plain ? others : connection };
  return Object.fromEntries(fields.flatMap((key) => (whole[key] === undefined ? [] : [[key, whole[key]]])));
}

function edited(document: Document, node: YAMLMap, was: EngineConfig, config: EngineConfig): YAMLMap {
  const wanted = lean(config);
  for (const key of fields) {
    const same = isDeepStrictEqual(was[key], config[key]);
    if (same && (key !== 'id' || node.has('id'))) continue;
    if (key === 'connection') node.delete('address');
    if (wanted[key] === undefined) node.delete(key);
    else node.set(key, document.createNode(wanted[key]));
  }
  return node;
}
