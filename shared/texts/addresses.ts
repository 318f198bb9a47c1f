import type { TextWithVariants } from './text';

/** What is wrong with an address, and who has it. */
export const addressTexts = {
  address_invalid: {
    message: '“{{address}}” is not an IP address.',
    when: {
      ipv4: {
        message: '“{{address}}” is not an IPv4 address.',
        hint: 'Write four numbers from 0 to 255 without leading zeros, such as 192.168.1.20.',
      },
      ipv6: { message: '“{{address}}” is not an IPv6 address.', hint: 'For example fd00:70::20.' },
    },
  },
  address_outside_subnet: {
    message: '{{address}} is not inside {{subnet}}, the subnet of {{network}}.',
    hint: 'Choose an address inside the subnet.',
    when: {
      network: {
        message: '{{address}} is in none of the subnets of {{network}}.',
        hint: 'Choose an address inside the subnet.',
      },
      alone: {
        message: '{{address}} is not inside the subnet of the network.',
        hint: 'Choose an address inside the subnet.',
      },
      unnamed: {
        message: 'The address is not inside the subnet of the network.',
        hint: 'Choose an address inside the subnet.',
      },
    },
  },
  address_is_network: {
    message: '{{address}} is the address of the subnet {{subnet}} itself.',
    hint: 'Choose another address.',
  },
  address_is_broadcast: {
    message: '{{address}} is the broadcast address of {{subnet}}.',
    hint: 'Choose another address.',
  },
  address_is_gateway: {
    message: '{{address}} is the gateway of {{network}} on {{host}}.',
    hint: 'Choose another address.',
    when: {
      held: {
        message: '{{container}} on {{host}} has {{address}} already.',
        hint: 'Choose another gateway.',
      },
    },
  },
  address_reserved: {
    message: '{{address}} is reserved as “{{name}}” on {{network}} ({{host}}).',
    hint: 'Choose another address.',
    when: {
      pool: {
        message: '{{address}} lies in the automatic range {{range}} of {{host}}, which may hand it out.',
        hint: 'Choose an address outside every automatic range, or exclude it there.',
      },
      dhcp: {
        message: '{{address}} is reserved for a foreign DHCP on {{network}} ({{host}}).',
        hint: 'Choose another address.',
      },
      guard: {
        message: '{{address}} is kept for {{name}} on {{host}}, whose address is guarded.',
        hint: 'Choose another address, or stop guarding {{name}}.',
      },
      lease: {
        message: '{{address}} is leased by {{name}} on {{host}} from the LAN’s own DHCP server.',
        hint: 'Choose another address: the server may give this one to {{name}} again.',
      },
      taken: {
        message: 'The excluded address {{address}} is taken already, by the gateway or another exclusion.',
        hint: 'Leave it out.',
      },
      duplicate: { message: '{{address}} is listed twice.', hint: 'Remove one of the two.' },
      shim: {
        message: '{{address}} is the address by which {{host}} itself reaches its containers on {{network}}.',
        hint: 'Choose another address.',
      },
      host: {
        message: '{{address}} is an address of {{host}} itself, on {{name}}.',
        hint: 'Choose another address.',
      },
      reached: {
        message: '{{address}} is the address by which {{host}} itself is reached.',
        hint: 'Choose another address.',
      },
    },
  },
  address_in_use: {
    message: '{{address}} is in use by {{container}} on the network {{network}} of this host, {{host}}.',
    hint: 'Choose another address, or release it from {{container}} first.',
    when: {
      alone: {
        message: '{{address}} is in use already on {{host}}.',
        hint: 'Choose another address of the subnet.',
      },
      unnamed: {
        message: 'The address is in use on {{host}}, or it is the gateway’s, or the subnet’s first or last.',
        hint: 'Choose another address of the subnet.',
      },
      pinned: {
        message:
          '{{address}} is fixed for {{container}}, which does not use it now, on {{network}} ({{host}}).',
        hint: 'Taking it would keep {{container}} from starting. Choose another address.',
      },
      at_once: {
        message:
          '{{address}} was given to {{container}} on {{network}} ({{host}}) at the same moment; this change gives way.',
        hint: 'Another console or a script works on this host, too. Choose another address.',
      },
    },
  },
  address_in_use_elsewhere: {
    message:
      '{{address}} is in use by {{container}} on another host of the same LAN, {{host}} ({{network}}).',
    hint: 'The engines do not notice duplicates across hosts. Choose another address; or, if the two hosts stand on different LANs, give each its site.',
    when: {
      pinned: {
        message:
          '{{address}} is fixed for {{container}} on another host of the same LAN, {{host}} ({{network}}).',
        hint: 'It does not use the address now, but claims it when it starts. Choose another address; or, if the two hosts stand on different LANs, give each its site.',
      },
      at_once: {
        message:
          '{{address}} was given to {{container}} on another host of the same LAN, {{host}} ({{network}}), at the same moment; this change gives way.',
        hint: 'Another console or a script works on these hosts, too. Choose another address.',
      },
      automatic: {
        message:
          'The engine gave out {{address}}, which {{container}} on another host of the same LAN has already, {{host}} ({{network}}); this change gives way.',
        hint: 'Choose a fixed address, or give each host of the LAN an automatic range of its own.',
      },
      logged: {
        message:
          '{{address}} was given to {{container}} on another host of the same LAN, {{host}} ({{network}}), which does not answer now.',
        hint: 'Choose another address, or wait until {{host}} answers and tells whether it still has it.',
      },
      cut_off: {
        message:
          '{{container}} on another host of the same LAN, {{host}} ({{network}}), may have {{address}}: a change there did not come to its end, and {{host}} does not answer now.',
        hint: 'Choose another address, or wait until {{host}} answers and tells whether it has it.',
      },
      lan: {
        message: '{{address}} is in use on the LAN of {{host}}: {{mac}} answers for it.',
        hint: 'Choose another address, or take it from that machine first.',
      },
    },
  },
  subnet_full: {
    message: 'No address is free in {{subnet}} on {{network}}.',
    hint: 'Release an address first, or use a larger subnet.',
    when: {
      unnamed: {
        message: 'The network has no free address left to hand out.',
        hint: 'Detach a container, or give a fixed address outside the automatic range.',
      },
      range: {
        message: 'The automatic range {{range}} of {{network}} is used up.',
        hint: 'Give a fixed address of the subnet outside the range, or release one inside it.',
      },
      ranges: {
        message: '{{subnet}} has no room left for an automatic range on each host.',
        hint: 'Reserve fewer addresses, use a larger subnet, or write the ranges yourself.',
      },
    },
  },
  no_ipv4_subnet: {
    message:
      '{{network}} has no IPv4 subnet, and the way from a host to its own containers is for IPv4 only.',
    hint: 'Make the network anew with an IPv4 subnet.',
  },
} as const satisfies Record<string, TextWithVariants>;
