/** What is not taken from a text that describes networks. */
export const importNotices = {
  import_left_out: {
    severity: 'warning',
    message: 'Not carried over from {{network}}: {{what}}.',
    when: {
      unknown: {
        message: 'Line {{line}}: a network has no setting “{{key}}”; {{network}} is read without it.',
      },
      option: {
        message:
          '{{network}} (line {{line}}): “{{option}}” is no option of macvlan or ipvlan networks. Docker passes over it, Podman refuses it.',
      },
    },
  },
  import_passed: {
    severity: 'info',
    message: 'Line {{line}}: “{{command}}” is not carried over; only network create is.',
    when: {
      other: { message: 'Line {{line}} makes no network; nothing is made of it.' },
      others: { message: 'Lines {{lines}} make no network; nothing is made of them.' },
      more: { message: '{{count}} more notes on this text are not shown.' },
    },
  },
  import_project: {
    severity: 'warning',
    message:
      'Compose puts the project’s name in front of {{network}}. Give it, and mark the network “external: true” in the Compose file: Compose refuses one that it has not made itself.',
    when: {
      many: {
        message:
          'Compose puts the project’s name in front of {{networks}}. Give it, and mark the networks “external: true” in the Compose file: Compose refuses those that it has not made itself.',
      },
    },
  },
} as const;
