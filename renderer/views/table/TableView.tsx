import { Button } from '@mantine/core';
import { IconBoxOff, IconFilterOff } from '@tabler/icons-react';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useApp, useUi, useReadOnly } from '../../context/context';
import { EmptyState } from '../../components';
import { useLanguage } from '../../i18n';
import { noFilters, sameSelection, type Selection } from '../../store/ui';
import { useAtRequest } from '../../context/use-at-request';
import { useObstacles } from '../../context/obstacles';
import { actionOfKey, canDo, dialogOf, obstacleOf, type RowAction } from './actions';
import { RowMenu } from './RowMenu';
import type { Row } from './rows';
import { columns, type Sort } from './sort';
import { TableHead } from './TableHead';
import { TableRow } from './TableRow';
import classes from './TableView.module.css';
import { coverCut, useCover } from './use-cover';
import { useRows } from './use-rows';
import { tableWidths } from './widths';

const rowHeight = 32;

/** An id may hold no spaces. */
const rowId = (key: string) => `row-${key.replace(/\s/g, '_')}`;

function Empty({ total }: { total: number }) {
  const { t } = useTranslation();
  const { stores } = useApp();
  if (total === 0)
    return (
      <EmptyState
        icon={<IconBoxOff size={32} stroke={1.4} />}
        title={t('empty.noContainers')}
        hint={t('empty.noContainersHint')}
        command="docker run -d --name web nginx"
      />
    );
  return (
    <EmptyState
      icon={<IconFilterOff size={32} stroke={1.4} />}
      title={t('empty.noMatch')}
      hint={t('empty.noMatchHint')}
    >
      <Button variant="default" onClick={() => stores.ui.setState({ query: '', filters: noFilters })}>
        {t('filters.clear')}
      </Button>
    </EmptyState>
  );
}

/** A selected container marks all of its rows. */
const isSelected = (row: Row, selection: Selection | null): boolean =>
  selection?.kind === 'container'
    ? selection.id === row.container.id && selection.engineId === row.container.engineId
    : sameSelection(selection, row.selection);

const moves: Readonly<Record<string, (at: number, count: number, page: number) => number>> = {
  ArrowDown: (at) => at + 1,
  ArrowUp: (at) => at - 1,
  PageDown: (at, _count, page) => at + page,
  PageUp: (at, _count, page) => at - page,
  Home: () => 0,
  End: (_at, count) => count - 1,
};

/** Containers × networks × addresses: the same data as the picture, sortable, and all of it by keyboard. */
export function TableView() {
  const { t } = useTranslation('table');
  const { t: common } = useTranslation();
  const language = useLanguage();
  const words = useMemo(() => ({ t, common, language }), [t, common, language]);
  const { stores } = useApp();
  const readOnly = useReadOnly();
  const obstacles = useObstacles();
  const [sort, setSort] = useState<Sort>({ column: 'container', descending: false });
  const [activeKey, setActiveKey] = useState<string | null>(null);
  const [menu, setMenu] = useState<{ row: Row; at: { x: number; y: number } } | null>(null);
  const selection = useUi((state) => state.selection);
  const { rows, total } = useRows(sort);
  const scroll = useRef<HTMLDivElement>(null);
  // Its functions are only called here, never handed to anything memoised.
  // eslint-disable-next-line react-hooks/incompatible-library
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroll.current,
    estimateSize: () => rowHeight,
    overscan: 12,
    scrollPaddingStart: rowHeight,
  });
  const widths = useMemo(() => tableWidths(rows), [rows]);
  useCover(scroll, widths.template);
  const at = rows.findIndex((row) => row.key === activeKey);

  const latest = useRef(rows);
  useEffect(() => {
    latest.current = rows;
  }, [rows]);
  useAtRequest(
    'focusRequests',
    useCallback(() => {
      const { selection: chosen } = stores.ui.getState();
      const found = latest.current.findIndex((row) => isSelected(row, chosen));
      const row = latest.current[found];
      if (!row) return;
      setActiveKey(row.key);
      virtual.scrollToIndex(found);
      scroll.current?.focus();
    }, [stores, virtual]),
  );

  const act = useCallback(
    (row: Row, action: RowAction) => {
      if (!canDo(row, action, readOnly) || obstacleOf(row, action, obstacles) !== undefined) return;
      const dialog = dialogOf(row, action);
      stores.ui.setState({ selection: row.selection, ...(dialog ? { dialog } : {}) });
    },
    [stores, readOnly, obstacles],
  );
  const choose = useCallback(
    (row: Row) => {
      setActiveKey(row.key);
      stores.ui.setState({ selection: row.selection });
    },
    [stores],
  );
  const openMenu = useCallback((row: Row, place: { x: number; y: number }) => {
    setActiveKey(row.key);
    setMenu({ row, at: place });
  }, []);

  const onKeyDown = (event: React.KeyboardEvent) => {
    if (event.target !== event.currentTarget || event.ctrlKey || event.metaKey || event.altKey) return;
    const move = moves[event.key];
    const row = rows[at];
    const page = Math.max(1, Math.floor((scroll.current?.clientHeight ?? 0) / rowHeight) - 2);
    if (move && rows.length > 0) {
      event.preventDefault();
      const next = Math.max(0, Math.min(rows.length - 1, move(at, rows.length, page)));
      setActiveKey(rows[next]?.key ?? null);
      virtual.scrollToIndex(next);
    } else if (row && ((event.shiftKey && event.key === 'F10') || event.key === 'ContextMenu')) {
      event.preventDefault();
      const box = document.getElementById(rowId(row.key))?.getBoundingClientRect();
      openMenu(row, { x: (box?.left ?? 0) + 24, y: box?.bottom ?? 0 });
    } else if (event.key === 'Escape') {
      stores.ui.setState({ selection: null });
    } else if (row && actionOfKey[event.key]) {
      event.preventDefault();
      act(row, actionOfKey[event.key] ?? 'inspect');
    }
  };

  if (rows.length === 0) return <Empty total={total} />;
  return (
    <>
      <div
        ref={scroll}
        className={classes.scroll}
        role="grid"
        tabIndex={0}
        aria-label={t('label')}
        aria-rowcount={rows.length + 1}
        aria-colcount={columns.length + 1}
        aria-activedescendant={at >= 0 && activeKey ? rowId(activeKey) : undefined}
        onKeyDown={onKeyDown}
        data-testid="table"
        style={
          { '--columns': widths.template, '--least': `${String(widths.least)}px` } as React.CSSProperties
        }
        onScroll={(event) => coverCut(event.currentTarget)}
      >
        <TableHead sort={sort} onSort={setSort} />
        <div role="rowgroup" className={classes.body} style={{ height: virtual.getTotalSize() }}>
          {virtual.getVirtualItems().map((item) => {
            const row = rows[item.index];
            return (
              row && (
                <TableRow
                  key={row.key}
                  row={row}
                  words={words}
                  id={rowId(row.key)}
                  index={item.index + 2}
                  top={item.start}
                  active={row.key === activeKey}
                  selected={isSelected(row, selection)}
                  onChoose={choose}
                  onMenu={openMenu}
                />
              )
            );
          })}
        </div>
      </div>
      <RowMenu at={menu?.at ?? null} row={menu?.row ?? null} onAction={act} onClose={() => setMenu(null)} />
    </>
  );
}
