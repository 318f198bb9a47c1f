/** Of what becomes of the MACs of containers: see {@link noticeTexts}. */
export const macNotices = {
  mac_unsupported: {
    severity: 'warning',
    message: 'The engine on {{host}} cannot set a MAC address when connecting: {{mac}} is left out.',
  },
  mac_lost: {
    severity: 'warning',
    message:
      '{{container}} loses its fixed MAC {{mac}} on {{network}}: the engine on {{host}} sets none when connecting, and undo can’t bring it back.',
    when: {
      moves: {
        message:
          'The fixed MAC {{mac}} of {{container}} holds on {{network}} alone: on {{to}} it has another one.',
      },
    },
  },
  mac_changes: {
    severity: 'warning',
    message:
      'The MAC of {{container}} on {{network}}, now {{mac}}, changes with its address: neighbours, DHCP leases and filters that know it must learn the new one.',
    when: {
      automatic: {
        message:
          'The MAC of {{container}} on {{network}}, now {{mac}}, changes if the engine picks another address: neighbours, DHCP leases and filters that know it must then learn the new one.',
      },
      drawn: {
        message:
          'The MAC of {{container}} on {{network}}, now {{mac}}, changes: this engine makes a new one at each connect. Neighbours, DHCP leases and filters that know it must learn the new one.',
      },
    },
  },
  mac_random: {
    severity: 'info',
    message: 'This engine gives {{container}} another MAC address on {{network}} at each start.',
  },
} as const;
