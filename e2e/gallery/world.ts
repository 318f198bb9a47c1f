import {
  isOfSegment,
  ok,
  type ChangeRecord,
  type ChangeRequest,
  type GuardDifference,
  type GuardStatus,
  type ProbeTarget,
  type Segment,
  type Snapshot,
  type Step,
} from '../../shared/model';
import { planSegment, type Inventory } from '../../shared/rules';
import { problem } from '../../shared/texts';
import { hostFacts, nic } from '../../shared/rules/host/testing';
import { previewAs, previewOf, type createFakeApi } from '../../renderer/testing/fake-api';
import { container, endpoint, engine, macvlan } from '../../renderer/testing/fixtures';

export type Answers = NonNullable<Parameters<typeof createFakeApi>[1]>;

const subnet = { subnet: '10.70.20.0/24', gateway: '10.70.20.1' };
const iotOn = (engineId: string, ipRange: string) =>
  macvlan(engineId, 'iot', { parent: 'eth0.20', subnets: [{ ...subnet, ipRange, exclusions: {} }] });
const lan = { atlas: macvlan('atlas', 'lan'), borealis: macvlan('borealis', 'lan') };
const iot = { atlas: iotOn('atlas', '10.70.20.32/27'), borealis: iotOn('borealis', '10.70.20.64/27') };

/** Two hosts on one LAN with a VLAN beside it, and one that does not answer. */
export const snapshot: Snapshot = {
  revision: 1,
  engines: [
    engine('atlas', { group: 'rack 1' }),
    engine('borealis', { position: 1, group: 'rack 1' }),
    engine('cirrus', {
      position: 2,
      state: 'offline',
      problem: problem('engine_unreachable', {
        host: 'cirrus',
        context: 'refused',
        endpoint: 'tcp://10.70.1.9:2376',
      }),
    }),
  ],
  networks: [...Object.values(lan), ...Object.values(iot)],
  containers: [
    container('atlas', 'web'),
    container('atlas', 'proxy', {
      endpoints: [endpoint(lan.atlas, '10.70.1.10', { pinned4: '10.70.1.10' })],
    }),
    container('atlas', 'camera', { endpoints: [endpoint(iot.atlas, '10.70.20.33')] }),
    container('borealis', 'db', {
      endpoints: [endpoint(lan.borealis, '10.70.1.2', { pinned4: '10.70.1.2' })],
    }),
    container('borealis', 'sensor', { state: 'exited', endpoints: [endpoint(iot.borealis, '')] }),
  ],
};

/** The guard of a container of atlas. */
export const guardOf = (
  containerName: string,
  state: GuardStatus['state'],
  current: string | null,
  differences: GuardDifference[] = [],
): GuardStatus => ({
  ...{ engineId: 'atlas', identity: { by: 'name', name: containerName }, containerName },
  ...{ containerId: current ?? '', since: 1, state, current, differences },
  attachments: [{ networkName: 'lan', ipv4: '10.70.1.20' }],
});

export const segment: Segment = {
  ...{ id: 'seg-iot', name: 'iot', tenant: 'facility', vlan: 20, subnets: [subnet] },
  ...{
    driver: 'macvlan',
    mode: 'bridge',
    reserved: [{ from: '10.70.20.2', to: '10.70.20.9', kind: 'dhcp' }],
  },
  members: [
    { engineId: 'atlas', parentNic: 'eth0', networkName: 'iot', ipRange: '10.70.20.32/27' },
    { engineId: 'borealis', parentNic: 'eth0', networkName: 'iot', ipRange: '10.70.20.64/27' },
  ],
};

export const facts = ['atlas', 'borealis'].map((engineId) =>
  hostFacts(
    engineId,
    nic({ name: 'eth0' }),
    nic({ name: 'wlan0', kind: 'wireless' }),
    nic({ name: 'eno1', master: 'br0', masterKind: 'bridge' }),
  ),
);

const shims = [
  {
    engineId: 'atlas',
    networkId: 'lan-id',
    networkName: 'lan',
    address: '10.70.1.3',
    since: Date.UTC(2026, 0, 1),
  },
];
const world: Snapshot & Inventory = { ...snapshot, facts, shims };

/** What the rules say of a request in this world. */
function preview(request: ChangeRequest) {
  if (!isOfSegment(request)) return previewOf('p1', request, world);
  const plan = planSegment(request, { plan: [segment], inventory: world, newId: 'seg-new', facts });
  return previewAs('p1', request, plan);
}

export const attach: ChangeRequest & { kind: 'attach' } = {
  ...{ kind: 'attach', engineId: 'atlas', containerId: 'web-id', networkId: 'lan-id', ipv4: '10.70.1.20' },
};
const connect: Step = {
  ...{ op: 'connect', containerId: 'web-id', containerName: 'web', networkId: 'lan-id', networkName: 'lan' },
  endpoint: { ipv4: '10.70.1.20' },
};
const host = { engineId: 'atlas', engineName: 'atlas', steps: [connect] };

export const applied: ChangeRecord = {
  ...{ id: 'done', at: Date.UTC(2026, 0, 1), who: 'ada', request: attach, state: 'applied', undoable: true },
  hosts: [{ ...host, state: 'done', ipv4: '10.70.1.20' }],
};
export const cutOff: ChangeRecord = {
  ...{
    id: 'cut',
    at: Date.UTC(2026, 0, 2),
    who: 'ada',
    request: attach,
    state: 'interrupted',
    undoable: false,
  },
  hosts: [
    {
      ...{ ...host, state: 'interrupted', stepsDone: 0 },
      recovery: { doubtful: true, finish: [connect], rollBack: [] },
    },
  ],
};

const consent = ['atlas', 'borealis'].map((engineId) => ({
  ...{ engineId, consent: 'granted' as const, at: Date.UTC(2026, 0, 1), image: null },
}));

/** Nobody answers for it. */
const silent = (address: string): ProbeTarget => ({
  ...{ address, via: 'link', interface: 'eth0', macs: [], ping: null, answers: false, duplicate: false },
});

/** The console of that world: previews by the real rules, and nothing is ever applied. */
export const answers: Answers = {
  'change.preview': ({ request }) => ok(preview(request as ChangeRequest)),
  'change.list': () => ok([applied]),
  'segments.list': () =>
    ok({
      segments: [
        {
          segment,
          members: segment.members.map((each) => ({
            ...each,
            networkId: 'iot-id',
            state: 'present',
            drift: [],
          })),
        },
      ],
      candidates: [],
    }),
  'toolbox.describe': () =>
    ok({
      version: '1',
      settings: { method: 'load', image: 'toolbox:1' },
      tasks: [],
      size: 9_000_000,
      engines: consent,
    }),
  'host.facts': ({ engineId }) => ok(facts.find((each) => each.engineId === engineId) ?? facts[0]!),
  'policies.list': () =>
    ok(shims.map((each) => ({ kind: 'shim' as const, ...each, state: 'applied' as const, shim: null }))),
  'segments.export': ({ format }) =>
    ok([{ engineId: null, name: `iot.${format}`, text: 'networks:\n  iot:\n    driver: macvlan\n' }]),
  'host.probe': ({ addresses }) => ok({ at: 1, targets: addresses.map(silent) }),
};
