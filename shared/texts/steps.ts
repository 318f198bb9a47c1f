/**
 * What each step of a change does, in English: in the window, and in a terminal. `{{x}}` stands for a value, as in all texts.
 * The values are given by `stepWords` of the rules, and other languages have the same keys.
 */
export const stepTexts = {
  connect: 'Connect {{container}} to {{network}}',
  connectAt: 'Connect {{container}} to {{network}} with {{address}}',
  disconnect: 'Disconnect {{container}} from {{network}}',
  clear: 'Clear what a failed attach left of {{container}} on {{network}}',
  stop: 'Stop {{container}}',
  start: 'Start {{container}}',
  createNetwork: 'Create {{network}} on {{parent}}',
  removeNetwork: 'Remove {{network}}',
  restoreNetwork: 'Make {{network}} again as it was',
} as const;

/** The same of what is done on the host itself, by kind of policy. `remove_bare`: what is there is half made. */
export const hostStepTexts = {
  shim: {
    put: 'Put the link {{name}} with {{address}} on {{parent}}',
    remove: 'Remove the link {{name}} with {{address}}',
    remove_bare: 'Remove the link {{name}}, which has no address',
  },
  dhcp: {
    put: 'Put the helper {{name}} beside {{container}}, which asks the LAN’s DHCP server with the MAC {{mac}} and the name {{hostName}}',
    remove:
      'Give the lease back, remove the helper {{name}}, and give {{container}} the engine’s address again',
  },
} as const;
