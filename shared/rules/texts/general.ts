import type { TextWithVariants } from './text';

/** The call itself, engines, things that are gone, changes. */
export const generalTexts = {
  // the call itself
  invalid_input: { message: 'The request is not valid: {{detail}}.', hint: 'Correct it and try again.' },
  unknown_command: { message: 'There is no command “{{name}}”.' },
  unauthorized: {
    message: 'The token is missing or wrong.',
    hint: 'Open the address that was printed when the console started.',
  },
  read_only: {
    message: 'This console was started read-only: it may look, but not change anything.',
    hint: 'Start it without --read-only to change something.',
  },
  internal: {
    message: 'Something went wrong inside the console: {{detail}}.',
    hint: 'This is a defect in the console; nothing further was changed.',
  },

  // engines
  engine_unknown: { message: 'No engine “{{host}}” is on the list.' },
  engine_unreachable: {
    message: 'The engine on {{host}} does not answer.',
    hint: 'Check that it runs and that this machine can reach it; it is tried again by itself.',
  },
  engine_timeout: {
    message: 'The engine on {{host}} did not answer within {{seconds}} s.',
    hint: 'It may still be at work: look at the result before you try again.',
  },
  engine_permission: {
    message: 'The engine on {{host}} refuses access.',
    hint: 'On Linux, your user must be in the group that owns the engine’s socket (usually “docker”).',
  },
  engine_error: { message: 'The engine on {{host}} refused the request.', hint: 'Its own words are below.' },
  engine_unsupported: {
    message: 'The engine on {{host}} cannot do this.',
    hint: 'A newer version of the engine may be able to.',
  },

  // things that are gone or never were
  container_not_found: {
    message: 'The container {{container}} is not on {{host}} any more.',
    hint: 'It was probably removed meanwhile.',
  },
  network_not_found: {
    message: 'The network {{network}} is not on {{host}} any more.',
    hint: 'It was probably removed meanwhile.',
  },
  change_not_found: {
    message: 'This change is not known any more.',
    hint: 'Ask for a new preview.',
  },

  // changes
  change_stale: {
    message: 'Something changed on {{host}} since the preview.',
    hint: 'Look at the new preview, then apply.',
  },
  change_not_undoable: {
    message: 'This change cannot be undone.',
    hint: 'It was not applied, or nothing can make again what it removed.',
    when: {
      undone: { message: 'This change was already undone.' },
      overtaken: {
        message: 'A later change is about the same connection or network.',
        hint: 'Undo the later change first; the change log has it.',
      },
    },
  },
  verify_failed: {
    message: 'The engine on {{host}} accepted the change, but does not show it.',
    hint: 'Look at the present state before you try again.',
  },
  rolled_back: {
    message: 'The change failed; everything on {{host}} was put back as it was.',
  },
  rollback_failed: {
    message: 'The change failed, and putting things back on {{host}} failed too.',
    hint: 'Look at the container and its networks: they may be left half-way.',
  },
  change_interrupted: {
    message: 'An earlier change on {{host}} was cut off half-way and waits for a decision.',
    hint: 'Finish it or take it back first; the change log shows it.',
  },
  change_not_interrupted: {
    message: 'This change was not cut off: there is nothing to finish or take back.',
    hint: 'Look at the change log; another window may have settled it.',
  },
  storage_failed: {
    message: 'The console could not write to its own folder, so nothing was begun: {{detail}}.',
    hint: 'Check the disk’s space and the rights of {{file}}, then try again.',
  },
} as const satisfies Record<string, TextWithVariants>;
