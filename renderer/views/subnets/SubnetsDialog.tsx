import { Group, SegmentedControl, Select, Text } from '@mantine/core';
import { IconInfoCircle, IconMap2 } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { subnetMap, type SubnetMap, type SubnetRow } from '../../../shared/rules';
import { EmptyState } from '../../components';
import { TaskDialog } from '../../components/dialog/TaskDialog';
import { useApp, useInventory, useSegments } from '../../context/context';
import type { DialogProps } from '../../context/feature';
import { useLooks } from '../../context/host/use-looks';
import { PoolList } from './PoolList';
import { hasTrouble, SubnetBands } from './SubnetBands';
import { SubnetTable } from './SubnetTable';
import { useHostNames } from './use-overlap-words';
import classes from './subnets.module.css';

const choices = ['all', 'overlaps', 'trouble'] as const;
type Choice = (typeof choices)[number];

/** The whole map as the window knows it. */
function useSubnetMap(): SubnetMap {
  const engines = useInventory((state) => state.snapshot.engines);
  const networks = useInventory((state) => state.snapshot.networks);
  const segments = useSegments((state) => state.plan);
  const facts = useLooks();
  return useMemo(
    () => subnetMap({ engines, networks, segments: segments ?? [], facts }),
    [engines, networks, segments, facts],
  );
}

/** The rows of a host, with what concerns it. */
function ofHost(rows: readonly SubnetRow[], host: string | null): readonly SubnetRow[] {
  if (host === null) return rows;
  return rows
    .filter(({ uses }) => uses.some(({ engineId }) => engineId === host))
    .map((row) => ({ ...row, overlaps: row.overlaps.filter(({ hosts }) => hosts.includes(host)) }));
}

const isChosen = (row: SubnetRow, choice: Choice): boolean =>
  choice === 'all' || (choice === 'trouble' ? hasTrouble(row) : row.overlaps.length > 0);

const Note = ({ id, children }: { id: string; children: string }) => (
  <p className={classes.note} data-testid={`subnets-${id}`}>
    <IconInfoCircle size={14} stroke={1.7} aria-hidden />
    {children}
  </p>
);

/** What the map can't say. */
function Unknown({ map, host }: { map: SubnetMap; host: string | null }) {
  const { t } = useTranslation('subnets');
  const namesOf = useHostNames();
  const here = (ids: readonly string[]) => (host === null ? ids : ids.filter((id) => id === host));
  const [unseen, routes] = [here(map.unseen), here(map.routesUnknown)];
  return (
    <>
      {unseen.length > 0 && <Note id="unseen">{t('unseen', { hosts: namesOf(unseen) })}</Note>}
      {routes.length > 0 && <Note id="routes">{t('routesUnknown', { hosts: namesOf(routes) })}</Note>}
    </>
  );
}

/** All subnets over all hosts: who has them, which overlap and whether that harms, and how many are left for new networks. */
export function SubnetsDialog({ host: first, onClose }: DialogProps<'subnets'>) {
  const { t } = useTranslation('subnets');
  const { stores } = useApp();
  const engines = useInventory((state) => state.snapshot.engines);
  const map = useSubnetMap();
  const [host, setHost] = useState<string | null>(first ?? null);
  const [choice, setChoice] = useState<Choice>('all');
  const [marked, setMarked] = useState<string | null>(null);
  const here = useMemo(() => ofHost(map.rows, host), [map, host]);
  const rows = useMemo(() => here.filter((row) => isChosen(row, choice)), [here, choice]);
  const pools = host === null ? map.pools : map.pools.filter(({ engineId }) => engineId === host);
  const count = (of: Choice) => here.filter((row) => isChosen(row, of)).length;
  return (
    <TaskDialog onClose={onClose} size={1080} title={t('title')}>
      <Group justify="space-between" mb="sm">
        <SegmentedControl
          aria-label={t('show')}
          value={choice}
          onChange={(value) => setChoice(value as Choice)}
          data={choices.map((value) => ({ value, label: t(`choices.${value}`, { count: count(value) }) }))}
        />
        {engines.length > 1 && (
          <Select
            aria-label={t('host')}
            placeholder={t('allHosts')}
            clearable
            searchable
            value={host}
            onChange={setHost}
            data={engines.map(({ id, name }) => ({ value: id, label: name }))}
            w={220}
            data-testid="subnets-host"
          />
        )}
      </Group>
      <Unknown map={map} host={host} />
      <SubnetBands
        rows={rows}
        pools={pools}
        onRow={(subnet) => {
          setMarked(subnet);
          // The row may be drawn only now.
          requestAnimationFrame(() =>
            document.getElementById(`subnet-${subnet}`)?.scrollIntoView({ block: 'center' }),
          );
        }}
      />
      <Text size="xs" c="dimmed" mb="xs">
        {t('intro')}
      </Text>
      <div className={classes.scroll} tabIndex={0} role="region" aria-label={t('title')}>
        {rows.length === 0 ? (
          <EmptyState icon={<IconMap2 size={28} stroke={1.4} />} title={t(`empty.${choice}`)} />
        ) : (
          <SubnetTable
            rows={rows}
            host={host}
            marked={marked}
            onOpen={(network, version) =>
              stores.ui.setState({
                dialog: {
                  ...{ kind: 'addresses', ...network, version },
                  back: { kind: 'subnets', ...(host !== null && { host }) },
                },
              })
            }
          />
        )}
      </div>
      <PoolList pools={pools} />
    </TaskDialog>
  );
}
