import { importNotices } from './import-notices';
import { leaseNotices } from './leases';
import { addressNotices } from './notices-addresses';
import { macNotices } from './notices-macs';
import { shimNotices } from './notices-shims';
import { parentTexts } from './parents';
import { rangeNotices } from './notices-ranges';
import type { Severity, TextWithVariants } from './text';

interface NoticeText extends TextWithVariants {
  readonly severity: Severity;
  readonly when?: Readonly<Record<string, { message: string; severity?: Severity }>>;
}

/** What the admin should know before applying; none of it stops the change. The keys are the codes. */
export const noticeTexts = {
  ...addressNotices,
  ...macNotices,
  ...shimNotices,
  ...leaseNotices,
  interruption: {
    severity: 'warning',
    message: 'Connections of {{container}} over {{network}} drop for about {{seconds}} s.',
    when: {
      ends: { message: 'Connections of {{container}} over {{network}} end until it is attached again.' },
      moves: {
        message:
          'Connections of {{container}} over {{network}} end; it is reachable on {{to}} before they do.',
      },
      stops: { message: '{{container}} is stopped first, and stays stopped until you start it.' },
      sharers: {
        message:
          '{{name}}: uses the network of {{container}}, and has none once that stops, until it is restarted after it.',
      },
      restarts: {
        message:
          '{{container}} is stopped, freed of what a failed attach left on {{network}}, and started again.',
      },
      other_left: {
        message:
          'A failed attach has left something of {{container}} on {{network}}, too, and this does not clear it: while the interface of that network is gone or busy, {{container}} does not start again and stays stopped until that is cleared as well.',
      },
      leaves_none: {
        message:
          '{{container}} was made without any network: it is disconnected from “{{network}}” first, as the engine demands.',
        severity: 'info',
      },
    },
  },
  route_moves: {
    severity: 'warning',
    message: 'The default route moves from {{from}} to {{to}}.',
    when: {
      ipv4: { message: 'The IPv4 default route moves from {{from}} to {{to}}.' },
      ipv6: { message: 'The IPv6 default route moves from {{from}} to {{to}}.' },
      of: { message: 'The default route of {{container}} moves from {{from}} to {{to}}.' },
      of4: { message: 'The IPv4 default route of {{container}} moves from {{from}} to {{to}}.' },
      of6: { message: 'The IPv6 default route of {{container}} moves from {{from}} to {{to}}.' },
      chance: {
        message:
          'The default route can go through any of {{networks}}, which rank the same: the one that a running container joined last gives it, until a start chooses anew.',
      },
      chance4: {
        message:
          'The IPv4 default route can go through any of {{networks}}, which rank the same: the one that a running container joined last gives it, until a start chooses anew.',
      },
      chance6: {
        message:
          'The IPv6 default route can go through any of {{networks}}, which rank the same: the one that a running container joined last gives it, until a start chooses anew.',
      },
      settles: { message: 'The default route will go through {{to}} alone; until now chance decided.' },
      settles4: { message: 'The IPv4 default route will go through {{to}} alone; until now chance decided.' },
      settles6: { message: 'The IPv6 default route will go through {{to}} alone; until now chance decided.' },
      gained6: {
        message: 'The IPv6 default route will go through {{to}}; there was none.',
        severity: 'info',
      },
      gained: { message: 'The default route will go through {{to}}; there was none.', severity: 'info' },
    },
  },
  route_lost: {
    severity: 'warning',
    message: 'The default route through {{from}} goes, and no other network offers one.',
    when: {
      ipv4: { message: 'The IPv4 default route through {{from}} goes, and no other network offers one.' },
      ipv6: { message: 'The IPv6 default route through {{from}} goes, and no other network offers one.' },
      of: { message: 'The default route of {{container}} ends with {{from}}; none replaces it.' },
      of4: { message: 'The IPv4 default route of {{container}} ends with {{from}}; none replaces it.' },
      of6: { message: 'The IPv6 default route of {{container}} ends with {{from}}; none replaces it.' },
      gatewayless: {
        message:
          'The default route through {{from}} goes: {{network}} comes first by name and has no gateway.',
      },
    },
  },
  host_unlisted: {
    severity: 'warning',
    message:
      '{{host}} is off the list of engines: nothing is done on it. The plan keeps it, and a network {{network}} that is there stays as it is.',
    when: {
      goes: {
        message:
          '{{host}} is off the list of engines: nothing is done on it. It leaves the plan alone; a network {{network}} that is there stays.',
      },
    },
  },
  undo_may_change_address: {
    severity: 'info',
    message:
      '{{container}} has an automatic address on {{network}} ({{address}}): undo may bring back another one.',
    when: {
      fixes: {
        message:
          'The engine does not tell whether the address of {{container}} on {{network}} ({{address}}) is fixed: undo brings it back as a fixed one.',
      },
      unknown: {
        message:
          'The engine does not tell which address is fixed for {{container}} on {{network}} while it is stopped: undo may bring back another one.',
        severity: 'warning',
      },
    },
  },
  fixed_address_unknown: {
    severity: 'warning',
    message:
      'The engine does not tell which address is fixed for {{container}} on {{network}} while it is stopped: this change does not keep it. From its next start the container may have another one, and its own may go to others.',
    when: {
      others: {
        message:
          'The engine does not tell which addresses are fixed on {{network}} for stopped containers ({{container}}): this change may give one of them away, and its container can’t start then.',
      },
    },
  },
  detach_final: {
    severity: 'warning',
    message:
      'This can’t be undone while {{container}} runs: it was made with the network {{network}}, which {{host}} no longer has, and is put on no network without it.',
  },
  start_needs_network: {
    severity: 'warning',
    message:
      'Made with {{network}} as its network: {{container}}. Once stopped, it can’t start again while no network of that name is there, whatever else it is on.',
    when: {
      by_id: {
        message:
          'Made with {{network}} as its network, by its id: {{container}}. Once stopped, it can’t start again, not even with a new network of that name.',
      },
    },
  },
  container_stopped: {
    severity: 'info',
    message: '{{container}} is not running: the engine checks and takes the address only when it starts.',
  },
  gateway_priority_unsupported: {
    severity: 'warning',
    message: 'The engine on {{host}} has no gateway priorities: {{priority}} is left out.',
  },
  undo_impossible: {
    severity: 'warning',
    message:
      'This can’t be undone: the engine on {{host}} does not tell all that {{network}} is made of. Write its settings down first.',
    when: {
      twin: {
        message:
          'This can’t be undone: {{host}} has another network named {{network}}, and none of that name can be made while it is there.',
      },
      ipam: {
        message:
          'This can’t be undone: {{network}} has no address management (driver “none”), and only Podman’s own commands on {{host}} make such a network.',
      },
      not_held: {
        message:
          'This can’t be undone while {{container}} is stopped: no engine holds {{address}} for it meanwhile, and {{other}} could be given it. To undo this, start {{container}} before.',
      },
    },
  },
  ports_unused: {
    severity: 'warning',
    message:
      'Published ports do nothing on {{network}} ({{ports}}): {{container}} is reached there by its own address.',
  },
  interfaces_renumber: {
    severity: 'info',
    message: 'The interfaces inside {{container}} may be numbered differently after its next restart.',
  },
  mode_isolates: {
    severity: 'warning',
    message: 'In {{mode}} mode, containers on the same host do not reach each other over {{network}}.',
  },
  mode_passthru: {
    severity: 'warning',
    message:
      'passthru gives the whole of {{parent}} to one container and rewrites the interface’s MAC address.',
  },
  gateway_guessed: {
    severity: 'warning',
    message:
      'Without a gateway this engine takes {{address}} as the gateway of {{network}} and routes by it. Give the router’s address.',
  },
  gateway_absent: {
    severity: 'warning',
    message:
      'Without a gateway {{network}} has no default route, and the first container may get {{address}}, which may be the router’s.',
  },
  parent_unchecked: {
    severity: 'info',
    message: 'Whether {{host}} has the interface {{parent}} shows only when the network is made.',
  },
  vlan_link_made: {
    severity: 'info',
    message:
      'The engine makes the interface {{parent}} for VLAN {{vlan}} if it is absent, and then deletes it with its last network.',
    when: {
      removed: {
        message:
          'This is the last network on {{parent}} (VLAN {{vlan}}): the engine deletes the interface too, if it made it.',
      },
    },
  },
  vlan_link_needed: {
    severity: 'warning',
    message:
      'The engine on {{host}} makes no VLAN interfaces: {{parent}} has to be there beforehand (ip link add link {{nic}} name {{parent}} type vlan id {{vlan}}).',
  },
  lan_unreachable: {
    severity: 'warning',
    message: 'Networks on {{host}} do not reach the LAN.',
    when: {
      desktop: {
        message: 'The engine on {{host}} runs in a hidden virtual machine: {{network}} ends there.',
      },
      rootless: { message: 'The engine on {{host}} runs without root: {{network}} does not reach the LAN.' },
      docker_bridge: {
        message: '{{parent}} on {{host}} is a bridge of Docker’s own: {{network}} does not reach the LAN.',
      },
    },
  },
  subnet_public: {
    severity: 'info',
    message:
      '{{subnet}} are public addresses, and somebody on the internet has them. Unless they are yours, this LAN will not reach whoever has them there.',
  },
  subnet_shared: {
    severity: 'info',
    message: '{{host}} has {{subnet}} too ({{network}}): both are treated as one LAN.',
    when: {
      prefix: {
        message:
          '{{host}} has another prefix on this LAN, {{other}} ({{network}}), and {{subnet}} overlaps it: they share addresses, but containers with different prefixes may not reach each other.',
      },
    },
  },
  ...rangeNotices,
  mtu_ignored: {
    severity: 'info',
    message:
      'The MTU {{mtu}} is not sent: engines ignore it. Containers on {{host}} get the MTU that {{parent}} has.',
    when: {
      differs: {
        message:
          'Containers on {{host}} get an MTU of {{actual}}, that of {{parent}}, and not {{mtu}}: engines ignore the one given. Set it on the host (ip link set {{parent}} mtu {{mtu}}).',
        severity: 'warning',
      },
    },
  },
  ...importNotices,
  ...parentTexts,
} as const satisfies Record<string, NoticeText>;
