import type { DemoEngine } from '../engine/engine';
import { isLive, type DemoContainer } from '../engine/model';
import { hashText } from '../engine/random';
import { goTime } from '../engine/times';
import { countersAt } from './traffic';
import { whyUnread } from './unread';

const noIo =
  '"io_service_bytes_recursive":LIST,"io_serviced_recursive":LIST,"io_queue_recursive":LIST,' +
  '"io_service_time_recursive":LIST,"io_wait_time_recursive":LIST,"io_merged_recursive":LIST,' +
  '"io_time_recursive":LIST,"sectors_recursive":LIST';
const blkio = (list: string): string => `"blkio_stats":{${noIo.replaceAll('LIST', list)}}`;
const throttling = '"throttling_data":{"periods":0,"throttled_periods":0,"throttled_time":0}';
const noCpu = `{"cpu_usage":{"total_usage":0,"usage_in_kernelmode":0,"usage_in_usermode":0},${throttling}}`;

/** What stands unchanged in every frame, for a thousand of them go out each second. */
const liveHead = `"pids_stats":{"current":4,"limit":18446744073709551615},${blkio('null')},"num_procs":0,"storage_stats":{}`;
const deadHead = `"pids_stats":{},${blkio('null')},"num_procs":0,"storage_stats":{}`;

/** Interfaces under the names that the container sees; those of its owner where it shares a namespace. */
export function networksPart(engine: DemoEngine, container: DemoContainer, now: number): string {
  const owner = engine.namespaceOwner(container);
  const parts: string[] = [];
  for (const { attached } of owner?.endpoints.values() ?? []) {
    if (!attached?.interface) continue;
    const c = countersAt(attached.meter, now);
    parts.push(
      `"${attached.interface}":{"rx_bytes":${c.rxBytes},"rx_packets":${c.rxPackets},"rx_errors":${c.rxErrors},` +
        `"rx_dropped":${c.rxDropped},"tx_bytes":${c.txBytes},"tx_packets":${c.txPackets},` +
        `"tx_errors":${c.txErrors},"tx_dropped":${c.txDropped}}`,
    );
  }
  // Host and none mode: no such key at all, as on the real engine.
  return parts.length > 0 ? `,"networks":{${parts.join(',')}}` : '';
}

/** When the hosts' processors began to count, milliseconds since the epoch: any moment long past will do. */
const BOOT = Date.UTC(2026, 0, 1);

/** Processor time of the container until `now`, nanoseconds: a steady trickle of its own. */
function cpuPart(engine: DemoEngine, container: DemoContainer, now: number): string {
  const load = 0.002 + (hashText(container.id) % 1000) / 12000;
  const total = Math.max(0, Math.floor((now - container.startedAt) * 1e6 * load));
  const system = Math.floor((now - BOOT) * 1e4) * 100 * engine.host.cpus;
  return (
    `{"cpu_usage":{"total_usage":${total},"usage_in_kernelmode":${Math.floor(total / 3)},` +
    `"usage_in_usermode":${total - Math.floor(total / 3)}},"system_cpu_usage":${system},` +
    `"online_cpus":${engine.host.cpus},${throttling}}`
  );
}

function memoryPart(engine: DemoEngine, container: DemoContainer): string {
  const own = container.hostConfig['Memory'];
  const limit = typeof own === 'number' && own > 0 ? own : engine.host.memory;
  const usage = Math.min(limit / 2, 12e6 + (hashText(container.id) % 400) * 1e6);
  return `{"usage":${Math.floor(usage)},"stats":{"anon":${Math.floor(usage * 0.7)},"file":${Math.floor(usage * 0.2)}},"limit":${limit}}`;
}

/**
 * One frame of `/containers/{id}/stats`. A stopped container gives frames of zero time and no networks, and so does one
 * whose traffic can't be read.
 * @param before when the previous frame was read, milliseconds since the epoch; 0 for the first
 * @param isNamed whether it says whose it is
 */
export function frame(
  engine: DemoEngine,
  container: DemoContainer,
  now: number,
  before: number,
  isNamed = true,
): string {
  const name = `,"name":"/${container.name}","id":"${container.id}"`;
  if (!isLive(container) || whyUnread(engine, container)) {
    return `{"read":"${goTime(0)}","preread":"${goTime(before)}",${deadHead},"cpu_stats":${noCpu},"precpu_stats":${noCpu},"memory_stats":{}${name}}\n`;
  }
  const precpu = before === 0 ? noCpu : cpuPart(engine, container, before);
  return (
    `{"read":"${goTime(now)}","preread":"${goTime(before)}",${liveHead},` +
    `"cpu_stats":${cpuPart(engine, container, now)},"precpu_stats":${precpu},` +
    `"memory_stats":${memoryPart(engine, container)}${isNamed ? name : ''}${networksPart(engine, container, now)}}\n`
  );
}
