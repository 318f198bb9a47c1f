import type { TextWithVariants } from './text';

/** What becomes of changes. */
export const changeTexts = {
  change_stale: {
    message: 'Something changed on {{host}} since the preview.',
    hint: 'Look at the new preview, then apply.',
    when: {
      kept: {
        message: '{{name}} has been changed in this console since the preview.',
        hint: 'Look at the new preview, then apply.',
      },
      warning: {
        message: 'Something changed on {{host}} since the preview: it warns of more than it did.',
        hint: 'Read the warnings of the new preview, then apply.',
      },
      warned: {
        message: 'Something changed since the preview: it warns of more than it did.',
        hint: 'Read the warnings of the new preview, then apply.',
      },
      plan: {
        message: 'The plan of {{name}} has been changed since this was opened.',
        hint: 'Open it again, and make your change on what it says now.',
      },
      kept_elsewhere: {
        message:
          'The link {{link}} on {{host}} is there for another address: another console keeps it, or an earlier change that was cut off left it.',
        hint: 'Remove it in the console that keeps it, or among the links of {{host}} here.',
      },
      by_another: {
        message:
          'Somebody else has changed {{container}} on {{network}} since this change was cut off. This would take that away.',
        hint: 'Look at it as it is now. Leave things as they are, and make what you want by a new change.',
      },
      attached: {
        message:
          'Somebody else has attached {{container}} to {{network}} meanwhile. What they attached stays as it is.',
        hint: 'Look at it as it is now, and make what you want by a new change.',
      },
      taken_off: {
        message:
          'Somebody else has taken {{container}} off {{network}} since this change was cut off. This would take it off its other network, too.',
        hint: 'Look at it as it is now. Leave things as they are, and make what you want by a new change.',
      },
      unsure: {
        message:
          '{{network}} is there again, and whether this change made it or somebody else can’t be told. It is not removed.',
        hint: 'Undo the change to the end, or leave things as they are. Remove the network yourself, if that is what you want.',
      },
      record: {
        message: 'The record of this change has changed since you read it.',
        hint: 'Read it again in the change log, then decide.',
      },
    },
  },
  change_not_undoable: {
    message: 'This change cannot be undone.',
    hint: 'Nothing can make again what it removed, as it was.',
    when: {
      undone: { message: 'This change was already undone.', hint: 'There is nothing more to undo of it.' },
      undo_failed: {
        message: 'Undoing this change failed half-way: it neither stands as it did, nor is it undone.',
        hint: 'The change log says why. Look at what it is about as it is now, and put right by a new change what is missing.',
      },
      cut_off: {
        message: 'This change was cut off half-way and waits for a decision.',
        hint: 'Finish it or take it back; the change log shows it.',
      },
      kept: {
        message: 'This change was cut off half-way, and it was decided to leave it as it stood.',
        hint: 'Look at what it is about as it is now, and make what you want by a new change.',
      },
      under_way: {
        message: 'This change is under way.',
        hint: 'Undo it when it has ended.',
      },
      failed: {
        message: 'This change failed half-way, and what it did could not all be put back.',
        hint: 'The change log says why. Look at what it is about as it is now, and put right by a new change what is missing.',
      },
      unknown: {
        message: 'How far this change came was not written down: what would take it back is not known.',
        hint: 'Look at its hosts as they are now, and put right by a new change what is missing.',
      },
      not_applied: {
        message: 'There is nothing to undo: this change was not applied.',
        hint: 'The change log says why.',
      },
      overtaken: {
        message: 'A later change is about the same connection or network.',
        hint: 'Undo the later change first; the change log has it.',
      },
      overtaken_kept: {
        message:
          'A later change about {{names}} stands in the way: it was cut off, left as it stood, and can’t be undone.',
        hint: 'This one can’t be undone either. Look at it as it is now, and make what you want by a new change.',
      },
      overtaken_final: {
        message: 'A later change about {{names}} stands in the way, and can’t be undone itself.',
        hint: 'This one can’t be undone either. Look at it as it is now, and make what you want by a new change.',
      },
      segment: {
        message: 'The segment “{{segment}}” was changed since.',
        hint: 'Undo the later changes first.',
      },
      changed: {
        message: '{{container}} on {{network}} is not as this change left it: somebody has changed it since.',
        hint: 'Look at it as it is now; what this change did can’t be told apart from what came later.',
      },
      network_changed: {
        message: '{{network}} is not as this change left it: somebody has changed it since.',
        hint: 'Look at it as it is now; what this change did can’t be told apart from what came later.',
      },
      container_gone: {
        message: '{{container}} was removed from {{host}} since: nothing of this change is left there.',
        hint: 'Look at the containers of {{host}} as they are now.',
      },
      network_gone: {
        message: '{{network}} was removed from {{host}} since: nothing of this change is left there.',
        hint: 'Look at the networks of {{host}} as they are now.',
      },
      one_container_gone: {
        message:
          '{{container}} was removed from {{host}} since: what this change did to it can’t be taken back.',
        hint: 'Look at what this change is about as it is now, and make what you want by a new change.',
      },
      one_network_gone: {
        message:
          '{{network}} was removed from {{host}} since: what this change did there can’t be taken back.',
        hint: 'Look at what this change is about as it is now, and make what you want by a new change.',
      },
      taken_off: {
        message:
          '{{network}} was removed from {{host}} since: {{container}} can’t get back onto it, and would be taken off the network that it has now.',
        hint: 'Finish the change, or leave things as they are.',
      },
      twin: {
        message:
          '{{host}} has another network named {{network}} by now, and none of that name can be made while it is there.',
        hint: 'Look at what uses that network. Where nothing needs it, remove it, then undo.',
      },
      overlap: {
        message:
          '{{host}} has another network with the subnet of {{network}} by now: {{other}} is in the way of {{subnet}}.',
        hint: 'Look at what uses that network. Where nothing needs it, remove it, then undo.',
      },
      nowhere: {
        message: '{{network}} was removed from {{host}} since: {{container}} can’t get back onto it.',
        hint: 'Make the network again under its name, then undo; or leave things as they are.',
      },
      network_replaced: {
        message:
          '{{network}} was removed from {{host}} since. The network that has its name now is another one, and stays as it is.',
        hint: 'Look at it as it is now. Remove it or detach the container yourself, if that is what you want.',
      },
      shim: {
        message: 'The way from {{host}} to its containers on {{network}} was changed since.',
        hint: 'Undo the later changes first.',
      },
      policy: {
        message: 'What was set for {{name}} on {{host}} was changed since.',
        hint: 'Undo the later changes first.',
      },
      irreversible: {
        message: 'Something that this change removed on {{host}} can’t be made again as it was.',
        hint: 'Finish the change, or leave things as they are.',
      },
    },
  },
  change_interrupted: {
    message: 'An earlier change on {{host}} was cut off half-way and waits for a decision.',
    hint: 'Finish it or take it back first; the change log shows it.',
    when: {
      lost: {
        message: '{{host}} was lost in the midst of this change: {{detail}}',
        hint: 'When {{host}} is back, finish the change or take it back; the change log shows how far it came.',
      },
      unknown: {
        message: 'The console ended in the midst of this change, and how far it came was not written down.',
        hint: 'Look at the networks of {{host}} as they are now.',
      },
    },
  },
  change_not_interrupted: {
    message: 'This change was not cut off: there is nothing to finish or take back.',
    hint: 'Look at the change log; another window may have settled it.',
  },
} as const satisfies Record<string, TextWithVariants>;
