import { asFlag, asNumber, asRecord, asText, type Json } from './json';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** A span as the engine words it (go-units HumanDuration), from milliseconds. */
export function humanDuration(milliseconds: number): string {
  const seconds = Math.floor(Math.max(0, milliseconds) / SECOND);
  if (seconds < 1) return 'Less than a second';
  if (seconds === 1) return '1 second';
  if (seconds < 60) return `${seconds} seconds`;
  const minutes = Math.floor(milliseconds / MINUTE);
  if (minutes === 1) return 'About a minute';
  if (minutes < 60) return `${minutes} minutes`;
  const hours = Math.round(milliseconds / HOUR);
  if (hours === 1) return 'About an hour';
  if (hours < 48) return `${hours} hours`;
  if (hours < 24 * 7 * 2) return `${Math.floor(milliseconds / DAY)} days`;
  if (hours < 24 * 30 * 2) return `${Math.floor(milliseconds / DAY / 7)} weeks`;
  if (hours < 24 * 365 * 2) return `${Math.floor(milliseconds / DAY / 30)} months`;
  return `${Math.floor(milliseconds / DAY / 365)} years`;
}

function since(time: unknown, now: number): string {
  const at = Date.parse(asText(time));
  return humanDuration(Number.isNaN(at) ? 0 : now - at);
}

function upText(state: Json, now: number): string {
  const up = `Up ${since(state.StartedAt, now)}`;
  if (asFlag(state.Paused)) return `${up} (Paused)`;
  const health = asText(asRecord(state.Health).Status);
  if (health === 'starting') return `${up} (health: starting)`;
  return health === '' || health === 'none' ? up : `${up} (${health})`;
}

/**
 * The sentence that the list gives (`Up 3 minutes`) and inspect leaves out, worded as the engine words it, so that
 * a container reads the same whichever call it came from.
 *
 * @param now milliseconds since the epoch.
 */
export function statusText(stateJson: unknown, now: number): string {
  const state = asRecord(stateJson);
  const exited = `(${asNumber(state.ExitCode)}) ${since(state.FinishedAt, now)} ago`;
  switch (asText(state.Status)) {
    case 'running':
    case 'paused':
      return upText(state, now);
    case 'restarting':
      return `Restarting ${exited}`;
    case 'removing':
      return 'Removal In Progress';
    case 'dead':
      return 'Dead';
    case 'created':
      return 'Created';
    case 'exited':
      return `Exited ${exited}`;
    default:
      return asText(state.Status);
  }
}
