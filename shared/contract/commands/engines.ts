import { z } from 'zod';
import {
  engineCandidateSchema,
  engineConfigListSchema,
  engineConfigSchema,
  engineConnectionSchema,
  engineSchema,
  engineTestSchema,
} from '../../model';
import { rows } from './row';
import { engine, none } from './shared-inputs';

export const engineCommands = rows({
  'engines.list': {
    input: none,
    output: z.array(engineSchema),
    effect: 'nothing',
    says: 'The engines: state, version, capabilities.',
  },
  'engines.configs': {
    input: none,
    output: engineConfigListSchema,
    effect: 'nothing',
    says: 'How the engines are reached, their names, order and sources; the settings file and what is wrong with it; which keys’ passphrases are remembered, and where.',
  },
  'engines.candidates': {
    input: none,
    output: z.array(engineCandidateSchema),
    effect: 'nothing',
    says: 'Docker contexts, sockets and hosts of `~/.ssh/config` that could be added. Contacts none of them.',
  },
  'engines.test': {
    input: z.object({
      connection: engineConnectionSchema,
      /** The engine being edited: it is not reported as the same as itself, and its passphrase is known. */
      engineId: z.string().optional(),
      trust: z.string().max(200).optional(),
      passphrase: z.string().max(1024).optional(),
    }),
    output: engineTestSchema,
    effect: 'nothing',
    says: 'Connects, asks for the version and lets go; keeps nothing but the host key of `trust`. Gives host, product, versions and milliseconds; `sameAs` names the engine of the list that it is. `ssh_host_unknown` has the key’s `fingerprint` among its params: whoever accepts it calls again with `trust`. After `ssh_passphrase_needed`, call again with `passphrase`.',
  },
  'engines.add': {
    input: engineConfigSchema.omit({ id: true }),
    output: z.object({ engineId: z.string() }),
    effect: 'console',
    says: 'Adds an engine to the settings, and connects. It need not answer now.',
  },
  'engines.edit': {
    input: engineConfigSchema,
    output: none,
    effect: 'console',
    says: 'The entry as a whole; what is left out is taken away. Another connection is reached anew, once no change runs there.',
  },
  'engines.remove': {
    input: engine,
    output: none,
    effect: 'console',
    says: 'Takes an engine off the list; nothing happens on the engine itself.',
  },
  'engines.arrange': {
    input: z.object({ order: z.array(z.string()).max(1000) }),
    output: none,
    effect: 'console',
    says: 'The order of the hosts; ids that are left out keep theirs, behind.',
  },
  'engines.trust': {
    input: engine.extend({ fingerprint: z.string().max(200) }),
    output: none,
    effect: 'console',
    says: 'Accepts the key of an SSH host that `ssh_host_unknown` showed, by its fingerprint (`SHA256:…`), and connects. It is kept in the console’s own known_hosts. A changed key is never accepted so.',
  },
  'engines.unlock': {
    input: engine.extend({ passphrase: z.string().max(1024), remember: z.boolean().default(false) }),
    output: none,
    effect: 'console',
    says: 'The passphrase of an engine’s SSH key; kept in memory, or with `remember` in the system’s keychain where `engines.configs` says `keychain`.',
  },
  // What this console remembers, and no engine: who may only look may also be asked again.
  'engines.forget': {
    input: z.object({ file: z.string().min(1).max(4096) }),
    output: none,
    effect: 'console',
    says: 'Forgets the passphrase of an SSH key’s file, as `passphrases` of `engines.configs` names it, in memory and in the system’s keychain. Connections that stand stay; the next one asks again. One that is not remembered is no failure.',
  },
  'engines.retry': {
    input: engine,
    output: none,
    effect: 'nothing',
    says: 'Tries an offline engine at once instead of at its next turn.',
  },
});
