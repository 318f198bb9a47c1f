import type { TextWithVariants } from './text';

/** The call itself, engines, things that are gone. */
export const generalTexts = {
  // the call itself
  invalid_input: {
    message: 'The request is not valid: {{detail}}.',
    hint: 'Correct it and try again.',
    when: {
      address: {
        message: '“{{endpoint}}” is not the address of an engine: {{detail}}.',
        hint: 'Write unix:///var/run/docker.sock, tcp://192.0.2.10:2376, ssh://user@host, context://NAME or npipe:////./pipe/docker_engine.',
      },
      command: {
        message: 'The request {{command}} is not valid: {{detail}}.',
        hint: 'See docs/protocol.md for what each command takes. Nothing was changed.',
      },
      http: {
        message: 'The request is not valid: {{detail}}.',
        hint: 'See docs/protocol.md.',
      },
    },
  },
  unknown_command: { message: 'There is no command “{{name}}”.' },
  unauthorized: {
    message: 'The token is missing or wrong.',
    hint: 'Open the address that was printed when the console started.',
    when: { window: { message: 'Only the window of Trunkline itself may give commands.' } },
  },
  read_only: {
    message: 'This console was started read-only: it may look, but not change anything.',
    hint: 'Start it without --read-only to change something.',
  },
  folder_in_use: {
    message: 'Another Trunkline (process {{pid}}) works in {{folder}}.',
    hint: 'Use its window, or end it first; --user-data gives this one a folder of its own. If that process is no Trunkline, remove {{file}}.',
  },
  internal: {
    message: 'Something went wrong inside the console: {{detail}}.',
    hint: 'This is a defect in the console. Look at how things are now before you try again.',
    when: {
      ended: {
        message: 'The change on {{host}} did not come to its end, and nobody has told why.',
        hint: 'Look at how things are now before you try again.',
      },
      command: {
        message: 'The console itself failed while it ran {{command}}.',
        hint: 'This is a defect in the console; its log says more. Look at how things are now before you try again.',
      },
    },
  },

  // engines
  engine_unknown: {
    message: 'No engine “{{host}}” is on the list.',
    when: {
      recover: {
        message: '{{host}} is not on the list of hosts: this change can’t be finished or taken back there.',
        hint: 'Add the host again, or leave things as they are.',
      },
    },
  },
  engine_unreachable: {
    message: 'The engine on {{host}} does not answer.',
    hint: 'Check that it runs and that this machine can reach it.',
    when: {
      absent: {
        message: 'The engine on {{host}} can’t be reached: there is no socket at {{endpoint}}.',
        hint: 'Check that it runs (systemctl status docker) and that this is its socket.',
      },
      refused: {
        message: 'The engine on {{host}} can’t be reached: nothing listens at {{endpoint}}.',
        hint: 'Check that it runs (systemctl status docker) and listens there.',
      },
      no_socket: {
        message: 'The engine on {{host}} can’t be reached: {{endpoint}} is no socket.',
        hint: 'Give the path of the engine’s socket.',
      },
      unknown: {
        message: '{{host}} can’t be reached at {{endpoint}}: {{detail}}.',
        hint: 'Check that the engine runs and that this machine can reach it.',
      },
      offline: {
        message: 'The engine on {{host}} is not online.',
        hint: 'Try again when it is back.',
      },
      console: {
        message: 'The console’s own service does not answer: {{detail}}.',
        hint: 'This window connects again by itself. If the console has ended, start it again and open the new address that it prints.',
      },
      cut: {
        message: 'The connection to the engine on {{host}} was cut.',
        hint: 'It ended or was restarted, or the network between was cut.',
      },
      no_route: {
        message: '{{host}} can’t be reached: there is no route to {{endpoint}}.',
        hint: 'Check its address, its cable and the network between.',
      },
      handshake: {
        message: '{{host}} can’t be reached: the TLS handshake failed.',
        hint: 'Check the CA, certificate and key, and the name they are for.',
      },
      not_http: {
        message: '{{host}} can’t be reached: what listens at {{endpoint}} does not speak HTTP.',
        hint: 'An engine that wants TLS needs its certificates.',
      },
      unknown_name: {
        message: '{{host}} can’t be reached: the name in {{endpoint}} can’t be looked up.',
        hint: 'Check the spelling of the name, and DNS.',
      },
      none_found: {
        message: 'No Docker engine was found: no DOCKER_HOST, no Docker context, none of the usual sockets.',
        hint: 'Start Docker and then this console again, or add a host.',
      },
      none_answered: {
        message: 'No Docker engine answered.',
        hint: 'Start Docker and then this console again, or add a host.',
      },
    },
  },
  engine_timeout: {
    message: 'The engine on {{host}} did not answer within {{seconds}} s.',
    hint: 'It may still be at work: look at the result before you try again.',
    when: {
      connecting: {
        message: '{{host}} can’t be reached: the connection to {{endpoint}} timed out.',
        hint: 'Check that it is switched on, its address, and that no firewall drops the packets.',
      },
      reading: {
        message: 'The engine on {{host}} did not answer within {{seconds}} s.',
        hint: 'It may be overloaded or stopped, or the network between drops packets.',
      },
      silent: {
        message: 'The engine on {{host}} accepts connections and does not answer (waited {{seconds}} s).',
        hint: 'It hangs or is overloaded, or the network between drops packets.',
      },
    },
  },
  engine_permission: {
    message: 'The engine on {{host}} refuses access.',
    hint: 'On Linux, your user must be in the group that owns the engine’s socket (usually “docker”): sudo usermod -aG docker YOU, then log in anew.',
    when: {
      in_front: {
        message: 'Something in front of the engine on {{host}} refuses the call.',
        hint: 'Check what the socket proxy or authorisation plugin allows.',
      },
    },
  },
  engine_error: {
    message: 'The engine on {{host}} refused the request.',
    hint: 'Its own words are below.',
    when: {
      silent: { message: 'The engine on {{host}} answered with status {{status}} and no reason.' },
      unreadable: {
        message: 'What answers for {{host}} at {{endpoint}} can’t be read: {{detail}}.',
        hint: 'Check that a Docker engine listens there and not another service, and what is between.',
      },
      too_long: {
        message:
          'What answers for {{host}} at {{endpoint}} says more than {{megabytes}} MB at once, far more than an engine has to say.',
        hint: 'Check that a Docker engine listens there and not another service.',
      },
      too_many_entries: {
        message:
          'What answers for {{host}} at {{endpoint}} lists more than {{most}} things of one kind, far more than an engine has; none of them are taken.',
        hint: 'Check that a Docker engine listens there and not another service.',
      },
      too_many_endpoints: {
        message:
          'What answers for {{host}} at {{endpoint}} tells of more than {{most}} attachments, far more than there can be; none of them are taken.',
        hint: 'Check that a Docker engine listens there and not another service.',
      },
      too_many_values: {
        message:
          'What answers for {{host}} at {{endpoint}} says more than {{most}} values at once, far more than an engine has to say.',
        hint: 'Check that a Docker engine listens there and not another service.',
      },
      redirect: {
        message:
          'What answers for {{host}} at {{endpoint}} points to another address (status {{status}}), which no engine does; nothing is sent there.',
        hint: 'Enter the address of the engine itself. Check that a Docker engine listens there, not a web server or a sign-in page before it.',
      },
      odd_status: {
        message: 'What answers for {{host}} at {{endpoint}} gives status {{status}}, which no engine does.',
        hint: 'Check that a Docker engine listens there and not another service, and what is between.',
      },
      half_attached: {
        message:
          'Podman on {{host}} has the container {{container}} half attached to a network, and lists no container until that is mended.',
        hint: 'Roll back the change that was interrupted, if there is one; or restart that container on the host: “podman restart {{container}}”.',
      },
      half_attached_unnamed: {
        message:
          'Podman on {{host}} has a container half attached to a network, and lists no container until that is mended.',
        hint: 'Roll back the change that was interrupted, if there is one; or restart that container on the host.',
      },
      nameless: {
        message:
          'The engine on {{host}} lists networks or containers without an id ({{count}}); they can’t be read and are not shown.',
        hint: 'Check that a Docker engine listens there and not another service; the lists are read again by themselves.',
      },
      partly: {
        message: 'The engine on {{host}} does not tell everything; not readable ({{count}}): {{names}}.',
        hint: 'They are shown as the engine lists them, and asked for again by themselves. Restart those that hang, or the engine.',
      },
    },
  },
  engine_unsupported: {
    message: 'The engine on {{host}} cannot do this.',
    hint: 'A newer version of the engine may be able to.',
    when: {
      driver: {
        message: 'The engine on {{host}} makes no {{driver}} networks.',
        hint: 'Choose macvlan, or another host.',
      },
      option: {
        message: 'The engine on {{host}} does not know the network option “{{option}}”.',
        hint: 'Leave that option out.',
      },
      none: {
        message:
          '{{container}} was made without a network, and the engine on {{host}} attaches only containers that were made with one.',
        hint: 'Make the container anew with a network.',
      },
      none_unnamed: {
        message: 'The engine on {{host}} attaches only containers that were made with a network.',
        hint: 'Make the container anew with a network.',
      },
      exclusions: {
        message:
          'The engine on {{host}} can’t keep addresses out of a network’s automatic range: it ignores exclusions.',
        hint: 'Leave them out, and give an automatic range that does not hold those addresses.',
      },
      paused: {
        message:
          '{{container}} is paused: the engine on {{host}} would accept the change, and lose sight of all its containers.',
        hint: 'Let {{container}} go on (unpause), or stop it, and try again.',
      },
      stopped: {
        message:
          '{{container}} is not running, and the engine on {{host}} would start it for whoever joins its network.',
        hint: 'Start {{container}} yourself, and try again.',
      },
      kernel: {
        message: 'The kernel of {{host}} does not support this.',
        hint: 'A kernel module is missing there (macvlan, ipvlan, 8021q or dummy).',
      },
      kernel_vlan: {
        message: 'The kernel of {{host}} can’t make the VLAN link {{parent}}.',
        hint: 'Load the 8021q kernel module there, or choose a parent without a VLAN.',
      },
    },
  },

  // things that are gone or never were
  container_not_found: {
    message: 'The container {{container}} is not on {{host}} any more.',
    hint: 'It was probably removed meanwhile.',
    when: {
      impossible: { message: '“{{container}}” is the name of no container.' },
      unnamed: {
        message: 'The engine on {{host}} has no such container.',
        hint: 'It was probably removed meanwhile.',
      },
      removing: {
        message: 'The engine on {{host}} is removing the container; its networks can no longer be changed.',
        hint: 'If it stays half removed, remove it once more by force.',
      },
    },
  },
  network_not_found: {
    message: 'The network {{network}} is not on {{host}} any more.',
    hint: 'It was probably removed meanwhile.',
    when: {
      unnamed: {
        message: 'The engine on {{host}} has no such network.',
        hint: 'It was probably removed meanwhile.',
      },
      impossible: { message: '“{{network}}” is the name of no network.' },
    },
  },
  run_not_found: {
    message: 'This run is not known any more: those under way are kept, and the last that are over.',
    hint: 'Begin it again.',
  },
  change_not_found: {
    message: 'This change is not known any more.',
    hint: 'Ask for a new preview.',
    when: {
      preview: {
        message: 'There is no such preview any more: the newest {{count}} are kept, until the console ends.',
        hint: 'Preview the change again, then apply that.',
      },
      applied: {
        message: 'This preview was applied already, or is being applied: each is applied once.',
        hint: 'The change log says what became of it.',
      },
    },
  },
} as const satisfies Record<string, TextWithVariants>;
