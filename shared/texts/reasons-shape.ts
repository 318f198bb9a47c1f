/** What is wrong with data that came from outside, and with files that are written by hand. */
export const shapeReasons = {
  // where
  at_path: '“{{path}}”: {{why}}',
  at_line: 'line {{line}}, “{{path}}”: {{why}}',
  at_entry: 'entry {{number}} (line {{line}}): {{why}}',

  // kinds of values
  kind_text: 'a text',
  kind_number: 'a number',
  kind_integer: 'a whole number',
  kind_boolean: 'true or false',
  kind_list: 'a list',
  kind_map: 'a set of named values',
  kind_null: 'nothing (null)',
  kind_nan: 'no number (NaN)',
  kind_ipv4: 'an IPv4 address',
  kind_ipv6: 'an IPv6 address',
  kind_base64: 'a text in Base64',
  kind_other: 'something else',

  either: '{{one}} or {{other}}',

  // what is wrong
  shape_missing: 'it is missing ({{expected}} belongs here)',
  shape_kind: '{{expected}} belongs here, but there is {{found}}',
  shape_choice: 'only one of these may stand here: {{choices}}',
  shape_only: 'only {{choice}} may stand here',
  shape_empty: 'it is empty',
  shape_text_short: 'it is too short (at least {{least}} characters)',
  shape_text_long: 'it is too long (at most {{most}} characters)',
  shape_list_short: 'it has too few entries (at least {{least}})',
  shape_list_long: 'it has too many entries (at most {{most}})',
  shape_small: 'the number is too small (at least {{least}})',
  shape_above: 'the number is too small (more than {{least}})',
  shape_large: 'the number is too large (at most {{most}})',
  shape_below: 'the number is too large (less than {{most}})',
  shape_multiple: 'the number must be a multiple of {{divisor}}',
  shape_written: 'it is not {{expected}}',
  shape_pattern: 'it is not written as it must be',
  shape_nic_name: 'it is not the name of an interface',
  shape_unknown: '{{names}} does not belong in here',
  shape_name: 'its name is wrong: {{why}}',
  shape_none: 'it has none of the forms that are allowed here',
  shape_wrong: 'it is not valid',

  // texts that are no YAML, no JSON
  yaml_at: 'line {{line}}, column {{column}}: {{why}}',
  yaml_twice: 'the same key stands there twice',
  yaml_tab: 'tabs may not indent; use spaces',
  yaml_indent: 'the line is indented wrongly, or a bracket is not closed',
  yaml_open:
    'the line is indented wrongly, a quote or a bracket is not closed, or a colon or comma is missing',
  yaml_alias: 'aliases (“*name”) are not followed here; write the value itself',
  yaml_documents: 'there is more than one document in the file (“---”)',
  yaml_deep: 'brackets or lists are nested too deep',
  yaml_many: 'it has far more parts than what belongs there',
  yaml_aliases: 'it has too many aliases (“*name”)',
  yaml_broken: 'this is not YAML (the parser says “{{words}}”)',
  json_broken: 'it is not JSON (the parser says “{{words}}”)',

  // engines.yaml and the hosts file
  settings_no_form: 'it has neither “version” nor a list of addresses',
  settings_no_map: 'it is no settings file',
  settings_no_version: '{{version}} is no version of its form',
  settings_of_newer: 'it is of a newer Trunkline (version {{version}} of its form)',
  entry_no_address: 'it is no address',
  entry_neither: 'it has neither a connection nor an address',
  entry_both: 'it has a connection and an address; it takes one of them',
  entry_twice: '{{address}} is there twice',
  entry_id_twice: 'the id {{id}} is there twice',
} as const;
