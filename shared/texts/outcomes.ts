import type { TextWithVariants } from './text';

/** What was read back after a change, and of what could not be put back. */
export const outcomeTexts = {
  verify_failed: {
    message: 'The engine on {{host}} accepted the change, but does not show it.',
    hint: 'Look at the present state before you try again.',
    when: {
      still_on: {
        message:
          'The engine on {{host}} answered “done”, but read back, {{container}} is still on {{network}}.',
        hint: 'Something else may be changing {{container}} at the same time. Look at the present state before you try again.',
      },
      not_on: {
        message:
          'The engine on {{host}} answered “done”, but read back, {{container}} is not on {{network}}.',
        hint: 'Something else may be changing {{container}} at the same time. Look at the present state before you try again.',
      },
      no_endpoint: {
        message:
          'The engine on {{host}} answered “done”, but read back, {{container}} has no working endpoint on {{network}}.',
        hint: 'Something else may be changing {{container}} at the same time. Look at the present state before you try again.',
      },
      network_stays: {
        message:
          'The engine on {{host}} answered “done”, but read back, the network {{network}} is still there.',
        hint: 'Something else may be changing {{network}} at the same time. Look at the present state before you try again.',
      },
      network_other: {
        message:
          'The engine on {{host}} answered “done”, but read back, the network {{network}} is not as it was to be made.',
        hint: 'Something else may be changing {{network}} at the same time. Look at the present state before you try again.',
      },
      not_started: {
        message: 'The engine on {{host}} answered “done”, but read back, {{container}} was not started.',
        hint: 'Look at {{container}} as it is now: it may have to be started by hand.',
      },
      not_stopped: {
        message: 'The engine on {{host}} answered “done”, but read back, {{container}} is still running.',
        hint: 'Something else may be changing {{container}} at the same time. Look at the present state before you try again.',
      },
      other_address: {
        message:
          'The engine on {{host}} answered “done”, but read back, {{container}} has {{shown}} on {{network}} instead of {{address}}.',
        hint: 'Something else may be changing {{container}} at the same time. Look at the present state before you try again.',
      },
      setting: {
        message:
          'The engine on {{host}} answered “done”, but read back, {{field}} of {{container}} on {{network}} is {{shown}} instead of {{asked}}.',
        hint: 'This engine may not take it there, or something else changes {{container}} at the same time. Try again without it, or look at the present state first.',
      },
      no_setting: {
        message:
          'The engine on {{host}} answered “done”, but read back, {{container}} does not have {{field}} {{asked}} on {{network}}.',
        hint: 'This engine may not take it there, or something else changes {{container}} at the same time. Try again without it, or look at the present state first.',
      },
      network_setting: {
        message:
          'The engine on {{host}} answered “done”, but read back, {{field}} of the network {{network}} is {{shown}} instead of {{asked}}.',
        hint: 'This engine may not take it, or something else changes {{network}} at the same time. Try again without it, or look at the present state first.',
      },
      no_network_setting: {
        message:
          'The engine on {{host}} answered “done”, but read back, the network {{network}} does not have {{field}} {{asked}}.',
        hint: 'This engine may not take it, or something else changes {{network}} at the same time. Try again without it, or look at the present state first.',
      },
      link_missing: {
        message: 'Read back, {{host}} does not have the link {{link}} to {{network}} as it was put there.',
        hint: 'Something else may be changing the links of {{host}}. Look at them as they are now before you try again.',
      },
      link_stays: {
        message: 'Read back, {{host}} still has the link {{link}} to {{network}}.',
        hint: 'Something else may be changing the links of {{host}}. Look at them as they are now before you try again.',
      },
      policy: {
        message: 'Read back, what was set for {{name}} on {{host}} is not as it was to be.',
        hint: 'Something else may be changing it on {{host}} at the same time. Look at the present state before you try again.',
      },
      no_address: {
        message:
          'The engine on {{host}} answered “done”, but read back, {{container}} has no address on {{network}} instead of {{address}}.',
        hint: 'Something else may be changing {{container}} at the same time. Look at the present state before you try again.',
      },
    },
  },
  rolled_back: {
    message: 'The change failed; everything on {{host}} was put back as it was.',
    when: { another: { message: 'The change failed on another host.' } },
  },
  rollback_failed: {
    message: 'The change failed, and putting things back on {{host}} failed too.',
    hint: 'Look at the container and its networks: they may be left half-way.',
    when: {
      both: {
        message: '{{first}} Putting things back on {{host}} failed too: {{second}}',
        hint: 'Look at the networks of {{host}} as they are now, and attach or detach by hand what is missing.',
      },
      irreversible: {
        message:
          'What was done on {{host}} can’t be taken back by itself: one of its networks could not be made again.',
        hint: 'Look at the networks of this host as they are now.',
      },
      taken: {
        message:
          'The change failed ({{first}}), and {{container}} could not get {{address}} on {{network}} back: {{detail}}',
        hint: '{{container}} is not on {{network}} now. Attach it there with another address, or free {{address}} first.',
      },
      leftover: {
        message:
          'The attach failed, and the engine on {{host}} keeps the rest of it: {{container}} looks attached to {{network}} and is not, and it can’t start again like this.',
        hint: 'Detach {{container}} from {{network}}: Trunkline then stops it, clears what is left, and starts it again.',
      },
      leftover_rm: {
        message:
          'The attach failed, and the engine on {{host}} keeps the rest of it: {{container}} looks attached to {{network}} and is not.',
        hint: 'Only a stop clears this, and {{container}} was made to be removed when it stops (--rm): it goes with the container. Stop it and make it anew yourself.',
      },
      leftover_both: {
        message: '{{first}} Putting things back on {{host}} failed too: {{second}}',
        hint: 'Detach {{container}} from {{network}}: Trunkline then stops it, clears what is left, and starts it again. Then attach by hand what is missing on {{host}}.',
      },
      leftover_rm_both: {
        message: '{{first}} Putting things back on {{host}} failed too: {{second}}',
        hint: 'Only a stop clears what is left, and {{container}} was made to be removed when it stops (--rm). Stop it and make it anew yourself, and attach by hand what else is missing on {{host}}.',
      },
    },
  },
} as const satisfies Record<string, TextWithVariants>;
