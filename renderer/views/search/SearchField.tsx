import { CloseButton, Combobox, Kbd, TextInput, useCombobox } from '@mantine/core';
import { IconSearch, IconServer } from '@tabler/icons-react';
import { useDeferredValue, useEffect, useId, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Container } from '../../../shared/model';
import { useApp, useInventory, useUi } from '../../context/context';
import { useLastKnown } from '../../context/last-known';
import { KindIcon, StateMark } from '../../components';
import { findResults, type SearchResult } from './results';
import { useChoice } from './use-choice';
import classes from './SearchField.module.css';

const limit = 12;

function ContainerIcon({ container }: { container: Container }) {
  return <StateMark state={container.state} stale={useLastKnown(container.engineId)} />;
}

function ResultIcon({ result }: { result: SearchResult }) {
  if (result.container) return <ContainerIcon container={result.container} />;
  if (result.network) return <KindIcon kind={result.network.kind} />;
  return <IconServer size={14} stroke={1.6} aria-hidden />;
}

function ResultOption({ result, id, chosen }: { result: SearchResult; id: string; chosen: boolean }) {
  const element = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (chosen) element.current?.scrollIntoView({ block: 'nearest' });
  }, [chosen]);
  return (
    <Combobox.Option
      ref={element}
      id={id}
      value={result.key}
      selected={chosen}
      aria-selected={chosen}
      className={classes.option}
    >
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
}

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

  const listId = useId();
  const { choice, move } = useChoice(results, deferred);

  const setQuery = (text: string) => {
    stores.ui.setState({ query: text });
    if (text.trim()) combobox.openDropdown();
    else combobox.closeDropdown();
  };
  const go = (result: SearchResult | undefined) => {
    if (result)
      stores.ui.setState(({ focusRequests }) => ({
        selection: result.selection,
        focusRequests: focusRequests + 1,
      }));
    combobox.closeDropdown();
  };
  const onKeyDown = (event: React.KeyboardEvent) => {
    // The keys of a composition choose characters, not a result.
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      if (combobox.dropdownOpened) move(event.key === 'ArrowDown' ? 1 : -1);
      else if (query.trim()) combobox.openDropdown();
    } else if (event.key === 'Enter') {
      event.preventDefault();
      // With many containers the list lags behind quick fingers: Enter means what is typed, not what is listed.
      const typed = stores.ui.getState().query;
      go(typed === deferred ? choice : findResults(snapshot, typed, 1).results[0]);
    } else if (event.key === 'Escape') {
      if (query) setQuery('');
      else input.current?.blur();
    }
  };

  return (
    <Combobox
      store={combobox}
      onOptionSubmit={(key) => go(results.find((each) => each.key === key))}
      width={420}
      position="bottom-start"
      shadow="md"
      // Stays within the bar, which is a part of the page: what lies outside of all parts is not found by them.
      withinPortal={false}
    >
      {/* The combobox's own keys know the chosen option by its place in the page, which a new picture moves. */}
      <Combobox.Target
        withKeyboardNavigation={false}
        aria-activedescendant={
          combobox.dropdownOpened && choice ? `${listId}-${results.indexOf(choice)}` : undefined
        }
      >
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
          onKeyDown={onKeyDown}
          data-testid="search"
        />
      </Combobox.Target>
      <Combobox.Dropdown data-testid="search-results">
        {/* A list box without an option is none. */}
        {results.length === 0 ? (
          <Combobox.Empty role="status">{t('search.nothing', { query: deferred })}</Combobox.Empty>
        ) : (
          <Combobox.Options aria-label={t('search.label')} mah={420} style={{ overflowY: 'auto' }}>
            {results.map((result, index) => (
              <ResultOption
                key={result.key}
                result={result}
                id={`${listId}-${index}`}
                chosen={result === choice}
              />
            ))}
          </Combobox.Options>
        )}
        {total > results.length && (
          <Combobox.Footer>{t('search.more', { count: total - results.length })}</Combobox.Footer>
        )}
      </Combobox.Dropdown>
    </Combobox>
  );
}
