import type { TextWithVariants } from './text';

/** The ways to engines: settings, TLS, SSH, Docker contexts. */
export const engineTexts = {
  engine_not_editable: {
    message: '{{host}} does not come from the settings, so it can’t be edited or removed here.',
    hint: 'It was named on the command line or found by itself; it is there again at the next start as long as that is so.',
  },
  engine_duplicate: {
    message: 'This engine is on the list already, as {{name}}.',
    hint: 'Edit that entry instead.',
  },
  plain_tcp_unaccepted: {
    message: 'A connection to {{address}} without TLS is open to everyone on the way.',
    hint: 'Whoever reaches that port is root on the host. Use TLS or SSH, or confirm that you accept this.',
  },
  demo_only: {
    message: 'This console was started with --demo and touches nothing real.',
    hint: 'Start it without --demo to add engines.',
  },
  settings_broken: {
    message: '{{file}} can’t be read: {{detail}}.',
    hint: 'It was set aside as {{aside}}. Correct it and put it back under its name, or add the engines again.',
    when: {
      kept: {
        message: '{{file}} can’t be read: {{detail}}.',
        hint: 'It was left as it is, and the engines go on as they were. Correct it; until then nothing can be changed here.',
      },
      hosts: {
        message: '{{file}} can’t be read: {{detail}}.',
        hint: 'Its engines go on as they were. Correct it: it is read again when it is saved.',
      },
    },
  },
  settings_newer: {
    message: '{{file}} was written by a newer Trunkline (version {{version}} of its form).',
    hint: 'It was left as it is. Use that Trunkline, or move the file away to begin anew.',
  },
  settings_changed: {
    message: '{{host}} was changed in the settings file meanwhile.',
    hint: 'Look at it as it is now, then do it again.',
  },

  tls_expired: {
    message: 'The TLS certificate of {{host}} is not valid at this time.',
    hint: 'By this machine’s clock {{detail}}. Renew it on the engine, and check both clocks.',
    when: {
      client: {
        message: '{{host}} refuses the console’s own certificate: it is not valid at this time.',
        hint: 'Make a new client certificate, and choose it for this host.',
      },
    },
  },
  tls_untrusted: {
    message: 'The TLS certificate of {{host}} is signed by nobody that the console trusts.',
    hint: 'Choose the certificate of the authority (ca.pem) that signed it. If it was right until now, someone may be in between.',
  },
  tls_name_mismatch: {
    message: 'The TLS certificate of {{host}} is for another name.',
    hint: 'Connect by a name that it carries ({{names}}), or give that name as server name.',
  },
  tls_client_refused: {
    message: '{{host}} does not accept the console’s certificate, or was given none.',
    hint: 'Choose the client certificate and key (cert.pem, key.pem) that the engine’s authority signed.',
    when: {
      plain: {
        message: '{{host}} speaks TLS, and the console was told to speak plain TCP.',
        hint: 'Switch TLS on for this host, and choose its certificates.',
      },
      not_tls: {
        message: '{{host}} does not speak TLS on this port.',
        hint: 'Docker listens with TLS on 2376, usually; check the port.',
      },
    },
  },
  tls_files: {
    message: 'The certificate file {{file}} can’t be used: {{detail}}.',
    hint: 'Choose PEM files: ca.pem, cert.pem and key.pem; certificate and key belong together.',
    when: {
      absent: {
        message: 'The certificate file {{file}} can’t be used: there is no such file.',
        hint: 'Choose PEM files: ca.pem, cert.pem and key.pem; certificate and key belong together.',
      },
      denied: {
        message: 'The certificate file {{file}} can’t be used: this user may not read it.',
        hint: 'Let the user that runs the console read it, or choose another file.',
      },
      folder: {
        message: 'The certificate file {{file}} can’t be used: it is a folder.',
        hint: 'Choose a file in it: ca.pem, cert.pem or key.pem.',
      },
      no_certificate: {
        message: 'The certificate file {{file}} can’t be used: it holds no certificate in PEM.',
        hint: 'Choose PEM files: ca.pem, cert.pem and key.pem; certificate and key belong together.',
      },
      no_key: {
        message: 'The certificate file {{file}} can’t be used: it holds no private key in PEM.',
        hint: 'Choose PEM files: ca.pem, cert.pem and key.pem; certificate and key belong together.',
      },
      passphrase: {
        message: 'The key {{file}} can’t be used: it has a passphrase, which keys for TLS can’t have here.',
        hint: 'Make a copy of {{file}} without one that only this user may read: openssl pkey -in OLD -out NEW',
      },
      cert_missing: {
        message: 'The key {{file}} can’t be used: the certificate that belongs to it is missing.',
        hint: 'Choose the certificate as well (cert.pem), or neither.',
      },
      key_missing: {
        message: 'The certificate {{file}} can’t be used: the key that belongs to it is missing.',
        hint: 'Choose the key as well (key.pem), or neither.',
      },
      other_key: {
        message: 'The key {{file}} can’t be used: it does not belong to {{other}}.',
        hint: 'Choose certificate and key of one pair; they mostly lie in one folder.',
      },
    },
  },

  ssh_host_unknown: {
    message: 'The SSH host {{host}} is not known yet. Its {{type}} key is {{fingerprint}}.',
    hint: 'Compare the fingerprint with the one that the host’s own console shows (ssh-keygen -lf), then accept it.',
  },
  ssh_host_changed: {
    message: 'The SSH key of {{host}} is not the one that is known: now {{fingerprint}}.',
    hint: 'Someone may be in between. If the host was really set up anew, remove its old key from {{file}} (line {{line}}).',
    when: {
      revoked: {
        message: 'The SSH key of {{host}} ({{fingerprint}}) is marked as revoked.',
        hint: 'The mark is in {{file}}, line {{line}}. Don’t connect before the host has a new key.',
      },
    },
  },
  ssh_auth_failed: {
    message: '{{user}}@{{host}} could not sign in by SSH.',
    hint: 'Tried: {{tried}}. Check the user, add the key to the agent (ssh-add), or choose a key file; its public half must be in authorized_keys there.',
  },
  ssh_passphrase_needed: {
    message: 'The SSH key {{file}} has a passphrase.',
    hint: 'Enter it, or add the key to the agent (ssh-add).',
  },
  ssh_passphrase_wrong: {
    message: 'The passphrase does not open the SSH key {{file}}.',
    hint: 'Enter it again.',
  },
  ssh_key_unreadable: {
    message: 'The SSH key {{file}} can’t be used: {{detail}}.',
    hint: 'Choose a private key in OpenSSH’s or PEM’s format that this user may read.',
  },
  ssh_forward_refused: {
    message: 'SSH to {{host}} works, but the engine’s socket {{socket}} can’t be reached through it.',
    hint: 'The user must be allowed to use that socket (usually by being in the group “docker”), and an engine must listen there.',
    when: {
      prohibited: {
        message: 'SSH to {{host}} works, but it does not let the socket {{socket}} be reached through it.',
        hint: 'Its sshd must allow AllowStreamLocalForwarding and DisableForwarding must be off, for this user and this key.',
      },
      jump: {
        message: 'SSH to {{host}} works, but {{socket}} can’t be reached through it.',
        hint: 'Check that address, and that sshd on {{host}} allows AllowTcpForwarding.',
      },
    },
  },
  ssh_config_invalid: {
    message:
      'What ~/.ssh/config, or the system’s ssh_config, says of {{host}} can’t be followed: {{detail}}.',
    hint: 'Correct it there, or give address, user and key here.',
  },

  context_not_found: {
    message: 'There is no Docker context “{{name}}”.',
    hint: '“docker context ls” shows what there is.',
  },
  context_invalid: {
    message: 'The Docker context “{{name}}” can’t be used: {{detail}}.',
    hint: '“docker context inspect” shows it; Trunkline only reads contexts and never writes them.',
  },
} as const satisfies Record<string, TextWithVariants>;
