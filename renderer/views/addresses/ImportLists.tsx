import { Button, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { AddressImport, Complaint, Differing, Holding, Piece } from '../../../shared/rules';
import { hostName } from '../../../shared/rules';
import { useApp, useInventory } from '../../context/context';
import { useJoinNames, useLanguage } from '../../i18n';
import type { Back } from '../../store/ui';
import { requestFor } from './candidates';
import { useFew } from './LeftOutList';
import { useCellWords } from './use-cell-words';
import classes from './import.module.css';

/** A window stays quick with so many of a list; of the others it is said how many they are. */
const mostShown = 100;

interface ListProps<T> {
  id: string;
  title: string;
  hint?: string;
  items: readonly T[];
  children: (item: T) => ReactNode;
}

function List<T>({ id, title, hint, items, children }: ListProps<T>) {
  const { t } = useTranslation('addresses');
  const language = useLanguage();
  if (items.length === 0) return null;
  const more = items.length - mostShown;
  return (
    <section aria-label={title} data-testid={`import-${id}`}>
      <Text size="sm" fw={500}>
        {title}
      </Text>
      {hint && (
        <Text size="xs" c="dimmed">
          {hint}
        </Text>
      )}
      <ul className={classes.list} tabIndex={0} aria-label={title}>
        {items.slice(0, mostShown).map((item, index) => (
          // A text may say the same twice.
          <li key={index}>{children(item)}</li>
        ))}
        {more > 0 && (
          <li className={classes.quiet}>
            {t('import.more', { count: more, more: more.toLocaleString(language) })}
          </li>
        )}
      </ul>
    </section>
  );
}

/** Addresses, what is said of them, and the line that says so. */
function Row({ piece, children }: { piece: Piece; children: ReactNode }) {
  const { t } = useTranslation('addresses');
  const { from, to, line } = piece;
  return (
    <>
      <b className="tl-mono">{from === to ? from : t('range', { from, to })}</b>
      <span>{children}</span>
      <span className={classes.line}>{t('import.line', { line })}</span>
    </>
  );
}

/** How many addresses pieces have. */
export const sizeOf = (pieces: readonly Piece[]): bigint => pieces.reduce((sum, { size }) => sum + size, 0n);

/** Addresses counted, for a sentence. */
export function useCount() {
  const language = useLanguage();
  return (pieces: readonly Piece[]) => {
    const size = sizeOf(pieces);
    return { count: Number(size), size: size.toLocaleString(language) };
  };
}

interface Props {
  found: AddressImport;
  /** Where one comes back to from a change that is begun here. */
  back: Back;
}

/** What a text comes to, by what becomes of it. */
export function ImportLists({ found, back }: Props) {
  const { t } = useTranslation('addresses');
  const count = useCount();
  const few = useFew();
  const join = useJoinNames();
  const words = useCellWords();
  const engines = useInventory((state) => state.snapshot.engines);
  const { fresh, already, differs, automatic, outside, nothing, complaints } = found;
  const span = ({ from, to }: Piece) => (from === to ? from : t('range', { from, to }));
  return (
    <>
      <List id="fresh" title={t('import.fresh', count(fresh))} items={fresh}>
        {(one) => (
          <Row piece={one}>
            {one.note || t('import.noNote')} {one.kind === 'dhcp' && t('import.forDhcp')}
          </Row>
        )}
      </List>
      <List id="differs" title={t('import.differs', { count: differs.length })} items={differs}>
        {(one) => (
          <Row piece={one}>
            <Difference one={one} back={back} />
          </Row>
        )}
      </List>
      <List
        id="automatic"
        title={t('import.automatic', count(automatic))}
        hint={t('import.automaticHint')}
        items={automatic}
      >
        {(one) => (
          <Row piece={one}>
            {[t('givenBy', { hosts: join(one.engineIds.map((id) => hostName(id, engines))) }), one.note]
              .filter(Boolean)
              .join(' · ')}
          </Row>
        )}
      </List>
      <List id="complaints" title={t('import.complaints', { count: complaints.length })} items={complaints}>
        {(one) => <Unread one={one} />}
      </List>
      <List id="already" title={t('import.already', count(already))} items={already}>
        {(one) => (
          <Row piece={one}>
            {one.reserved
              ? t('import.reservedAs', { note: one.reserved.note ?? t('import.noNote') })
              : one.held
                  .map((use) => [t(`states.${use.kind}`), words.holder(use)].join(' ').trim())
                  .join(', ')}
          </Row>
        )}
      </List>
      <Counted
        id="outside"
        pieces={outside}
        title={t('import.outside', { count: outside.length })}
        few={few(outside.map(span))}
      />
      <Counted
        id="nothing"
        pieces={nothing}
        title={t('import.nothing', { count: nothing.length })}
        few={few(nothing.map(span))}
      />
    </>
  );
}

interface CountedProps {
  id: string;
  pieces: readonly Piece[];
  title: string;
  few: string;
}

function Counted({ id, pieces, title, few }: CountedProps) {
  if (pieces.length === 0) return null;
  return (
    <Text size="xs" data-testid={`import-${id}`}>
      {title} <span className={`tl-mono ${classes.quiet ?? ''}`}>{few}</span>
    </Text>
  );
}

/** Why a row is not read, and what of it. */
function Unread({ one }: { one: Complaint }) {
  const { t } = useTranslation('addresses');
  const { line, column, reason, value } = one;
  const where = column ? t('import.at', { line, column }) : t('import.line', { line });
  const first = one.reason === 'twice' ? one.first : 0;
  return (
    <>
      <b>{where}</b>
      <span>{t(`import.reasons.${reason}`, { value, first })}</span>
    </>
  );
}

/** What is here and in the text otherwise; whoever has another address may be given this one, which nothing here does by itself. */
function Difference({ one, back }: { one: Differing; back: Back }) {
  const { t } = useTranslation('addresses');
  const words = useCellWords();
  const { reason, held, reserved, name, note, from } = one;
  if (reason === 'note')
    return t('import.otherNote', { here: reserved?.note || t('import.noNote'), there: note });
  if (reason === 'held') return t('import.otherHolder', { holder: held.map(words.holder).join(', '), name });
  return held.map((use) => (
    <span key={`${use.engineId} ${use.address}`} className={classes.elsewhere}>
      {t('import.elsewhere', { holder: words.holder(use), address: use.address })}{' '}
      <Change use={use} address={from} back={back} />
    </span>
  ));
}

function Change({ use, address, back }: { use: Holding; address: string; back: Back }) {
  const { t } = useTranslation('addresses');
  const { stores } = useApp();
  const { engineId, container } = use;
  const network = useInventory((state) =>
    state.snapshot.networks.find((each) => each.engineId === engineId && each.id === container?.networkId),
  );
  if (!container || !network) return null;
  return (
    <Button
      size="compact-xs"
      variant="default"
      onClick={() => {
        const request = requestFor(address, { engineId, id: container.id }, network, 'readdress');
        stores.ui.setState({ dialog: { kind: 'change', request, back } });
      }}
      data-testid={`import-change-${address}`}
    >
      {t('change')}
    </Button>
  );
}
