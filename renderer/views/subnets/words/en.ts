export default {
  title: 'Map of all subnets',
  open: 'Show all addresses',
  show: 'What is shown',
  choices: { all: 'All ({{count}})', overlaps: 'Overlaps ({{count}})', trouble: 'Trouble ({{count}})' },
  host: 'Host',
  allHosts: 'All hosts',
  intro: 'Click a subnet to see all of its addresses.',
  legend: 'What the colours mean',
  places: { lan: 'LAN', own: 'a host’s own', overlay: 'overlay', route: 'beyond a route' },
  trouble: 'trouble',
  fine: 'fine',
  poolsOf: 'pools for new networks',
  columns: { subnet: 'Subnet', usedBy: 'Used by', meaning: 'Overlaps' },
  use: {
    network: '{{name}} ({{driver}})',
    member: '{{name}} ({{driver}}) of {{segment}}',
    segment: '{{name}} (segment, on no host)',
    nic: 'interface {{name}}',
    route: 'route by {{name}}',
  },
  andMore: '{{names}} and {{more}} more',
  also: 'The same on {{hosts}}.',
  moreOverlaps_one: '{{count}} more overlap',
  moreOverlaps_other: '{{count}} more overlaps',
  moreRows_one: 'Show {{count}} more subnet',
  moreRows_other: 'Show {{count}} more subnets',
  why: {
    'same-lan': 'One LAN, seen from {{hosts}}.',
    'lans-apart': 'Two LANs, which VLAN ids or sites tell apart ({{hosts}}).',
    'same-network': 'One overlay network ({{hosts}}).',
    'own-each': 'Private to each of {{hosts}}.',
    elsewhere:
      '{{one}} is private to {{host}}; from there, containers can’t reach {{two}} of {{twoHost}}, which has the same addresses.',
    routed: 'Plain routing on {{host}}: the narrower of {{oneSubnet}} and {{twoSubnet}} wins.',
    'prefix-differs':
      '{{one}} says {{oneSubnet}}, {{two}} says {{twoSubnet}}. On one LAN they disagree about who is reached through the router.',
    'two-own': 'On {{host}} both {{one}} and {{two}} have these addresses, and the host reaches only one.',
    'hides-lan':
      'On {{host}}, {{one}} takes addresses of the LAN on {{two}}: where they overlap, only one of the two can be reached.',
    'hides-route':
      '{{host}} reaches {{twoSubnet}} by a {{two}}, and {{one}} has the same addresses: where they overlap, only one of the two can be reached.',
    'overlay-hides':
      'Containers on {{one}} can’t reach {{twoSubnet}} ({{two}}) of {{host}}: they take those addresses for their own network’s.',
    'route-takes-lan':
      'On {{host}}, the {{one}} takes addresses of its own LAN on {{two}}: neighbours there may not be reached.',
  },
  unseen:
    'Nobody has looked at {{hosts}}: the LANs and routes of the host itself are not on the map. The toolbox reads them, where it may.',
  routesUnknown: 'Not all routes of {{hosts}} are known.',
  empty: {
    all: 'No subnets here',
    overlaps: 'No overlaps',
    trouble: 'No trouble that is known of',
  },
  pools: {
    title: 'Subnets left for new networks',
    hint: 'A network that asks for no subnet takes one of its engine’s pools, as with docker compose up. When none is left, that fails. What the host’s nameservers take is not known.',
    left: '{{left}} of {{total}} left',
    used: '{{used}} used.',
    parts: '{{used}} used, {{blocked}} taken by the host.',
    next: 'Next: {{next}}.',
    none: 'docker compose up fails now.',
    told: 'Pools as set on the engine.',
    usual: 'Usual pools: the engine tells of no others.',
    hostUnknown: 'The host’s own addresses are not known and may take more.',
    all: 'All {{count}} hosts',
  },
};
