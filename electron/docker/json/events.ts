import type { EngineEvent } from '../engine-client';
import { LONGEST_ID } from './bounds';
import { HELPER_LABEL } from './helper-label';
import { asNumber, asRecord, asText, type Json } from './json';

/** Container actions that change nothing that is shown. `kill` is one: `die` follows if the signal was deadly. */
const noise = new Set([
  'archive-path',
  'attach',
  'commit',
  'copy',
  'detach',
  'export',
  'extract-to-dir',
  'kill',
  'prune',
  'resize',
  'top',
]);

/** Empty for what is no id: an event without one is passed over. */
function idIn(value: unknown): string {
  const id = asText(value);
  return id.length > LONGEST_ID ? '' : id;
}

/** Docker tells a health that changed, `health_status: healthy`; Podman every single check, `health_status`. */
const isNoise = (action: string) =>
  action === '' || noise.has(action) || action.startsWith('exec_') || action === 'health_status';

function containerEvent(action: string, id: string): EngineEvent | null {
  // Podman says `remove` of a container that Docker calls destroyed.
  const word = action === 'remove' ? 'destroy' : action;
  return isNoise(word) || id === ''
    ? null
    : { kind: 'container', action: word.slice(0, LONGEST_ID), containerId: id };
}

function networkEvent(action: string, actor: Json): EngineEvent | null {
  const networkId = idIn(actor.ID);
  if (networkId === '') return null;
  switch (action) {
    case 'create':
    case 'destroy':
      return { kind: 'network', action, networkId };
    // Swarm-scoped networks say `remove` and `update`; an update is read again like a new one.
    case 'remove':
      return { kind: 'network', action: 'destroy', networkId };
    case 'update':
      return { kind: 'network', action: 'create', networkId };
    case 'connect':
    case 'disconnect': {
      const attributes = asRecord(actor.Attributes);
      // Podman's actor is the container, and no network is named.
      if ('containerExitCode' in attributes)
        return { kind: 'attachment', action, networkId: '', containerId: networkId };
      const containerId = idIn(attributes.container);
      return containerId === '' ? null : { kind: 'attachment', action, networkId, containerId };
    }
    default:
      return null;
  }
}

/** One event of the engine as Trunkline's own; null for noise and for what can't be read. */
export function mapEvent(json: unknown): EngineEvent | null {
  const event = asRecord(json);
  const actor = asRecord(event.Actor);
  const action = asText(event.Action) || asText(event.status);
  switch (event.Type) {
    case 'container':
      return containerEvent(action, idIn(actor.ID) || idIn(event.id));
    case 'network':
      return networkEvent(action, actor);
    case 'daemon':
      return action === '' ? null : { kind: 'daemon', action: action.slice(0, LONGEST_ID) };
    default:
      return null;
  }
}

/** 20.10 sends a live disconnect twice, 1–2 ms apart by its own clock. Nanoseconds. */
const TWIN_WINDOW = 100_000_000;

/**
 * Tells the second of a pair of disconnects. Only the previous attachment event counts: the twins come one after
 * the other, and a connect in between makes the second disconnect a true one.
 */
export function twinFilter(): (event: EngineEvent, timeNano: number) => boolean {
  let last: { key: string; at: number } | undefined;
  return (event, timeNano) => {
    if (event.kind !== 'attachment') return false;
    const key = `${event.action} ${event.networkId} ${event.containerId}`;
    const twin =
      event.action === 'disconnect' && last?.key === key && Math.abs(timeNano - last.at) < TWIN_WINDOW;
    last = { key, at: timeNano };
    return twin;
  };
}

/** Helpers that are remembered at once; a host has a handful. */
const MOST_HELPERS = 500;

/**
 * Tells the events of helper containers, which are nobody's business. A network event names only the container's id,
 * so ids are kept from `create` (the first event of any container) to `destroy` (its last).
 *
 * @param helpers where they are kept
 */
export function helperFilter(helpers = new Set<string>()): (json: Json) => boolean {
  return (json) => {
    const actor = asRecord(json.Actor);
    const attributes = asRecord(actor.Attributes);
    if (json.Type === 'network') return helpers.has(idIn(attributes.container));
    if (json.Type !== 'container' || !(HELPER_LABEL in attributes)) return false;
    const id = idIn(actor.ID);
    if (id === '') return true;
    if (asText(json.Action) === 'destroy') helpers.delete(id);
    else helpers.add(id);
    for (const oldest of helpers) {
      if (helpers.size <= MOST_HELPERS) break;
      helpers.delete(oldest);
    }
    return true;
  };
}

/**
 * A reader of event lines for one subscription.
 *
 * @throws SyntaxError on a line that is no JSON: an event may be lost, so the subscription has to start anew.
 */
export function eventReader(onEvent: (event: EngineEvent) => void): (line: string) => void {
  const isTwin = twinFilter();
  const isHelpers = helperFilter();
  return (line) => {
    const json: unknown = JSON.parse(line);
    if (isHelpers(asRecord(json))) return;
    const event = mapEvent(json);
    if (event && !isTwin(event, asNumber(asRecord(json).timeNano))) onEvent(event);
  };
}
