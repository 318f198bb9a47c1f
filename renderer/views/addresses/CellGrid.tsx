import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { parseIp, type AddressCell, type AddressPage, type RangeEnds } from '../../../shared/rules';
import { useCellWords } from './use-cell-words';
import { isFree, letters } from './letters';
import classes from './addresses.module.css';

/** Addresses in a row: a /24 is eight of them. */
const across = 32;

interface Props {
  page: AddressPage;
  /** The address that has the focus, and whose details are shown. */
  at: string;
  /** What steps back. */
  dims: (cell: AddressCell) => boolean;
  /** The range that is selected, where it is. */
  selected: RangeEnds | null;
  /** An address, on this page or the one beside; `extend`: the selection is to reach there. */
  onAt: (address: string, extend: boolean) => void;
  onOpen: (cell: AddressCell) => void;
  /** A container's address was dragged onto a free one. */
  onMove: (from: AddressCell, to: AddressCell) => void;
}

const steps: Readonly<Record<string, number>> = {
  ArrowLeft: -1,
  ArrowRight: 1,
  ArrowUp: -across,
  ArrowDown: across,
};

/** A page of addresses as a grid: letter and colour say what each is; one of them is in the tab order. */
export function CellGrid({ page, at, dims, selected, onAt, onOpen, onMove }: Props) {
  const { t } = useTranslation('addresses');
  const { cells, before, after } = page;
  const focused = useRef<HTMLButtonElement>(null);
  const moved = useRef(false);
  const [dragged, setDragged] = useState<AddressCell | null>(null);
  const words = useCellWords();
  useEffect(() => {
    if (moved.current) focused.current?.focus();
    moved.current = false;
  }, [at]);

  const go = (address: string | null | undefined, event: React.KeyboardEvent) => {
    event.preventDefault();
    if (!address) return;
    moved.current = true;
    onAt(address, event.shiftKey);
  };
  const onKeyDown = (event: React.KeyboardEvent) => {
    const index = cells.findIndex(({ address }) => address === at);
    const step = steps[event.key];
    if (step !== undefined) {
      const beside = step < 0 ? before : after;
      go(cells[index + step]?.address ?? (Math.abs(step) === 1 ? beside : undefined), event);
    } else if (event.key === 'PageUp') go(before, event);
    else if (event.key === 'PageDown') go(after, event);
    else if (event.key === 'Home') go(cells[0]?.address, event);
    else if (event.key === 'End') go(cells.at(-1)?.address, event);
  };

  const isSelected = selectedIn(selected);
  const rows = Array.from({ length: Math.ceil(cells.length / across) }, (_, row) =>
    cells.slice(row * across, (row + 1) * across),
  );
  return (
    <div
      role="grid"
      aria-label={t('grid', { first: page.first, last: page.last })}
      aria-describedby="address-grid-keys"
      className={classes.grid}
      onKeyDown={onKeyDown}
      data-testid="address-grid"
    >
      <span id="address-grid-keys" className="tl-visually-hidden">
        {t('keys')}
      </span>
      {rows.map((row) => (
        <div role="row" key={row[0]?.address} className={classes.row}>
          <span role="rowheader" className={`tl-mono ${classes.rowHeader ?? ''}`}>
            {ending(row[0]?.address ?? '')}
          </span>
          {row.map((cell) => (
            <span
              role="gridcell"
              key={cell.address}
              className={classes.cellFrame}
              aria-selected={isSelected(cell.address) || undefined}
            >
              <button
                ref={cell.address === at ? focused : undefined}
                type="button"
                className={classes.cell}
                data-state={cell.state}
                data-dim={dims(cell) || undefined}
                data-silent={cell.uses[0]?.container?.live === false || undefined}
                data-current={cell.address === at || undefined}
                data-selected={isSelected(cell.address) || undefined}
                data-testid={`cell-${cell.address}`}
                tabIndex={cell.address === at ? 0 : -1}
                aria-label={words.line(cell)}
                title={words.line(cell)}
                draggable={cell.uses.some(({ container }) => container)}
                onDragStart={() => setDragged(cell)}
                onDragEnd={() => setDragged(null)}
                onDragOver={(event) => {
                  if (dragged && isFree(cell)) event.preventDefault();
                }}
                onDrop={() => dragged && onMove(dragged, cell)}
                // The focus would come first, and begin the range there.
                onMouseDown={(event) => event.shiftKey && event.preventDefault()}
                onClick={(event) => {
                  onAt(cell.address, event.shiftKey);
                  if (!event.shiftKey) onOpen(cell);
                }}
                onFocus={() => cell.address !== at && onAt(cell.address, false)}
              >
                {letters[cell.state]}
              </button>
            </span>
          ))}
        </div>
      ))}
    </div>
  );
}

/** Whether an address is in the range that is selected. */
function selectedIn(range: RangeEnds | null): (address: string) => boolean {
  const [from, to] = [parseIp(range?.from ?? ''), parseIp(range?.to ?? '')];
  return (address) => {
    const ip = from && to ? parseIp(address) : null;
    return ip !== null && from !== null && to !== null && from.value <= ip.value && ip.value <= to.value;
  };
}

/** What tells the rows of a page apart. */
const ending = (address: string): string => /[.:][0-9a-f]*$/.exec(address)?.[0] ?? address;
