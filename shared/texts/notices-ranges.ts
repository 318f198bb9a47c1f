/** Of automatic ranges. */
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
  range_host_bits: {
    severity: 'info',
    message:
      'The automatic range {{range}} is sent as {{to}}: the same addresses, in the spelling that every engine takes.',
  },
} as const;
