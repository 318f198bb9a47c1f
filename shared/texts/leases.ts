import type { TextWithVariants } from './text';

/** Addresses from the LAN's own DHCP server. */
export const leaseTexts = {
  lease_impossible: {
    message: '{{container}} can’t lease its address on {{network}}: that takes a macvlan network.',
    hint: 'Attach it to a macvlan network of that LAN, and lease there.',
    when: {
      podman: {
        message: '{{host}} runs Podman, where this console puts no helper beside a container.',
        hint: 'Podman leases by itself on macvlan networks that are made with “--ipam-driver dhcp”, with its DHCP proxy running.',
      },
      swarm: {
        message: '{{network}} belongs to a swarm, which gives the addresses there itself.',
        hint: 'Use a macvlan network of {{host}} alone.',
      },
      passthru: {
        message:
          '{{network}} is in passthru mode: the MAC that {{container}} leases with would become that of the host’s NIC.',
        hint: 'Use a macvlan network in bridge mode.',
      },
      no_ipv4: {
        message: '{{network}} has no IPv4 subnet by which the link of {{container}} could be found.',
        hint: 'Use a macvlan network with an IPv4 subnet.',
      },
    },
  },
} as const satisfies Record<string, TextWithVariants>;

/** What leasing means for a container: see `noticeTexts`. */
export const leaseNotices = {
  lease_helper: {
    severity: 'info',
    message:
      'A helper container stays beside {{container}} for as long as it leases. It shares the container’s network, sees the processes of {{host}}, and has NET_ADMIN and NET_RAW. The engine starts it again with {{container}}, also while this console is closed; after a reboot of {{host}} this console may have to.',
  },
  lease_mac: {
    severity: 'info',
    message:
      'The link of {{container}} on {{network}} gets the MAC {{mac}} and keeps it over restarts and recreates: the server knows it by that. To have always the same address, reserve it there for this MAC.',
  },
  lease_paper: {
    severity: 'warning',
    message:
      'Docker will go on showing {{address}} for {{container}}, and its name service will answer with it, while nobody has it. {{container}} gives it up when it asks for a lease, and has no IPv4 address until a server answers.',
    when: {
      none: {
        message:
          'Docker will show an address of {{network}} for {{container}}, and its name service will answer with it, while nobody has it. {{container}} gives it up when it asks for a lease, and has no IPv4 address until a server answers.',
      },
    },
  },
  lease_later: {
    severity: 'info',
    message: '{{container}} does not run: its helper is put beside it when it starts.',
  },
  lease_ends: {
    severity: 'warning',
    message:
      'The lease is given back to the server, and {{container}} has again the address and the MAC that the engine gave it. Connections to the leased address end.',
  },
} as const;
