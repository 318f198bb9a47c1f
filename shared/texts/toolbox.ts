import type { TextWithVariants } from './text';

/** The helper containers. */
export const toolboxTexts = {
  toolbox_unasked: {
    message: 'The console was not yet allowed to run its toolbox on {{host}}.',
    hint: 'Look at what it would run and with which rights, then allow or refuse it.',
    when: {
      moved: {
        message:
          'What you said about the toolbox on {{host}} was for another address. Nothing of it is run until it is allowed for the host that is there now.',
        hint: 'Check that this is the host you mean, look at what it would run, then allow or refuse it.',
      },
      grown: {
        message:
          'The toolbox was allowed on {{host}} when some of its tasks had other rights, or rights that were not written down: {{tasks}}. Nothing of it is run until it is allowed anew.',
        hint: 'Look at what it would run now and with which rights, then allow or refuse it.',
      },
    },
  },
  toolbox_refused: {
    message: 'The toolbox is refused on {{host}}, so this cannot be done there.',
    hint: 'To have it after all, allow the toolbox in the settings of that host.',
  },
  toolbox_unavailable: {
    message: 'The toolbox cannot run on {{host}}.',
    hint: 'The engine’s own words are below.',
    when: {
      architecture: {
        message: 'This console has no toolbox image for {{architecture}}, which {{host}} needs.',
        hint: 'Have it pulled from a registry instead, or use a package that brings the image.',
      },
      tools: {
        message: 'This machine lacks programs that the toolbox image is made of: {{tools}}.',
        hint: 'On Debian: apt-get install busybox-static iproute2 ndisc6. Or have the image pulled from a registry.',
      },
      image: {
        message: 'The image {{image}} could not be put on {{host}}.',
        hint: 'The engine’s own words are below. The settings offer other ways: load, build, pull.',
      },
      reference: {
        message: '“{{image}}” is not the name of an image.',
        hint: 'Write registry, name and tag, such as registry.example/toolbox:1.',
      },
      foreign: {
        message: '{{image}} on {{host}} is not this console’s toolbox.',
        hint: 'Remove or rename that image, or choose another name in the settings.',
      },
      timeout: {
        message: 'A task of the toolbox on {{host}} did not end within {{seconds}} s and was stopped.',
        hint: 'The engine may be overloaded; try again later.',
      },
      ended: {
        message: 'A task of the toolbox on {{host}} was stopped before its end.',
        hint: 'It was cancelled, or the console closed its connection. Try again if it is still wanted.',
      },
      shim_gone: {
        message:
          'The way from {{host}} to its containers was not made: {{detail}} Nothing of it is left there.',
        hint: 'Try again later.',
      },
      shim_left: {
        message:
          'The way from {{host}} to its containers was not made: {{detail}} Whether the link {{link}} is left there can’t be told.',
        hint: 'Look on {{host}} with “ip link show {{link}}”, and remove it with “ip link del {{link}}” if it is there.',
      },
      shim_unread: {
        message:
          'Whether the way from {{host}} to its containers was removed, and whether the link {{link}} still works, can’t be told: {{detail}}',
        hint: 'Look on {{host}} with “ip link show {{link}}”, then try again.',
      },
      policy_gone: {
        message:
          'What was to be set for {{name}} on {{host}} was not: {{detail}} Nothing of it is left there.',
        hint: 'Try again later.',
      },
      policy_left: {
        message:
          'What was to be set for {{name}} on {{host}} was not: {{detail}} Whether some of it is left there can’t be told.',
        hint: 'Look on {{host}}, and try again.',
      },
      policy_unread: {
        message:
          'Whether what was set for {{name}} on {{host}} was removed, wholly or in part, can’t be told: {{detail}}',
        hint: 'Look on {{host}}, and try again.',
      },
      failed: {
        message: 'A task of the toolbox on {{host}} failed.',
        hint: 'What it said is below.',
      },
      output: {
        message: 'What the toolbox on {{host}} answered can’t be read.',
        hint: 'The image there may have been changed: remove it, and the console puts it back.',
      },
    },
  },
  toolbox_left: {
    message: 'The toolbox is refused on {{host}}, but its helper containers could not be removed: {{names}}.',
    hint: 'It is tried again as long as the console runs. Or remove them on {{host}} with “docker rm -f {{names}}”.',
    when: {
      image: {
        message: 'The toolbox is refused on {{host}}, but its image could not be removed: {{image}}.',
        hint: 'It is tried again as long as the console runs. Or remove it on {{host}} with “docker image rm {{image}}”.',
      },
      unread: {
        message:
          'The toolbox is refused on {{host}}. Whether its image or helper containers are left there can’t be told: the engine did not answer.',
        hint: 'It is looked for again as long as the console runs, and when {{host}} is back.',
      },
    },
  },
  helpers_left: {
    message: 'Helper containers on {{host}} could not be removed: {{names}}.',
    hint: 'Remove them on {{host}} with “docker rm -f {{names}}”.',
  },
} as const satisfies Record<string, TextWithVariants>;
