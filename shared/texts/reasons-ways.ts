/** What is wrong with an address, with SSH's settings and keys, with Docker's contexts. */
export const wayReasons = {
  // addresses of engines
  address_wrong: '“{{text}}” is not the address of an engine: {{why}}',
  address_empty: 'it is empty',
  address_relative: 'the path of the socket must be absolute',
  address_folder: 'it names a directory',
  address_pipe: 'a named pipe looks like //./pipe/NAME',
  address_port: '{{port}} is not a port between 1 and 65535',
  address_tcp: 'it must be tcp://address:port and nothing after it',
  address_ssh: 'it must be ssh://user@host:port',
  address_password: 'a password has no place in an address',
  address_context: 'that is no name of a Docker context',
  address_bare: 'it has no scheme and is no path',
  address_scheme: '{{scheme}}:// is not a way to reach an engine',

  // connections
  connection_parts: 'host, user or port has something in it that belongs elsewhere',
  connection_jump_password: 'a password has no place in the jump host',
  connection_half_pair: 'certificate and key belong together: choose both, or neither',
  connection_untold: 'SSH and contexts need to be told what may be read for them',
  no_keychain: 'this console has no keychain to remember it in',
  no_key_waits: 'no SSH key of this engine waits for a passphrase',
  hosts_file: '--hosts-file {{file}}: {{why}}',

  // requests over HTTP
  http_no_json: 'the body is not valid JSON',
  http_type: 'JSON must be sent with “Content-Type: application/json”',
  http_large: 'the request is larger than 1 MiB',

  // private keys
  key_large: 'it is far too large for a key',
  key_empty: 'it is empty',
  key_none: 'it holds no private key',
  key_damaged: 'it is damaged, or of a kind of key that is not supported',
  key_certificate: 'it is a certificate, not a key',
  key_public: 'it is the public half; the private one has no .pub',
  key_format: '{{kind}} keys are read in OpenSSH’s own format only (ssh-keygen -p -f {{file}} converts it)',

  // ~/.ssh/config, ssh_config, known_hosts
  ssh_jump: '“{{text}}” is no jump host',
  ssh_jump_circle: 'its jump hosts go round in a circle',
  ssh_jump_many: 'it has too many jump hosts',
  ssh_canonical: 'CanonicalizeHostname is not followed; write the whole name',
  ssh_proxy_command: 'it asks for a ProxyCommand, which is not run; a jump host (ProxyJump) would do',
  ssh_port: '“{{port}}” is no port',
  ssh_host: '“{{text}}” is no name of a host',
  ssh_token: '{{token}} in “{{text}}” is not supported',
  ssh_match: '“Match {{criteria}}” is not evaluated',
  ssh_include: 'Include is nested too deep at {{file}}',
  ssh_unparsed: '{{file}} can’t be understood (the parser says “{{words}}”)',

  // what was tried to sign in
  tried_nothing: 'nothing, as there is no agent and no key',
  tried_only: 'the host takes only {{methods}}, which is not supported',
  tried_no_agent: 'the agent at {{socket}} does not answer',
  tried_agent: 'agent ({{keys}})',
  tried_key: '{{file}}',

  // certificates
  cert_ended: 'the certificate has ended',
  cert_not_begun: 'the certificate is not valid yet',
  cert_refused: 'OpenSSL refuses it',

  // Docker contexts
  context_no_json: 'its file is no JSON',
  context_no_engine: 'its file names no Docker engine',
  context_unread: 'its file can’t be read ({{why}})',
  context_docker_host: 'DOCKER_HOST is no address of an engine',
  context_address: '{{host}} is no address of an engine',
} as const;
