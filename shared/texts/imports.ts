import type { TextWithVariants } from './text';

/** What can’t be read in a text that describes networks. */
export const importTexts = {
  import_empty: {
    message: 'There is no docker network create command in this text.',
    hint: 'Write one command a line, or choose the other format for a compose file.',
    when: {
      compose: {
        message: 'The file has no “networks:” with anything in it.',
        hint: 'Only the part under “networks:” is read.',
      },
      include: {
        message: 'The file has no “networks:” of its own; those of the files that it includes are not read.',
        hint: 'Paste the files that it includes.',
      },
      ansible: {
        message: 'These are tasks of Ansible, which are not read here.',
        hint: 'Add the host: the networks on it are shown, and are adopted there.',
      },
      inspect: {
        message: 'This is what network inspect answers, which is not read here.',
        hint: 'Add the host: the networks on it are shown, and are adopted there.',
      },
    },
  },
  import_unreadable: {
    message: 'This text is not YAML.',
    hint: 'Look at indentation, quotes and brackets; tabs can’t indent.',
    when: {
      position: {
        message: 'This text is not YAML: line {{line}}, column {{column}}.',
        hint: 'Look at indentation, quotes and brackets there; tabs can’t indent.',
      },
      twice: {
        message: 'Line {{line}}, column {{column}}: this key is there already; YAML has each key once.',
        hint: 'Keep one of the two.',
      },
      large: {
        message:
          'This text is too large: at most {{most}} characters and {{networks}} networks are read at once.',
        hint: 'Paste its networks in parts; the rest of a compose file is not needed.',
      },
      slow: {
        message: 'Reading this text takes too long or too much memory, and was given up.',
        hint: 'Paste its networks in parts; the rest of a compose file is not needed.',
      },
      busy: {
        message: 'Other texts are being read, and too many wait already.',
        hint: 'Try again in a moment.',
      },
      more: {
        message: 'There are {{count}} more such places in this text.',
        hint: 'Mend those above first, then read it again.',
      },
    },
  },
  import_line: {
    message: 'Line {{line}} is no network create command that can be read.',
    hint: 'Look for a quote that is not closed, and put each command on a line of its own.',
    when: {
      command: {
        message: 'Line {{line}}: “{{command}}” is no command that makes a network.',
        hint: 'Write docker network create.',
      },
      option: { message: 'Line {{line}}: “{{option}}” is no option of network create.' },
      value: { message: 'Line {{line}}: “{{option}}” lacks its value.' },
      loop: {
        message: 'Line {{line}} is not read: loops make networks of which only the shell knows.',
        hint: 'Write one network create command for each network.',
      },
      choice: {
        message:
          'Line {{line}} is not read: which branch of the “if” makes its network, only the shell knows.',
        hint: 'Keep the network create command that is meant, without the “if”.',
      },
      name: {
        message: 'Line {{line}} names no network, or more than one.',
        hint: 'The name stands alone; put names with spaces in quotes.',
      },
    },
  },
  import_network: { message: '{{network}} (line {{line}}): {{detail}}' },
  import_variable: {
    message: '{{network}} (line {{line}}): nothing in this text tells what {{variable}} stands for.',
    hint: 'Give its value.',
  },
  import_skipped: {
    message: '{{network}} (line {{line}}) can’t be made a segment.',
    when: {
      external: {
        message: '{{network}} (line {{line}}) is external: the file says nothing of its settings.',
        hint: 'Trunkline shows the network itself once its engine is on the list; adopt it there.',
      },
      extends: {
        message: '{{network}} (line {{line}}) extends a network of another place, which is not read.',
        hint: 'Write its settings out under “networks:”.',
      },
      driver: {
        message:
          '{{network}} (line {{line}}) has the driver {{driver}}; only macvlan and ipvlan make segments.',
      },
      subnet: {
        message: '{{network}} (line {{line}}) has no subnet that can be read.',
        hint: 'Give address and prefix length, such as 192.168.1.0/24.',
      },
      subnets: {
        message:
          '{{network}} (line {{line}}) has {{count}} subnets; at most {{most}} are read of one network.',
        hint: 'Give the segment the subnets that the LAN has.',
      },
      entry: {
        message: '{{network}} (line {{line}}): entry {{number}} of its addresses has no subnet.',
        hint: 'Gateway and range stand in the entry of their subnet: a dash begins another entry.',
      },
      parent: {
        message: '{{network}} (line {{line}}) names no parent interface.',
        hint: 'Without one an engine would make an isolated network. Add -o parent=eth0.20, or its like.',
      },
      parent_compose: {
        message: '{{network}} (line {{line}}) names no parent interface.',
        hint: 'Without one an engine would make an isolated network. Add driver_opts: with parent: eth0.20, or its like.',
      },
      boolean: {
        message: '{{network}} (line {{line}}): {{key}} is “{{value}}”, which is neither on nor off.',
        hint: 'Write true or false.',
      },
      name_again: {
        message: '{{network}} (line {{line}}): line {{other}} describes another network of that name.',
        hint: 'Rename one of the two, or name the host of each in a comment above it: # host: NAME.',
      },
      lan_again: {
        message:
          '{{network}} (line {{line}}): {{host}} is on this LAN by the network of line {{other}} already.',
        hint: 'A segment has one network on each host. Leave one of the two out, or name another host above it: # host: NAME.',
      },
      config: {
        message: '{{network}} (line {{line}}) takes its settings from {{config}}, which is not in this text.',
        hint: 'Add the --config-only commands of the nodes.',
      },
    },
  },
} as const satisfies Record<string, TextWithVariants>;
