/** A network that a seeded container joins; the first one is what it was made with. */
export interface SeedJoin {
  network: string;
  pinned?: boolean;
  aliases?: string[];
}

export interface SeedService {
  name: string;
  image: string;
  /** `host`, `none`, `container:<name>`; otherwise by the joins. */
  mode?: string;
  joins?: SeedJoin[];
  state?: 'running' | 'paused' | 'exited' | 'created' | 'restarting';
  /** Published ports, `host:inside`. */
  ports?: string[];
  project?: string;
  /** MiB. */
  memory?: number;
  cpus?: number;
  command?: string[];
}

const pin = (network: string, ...aliases: string[]): SeedJoin => ({ network, pinned: true, aliases });
const auto = (network: string): SeedJoin => ({ network });

/** Two dozen containers of a small company, round the hosts in turn: every mode and every state is among them. */
export const company: readonly SeedService[] = [
  {
    name: 'reverse-proxy',
    image: 'nginx:1.29',
    joins: [auto('web'), pin('lan', 'proxy')],
    ports: ['80:80', '443:443'],
    project: 'edge',
    memory: 256,
  },
  {
    name: 'dns-primary',
    image: 'pihole/pihole:2026.05',
    joins: [pin('lan', 'dns')],
    project: 'dns',
    memory: 512,
  },
  {
    name: 'git',
    image: 'gitea/gitea:1.25',
    joins: [auto('web'), pin('lan')],
    ports: ['2222:22'],
    project: 'forge',
    memory: 2048,
    cpus: 2,
  },
  {
    name: 'home-assistant',
    image: 'homeassistant/home-assistant:2026.10',
    mode: 'host',
    project: 'building',
  },
  {
    name: 'dns-secondary',
    image: 'pihole/pihole:2026.05',
    joins: [pin('lan', 'dns2')],
    project: 'dns',
    memory: 512,
  },
  { name: 'git-metrics', image: 'prom/blackbox-exporter:v0.27', mode: 'container:git', project: 'forge' },
  {
    name: 'mqtt',
    image: 'eclipse-mosquitto:2.1',
    joins: [pin('iot', 'broker'), auto('backend')],
    project: 'building',
    memory: 128,
  },
  {
    name: 'recorder',
    image: 'blakeblackshear/frigate:0.17',
    joins: [pin('cameras'), auto('lan')],
    project: 'cameras',
    memory: 8192,
    cpus: 4,
  },
  { name: 'postgres', image: 'postgres:18', joins: [auto('backend')], project: 'erp', memory: 4096, cpus: 2 },
  { name: 'zigbee-bridge', image: 'koenkk/zigbee2mqtt:2.6', mode: 'container:mqtt', project: 'building' },
  { name: 'camera-front', image: 'bluenviron/mediamtx:1.15', joins: [auto('cameras')], project: 'cameras' },
  {
    name: 'runner-1',
    image: 'gitea/act_runner:0.3',
    joins: [auto('web')],
    state: 'restarting',
    project: 'forge',
  },
  {
    name: 'nightly-backup',
    image: 'restic/restic:0.18',
    joins: [pin('lan')],
    state: 'exited',
    project: 'backup',
  },
  { name: 'camera-yard', image: 'bluenviron/mediamtx:1.15', joins: [auto('cameras')], project: 'cameras' },
  {
    name: 'edge-gateway',
    image: 'envoyproxy/envoy:v1.36',
    joins: [auto('dmz'), auto('lan')],
    project: 'edge',
    memory: 512,
  },
  { name: 'batch-import', image: 'python:3.14', mode: 'none', project: 'erp' },
  {
    name: 'legacy-erp',
    image: 'debian:12',
    joins: [auto('lan')],
    state: 'paused',
    project: 'erp',
    memory: 1024,
  },
  {
    name: 'object-store',
    image: 'minio/minio:2026-09',
    joins: [auto('backend'), auto('lan')],
    project: 'backup',
    memory: 2048,
  },
  {
    name: 'dashboard',
    image: 'grafana/grafana:13',
    joins: [auto('web')],
    ports: ['3000:3000'],
    project: 'metrics',
  },
  { name: 'node-metrics', image: 'prom/node-exporter:v1.10', mode: 'host', project: 'metrics' },
  { name: 'sensor-hub', image: 'telegraf:1.37', joins: [auto('iot')], project: 'building' },
  {
    name: 'cache',
    image: 'valkey/valkey:9',
    joins: [auto('backend'), auto('mesh')],
    project: 'erp',
    memory: 512,
  },
  {
    name: 'prometheus',
    image: 'prom/prometheus:v3.7',
    joins: [auto('web'), auto('lan')],
    project: 'metrics',
    memory: 2048,
  },
  { name: 'old-wiki', image: 'mediawiki:1.44', joins: [auto('web')], state: 'exited', project: 'wiki' },
];

/** What a larger company runs more of; chosen by weight. */
export const crowd: readonly { weight: number; service: Omit<SeedService, 'name'> & { stem: string } }[] = [
  {
    weight: 22,
    service: { stem: 'app', image: 'node:24', joins: [auto('backend')], project: 'shop', memory: 512 },
  },
  { weight: 16, service: { stem: 'worker', image: 'python:3.14', joins: [auto('web')], project: 'shop' } },
  { weight: 14, service: { stem: 'kiosk', image: 'debian:12', joins: [auto('lan')], project: 'kiosks' } },
  {
    weight: 10,
    service: { stem: 'terminal', image: 'debian:12', joins: [pin('lan')], project: 'kiosks', memory: 256 },
  },
  {
    weight: 10,
    service: { stem: 'sensor', image: 'telegraf:1.37', joins: [auto('iot')], project: 'building' },
  },
  {
    weight: 8,
    service: {
      stem: 'camera',
      image: 'bluenviron/mediamtx:1.15',
      joins: [auto('cameras')],
      project: 'cameras',
    },
  },
  {
    weight: 6,
    service: {
      stem: 'gateway',
      image: 'envoyproxy/envoy:v1.36',
      joins: [auto('web'), pin('lan')],
      project: 'edge',
    },
  },
  {
    weight: 4,
    service: { stem: 'job', image: 'python:3.14', joins: [auto('web')], state: 'exited', project: 'shop' },
  },
  {
    weight: 3,
    service: { stem: 'spare', image: 'debian:12', joins: [pin('lan')], state: 'created', project: 'kiosks' },
  },
  {
    weight: 2,
    service: { stem: 'probe', image: 'prom/blackbox-exporter:v0.27', mode: 'host', project: 'metrics' },
  },
  { weight: 2, service: { stem: 'sandbox', image: 'python:3.14', mode: 'none', project: 'shop' } },
  {
    weight: 2,
    service: { stem: 'frozen', image: 'debian:12', joins: [auto('lan')], state: 'paused', project: 'kiosks' },
  },
  {
    weight: 1,
    service: {
      stem: 'flaky',
      image: 'node:24',
      joins: [auto('backend')],
      state: 'restarting',
      project: 'shop',
    },
  },
];

/** Images without a shell: an exec in them is refused by the runtime. */
export const shellless = ['prom/blackbox-exporter:v0.27', 'prom/node-exporter:v1.10', 'gitea/act_runner:0.3'];
