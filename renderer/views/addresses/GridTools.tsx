import { ActionIcon, Button, Group, SegmentedControl, Text, TextInput } from '@mantine/core';
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Network } from '../../../shared/model';
import {
  addressMeant,
  heldPages,
  utilisation,
  type addressPage,
  type AddressGrid,
  type RangeEnds,
} from '../../../shared/rules';
import { Changing } from '../../context/Changing';
import { useApp } from '../../context/context';
import { formatShare } from '../../format';
import { useLanguage } from '../../i18n';
import type { Back, Dialog } from '../../store/ui';
import classes from './addresses.module.css';

/** How much of the subnet is held. */
export function Held({ grid }: { grid: AddressGrid }) {
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

/** To an address, or to that of a name. */
export function GoTo({ grid, subnet, page, onGo }: GoToProps) {
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

/** To the address that is offered everywhere. */
export function NextFree({ next, onGo }: { next: string | null; onGo: (address: string) => void }) {
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

const views = ['grid', 'table'] as const;
export type AddressView = (typeof views)[number];

/** Every address of a page, or a line for each that is held. */
export function Views({ view, onView }: { view: AddressView; onView: (view: AddressView) => void }) {
  const { t } = useTranslation('addresses');
  return (
    <SegmentedControl
      size="xs"
      aria-label={t('view')}
      value={view}
      onChange={onView}
      data={views.map((value) => ({ value, label: t(`views.${value}`) }))}
      data-testid="address-view"
    />
  );
}

interface FilesProps {
  network: Network;
  /** What is selected; else all of the network is meant. */
  range: RangeEnds | null;
  /** Where one comes back to. */
  back: Back;
}

/** The addresses as a file for another program, and a table of addresses to reserve. */
export function Files({ network: { engineId, id: networkId }, range, back }: FilesProps) {
  const { t } = useTranslation('addresses');
  const { stores } = useApp();
  const open = (dialog: Dialog) => stores.ui.setState({ dialog });
  return (
    <>
      <Button
        variant="default"
        onClick={() => open({ kind: 'addresses-export', engineId, networkId, ...(range && { range }), back })}
        data-testid="export-addresses"
      >
        {t('export.open')}
      </Button>
      <Changing>
        <Button
          variant="default"
          onClick={() => open({ kind: 'addresses-import', engineId, networkId, back })}
          data-testid="import-addresses"
        >
          {t('import.open')}
        </Button>
      </Changing>
    </>
  );
}

/** From page to page. */
export function Pages({
  page,
  onGo,
}: {
  page: ReturnType<typeof addressPage>;
  onGo: (address: string) => void;
}) {
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
export function HeldPages({ grid, first, onGo }: HeldPagesProps) {
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
