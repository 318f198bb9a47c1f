import type { TextWithVariants } from './text';

/** Making and removing networks. */
export const networkTexts = {
  name_invalid: {
    message: '“{{name}}” cannot be the name of a network.',
    hint: 'Begin with a letter or digit, then letters, digits, “_”, “.” and “-”.',
    when: { empty: { message: 'The network needs a name.' } },
  },
  name_taken: {
    message: 'A network “{{name}}” already exists on {{host}}.',
    hint: 'Choose another name.',
  },
  parent_invalid: {
    message: '“{{parent}}” cannot be the name of a network interface.',
    hint: 'At most 15 characters, without spaces, “/” and “:”.',
    when: {
      empty: {
        message: 'The network needs a parent interface.',
        hint: 'Without one the engine would make an isolated network that reaches no LAN.',
      },
      dots: {
        message:
          '“{{parent}}” has more than one dot; the engine makes VLAN interfaces on a plain interface only.',
        hint: 'Write interface, one dot and the VLAN id, such as eth0.10.',
      },
      loopback: { message: 'The loopback interface “{{parent}}” cannot carry a LAN.' },
      not_ethernet: {
        message: '{{parent}} on {{host}} is no Ethernet link: macvlan and ipvlan can’t use it.',
        hint: 'Choose a network card.',
      },
    },
  },
  parent_missing: {
    message: '{{host}} has no network interface {{parent}}.',
    hint: 'Check the name on the host (ip link). Only interface.VLAN, such as eth0.10, is made by the engine.',
    when: {
      gone: {
        message: '{{host}} has no network interface {{parent}} any more, on which this network stands.',
        hint: 'Bring the interface back on the host (ip link), or make the network again on another one.',
      },
      no_links: {
        message: '{{host}} has no network interface {{parent}}, and the engine there makes none.',
        hint: 'Choose one of the host’s interfaces, or make it there first; VLAN 10 on eth0: ip link add link eth0 name eth0.10 type vlan id 10.',
      },
      vlan: {
        message: '{{host}} has no interface {{parent}}, and the engine there makes no VLAN interfaces.',
        hint: 'Make it on the host (ip link add link {{nic}} name {{parent}} type vlan id {{vlan}}), then try again.',
      },
    },
  },
  parent_busy: {
    message:
      'The interface {{parent}} on {{host}} is taken by something else, for example a bridge or a bond.',
    hint: 'Use an interface that is no part of a bridge or bond.',
    when: {
      unnamed: {
        message:
          'The parent interface on {{host}} is held by something else, such as a bridge or another kind of link.',
        hint: 'Choose a parent that is no bridge port and carries no ipvlan beside macvlan.',
      },
    },
  },
  parent_taken: {
    message:
      'The network {{network}} already uses {{parent}}, and this engine ({{host}}) allows one per interface.',
    hint: 'Use {{network}}, another interface or VLAN, or an engine from version 27 on.',
    when: {
      unnamed: {
        message:
          'Another network already uses {{parent}}, and this engine ({{host}}) allows one per interface.',
        hint: 'Use that network, another interface or VLAN, or an engine from version 27 on.',
      },
      passthru: {
        message:
          'In passthru mode a network has {{parent}} for itself, and both {{name}} and {{network}} would use it.',
        hint: 'Use another interface or VLAN, or another mode for both.',
      },
      mixed: {
        message:
          'The network {{network}} already uses {{parent}} for {{driver}}; an interface cannot carry macvlan and ipvlan at once.',
        hint: 'Use the same driver as {{network}}, or another interface or VLAN.',
      },
    },
  },
  vlan_invalid: {
    message: '“{{vlan}}” in “{{parent}}” is not a VLAN id.',
    hint: 'VLAN ids go from 1 to 4094, without leading zeros.',
    when: {
      alone: {
        message: '“{{vlan}}” is not a VLAN id.',
        hint: 'VLAN ids go from 1 to 4094, without leading zeros.',
      },
    },
  },
  mode_invalid: {
    message: '“{{mode}}” is not a mode of {{driver}}.',
    hint: 'Possible: {{choices}}.',
  },
  subnet_invalid: {
    message: '“{{subnet}}” is not a subnet.',
    hint: 'Write address and prefix length, such as 192.168.1.0/24.',
    when: {
      too_small: {
        message: '{{subnet}} is too small: it leaves no room for a gateway and a container.',
        hint: 'The longest possible prefix is /30.',
      },
      too_small6: {
        message: '{{subnet}} is too small: it leaves no room for a gateway and containers.',
        hint: 'The longest possible prefix is /124; a LAN of IPv6 is a /64 as a rule.',
      },
      missing: {
        message: 'The network needs an IPv4 subnet.',
        hint: 'Write address and prefix length, such as 192.168.1.0/24.',
      },
      missing6: {
        message: 'An IPv6 gateway or range needs an IPv6 subnet.',
        hint: 'Write address and prefix length, such as fd00:70::/64, or leave both empty.',
      },
      ipv6: {
        message: '“{{subnet}}” is not an IPv6 subnet.',
        hint: 'Write address and prefix length, such as fd00:70::/64.',
      },
      no_room: {
        message: 'The subnet is too small: it leaves no room for a gateway and a container.',
        hint: 'The longest possible prefix is /30.',
      },
      reserved: {
        message: '{{subnet}} is set aside for special use and cannot be a LAN.',
        hint: 'Use the subnet of your LAN, or a private one (10/8, 172.16/12, 192.168/16).',
      },
      reserved6: {
        message: '{{subnet}} is set aside for special use and cannot be a LAN.',
        hint: 'Use the IPv6 subnet of your LAN, or a private one such as fd00:70::/64.',
      },
      link_local: {
        message:
          '{{subnet}} is link-local: interfaces make themselves addresses of it, and no router passes it on.',
        hint: 'Use the subnet of your LAN, or a private one (10/8, 172.16/12, 192.168/16).',
      },
      link_local6: {
        message:
          '{{subnet}} is link-local: every interface makes itself an address of it, and no router passes it on.',
        hint: 'Use the IPv6 subnet of your LAN, or a private one such as fd00:70::/64.',
      },
      ipv6_only: {
        message: '{{subnet}} is an IPv6 subnet, and the engine would make up an IPv4 subnet beside it.',
        hint: 'Give the LAN’s IPv4 subnet.',
      },
    },
  },
  subnet_host_bits: {
    message: '{{subnet}} is not the start of a subnet.',
    hint: 'You probably mean {{to}}.',
  },
  subnet_overlap: {
    message: '{{subnet}} overlaps {{other}}, the subnet of {{network}} on {{host}}.',
    hint: 'Choose another subnet, or use {{network}}.',
    when: {
      same: { message: '{{network}} on {{host}} already has the subnet {{subnet}}.' },
      unnamed: {
        message: 'The subnet overlaps that of another network on {{host}}.',
        hint: 'Choose another one. On Docker 20.10 a refused exclusion also blocks its subnet until the engine restarts.',
      },
      ambiguous: {
        message:
          '{{network}} on {{host}} already has {{subnet}} on another interface, {{parent}}; addresses would be ambiguous.',
        hint: 'Choose another subnet, or use {{network}}.',
      },
    },
  },
  gateway_outside_subnet: {
    message: 'The gateway {{address}} is not inside {{subnet}}.',
    hint: 'The gateway is the router’s address in this subnet.',
    when: {
      alone: {
        message: 'The gateway {{address}} is not inside the subnet.',
        hint: 'The gateway is the router’s address in this subnet.',
      },
    },
  },
  range_outside_subnet: {
    message: 'The automatic range {{range}} is not inside {{subnet}}.',
    hint: 'Give a part of the subnet, such as its upper half.',
    when: {
      unnamed: {
        message: 'The automatic range is not inside {{subnet}}.',
        hint: 'Give a part of the subnet, such as its upper half.',
      },
      invalid: {
        message: '“{{range}}” is not a range.',
        hint: 'Write address and prefix length, such as 192.168.1.128/25.',
      },
    },
  },
  exclusion_outside_subnet: {
    message: 'The excluded address {{address}} is not inside {{subnet}}.',
    hint: 'Only addresses of the subnet need to be excluded.',
    when: {
      named: {
        message: 'The excluded address “{{name}}” is not inside {{subnet}}.',
        hint: 'Only addresses of the subnet need to be excluded.',
      },
    },
  },
  network_predefined: {
    message: '{{network}} belongs to the engine itself and cannot be removed.',
    when: {
      name: {
        message: '“{{network}}” is a name that the engine keeps for itself.',
        hint: 'Choose another name.',
      },
    },
  },
  network_in_use: {
    message: '{{network}} is in use by {{container}}.',
    hint: 'Detach every container from it first.',
    when: {
      members: {
        message: 'Containers belong to {{network}}, running or not.',
        hint: 'Detach them first.',
      },
      running: {
        message: 'Running containers are attached to {{network}}.',
        hint: 'Detach them first.',
      },
      settings: {
        message: 'Other networks take their settings from {{network}}.',
        hint: 'Remove the networks that were made from it first.',
      },
      config: {
        message: '{{network}} holds the settings of {{name}}.',
        hint: 'Remove the networks that take their settings from it first.',
      },
      made_with: {
        message:
          'Made with {{network}} as its network, and unable to start again without it, whatever else it is on: {{container}}.',
        hint: 'Make the container anew with another network first, or leave this change as it is.',
      },
    },
  },
  network_has_stopped_members: {
    message: 'Containers that are not running belong to {{network}}: {{container}}.',
    hint: 'Detach them first: those that were on it before could not start again without it, not even with a new one of the same name.',
  },
  network_not_recreatable: {
    message: '{{network}} on {{host}} has settings with which it could not be made again.',
    hint: 'So that nothing is lost, the console does not remove it. Remove it by hand if you no longer need it.',
    when: {
      twin: {
        message:
          '{{host}} has another network named {{network}}: while it is there, this one could not be made again.',
        hint: 'Remove one of the two by hand first.',
      },
    },
  },
  mac_invalid: {
    message: '“{{mac}}” is not the MAC address of one interface.',
    hint: 'Write six pairs of hex digits, such as 02:42:0a:46:01:05; the first pair is even.',
    when: {
      ipvlan: {
        message: '{{mac}} can’t be set: on ipvlan every container has the MAC address of the parent.',
        hint: 'Leave the MAC address empty.',
      },
    },
  },
} as const satisfies Record<string, TextWithVariants>;
