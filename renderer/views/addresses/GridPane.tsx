import { ActionIcon, Button, Group, SegmentedControl, Select, Text, TextInput } from '@mantine/core';
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import { useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Network } from '../../../shared/model';
import {
  addressMeant,
  addressPage,
  heldPages,
  hostName,
  utilisation,
  type AddressCell,
  type AddressGrid,
  type CellState,
} from '../../../shared/rules';
import { useApp, useInventory } from '../../context/context';
import { formatShare } from '../../format';
import { useLanguage } from '../../i18n';
import type { Back } from '../../store/ui';
import { requestFor } from './candidates';
import { CellDetails } from './CellDetails';
import { isFree } from './letters';
import { CellGrid } from './CellGrid';
import { ChooseContainer } from './ChooseContainer';
import { Legend } from './Legend';
import classes from './addresses.module.css';

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
  const frame = useRef<HTMLDivElement>(null);
  const give = onPick ?? setGiving;
  const [host, setHost] = useState<string | null>(null);
  const [only, setOnly] = useState<ReadonlySet<CellState>>(new Set());
  const page = useMemo(() => addressPage(grid, at), [grid, at]);
  const current = page.cells.find(({ address }) => address === at) ?? page.cells[0];
  const hosts = useMemo(() => hostsOf(grid), [grid]);
  if (!current) return null;
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
        <Held grid={grid} />
      </Group>
      <Group align="flex-start" gap="sm" mb="sm" wrap="nowrap">
        <GoTo grid={grid} subnet={subnet} page={page.first} onGo={setAt} />
        <NextFree next={next} onGo={setAt} />
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
        <Pages page={page} onGo={setAt} />
      </Group>
      <div ref={frame}>
        <CellGrid
          page={page}
          at={current.address}
          dims={(cell) => (only.size > 0 && !only.has(cell.state)) || (host !== null && !isOf(cell, host))}
          onAt={(address) => {
            setAt(address);
            // It would take the focus when that cell is come by again.
            setGiving(null);
          }}
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
      </div>
      <HeldPages grid={grid} first={page.first} onGo={setAt} />
      {giving === current.address && network ? (
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
          back={back(current.address)}
          onGive={() => give(current.address)}
        />
      )}
      <Legend
        cells={page.cells.filter((cell) => host === null || isOf(cell, host))}
        only={only}
        onOnly={setOnly}
      />
    </>
  );
}

/** Whether a host has to do with an address. */
const isOf = ({ uses, givenBy }: AddressCell, host: string): boolean =>
  givenBy.includes(host) || uses.some(({ engineId }) => engineId === host);

const hostsOf = ({ uses, given }: AddressGrid): string[] => [
  ...new Set([...uses.map(({ use }) => use.engineId), ...given.map(({ engineId }) => engineId)]),
];

function Held({ grid }: { grid: AddressGrid }) {
  const { t } = useTranslation('addresses');
  const language = useLanguage();
  const { held, usable } = useMemo(() => utilisation(grid), [grid]);
  const number = (value: bigint) => value.toLocaleString(language);
  // Only as a share: a /64 has more addresses than a number is exact for.
  const percent = formatShare(Number(held) / Number(usable), language);
  return (
    <Text size="xs" c="dimmed" className="tl-num" data-testid="held">
      {t('held', { held: number(held), usable: number(usable), percent })}
    </Text>
  );
}

interface GoToProps {
  grid: AddressGrid;
  subnet: string;
  /** The first address of the page that is looked at. */
  page: string;
  onGo: (address: string) => void;
}

function GoTo({ grid, subnet, page, onGo }: GoToProps) {
  const { t } = useTranslation('addresses');
  const [text, setText] = useState('');
  const [wrong, setWrong] = useState(false);
  const go = () => {
    const meant = text.trim() ? addressMeant(grid, text, page) : null;
    setWrong(meant === null && text.trim() !== '');
    if (meant !== null) onGo(meant);
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        go();
      }}
    >
      <TextInput
        aria-label={t('goTo')}
        placeholder={t('goTo')}
        classNames={{ input: 'tl-mono' }}
        w={220}
        value={text}
        spellCheck={false}
        error={wrong && t('notInSubnet', { subnet })}
        onChange={(event) => {
          setText(event.currentTarget.value);
          setWrong(false);
        }}
        data-testid="go-to"
      />
    </form>
  );
}

function NextFree({ next, onGo }: { next: string | null; onGo: (address: string) => void }) {
  const { t } = useTranslation('addresses');
  return (
    <Button
      variant="default"
      disabled={next === null}
      title={next ?? t('noneFree')}
      onClick={() => next !== null && onGo(next)}
      data-testid="next-free"
    >
      {t('nextFree')}
    </Button>
  );
}

function Pages({ page, onGo }: { page: ReturnType<typeof addressPage>; onGo: (address: string) => void }) {
  const { t } = useTranslation('addresses');
  const { first, last, before, after } = page;
  if (before === null && after === null) return null;
  return (
    <Group gap="xs" wrap="nowrap" ml="auto" className={classes.pages}>
      <ActionIcon
        variant="default"
        aria-label={t('before')}
        disabled={before === null}
        onClick={() => before !== null && onGo(before)}
      >
        <IconChevronLeft size={14} />
      </ActionIcon>
      <Text size="xs" className="tl-mono">
        {t('page', { first, last })}
      </Text>
      <ActionIcon
        variant="default"
        aria-label={t('after')}
        disabled={after === null}
        onClick={() => after !== null && onGo(after)}
      >
        <IconChevronRight size={14} />
      </ActionIcon>
    </Group>
  );
}

interface HeldPagesProps {
  grid: AddressGrid;
  first: string;
  onGo: (address: string) => void;
}

/** The pages on which anything is held, darker the fuller: the way through a /16, and to what little a /64 has. */
function HeldPages({ grid, first, onGo }: HeldPagesProps) {
  const { t } = useTranslation('addresses');
  const tiles = useMemo(() => heldPages(grid), [grid]);
  if (tiles.length === 0 || (tiles.length === 1 && tiles[0]?.first === first)) return null;
  return (
    <ul className={classes.tiles} aria-label={t('pages')}>
      {tiles.map((tile) => (
        <li key={tile.first}>
          <button
            type="button"
            className={classes.tile}
            style={{ '--full': `${String(15 + (tile.held / 256) * 85)}%` } as React.CSSProperties}
            aria-label={t('pageHeld', { first: tile.first, held: tile.held })}
            title={t('pageHeld', { first: tile.first, held: tile.held })}
            aria-current={tile.first === first || undefined}
            onClick={() => onGo(tile.first)}
          />
        </li>
      ))}
    </ul>
  );
}
