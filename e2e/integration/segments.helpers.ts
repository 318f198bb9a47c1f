import { expect } from 'vitest';
import type { CommandInput } from '../../shared/contract';
import type { ChangeRecord, HostChoice, Result, SegmentDraft } from '../../shared/model';
import type { Lab, LabHost } from '../lab';
import { pinOnEngine, type TestConsole } from './console';

export const office: SegmentDraft = {
  name: 'Office',
  vlan: null,
  subnets: [{ subnet: '10.70.1.0/24', gateway: '10.70.1.1' }],
  driver: 'macvlan',
  mode: 'bridge',
  reserved: [{ from: '10.70.1.200', to: '10.70.1.250', kind: 'dhcp', note: 'the router' }],
};

/** As a caller writes it: what has a default may be left out. */
export type Asked = CommandInput<'change.preview'>['request'];

/** A network as its engine shows it. */
interface Inspected {
  Id: string;
  Labels: Record<string, string>;
  Options: Record<string, string>;
  Attachable: boolean;
  Internal: boolean;
  IPAM: {
    Config: {
      Subnet: string;
      Gateway?: string;
      IPRange?: string;
      AuxiliaryAddresses?: Record<string, string>;
    }[];
  };
}

/** Null when the engine has no network of that name. */
export async function inspect(host: LabHost, name: string): Promise<Inspected | null> {
  const text = await host.docker('network', 'inspect', name).catch(() => '[]');
  return (JSON.parse(text) as Inspected[])[0] ?? null;
}

export const address = async (host: LabHost, container: string, network: string): Promise<string> =>
  (await pinOnEngine(host, container, network))?.address ?? '';

export const ping = (host: LabHost, from: string, to: string): Promise<string> =>
  host.docker('exec', from, 'ping', '-c', '1', '-W', '5', to);

/** Segments of a lab through a console; `console_` is read at each call, as every test has a new one. */
export function segmentsOf(lab: Lab, console_: () => TestConsole) {
  async function change(request: Asked, keepPartial = false): Promise<Result<ChangeRecord>> {
    const preview = await console_().value('change.preview', { request });
    return console_().run('change.apply', { id: preview.id, keepPartial });
  }
  async function applied(request: Asked): Promise<ChangeRecord & { segmentId: string }> {
    const result = await change(request);
    if (!result.ok) throw new Error(JSON.stringify(result.error));
    expect(result.value.state).toBe('applied');
    return { ...result.value, segmentId: result.value.segment?.id ?? '' };
  }
  const on = (host: LabHost, over: Partial<HostChoice> = {}): HostChoice => ({
    engineId: console_().engineId(host),
    parentNic: host.nic,
    ...over,
  });
  const plan = async () => (await console_().value('segments.list', {})).segments;
  return {
    change,
    applied,
    on,
    plan,
    both: () => lab.hosts.map((host) => on(host)),
    create: (hosts: HostChoice[], over: Partial<SegmentDraft> = {}) =>
      applied({ kind: 'create-segment', segment: { ...office, ...over }, hosts }),
    states: async () => (await plan()).flatMap((each) => each.members.map((one) => one.state)),
    runContainer: (host: LabHost, name: string, ...args: string[]) =>
      host.docker('run', '-d', '--name', name, ...args, lab.image, 'sleep', '3600'),
    shown: (host: LabHost, container: string, network: string) =>
      console_().container(host, container, (each) =>
        each.endpoints.some((one) => one.networkName === network),
      ),
    /** As running with its address: one that was read between its making and its start is warned of less. */
    running: (host: LabHost, container: string, network: string) =>
      console_().container(
        host,
        container,
        (each) =>
          each.state === 'running' &&
          each.endpoints.some((one) => one.networkName === network && one.ipv4 !== ''),
      ),
  };
}
