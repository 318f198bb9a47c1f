import type { TextWithVariants } from './text';

/** Files of the console that can’t be read, or written. */
export const fileTexts = {
  file_broken: {
    message: '{{file}} can’t be read: {{detail}}. {{effect}}.',
    hint: 'It was set aside, whole, as {{aside}}. To have it back, end the console, correct the file and give it its name again.',
    when: {
      unread: {
        message: '{{file}} can’t be read: {{detail}}. {{effect}}.',
        hint: 'It was left as it is, and is set aside before anything else is written there. Check the file’s rights, then start the console again.',
      },
      special: {
        message: '{{file}} can’t be read: {{detail}}. {{effect}}.',
        hint: 'It was left alone, and nothing is written in its place: what belongs there does not reach the disk. Move it away.',
      },
      large: {
        message: '{{file}} can’t be read: {{detail}}. {{effect}}.',
        hint: 'It was left as it is, and is set aside before anything else is written there. Look at what is in it and put it right or move it away, then start the console again.',
      },
      log: {
        message: '{{file}} can’t be read: {{detail}}. {{effect}}.',
        hint: 'It was left as it is; earlier changes are missing from the history. Check what it is and its rights, or move it away, then start the console again.',
      },
      lines: {
        message:
          'Lines of {{file}} can’t be read ({{count}}; the first is line {{line}}: {{detail}}). What they told is missing from the history.',
        hint: 'They were left where they are. Everything else in the file was read.',
      },
      lines_aside: {
        message:
          'Lines of {{file}} can’t be read ({{count}}; the first is line {{line}}: {{detail}}). What they told is missing from the history.',
        hint: 'The file with all of its lines was kept as {{aside}}; what could be read goes on in a new one.',
      },
      edited: {
        message:
          '{{file}} was changed outside the console while it ran. It was not read, and was set aside, whole, as {{aside}}.',
        hint: 'The console goes on with what it knew. To use the other one, end the console, give it its name again, then start the console.',
      },
      edited_unmoved: {
        message:
          '{{file}} was changed outside the console while it ran. It was not read, and can’t be set aside: {{reason}}.',
        hint: 'It was left as it is, and nothing is written over it: what belongs there does not reach the disk. Check the rights of the console’s folder, or move the file away yourself.',
      },
      unmoved: {
        message: '{{file}} can’t be read: {{detail}}. It can’t be set aside either: {{reason}}. {{effect}}.',
        hint: 'It was left as it is, and nothing is written over it: what belongs there does not reach the disk. Check the rights of the console’s folder, or move the file away yourself.',
      },
    },
  },
  storage_failed: {
    message: 'The console could not write to its own folder, so nothing was begun: {{detail}}.',
    hint: 'Check the disk’s space and the rights of {{file}}, then try again.',
    when: {
      midway: {
        message:
          'The console could not write down its next step, so the change was not gone on with: {{detail}}.',
        hint: 'Check the disk’s space and the rights of {{file}}, then try again.',
      },
      waiting: {
        message: '{{file}} could not be written: {{detail}}. What belongs there is kept in memory only.',
        hint: 'Check the disk’s space and the rights of the console’s folder. It is tried again every few seconds; until then, do not end the console.',
      },
      unsaved: {
        message: 'Not saved yet: {{file}} could not be written: {{detail}}.',
        hint: 'It is tried again every few seconds. Until then, do not end the console: the next one would find this change cut off.',
      },
      plan: {
        message: 'It is not in {{file}} yet: {{detail}}.',
        hint: 'It is tried again every few seconds, and at the next start.',
      },
    },
  },
} as const satisfies Record<string, TextWithVariants>;
