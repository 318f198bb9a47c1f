/** Of addresses that are fixed, or that engines hand out: see {@link noticeTexts}. */
export const addressNotices = {
  pin_in_auto_range: {
    severity: 'warning',
    message:
      '{{address}} lies in {{range}}, from which the engine on {{host}} hands out addresses by itself: while the container is stopped, another may get it.',
    when: {
      elsewhere: {
        message:
          '{{address}} lies in {{range}}, from which the engine on {{host}} hands out addresses by itself. It knows nothing of other hosts: it may give another container the same address at any time.',
      },
    },
  },
  pin_outside_range: {
    severity: 'info',
    message:
      '{{address}} lies outside {{range}}, the automatic range of {{network}}. If the LAN has a DHCP server, it may hand it out: choose an address at the top of the range, unless that server leaves this one alone.',
    when: {
      full: {
        message:
          '{{range}}, the automatic range of {{network}}, has no address left, and {{address}} lies outside it. If the LAN has a DHCP server, it may hand it out: keep it out of what that server gives.',
      },
    },
  },
  address_answers: {
    severity: 'warning',
    message:
      'Somebody on the LAN of {{network}} answers for {{address}} already ({{mac}}), and no container or host known here holds it. Choose another address, or find that device first.',
  },
  address_twice: {
    severity: 'warning',
    message:
      '{{address}} is used by {{container}} and also by {{others}} on the same LAN: whoever answers first is reached. Give one of them another address.',
  },
  guard_follows: {
    severity: 'info',
    message:
      '{{container}} is guarded: from then on {{address}} on {{network}} is what it gets back when it is made anew.',
    when: {
      dropped: {
        message:
          '{{container}} is guarded: {{address}} on {{network}} is not given back to it any more. What it has fixed on other networks stays guarded.',
      },
      asks: {
        message:
          '{{container}} is guarded with {{address}} on {{network}}, and has nothing fixed after this: its guard then asks which is to count. Stop guarding it if it is to stay so.',
      },
    },
  },
  address_reaches_host: {
    severity: 'warning',
    message:
      '{{address}} is the address by which {{host}} is reached. If {{host}} is on the LAN of {{network}}, it is taken there: choose another address, unless they are two LANs.',
  },
  lan_last_known: {
    severity: 'info',
    message:
      'No answer from {{hosts}}: which addresses of the LAN of {{network}} are taken there is as last known, and may have changed.',
    when: {
      late: {
        severity: 'warning',
        message:
          'No answer in time from {{hosts}}: which addresses of the LAN of {{network}} are taken there is as last known, and may have changed.',
      },
      unread: {
        severity: 'warning',
        message:
          'No answer yet from {{hosts}} since this console started: of the addresses that are taken there on the LAN of {{network}}, only those that it gave itself are known.',
      },
    },
  },
  pin_maybe_router: {
    severity: 'warning',
    message: '{{network}} has no gateway set, and {{address}} is where a LAN’s router usually is.',
  },
  address_automatic: {
    severity: 'info',
    message:
      'The engine picks the address of {{container}} on {{network}}; it may be another one after each start.',
    when: {
      ipv4: {
        message:
          'The engine picks the IPv4 address of {{container}} on {{network}}; it may be another one after each start.',
      },
      ipv6: {
        message:
          'The engine picks the IPv6 address of {{container}} on {{network}}; it may be another one after each start.',
      },
    },
  },
  pin_ignored_by_swarm: {
    severity: 'warning',
    message: '{{network}} belongs to a swarm: the engine ignores the fixed address {{address}} there.',
  },
} as const;
