import type { TextWithVariants } from './text';

/** Segments: one LAN over several hosts. */
export const segmentTexts = {
  segment_not_found: {
    message: 'There is no segment “{{segment}}”.',
    hint: 'It was probably deleted meanwhile.',
  },
  segment_name_missing: { message: 'The segment needs a name.' },
  segment_name_taken: { message: 'There is already a segment “{{segment}}”.', hint: 'Choose another name.' },
  segment_subnets_invalid: {
    message: 'A segment needs an IPv4 subnet.',
    hint: 'Give the LAN’s IPv4 subnet; others may stand beside it.',
    when: {
      overlap: {
        message: '{{subnet}} overlaps {{other}} of the same segment.',
        hint: 'No engine makes a network of both.',
      },
    },
  },
  segment_overlap: {
    message: '{{subnet}} overlaps the segment “{{segment}}”, which is on VLAN {{vlan}} too.',
    hint: 'Choose another subnet or VLAN, or use “{{segment}}”. If they are two LANs, give the hosts of each a site of its own.',
    when: {
      untagged: {
        message: '{{subnet}} overlaps the segment “{{segment}}”, which is untagged too.',
        hint: 'Choose another subnet or a VLAN, or use “{{segment}}”. If they are two LANs, give the hosts of each a site of its own.',
      },
    },
  },
  segment_sites_differ: {
    message:
      '“{{segment}}” is one LAN, and its hosts are at two sites: {{host}} at “{{site}}”, {{other}} at “{{otherSite}}”.',
    hint: 'Make a segment for each site; or, if one LAN reaches both, give the hosts one site, or none.',
  },
  segment_has_host: {
    message: 'The segment “{{segment}}” is on {{host}} already.',
    hint: 'Edit the segment to change how it stands there.',
  },
  segment_lacks_host: {
    message: 'The segment “{{segment}}” is not on {{host}}.',
    hint: 'Add the host to the segment first.',
    when: {
      attach: {
        message: 'The segment “{{segment}}” is not on {{host}} yet.',
        hint: 'Choose the NIC on which its network is to be made there.',
      },
      gone: { message: 'The segment “{{segment}}” is not on {{host}}, so it can’t be removed from there.' },
    },
  },
  segment_other_host: {
    message: 'The container runs on {{host}}, and the chosen NIC is on {{other}}.',
    hint: 'Choose a NIC of {{host}}.',
  },
  address_not_held: {
    message:
      '{{container}} on {{host}} is stopped, and no engine holds {{address}} for it meanwhile: {{other}} could be given it when it is attached again.',
    hint: 'Start {{container}} before, or detach it from {{network}}.',
    when: {
      back: {
        message:
          '{{container}} on {{host}} is stopped, and no engine holds {{address}} for it meanwhile: {{other}} could be given it when {{network}} is made again.',
        hint: 'Start {{container}} before.',
      },
    },
  },
  host_repeated: { message: '{{host}} is named more than once.', hint: 'Name each host once.' },
  reserved_invalid: {
    message: '“{{from}} – {{to}}” is not a range of addresses.',
    hint: 'Give the first and the last address, both of one family, the lower one first.',
    when: {
      outside: {
        message: '{{from}} – {{to}} is not inside the segment’s subnet.',
        hint: 'Only addresses of the subnet need to be reserved.',
      },
    },
  },
  range_overlap: {
    message: 'The automatic range {{range}} overlaps {{other}} of {{host}}.',
    hint: 'Both engines would hand out the same addresses: give each host a range of its own.',
    when: {
      reserved: {
        message: 'The automatic range {{range}} runs into the reserved addresses {{from}} – {{to}}.',
        hint: 'Choose a range beside them, or leave it empty to have one found.',
      },
    },
  },
  vlan_mismatch: {
    message: '{{parent}} is VLAN {{vlan}}, and the segment has VLAN {{wanted}}.',
    hint: 'Name the NIC itself: the VLAN id is put behind it.',
    when: {
      untagged: {
        message: '{{parent}} is VLAN {{vlan}}, and the segment is untagged.',
        hint: 'Name the NIC itself, or give the segment VLAN {{vlan}}.',
      },
      link: {
        message: '{{parent}} on {{host}} carries VLAN {{vlan}}, not {{wanted}}.',
        hint: 'Engines take such a link without a look. Correct it on the host, or name another.',
      },
    },
  },
  link_mismatch: {
    message: '{{parent}} on {{host}} stands on {{other}}, not on {{nic}}.',
    hint: 'Choose {{other}} as the NIC, or another link.',
    when: {
      not_vlan: {
        message: '{{parent}} exists on {{host}} and is no VLAN link.',
        hint: 'Rename or remove it on the host, or choose another NIC.',
      },
    },
  },
} as const satisfies Record<string, TextWithVariants>;
