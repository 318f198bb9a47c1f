import { answerReasons } from './reasons-answers';
import { shapeReasons } from './reasons-shape';
import { wayReasons } from './reasons-ways';

/**
 * Texts inside sentences: why a file, an address or a request can't be used, in English. Each is a part of a sentence
 * without an end, and stands after a colon. What a system or a library says word for word is a value, in quotes.
 */
export const reasonTexts = {
  list: '{{first}}; {{rest}}',
  /** A host whose name is not known. */
  the_host: 'the host',
  said: 'the words were “{{words}}”',

  // what the operating system says of a file
  file_absent: 'there is no such file',
  file_denied: 'this user may not read it',
  file_folder: 'it is a folder',
  file_no_folder: 'a part of its path is no folder',
  file_loop: 'its links go round in a circle',
  file_name_long: 'its name is too long',
  file_many_open: 'too many files are open on this machine',
  file_device: 'the disk that it is on fails',
  file_special: 'it is no plain file (but a pipe, a device or a socket)',
  file_large: 'it is far larger than what belongs there',
  line_long: 'it is far too long for one line',
  file_unread: '{{file}} can’t be read ({{why}})',
  write_denied: 'this user may not write there',
  write_full: 'the disk is full',
  write_read_only: 'the disk may only be read',
  no_reason: 'a host failed without a reason',
  not_back: '{{container}} could not get {{address}} on {{network}} back: {{why}}',
  system: 'the system says “{{words}}”',

  // what an attachment or a network is asked for besides addresses: names of settings, and not whole reasons
  setting_mac: 'the MAC address',
  setting_alias: 'the alias',
  setting_priority: 'the gateway priority',
  setting_ipv4: 'IPv4',
  setting_ipv6: 'IPv6',
  setting_attachable: 'attaching by hand',
  setting_option: 'the driver option “{{name}}”',
  state_on: 'on',
  state_off: 'off',

  // what it means that a file of the console can't be read: whole sentences but for their full stop
  effect_without: 'The console goes on without it',
  effect_keychain: 'Passphrases that were remembered must be typed again when a key asks for them',

  ...shapeReasons,
  ...wayReasons,
  ...answerReasons,
} as const satisfies Record<string, string>;
