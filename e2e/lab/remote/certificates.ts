import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inside } from '../namespace';
import type { HostRecord } from '../record';
import { run } from '../run';

/** What an engine can show its clients: only `good` is as it should be. */
export type ServerCertificate = 'good' | 'expired' | 'misnamed' | 'foreign';

/** Two authorities: the one that a lab's engines and clients go by, and one that nobody there trusts. */
const authorities = ['own', 'foreign'] as const;

interface Certificate {
  /** `NAME.pem`, with its key in `NAME-key.pem`. */
  name: string;
  by: (typeof authorities)[number];
  use: 'server' | 'client';
  expired?: boolean;
  /** Subject alternative names. */
  names?: string;
}

const clients: readonly Certificate[] = [
  { name: 'client-good', by: 'own', use: 'client' },
  { name: 'client-expired', by: 'own', use: 'client', expired: true },
  { name: 'client-foreign', by: 'foreign', use: 'client' },
];

const shownBy = (host: HostRecord, which: ServerCertificate) => `${host.name}-${which}`;

function serversOf(host: HostRecord): readonly Certificate[] {
  const addresses = host.nics.flatMap(({ address }) => (address ? [`IP:${address}`] : []));
  const names = ['IP:127.0.0.1', 'DNS:localhost', `DNS:${host.name}`, ...addresses].join(',');
  const server = { by: 'own', use: 'server', names } as const;
  return [
    { ...server, name: shownBy(host, 'good') },
    { ...server, name: shownBy(host, 'expired'), expired: true },
    { ...server, name: shownBy(host, 'misnamed'), names: 'DNS:elsewhere.example' },
    { ...server, name: shownBy(host, 'foreign'), by: 'foreign' },
  ];
}

/** One for the lab: admins have one authority, too. */
export const tlsFolder = (host: HostRecord): string => join(host.dir, '../tls');

/** openssl's own configuration, so that the machine's has no say. */
const configuration = (certificates: readonly Certificate[]) => `
[req]
distinguished_name = subject
x509_extensions = authority
[subject]
[authority]
basicConstraints = critical,CA:true
keyUsage = critical,keyCertSign,cRLSign
subjectKeyIdentifier = hash
[ca]
default_ca = issue
[issue]
new_certs_dir = .
database = index.txt
rand_serial = yes
default_md = sha256
default_days = 3650
policy = any
unique_subject = no
[any]
commonName = supplied
${certificates.map(section).join('\n')}
`;

const section = ({ name, use, names }: Certificate) => `
[${name}]
basicConstraints = critical,CA:false
keyUsage = critical,digitalSignature
extendedKeyUsage = ${use}Auth
${names ? `subjectAltName = ${names}` : ''}`;

const newKey = 'openssl req -config "$1" -newkey ec -pkeyopt ec_paramgen_curve:P-256 -noenc';

const makeAuthorities = [
  ': >index.txt',
  ...authorities.map(
    (name) =>
      `${newKey} -x509 -days 3650 -subj '/CN=Lab authority ${name}' -keyout ca-${name}-key.pem -out ca-${name}.pem`,
  ),
];

const issue = ({ name, by, expired }: Certificate) => [
  `${newKey} -subj /CN=${name} -keyout ${name}-key.pem -out request.pem`,
  `openssl ca -config "$1" -batch -notext -extensions ${name} -in request.pem -out ${name}.pem ` +
    `-cert ca-${by}.pem -keyfile ca-${by}-key.pem ` +
    (expired ? '-startdate 20200101000000Z -enddate 20210101000000Z' : ''),
];

/** Runs openssl on the host, which has it: the machine may not. */
async function openssl(
  host: HostRecord,
  certificates: readonly Certificate[],
  first: string[],
): Promise<void> {
  const config = join(tlsFolder(host), `${certificates[0]?.name ?? ''}.cnf`);
  writeFileSync(config, configuration(certificates));
  const lines = ['umask 077', 'cd "$2"', ...first, ...certificates.flatMap(issue)];
  await run(inside(host, ['sh', '-ec', lines.join('\n'), 'sh', config, tlsFolder(host)]));
}

/**
 * Makes what is missing of the lab's authorities and of the host's certificates, and has its engine show the good one.
 * Not for two hosts at once. @throws CommandError with openssl's words.
 */
export async function makeCertificates(host: HostRecord): Promise<void> {
  const docker = dockerFolder(host);
  if (!existsSync(docker)) {
    mkdirSync(docker, { recursive: true, mode: 0o700 });
    await openssl(host, clients, makeAuthorities);
    for (const [from, to] of dockerNames) copyFileSync(join(tlsFolder(host), from), join(docker, to));
  }
  await openssl(host, serversOf(host), []);
  showCertificate(host, 'good');
}

/** A client's certificate as the docker CLI looks for it in a folder. */
export const dockerFolder = (host: HostRecord): string => join(tlsFolder(host), 'docker');
const dockerNames = [
  ['ca-own.pem', 'ca.pem'],
  ['client-good.pem', 'cert.pem'],
  ['client-good-key.pem', 'key.pem'],
] as const;

/** What the engine shows from its next start on. */
export function showCertificate(host: HostRecord, which: ServerCertificate): void {
  for (const end of ['.pem', '-key.pem'])
    copyFileSync(
      join(tlsFolder(host), `${shownBy(host, which)}${end}`),
      join(tlsFolder(host), `${host.name}${end}`),
    );
}

/** Whether the engine's next start shows the good one. */
export function showsGood(host: HostRecord): boolean {
  const read = (name: string) => readFileSync(join(tlsFolder(host), `${name}.pem`), 'utf8');
  return read(host.name) === read(shownBy(host, 'good'));
}
