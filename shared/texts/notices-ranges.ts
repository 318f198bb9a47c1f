/** Of automatic and reserved ranges. */
export const rangeNotices = {
  range_used_up: {
    severity: 'warning',
    message:
      'Gateway and exclusions take all of the automatic range {{range}}: a container is attached to {{network}} with a fixed address only.',
  },
  auto_range_overlap: {
    severity: 'warning',
    message:
      'The automatic range {{range}} overlaps {{other}} of {{network}} on {{host}}: both engines would hand out the same addresses.',
  },
  ranges_shared: {
    severity: 'warning',
    message:
      'The engines of {{hosts}} hand out the same addresses of {{subnet}}, each without knowing of the other: two containers may get one address. Edit the segment and give each host an automatic range of its own.',
  },
  reserved_held: {
    severity: 'warning',
    message:
      'Containers have addresses of {{from}} – {{to}}, which is to be reserved: {{held}}. Reserving takes none of them away: see to it that nobody else is given these.',
    when: {
      one: {
        message:
          '{{from}}, which is to be reserved, is the address of a container: {{held}}. Reserving does not take it away: see to it that nobody else is given it.',
      },
    },
  },
  range_host_bits: {
    severity: 'info',
    message:
      'The automatic range {{range}} is sent as {{to}}: the same addresses, in the spelling that every engine takes.',
  },
} as const;
