import { CloseButton, Combobox, Kbd, TextInput, useCombobox } from '@mantine/core';
import { IconSearch, IconServer } from '@tabler/icons-react';
import { useDeferredValue, useEffect, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useApp, useInventory, useUi } from '../../app/context';
import { KindIcon, StateMark } from '../../components';
import { findResults, type SearchResult } from './results';
import classes from './SearchField.module.css';

const limit = 12;

function ResultIcon({ result }: { result: SearchResult }) {
  if (result.container) return <StateMark state={result.container.state} />;
  if (result.network) return <KindIcon kind={result.network.kind} />;
  return <IconServer size={14} stroke={1.6} aria-hidden />;
}

const ResultOption = ({ result }: { result: SearchResult }) => (
  <Combobox.Option value={result.key} className={classes.option}>
    <ResultIcon result={result} />
    <span className={classes.name}>
      <span className="tl-ellipsis">{result.name}</span>
      {result.matched && (
        <span className={`tl-mono tl-ellipsis ${classes.matched ?? ''}`}>{result.matched}</span>
      )}
    </span>
    <span className={`tl-ellipsis ${classes.host ?? ''}`}>{result.host}</span>
  </Combobox.Option>
);

/** Finds by name, address, MAC, network or host; what is typed also filters the views. */
export function SearchField() {
  const { t } = useTranslation();
  const { stores } = useApp();
  const query = useUi((state) => state.query);
  const requests = useUi((state) => state.searchRequests);
  const snapshot = useInventory((state) => state.snapshot);
  const deferred = useDeferredValue(query);
  const combobox = useCombobox();
  const input = useRef<HTMLInputElement>(null);
  const { results, total } = useMemo(() => findResults(snapshot, deferred, limit), [snapshot, deferred]);

  useEffect(() => {
    if (requests === 0) return;
    input.current?.focus();
    input.current?.select();
  }, [requests]);

  useEffect(() => {
    if (results.length > 0) combobox.selectFirstOption();
    // The combobox object is new at each render; only other results matter.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [results]);

  const setQuery = (text: string) => {
    stores.ui.setState({ query: text });
    if (text.trim()) combobox.openDropdown();
    else combobox.closeDropdown();
  };
  const go = (result: SearchResult | undefined) => {
    if (result) stores.ui.setState({ selection: result.selection });
    combobox.closeDropdown();
  };
  /** With many containers the list lags behind quick fingers: Enter means what is typed, not what is listed. */
  const enterEarly = (event: React.KeyboardEvent) => {
    const typed = stores.ui.getState().query;
    // The Enter that ends a composition chooses characters, not a result.
    if (event.nativeEvent.isComposing || event.key !== 'Enter') return;
    if (typed === deferred || !typed.trim()) return;
    event.preventDefault();
    event.stopPropagation();
    go(findResults(snapshot, typed, 1).results[0]);
  };

  return (
    <Combobox
      store={combobox}
      onOptionSubmit={(key) => go(results.find((each) => each.key === key))}
      width={420}
      position="bottom-start"
      shadow="md"
    >
      <Combobox.Target>
        <TextInput
          ref={input}
          className={classes.field}
          value={query}
          placeholder={t('search.placeholder')}
          aria-label={t('search.label')}
          leftSection={<IconSearch size={14} stroke={1.8} />}
          rightSection={
            query ? (
              <CloseButton size="xs" aria-label={t('search.clear')} onClick={() => setQuery('')} />
            ) : (
              <Kbd size="xs">/</Kbd>
            )
          }
          onChange={(event) => setQuery(event.currentTarget.value)}
          onFocus={() => query.trim() && combobox.openDropdown()}
          onBlur={() => combobox.closeDropdown()}
          onKeyDownCapture={enterEarly}
          onKeyDown={(event) => {
            if (event.key !== 'Escape') return;
            if (query) setQuery('');
            else input.current?.blur();
          }}
          data-testid="search"
        />
      </Combobox.Target>
      <Combobox.Dropdown data-testid="search-results">
        <Combobox.Options mah={420} style={{ overflowY: 'auto' }}>
          {results.map((result) => (
            <ResultOption key={result.key} result={result} />
          ))}
          {results.length === 0 && (
            <Combobox.Empty>{t('search.nothing', { query: deferred })}</Combobox.Empty>
          )}
        </Combobox.Options>
        {total > results.length && (
          <Combobox.Footer>{t('search.more', { count: total - results.length })}</Combobox.Footer>
        )}
      </Combobox.Dropdown>
    </Combobox>
  );
}
