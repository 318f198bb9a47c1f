import { isDeepStrictEqual } from 'node:util';
import type { Network, NetworkForm, NetworkSpec, Subnet } from '../../../shared/model';
import { plainAddress, plainCidr, poolsOf, type MakingStep } from '../../../shared/rules';
import { MANAGED_LABEL } from '../../docker';

const sorted = (pools: readonly Subnet[]): Subnet[] =>
  pools
    .map((pool) => ({ ...pool, subnet: plainCidr(pool.subnet) }))
    .sort((a, b) => (a.subnet < b.subnet ? -1 : 1));

const excluded = (pools: readonly Subnet[]): string[] =>
  pools.flatMap(({ exclusions }) => Object.values(exclusions).map(plainAddress)).sort();

/** An engine that is asked for no gateway may take one by itself; ranges and excluded addresses it never makes up. */
function isPool(shown: Subnet, asked: Subnet): boolean {
  const gateway = asked.gateway && plainAddress(asked.gateway);
  return (
    shown.subnet === asked.subnet &&
    plainCidr(shown.ipRange ?? '') === plainCidr(asked.ipRange ?? '') &&
    (!gateway || (shown.gateway !== undefined && plainAddress(shown.gateway) === gateway))
  );
}

function arePools(shown: readonly Subnet[], asked: readonly Subnet[]): boolean {
  const [there, wanted] = [sorted(shown), sorted(asked)];
  return (
    there.length === wanted.length &&
    wanted.every((pool, index) => isPool(there[index] ?? pool, pool)) &&
    isDeepStrictEqual(excluded(there), excluded(wanted))
  );
}

/** What is made is read back by this, too: an engine may have labels of its own. */
const hasLabels = ({ labels }: Network, asked: Network['labels']): boolean =>
  Object.entries(asked).every(([name, value]) => labels[name] === value);

const isMade = (network: Network, spec: NetworkSpec): boolean =>
  !network.configOnly &&
  !network.configFrom &&
  network.scope === 'local' &&
  network.driver === spec.driver &&
  network.parent === spec.parent &&
  network.mode === spec.mode &&
  network.internal === spec.internal &&
  // What another hand makes has not our label: of our own making it surely is only with that.
  hasLabels(network, { ...spec.labels, [MANAGED_LABEL]: 'true' }) &&
  arePools(network.subnets, poolsOf(spec));

/** The same for one that is made again. */
function isRestored(network: Network, form: NetworkForm): boolean {
  const { driver, internal, configOnly, configFrom = '' } = form;
  const leads = ['parent', `${driver}_mode`].filter((name) => form.options[name] !== undefined);
  return (
    network.driver === driver &&
    network.internal === internal &&
    network.configOnly === configOnly &&
    (network.configFrom ?? '') === configFrom &&
    isDeepStrictEqual(network.labels, form.labels) &&
    leads.every((name) => network.options[name] === form.options[name]) &&
    arePools(network.subnets, form.subnets)
  );
}

/**
 * Whether a network is what a step makes: another of its name that lies elsewhere, or hands out other addresses, is
 * somebody else's, and so is one without the labels that it was to have. How an engine spells an address or a subnet makes no difference, nor what it fills in itself.
 */
export const isMadeBy = (step: MakingStep) => (network: Network) =>
  step.op === 'create-network' ? isMade(network, step.spec) : isRestored(network, step.form);
