/** A sample container, as `docker run` takes it. */
export interface Sample {
  name: string;
  /** What `--network` takes. */
  network: string;
  /** Pinned on `network`. */
  ip?: string;
  /** Connected afterwards: 20.10 takes one network when a container is made. */
  also?: { network: string; ip?: string };
  /** Shell commands; sleeps when absent. */
  run?: string;
  flags?: string[];
  /** Done to it once all are there. `remove` leaves those that share its network namespace without an owner. */
  then?: 'stop' | 'pause' | 'remove';
}

const serve = (port: number) => `exec httpd -f -p ${port} -h /www`;
/** Asks a neighbour for a page about once a second: half a Mbit/s. Debian's wget has no -T. */
const ask = (url: string) => `while :; do timeout 3 wget -q -O /dev/null ${url}; sleep 1; done`;

/** Some Mbit/s across the LAN, another rate every ten seconds. */
const film = `while :; do
  for rate in 2 3 5 8 6 4 3; do iperf3 -c 10.70.1.31 -b \${rate}M -t 10 >/dev/null 2>&1 || sleep 1; done
done`;

/** A small office's server. */
const office: Sample[] = [
  { name: 'proxy', network: 'lan', ip: '10.70.1.20', also: { network: 'frontend' }, run: ask('http://web/') },
  { name: 'web', network: 'frontend', run: serve(80), flags: ['-p', '8080:80', '--memory', '128m'] },
  {
    name: 'api',
    network: 'frontend',
    also: { network: 'backend' },
    run: ask('http://web/'),
    flags: ['--cpus', '0.5'],
  },
  { name: 'db', network: 'backend', flags: ['--memory', '256m', '--cpus', '0.5', '--pids-limit', '200'] },
  { name: 'cache', network: 'bridge', flags: ['--memory', '64m'] },
  { name: 'metrics', network: 'host' },
  { name: 'backup', network: 'none' },
  { name: 'web-logs', network: 'container:web' },
  { name: 'dns', network: 'lan', ip: '10.70.1.53', run: ask('http://10.70.1.32/') },
  { name: 'camera-feed', network: 'lan', ip: '10.70.1.30', run: film },
  { name: 'printer', network: 'lan' },
  { name: 'mqtt', network: 'iot', ip: '10.70.20.10', run: serve(1883) },
  { name: 'door-sensor', network: 'iot', run: ask('http://10.70.20.10:1883/') },
  { name: 'nightly-report', network: 'bridge', then: 'pause' },
  { name: 'staging', network: 'lan', ip: '10.70.1.40', then: 'stop' },
  { name: 'old-vpn', network: 'bridge', then: 'remove' },
  { name: 'old-agent', network: 'container:old-vpn' },
];

/** A server at home. */
const home: Sample[] = [
  { name: 'recorder', network: 'lan', ip: '10.70.1.31', run: 'exec iperf3 -s' },
  { name: 'nas', network: 'lan', ip: '10.70.1.32', run: serve(80), flags: ['--memory', '512m'] },
  {
    name: 'home-automation',
    network: 'lan',
    ip: '10.70.1.33',
    also: { network: 'iot', ip: '10.70.20.20' },
    run: ask('http://10.70.20.10:1883/'),
  },
  { name: 'scanner', network: 'lan' },
  { name: 'media', network: 'living-room', run: serve(80), flags: ['-p', '8096:80'] },
  { name: 'transcoder', network: 'living-room', run: ask('http://media/'), flags: ['--cpus', '1'] },
  { name: 'media-stats', network: 'container:media' },
  { name: 'photos-db', network: 'backend', flags: ['--memory', '256m'] },
  { name: 'queue', network: 'bridge' },
  { name: 'metrics', network: 'host' },
  { name: 'vault', network: 'none' },
  { name: 'thermostat', network: 'iot', run: ask('http://10.70.20.10:1883/') },
  { name: 'photo-import', network: 'bridge', then: 'pause' },
  { name: 'wiki', network: 'lan', ip: '10.70.1.41', then: 'stop' },
  { name: 'old-tunnel', network: 'bridge', then: 'remove' },
  { name: 'old-exporter', network: 'container:old-tunnel' },
];

/** Any further host. */
const branch: Sample[] = [
  { name: 'kiosk', network: 'lan' },
  { name: 'meter', network: 'iot', run: ask('http://10.70.20.10:1883/') },
  { name: 'local-cache', network: 'bridge' },
  { name: 'metrics', network: 'host' },
];

/** The containers of host number `index` (0-based). */
export const samplesOf = (index: number): { project: string; samples: Sample[] } => {
  if (index === 0) return { project: 'office', samples: office };
  return index === 1 ? { project: 'home', samples: home } : { project: 'branch', samples: branch };
};
