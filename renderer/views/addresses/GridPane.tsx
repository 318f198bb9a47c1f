import { Group, SegmentedControl, Select, Text } from '@mantine/core';
import { useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Network } from '../../../shared/model';
import {
  addressPage,
  heldRows,
  hostName,
  rangeBetween,
  type AddressCell,
  type AddressGrid,
  type CellState,
} from '../../../shared/rules';
import { useApp, useInventory } from '../../context/context';
import type { Back } from '../../store/ui';
import { requestFor } from './candidates';
import { CellDetails } from './CellDetails';
import { isFree } from './letters';
import { CellGrid } from './CellGrid';
import { ChooseContainer } from './ChooseContainer';
import { HeldTable } from './HeldTable';
import { Files, GoTo, Held, HeldPages, NextFree, Pages, Views, type AddressView } from './GridTools';
import { Legend } from './Legend';
import { RangeDetails } from './RangeDetails';

interface Props {
  grid: AddressGrid;
  subnet: string;
  subnets: readonly string[];
  /** The address that is looked at first. */
  begin: string | undefined;
  /** The free address that is offered everywhere; null where the subnet has none. */
  next: string | null;
  /** The network that it is looked at from; undefined when it is gone. */
  network: Network | undefined;
  /** A free address is chosen for a form: nothing else is done from here. */
  onPick: ((address: string) => void) | undefined;
  /** Where one comes back to from a change that was begun here: the grid, at an address. */
  back: (address: string) => Back;
  onSubnet: (subnet: string) => void;
}

/** One subnet: how full it is, the page that is looked at, and what there is to know of the address under the hand. */
export function GridPane(props: Props) {
  const { grid, subnet, subnets, begin, next, network, onPick, back, onSubnet } = props;
  const { t } = useTranslation('addresses');
  const { stores } = useApp();
  const snapshot = useInventory((state) => state.snapshot);
  const [at, setAt] = useState(begin ?? next ?? undefined);
  const [giving, setGiving] = useState<string | null>(null);
  /** Where a range begins that is being selected; its other end is the address under the hand. */
  const [anchor, setAnchor] = useState<string | null>(null);
  const frame = useRef<HTMLDivElement>(null);
  const give = onPick ?? setGiving;
  const [host, setHost] = useState<string | null>(null);
  const [only, setOnly] = useState<ReadonlySet<CellState>>(new Set());
  const page = useMemo(() => addressPage(grid, at), [grid, at]);
  const current = page.cells.find(({ address }) => address === at) ?? page.cells[0];
  const hosts = useMemo(() => hostsOf(grid), [grid]);
  const [view, setView] = useState<AddressView>('grid');
  const rows = useMemo(() => (view === 'table' ? heldRows(grid) : []), [grid, view]);
  if (!current) return null;
  const selected =
    anchor !== null && anchor !== current.address ? rangeBetween(anchor, current.address) : null;
  const go = (address: string, extend = false) => {
    setAnchor(extend ? (anchor ?? current.address) : null);
    setAt(address);
    // It would take the focus when that cell is come by again.
    setGiving(null);
  };
  return (
    <>
      <Group justify="space-between" align="flex-end" mb="sm">
        {subnets.length > 1 ? (
          <SegmentedControl
            aria-label={t('subnet')}
            value={subnet}
            onChange={onSubnet}
            data={[...subnets]}
            className="tl-mono"
          />
        ) : (
          <Text className="tl-mono">{subnet}</Text>
        )}
        <Group gap="sm">
          <Held grid={grid} />
          {!onPick && <Views view={view} onView={setView} />}
        </Group>
      </Group>
      <Group align="flex-start" gap="sm" mb="sm" wrap="nowrap">
        <GoTo grid={grid} subnet={subnet} page={page.first} onGo={go} />
        <NextFree next={next} onGo={go} />
        {network && !onPick && <Files network={network} range={selected} back={back(current.address)} />}
        {hosts.length > 1 && (
          <Select
            aria-label={t('host')}
            placeholder={t('allHosts')}
            clearable
            value={host}
            onChange={setHost}
            data={hosts.map((id) => ({ value: id, label: hostName(id, snapshot.engines) }))}
            w={180}
          />
        )}
        {view === 'grid' && <Pages page={page} onGo={go} />}
      </Group>
      <div ref={frame}>
        {view === 'table' ? (
          <HeldTable
            rows={rows.filter((row) => shows(row, only, host))}
            at={current.address}
            onAt={({ address, to }) => {
              go(address);
              if (to !== undefined) setAnchor(to);
            }}
          />
        ) : (
          <CellGrid
            page={page}
            at={current.address}
            dims={(cell) => !shows(cell, only, host)}
            selected={selected}
            onAt={(address, extend) => go(address, extend && !onPick)}
            onOpen={(cell) => {
              if (isFree(cell)) give(cell.address);
            }}
            onMove={(from, to) => {
              const use = from.uses.find(({ container }) => container);
              const network =
                use?.container &&
                snapshot.networks.find(
                  (each) => each.engineId === use.engineId && each.id === use.container?.networkId,
                );
              if (onPick || !use?.container || !network) return;
              const container = { engineId: use.engineId, id: use.container.id };
              const request = requestFor(to.address, container, network, 'readdress');
              stores.ui.setState({ dialog: { kind: 'change', request, back: back(to.address) } });
            }}
          />
        )}
      </div>
      {view === 'grid' && <HeldPages grid={grid} first={page.first} onGo={go} />}
      {selected ? (
        <RangeDetails grid={grid} ends={selected} network={network} back={back(selected.from)} />
      ) : giving === current.address && network ? (
        <ChooseContainer
          key={giving}
          address={giving}
          network={network}
          back={back(giving)}
          onBack={() => {
            setGiving(null);
            frame.current?.querySelector<HTMLElement>('[data-current]')?.focus();
          }}
        />
      ) : (
        <CellDetails
          cell={current}
          picks={onPick !== undefined}
          network={network}
          back={back(current.address)}
          onGive={() => give(current.address)}
        />
      )}
      <Legend
        cells={(view === 'table' ? rows : page.cells).filter((cell) => host === null || isOf(cell, host))}
        only={only}
        onOnly={setOnly}
      />
    </>
  );
}

/** Whether a host has to do with an address. */
const isOf = ({ uses, givenBy }: AddressCell, host: string): boolean =>
  givenBy.includes(host) || uses.some(({ engineId }) => engineId === host);

const shows = (cell: AddressCell, only: ReadonlySet<CellState>, host: string | null): boolean =>
  (only.size === 0 || only.has(cell.state)) && (host === null || isOf(cell, host));

const hostsOf = ({ uses, given }: AddressGrid): string[] => [
  ...new Set([...uses.map(({ use }) => use.engineId), ...given.map(({ engineId }) => engineId)]),
];
