/** The engine generations that the demo can play, by the facts in which they differ. */
export type DemoVersion = '20.10' | '26.1' | '29.7';

export interface Quirks {
  version: string;
  apiVersion: string;
  minApiVersion: string;
  goVersion: string;
  gitCommit: string;
  /** Validates IPAM before anything is sent to the driver (v25 and later). */
  validatesIpam: boolean;
  /** Prefix of the pool overlap text; v27 and later say what they were doing. */
  poolErrorPrefix: string;
  /** Several macvlan networks on one parent (v27 and later). */
  sharedParent: boolean;
  /** Whether macvlan takes the subnet's first address when no gateway is given (until v28). */
  guessesGateway: boolean;
  /** `EnableIPv4` exists and may be false (v28 and later). */
  enableIpv4: boolean;
  /** Live disconnect is told twice on the event stream (20.10, 26.1). */
  doubleDisconnect: boolean;
  /** What is left of a container's networks is cleared before its end is told, and not after (v25 and later). */
  diesLast: boolean;
  /** `one-shot` stats of a running container name it; those of 26.1 don't. */
  oneShotNames: boolean;
  /** Where a running container's traffic can't be read, `one-shot` gives a frame, tells it under 200, or refuses. */
  unreadOneShot: 'frame' | 'told' | 'refused';
  /**
   * A live connect that fails for the parent leaves an entry with an endpoint that is not joined (until v28); where it
   * does not, a start that fails for it takes the entry away, too.
   */
  leavesEndpoints: boolean;
  /** Addresses are read while the JSON is decoded (29). */
  decodesAddresses: boolean;
  /** Refusals of stop, kill and removal as they have been worded since v25. */
  lowerCase: boolean;
  /** Pins only on networks whose creator named a subnet (until v27). */
  pinsNeedSubnet: boolean;
  /** Newer words of v28 for starts, host networking, namespaces and removals; silence on a stopped disconnect. */
  wordsOf28: boolean;
  /** Several EndpointsConfig entries at create (API 1.44). */
  multiEndpointCreate: boolean;
  /** MAC of an endpoint: honoured at create, honoured on connect, random at every start. */
  macAtCreate: boolean;
  macOnConnect: boolean;
  macRandom: boolean;
  /** The short id stands among the aliases (before API 1.45); later engines list it in DNSNames. */
  shortIdAlias: boolean;
  /** `GwPriority` of an endpoint (v28). */
  gwPriority: boolean;
  /** The interface name can be chosen by driver option (v28). */
  ifnameOption: boolean;
  /** Deprecated fields that API 1.52 dropped: of events, and of the default bridge in inspect. */
  deprecatedFields: boolean;
  /** CheckDuplicate decides whether a duplicate name is refused (before API 1.44). */
  checkDuplicate: boolean;
}

const old: Quirks = {
  version: '20.10.24',
  apiVersion: '1.41',
  minApiVersion: '1.12',
  goVersion: 'go1.19.8',
  gitCommit: '5d6db84',
  validatesIpam: false,
  poolErrorPrefix: '',
  sharedParent: false,
  guessesGateway: true,
  enableIpv4: false,
  doubleDisconnect: true,
  diesLast: false,
  oneShotNames: true,
  unreadOneShot: 'frame',
  leavesEndpoints: true,
  decodesAddresses: false,
  lowerCase: false,
  pinsNeedSubnet: true,
  wordsOf28: false,
  multiEndpointCreate: false,
  macAtCreate: false,
  macOnConnect: false,
  macRandom: false,
  shortIdAlias: true,
  gwPriority: false,
  ifnameOption: false,
  deprecatedFields: true,
  checkDuplicate: true,
};

const middle: Quirks = {
  ...old,
  version: '26.1.5',
  apiVersion: '1.45',
  minApiVersion: '1.24',
  goVersion: 'go1.22.2',
  gitCommit: '411e817',
  validatesIpam: true,
  diesLast: true,
  oneShotNames: false,
  unreadOneShot: 'told',
  lowerCase: true,
  multiEndpointCreate: true,
  macAtCreate: true,
  shortIdAlias: false,
  checkDuplicate: false,
};

const recent: Quirks = {
  ...middle,
  version: '29.7.2',
  apiVersion: '1.55',
  minApiVersion: '1.44',
  goVersion: 'go1.25.5',
  gitCommit: 'b3a2d1f',
  doubleDisconnect: false,
  oneShotNames: true,
  unreadOneShot: 'refused',
  leavesEndpoints: false,
  decodesAddresses: true,
  poolErrorPrefix: 'invalid pool request: ',
  sharedParent: true,
  guessesGateway: false,
  pinsNeedSubnet: false,
  wordsOf28: true,
  enableIpv4: true,
  macOnConnect: true,
  macRandom: true,
  gwPriority: true,
  ifnameOption: true,
  deprecatedFields: false,
};

export const quirksOf: Record<DemoVersion, Quirks> = { '20.10': old, '26.1': middle, '29.7': recent };

/** The mix that the hosts get when no version is asked for. */
export const versionMix: readonly DemoVersion[] = ['26.1', '20.10', '29.7'];

/** Compares `1.41` and `1.9` as numbers, not as text. */
export function compareApi(a: string, b: string): number {
  const [majorA = 0, minorA = 0] = a.split('.').map(Number);
  const [majorB = 0, minorB = 0] = b.split('.').map(Number);
  return majorA - majorB || minorA - minorB;
}
