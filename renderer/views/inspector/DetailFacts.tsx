import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Container, Limits, Namespaces } from '../../../shared/model';
import { resolveOwner, shortId } from '../../../shared/rules';
import { useInventory } from '../../context/context';
import { Facts } from '../../components';
import { cpuLimit, formatBytes, formatCpus, integer, swapLimit } from '../../format';
import { useLanguage } from '../../i18n';
import { findContainer } from '../../store/inventory';

const order = ['network', 'pid', 'ipc', 'uts', 'user', 'cgroup'] as const;
const known = ['private', 'host', 'shareable', 'none'] as const;

/** The six namespaces, each with whom it is shared. */
export function NamespaceFacts({ namespaces, container }: { namespaces: Namespaces; container: Container }) {
  const { t } = useTranslation('inspector');
  const { t: common } = useTranslation();
  const snapshot = useInventory((state) => state.snapshot);
  const text = (mode: string): string => {
    if (mode === '' || mode === 'default') return t('namespaces.default');
    const word = known.find((each) => each === mode);
    if (word) return t(`namespaces.${word}`);
    if (!mode.startsWith('container:')) return mode;
    const id = mode.slice('container:'.length);
    const other =
      findContainer(snapshot, container.engineId, id) ??
      (container.networkMode.kind === 'container' && container.networkMode.containerId === id
        ? resolveOwner(container, snapshot.containers)
        : null);
    return common('modes.container', { owner: other?.name ?? shortId(id) });
  };
  return (
    <Facts facts={order.map((name) => ({ label: t(`namespaces.${name}`), value: text(namespaces[name]) }))} />
  );
}

/** What cgroups allow it, in human units; what is unlimited is left out. */
export function LimitFacts({ limits }: { limits: Limits }) {
  const { t } = useTranslation('inspector');
  const { t: common } = useTranslation();
  const language = useLanguage();
  const bytes = (value: number) => (value > 0 ? formatBytes(value, language) : undefined);
  const count = (value: number) => (value > 0 ? integer(value, language) : undefined);
  const cpus = cpuLimit(limits);
  const swap = swapLimit(limits);
  const facts = [
    { label: t('limits.memory'), value: bytes(limits.memory) },
    { label: t('limits.memoryReservation'), value: bytes(limits.memoryReservation) },
    {
      label: t('limits.swap'),
      value:
        swap === 'unlimited' ? common('unlimited') : swap === null ? undefined : formatBytes(swap, language),
    },
    { label: t('limits.cpus'), value: cpus === null ? undefined : formatCpus(cpus, language) },
    { label: t('limits.cpuShares'), value: count(limits.cpuShares) },
    { label: t('limits.cpuset'), value: limits.cpuset, mono: true },
    { label: t('limits.pids'), value: count(limits.pids) },
    { label: t('limits.blkio'), value: count(limits.blkioWeight) },
    { label: t('limits.cgroupParent'), value: limits.cgroupParent, mono: true },
  ];
  if (facts.every((fact) => !fact.value)) return <Text c="dimmed">{t('limits.none')}</Text>;
  return <Facts facts={facts} />;
}
