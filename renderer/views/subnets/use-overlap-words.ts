import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { formatCidr, hostName, type SubnetOverlap, type SubnetUse } from '../../../shared/rules';
import { useInventory } from '../../context/context';

const fewHosts = 3;

/** Hosts by their names, the first few of many. */
export function useHostNames(): (ids: readonly string[]) => string {
  const { t } = useTranslation('subnets');
  const engines = useInventory((state) => state.snapshot.engines);
  return useCallback(
    (ids) => {
      const names = ids.slice(0, fewHosts).map((id) => hostName(id, engines));
      const more = ids.length - names.length;
      return more > 0 ? t('andMore', { names: names.join(', '), more }) : names.join(', ');
    },
    [t, engines],
  );
}

/** What a user of a subnet is called. */
export function useUseName(): (use: SubnetUse) => string {
  const { t } = useTranslation('subnets');
  return useCallback(
    ({ kind, name, driver, segment }) =>
      kind === 'network'
        ? t(segment ? 'use.member' : 'use.network', { name, driver: driver ?? '', segment: segment ?? '' })
        : t(`use.${kind}`, { name }),
    [t],
  );
}

/** In one sentence, what an overlap means. */
export function useOverlapWords(): (overlap: SubnetOverlap) => string {
  const { t } = useTranslation('subnets');
  const namesOf = useHostNames();
  const nameOf = useUseName();
  return useCallback(
    ({ why, pair, hosts }) => {
      // The one that is in the way of the other is said first.
      const rank = ({ place }: SubnetUse) => ['overlay', 'own', 'route', 'lan', 'other'].indexOf(place);
      const [one, two] = rank(pair[1]) < rank(pair[0]) ? [pair[1], pair[0]] : pair;
      const told = [...new Set([one.engineId, two.engineId])].filter((id) => id !== '');
      const all = ['same-lan', 'own-each', 'same-network', 'lans-apart'].includes(why);
      const more = all ? [] : hosts.filter((id) => !told.includes(id));
      const sentence = t(`why.${why}`, {
        ...{ one: nameOf(one), two: nameOf(two) },
        ...{ oneSubnet: formatCidr(one.cidr), twoSubnet: formatCidr(two.cidr) },
        ...{ host: namesOf(told.slice(0, 1)), twoHost: namesOf(two.engineId ? [two.engineId] : []) },
        hosts: namesOf(hosts),
      });
      return more.length > 0 ? `${sentence} ${t('also', { hosts: namesOf(more) })}` : sentence;
    },
    [t, namesOf, nameOf],
  );
}
