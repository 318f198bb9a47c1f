import { IconChevronDown, IconChevronUp } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { columns, nextSort, type Sort } from './sort';
import classes from './TableView.module.css';

interface Props {
  sort: Sort;
  onSort: (sort: Sort) => void;
}

/** The headings, each of which sorts. */
export function TableHead({ sort, onSort }: Props) {
  const { t } = useTranslation('table');
  return (
    <div role="row" aria-rowindex={1} className={classes.head}>
      {columns.map((column) => {
        const on = sort.column === column;
        const Arrow = sort.descending ? IconChevronDown : IconChevronUp;
        return (
          <span
            key={column}
            role="columnheader"
            aria-sort={on ? (sort.descending ? 'descending' : 'ascending') : 'none'}
            className={classes.heading}
            data-number={column === 'rx' || column === 'tx' || undefined}
          >
            <button
              type="button"
              className={classes.sort}
              onClick={() => onSort(nextSort(sort, column))}
              data-testid={`sort-${column}`}
            >
              {t(`columns.${column}`)}
              {on && <Arrow size={12} stroke={2.2} aria-hidden />}
            </button>
          </span>
        );
      })}
      <span role="columnheader" className={classes.heading}>
        <span className="tl-visually-hidden">{t('columns.actions')}</span>
      </span>
    </div>
  );
}
