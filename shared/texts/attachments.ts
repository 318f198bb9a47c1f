import type { TextWithVariants } from './text';

/** Attach, detach, and move. */
export const attachmentTexts = {
  guard_nothing: {
    message: '{{container}} has no address on a LAN that could be guarded.',
    hint: 'Attach it to a macvlan or ipvlan network, or fix its address, and guard it then.',
    when: {
      doubled: {
        message: 'Two containers claim to be {{container}}, so neither is given its addresses.',
        hint: 'Remove one of them, and decide then.',
      },
    },
  },
  already_connected: {
    message: '{{container}} is already connected to {{network}}.',
    hint: 'To give it another address there, change its address instead.',
    when: {
      name: {
        message:
          '{{container}} is on another network that is called {{network}} as well: engines keep one entry a name, and would lose the other one.',
        hint: 'Take it off that one first, or make one of the two anew under another name.',
      },
      unnamed: {
        message: 'The container is attached to {{network}} already.',
        hint: 'To give it another address there, change its address instead.',
      },
    },
  },
  not_connected: {
    message: '{{container}} is not connected to {{network}}.',
    when: {
      unnamed: { message: 'The container is not connected to {{network}}.' },
      leftover: {
        message:
          '{{container}} is not connected to {{network}}, but still has what a failed attach left there: it can’t be taken off while it runs.',
        hint: 'Detach {{container}} from {{network}} first: it stands under “Needs a look”. Then try again.',
      },
    },
  },
  container_stranded: {
    message:
      '{{container}} was attached to {{network}} while that was being removed from {{host}}. It is left on a network that is gone, and can’t start.',
    hint: 'Take {{container}} off {{network}}: it stands under “Needs a look”. Then attach it to the network that it is to be on.',
    when: {
      unlooked: {
        message:
          '{{host}} could not be read after {{network}} was removed: whether a stopped container was attached to it at that moment, and can’t start now, was not looked at.',
        hint: 'Look under “Needs a look” once {{host}} answers.',
      },
    },
  },
  mode_network_gone: {
    message:
      '{{container}} was made with the network {{network}}, which {{host}} no longer has. Without it, the engine neither starts it nor puts it on another network while it runs.',
    hint: 'Make a network {{network}} again, or make {{container}} anew without it.',
    when: {
      unnamed: {
        message:
          'The container was made with the network {{network}}, which {{host}} no longer has. Without it, the engine neither starts it nor puts it on another network while it runs.',
        hint: 'Make a network {{network}} again, or make the container anew without it.',
      },
    },
  },
  container_restarting: {
    message: '{{container}} restarts again and again: its networks can’t be changed while it does.',
    hint: 'Stop it first; it stays stopped, and undoing the change starts it again.',
  },
  interface_left: {
    message:
      'The container has an interface of the name that the engine on {{host}} would give the new one. A connect that failed may have left it.',
    hint: 'Restart the container, which clears what was left, then try again.',
  },
  lease_not_obtained: {
    message:
      'No DHCP server gave the container an address on {{host}}. The engine may leave an interface in it that keeps it from every other network.',
    hint: 'See that Podman’s DHCP proxy runs (netavark-dhcp-proxy.socket) and that the LAN has a DHCP server. Restart the container before you try again.',
  },
  removed_by_stop: {
    message:
      '{{container}} would have to be stopped for this, and the engine removes it as soon as it stops.',
    hint: 'It was made to be removed (--rm). Remove it and make it anew yourself.',
    when: {
      unread: {
        message:
          '{{container}} would have to be stopped for this, and the engine on {{host}} has not told yet whether it removes it then (--rm).',
        hint: 'Try again once the console has read {{container}} whole.',
      },
    },
  },
  nothing_to_do: {
    message: '{{container}} already is as you ask for on {{network}}.',
    when: {
      same_network: { message: '{{container}} would move from {{network}} to the same network.' },
      same_address: { message: '{{container}} already has {{address}} fixed on {{network}}.' },
      no_shim: { message: 'No way from {{host}} to {{network}} is kept: there is nothing to take away.' },
      automatic: { message: '{{container}} has no fixed address on {{network}} that could be released.' },
      no_lease: {
        message:
          '{{container}} does not lease its address on {{network}} by this console: there is nothing to end.',
      },
    },
  },
  shares_namespace: {
    message: '{{container}} uses the network of {{owner}} and has none of its own.',
    hint: 'Change {{owner}} instead: {{container}} follows.',
    when: {
      unnamed: {
        message: 'The container uses the network of its host or of another container.',
        hint: 'Attach the container that owns the network; for host networking there is none.',
      },
      owner_stopped: {
        message: 'The container uses the network of another container, which does not run.',
        hint: 'Start the other container first.',
      },
      owner_gone: {
        message: '{{container}} uses the network of a container that no longer exists ({{owner}}).',
        hint: 'Make {{container}} anew; the engine cannot give it a network of its own.',
      },
    },
  },
  host_mode: {
    message: '{{container}} uses the network of its host, {{host}}, directly.',
    hint: 'The engine can neither add networks to it nor take the host’s away. Make the container anew without host mode.',
  },
  none_mode: {
    message: '{{container}} was made without a network; there is nothing to detach.',
    hint: 'Attach it to a network instead.',
    when: {
      unnamed: {
        message: 'The container was made without a network, which excludes any other.',
        hint: 'Detach the network “none” first; then it can be attached.',
      },
    },
  },
  none_network: {
    message: '“{{network}}” stands for no network at all; {{container}} cannot be attached to it.',
    hint: 'Detach the container from its networks instead.',
    when: {
      unnamed: {
        message: 'The network “none” stands for no network at all; nothing can be attached to it.',
        hint: 'Detach the container from its networks instead.',
      },
    },
  },
  host_network: {
    message: '“{{network}}” is the host’s own network; {{container}} cannot be attached to it.',
    hint: 'Only a container made in host mode uses it.',
    when: {
      unnamed: {
        message: 'Host networking is chosen when a container is made; it can’t be attached or detached.',
        hint: 'Make the container anew with the network mode you want.',
      },
    },
  },
  network_config_only: {
    message: '{{network}} only holds settings for other networks; nothing can be attached to it.',
    hint: 'Attach to the network that takes its settings from it.',
    when: {
      unnamed: {
        message: 'The network only holds settings for others; nothing can be attached to it.',
        hint: 'Attach to a network that takes its settings from it.',
      },
    },
  },
  network_ingress: { message: '{{network}} is the swarm’s own network for published ports.' },
  network_without_ipam: {
    message: 'The engine manages no addresses on {{network}}, so {{address}} cannot be fixed there.',
    hint: 'Attach without an address.',
    when: {
      network: {
        message: 'The engine on {{host}} makes no network without address management.',
        hint: 'Give a subnet.',
      },
    },
  },
  pin_needs_user_network: {
    message: 'The engine fixes no addresses on its default network {{network}} (asked for: {{address}}).',
    hint: 'Use a network that you made, or attach without an address.',
    when: {
      readdress: {
        message: 'The engine fixes no addresses on its default network {{network}}.',
        hint: 'Attach the container to a network that you made: there it can have an address of its own.',
      },
      unnamed: {
        message: 'An address can be fixed only on a network whose subnet was set by hand.',
        hint: 'Use a network that was made with a subnet, or attach without an address.',
      },
    },
  },
  passthru_occupied: {
    message: '{{network}} hands the whole of {{parent}} to one container, and {{container}} has it.',
    hint: 'Detach {{container}} first, or use a network in bridge mode.',
    when: {
      unnamed: {
        message: 'A passthru parent serves one container at a time, and another has it.',
        hint: 'Detach that container first, or use a network in bridge mode.',
      },
    },
  },
  network_not_attachable: {
    message: '{{network}} is for swarm services only; containers cannot be attached to it.',
    hint: 'Only a swarm network made as “attachable” takes containers.',
  },
  network_other_engine: {
    message: '{{network}} is on {{from}}, but {{container}} runs on {{host}}.',
    hint: 'Choose a network on {{host}}; make one for the same LAN if there is none.',
  },
} as const satisfies Record<string, TextWithVariants>;
