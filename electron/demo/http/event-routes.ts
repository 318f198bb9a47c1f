import { systemError } from '../engine/errors';
import type { EngineEventRecord } from '../engine/events';
import { accepts, readFilters, type Filters } from './filters';
import type { Call, Router } from './router';

const known = [
  'action',
  'config',
  'container',
  'daemon',
  'event',
  'image',
  'label',
  'network',
  'node',
  'plugin',
  'scope',
  'secret',
  'service',
  'type',
  'volume',
];

/** Seconds since the epoch, with a fraction. @returns milliseconds; null when not given */
function moment(text: string | null): number | null {
  if (text === null || text === '') return null;
  if (!/^\d+(\.\d+)?$/.test(text)) {
    throw systemError(`strconv.ParseInt: parsing "${text}": invalid syntax`);
  }
  return Number(text) * 1000;
}

/** The engine writes `exec_start: sh …`; a filter names only the word before the colon. */
function fits(filters: Filters, { type, action, actorId, attributes }: EngineEventRecord): boolean {
  const word = action.split(':')[0];
  const isActor = (wanted: string): boolean => actorId === wanted || attributes['name'] === wanted;
  return (
    accepts(filters, 'type', (wanted) => wanted === type) &&
    accepts(filters, 'event', (wanted) => wanted === word || wanted === action) &&
    accepts(filters, 'scope', (wanted) => wanted === 'local') &&
    accepts(filters, 'container', (wanted) => type === 'container' && isActor(wanted)) &&
    accepts(filters, 'network', (wanted) => type === 'network' && isActor(wanted)) &&
    (['config', 'daemon', 'image', 'node', 'plugin', 'secret', 'service', 'volume'] as const).every(
      (other) => !filters.has(other),
    )
  );
}

/** Follows what happens, from `since` on and until `until`; without an end it stays open. */
function events({ engine, query, request, response }: Call): void {
  const filters = readFilters(query.get('filters'), known);
  const since = moment(query.get('since'));
  const until = moment(query.get('until'));
  response.writeHead(200, { 'Content-Type': 'application/json' });
  response.flushHeaders();
  const write = (event: EngineEventRecord): void => {
    if (fits(filters, event)) response.write(`${event.json}\n`);
  };
  const past = since === null ? [] : engine.events.remembered(since);
  for (const event of past) if (until === null || event.at <= until) write(event);
  if (until !== null && until <= engine.clock()) {
    response.end();
    return;
  }
  const unsubscribe = engine.events.subscribe(write);
  const timer = until === null ? undefined : setTimeout(() => response.end(), until - engine.clock());
  const leave = (): void => {
    clearTimeout(timer);
    unsubscribe();
  };
  request.once('close', leave);
  response.once('close', leave);
}

export function addEventRoutes(router: Router): void {
  router.on('GET', '/events', events);
}
