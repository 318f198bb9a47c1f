import { CommandError } from '../run';
import { readPairs, readWords, type Words } from './flags';
import type { Verb } from './verb';

const flagsOfCreate = {
  plain: ['--internal', '--ipv6', '--config-only', '--attachable'],
  valued: [
    ...['-d', '-o', '--subnet', '--gateway', '--ip-range', '--aux-address', '--config-from', '--label'],
  ],
};

/** The one subnet, or none; which of several a gateway belongs to is the CLI's to tell. */
function subnetsOf(words: Words): unknown[] | undefined {
  const [subnet, ...others] = words.all('--subnet');
  const [range, gateway] = [words.last('--ip-range'), words.last('--gateway')];
  const aux = readPairs(words.all('--aux-address'));
  const hasMore = range !== undefined || gateway !== undefined || words.has('--aux-address');
  if (subnet === undefined) return hasMore ? undefined : [];
  if (!aux || others.length > 0) return undefined;
  const ends = { ...(range && { IPRange: range }), ...(gateway && { Gateway: gateway }) };
  const kept = words.has('--aux-address') ? { AuxiliaryAddresses: aux } : {};
  return [{ Subnet: subnet, ...ends, ...kept }];
}

const create: Verb = async (engine, args) => {
  const words = readWords(args, flagsOfCreate);
  const [Name, ...more] = words?.rest ?? [];
  const subnets = words && subnetsOf(words);
  const [options, labels] = [readPairs(words?.all('-o') ?? []), readPairs(words?.all('--label') ?? [])];
  if (!words || !Name || more.length > 0 || !subnets || !options || !labels) return undefined;
  const from = words.last('--config-from');
  const body = {
    ...{ Name, Driver: words.last('-d') ?? 'bridge', Options: options, Labels: labels },
    ...(words.has('--ipv6') && { EnableIPv6: true }),
    IPAM: { Driver: 'default', Options: {}, Config: subnets },
    ...{ Internal: words.has('--internal'), Attachable: words.has('--attachable') },
    ...{ ConfigOnly: words.has('--config-only'), ConfigFrom: from === undefined ? null : { Network: from } },
    // Engines since 1.44 let no two have a name anyway.
    ...(engine.minor < 44 && { CheckDuplicate: true }),
  };
  return ((await engine.ask('POST', '/networks/create', body)) as { Id: string }).Id;
};

const connect: Verb = async (engine, args) => {
  const words = readWords(args, { valued: ['--ip', '--ip6', '--alias'] });
  const [network, Container, ...more] = words?.rest ?? [];
  if (!words || !network || !Container || more.length > 0) return undefined;
  const [ip, ip6] = [words.last('--ip'), words.last('--ip6')];
  const IPAMConfig = { ...(ip && { IPv4Address: ip }), ...(ip6 && { IPv6Address: ip6 }) };
  const EndpointConfig = { IPAMConfig, Aliases: words.all('--alias'), DriverOpts: {} };
  await engine.ask('POST', `/networks/${network}/connect`, { Container, EndpointConfig });
  return '';
};

const disconnect: Verb = async (engine, args) => {
  const words = readWords(args, { plain: ['-f'] });
  const [network, Container, ...more] = words?.rest ?? [];
  if (!words || !network || !Container || more.length > 0) return undefined;
  await engine.ask('POST', `/networks/${network}/disconnect`, { Container, Force: words.has('-f') });
  return '';
};

/** One after the other, and on after one that can't go. */
const rm: Verb = async (engine, names) => {
  if (names.length === 0 || names.some((name) => name.startsWith('-'))) return undefined;
  const said: string[] = [];
  for (const name of names)
    await engine.ask('DELETE', `/networks/${name}`).catch((error: unknown) => {
      if (!(error instanceof CommandError)) throw error;
      said.push(error.stderr);
    });
  if (said.length > 0) throw engine.failed(1, said.join('\n'));
  return names.join('\n');
};

export const networkVerbs: Record<string, Verb> = { create, connect, disconnect, rm };
