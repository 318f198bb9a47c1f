/** What may be wrong with an interface as a parent, and the way out. Refusals and warnings read the same. */
export const parentTexts = {
  parent_unfit: {
    severity: 'warning',
    message: '{{parent}} on {{host}} is no good parent.',
    when: {
      loopback: { message: '{{parent}} is the loopback: it can’t carry a LAN. Choose a network card.' },
      not_ethernet: {
        message: '{{parent}} is no Ethernet link: macvlan and ipvlan can’t use it. Choose a network card.',
      },
      bridge_port: {
        message:
          '{{parent}} is a port of the bridge {{master}}: the kernel refuses it. Use {{master}}, or another card.',
      },
      bond_port: { message: '{{parent}} is a part of the bond {{master}}. Use {{master}}.' },
      docker_link: {
        message: '{{parent}} is a link of Docker’s own, with no LAN behind it. Choose a network card.',
      },
      docker_bridge: {
        message:
          '{{parent}} is a bridge of Docker’s own: it leads to its containers and to no LAN. Choose a network card.',
      },
      wireless: {
        message:
          '{{parent}} is a Wi-Fi card: access points usually drop macvlan’s extra MAC addresses. Use ipvlan l2, which needs only one.',
      },
      down: {
        message:
          '{{parent}} is switched off: containers start on it, but reach nothing. Switch it on at the host (ip link set {{parent}} up).',
      },
      no_carrier: {
        message: '{{parent}} has no carrier: the cable is out, or the far end is off.',
      },
      veth: {
        message: '{{parent}} is a virtual cable (veth): where it leads can’t be told from here.',
        severity: 'info',
      },
      dummy: {
        message: '{{parent}} is a dummy: there is no LAN behind it, only containers of this host.',
      },
      tunnel: {
        message:
          '{{parent}} is a tunnel: its MTU is smaller, and the far end must accept extra MAC addresses.',
      },
      stacked: { message: '{{parent}} itself stands on {{master}}. Use {{master}} directly.' },
      cloud: {
        message:
          '{{host}} is a machine of {{cloud}}: cloud networks carry only addresses that they gave out themselves, so macvlan reaches no LAN there.',
      },
      rootless: {
        message:
          'The engine on {{host}} runs without root and sees a network of its own, not the host’s: no LAN is reached.',
      },
      desktop: {
        message:
          'The engine on {{host}} runs inside a hidden virtual machine: these are its interfaces, and no LAN is reached.',
      },
    },
  },
} as const;
