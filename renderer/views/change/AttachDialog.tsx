import { Anchor, Modal, Text, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useApp, useInventory } from '../../app/context';
import { EmptyState, KindIcon, ProblemNote } from '../../components';
import { useSentences } from '../../i18n';
import { findContainer, findEngine } from '../../store/inventory';
import { attachChoices, commonProblem, type AttachChoice } from './attach-choices';
import classes from './AttachDialog.module.css';

interface Props {
  engineId: string;
  containerId: string;
  onClose: () => void;
}

interface OptionProps {
  choice: AttachChoice;
  active: boolean;
  onChoose: () => void;
  onActive: () => void;
}

const optionId = (choice: AttachChoice) => `attach-${choice.network.id}`;

function Option({ choice: { network, problem }, active, onChoose, onActive }: OptionProps) {
  const sentences = useSentences();
  const row = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (active) row.current?.scrollIntoView({ block: 'nearest' });
  }, [active]);
  return (
    <div
      ref={row}
      id={optionId({ network, problem })}
      role="option"
      aria-selected={active}
      aria-disabled={problem !== null}
      className={classes.option}
      data-active={active || undefined}
      onClick={onChoose}
      onMouseMove={onActive}
      data-testid={`attach-network-${network.name}`}
    >
      <KindIcon kind={network.kind} size={16} />
      <span className={classes.name}>{network.name}</span>
      <span className={`tl-mono ${classes.facts ?? ''}`}>
        {[network.driver, network.parent, network.subnets[0]?.subnet].filter(Boolean).join(' · ')}
      </span>
      {problem && <span className={classes.reason}>{sentences.problem(problem)}</span>}
    </div>
  );
}

/** Chooses the network; the whole way goes by keyboard: type to filter, arrows, Enter. */
export function AttachDialog({ engineId, containerId, onClose }: Props) {
  const { t } = useTranslation('change');
  const { stores } = useApp();
  const snapshot = useInventory((state) => state.snapshot);
  const container = findContainer(snapshot, engineId, containerId);
  const [filter, setFilter] = useState('');
  const [at, setAt] = useState(0);
  const choices = useMemo(() => (container ? attachChoices(container, snapshot) : []), [container, snapshot]);
  const shown = choices.filter(({ network }) =>
    [network.name, network.driver, network.parent ?? '', ...network.subnets.map((each) => each.subnet)]
      .join(' ')
      .toLowerCase()
      .includes(filter.trim().toLowerCase()),
  );
  const active = shown[Math.min(at, shown.length - 1)];
  const common = commonProblem(choices);
  const host = findEngine(snapshot, engineId)?.name ?? engineId;
  const newNetwork = () => stores.ui.setState({ dialog: { kind: 'new-network', engineId } });

  const choose = (choice: AttachChoice | undefined) => {
    if (!choice || choice.problem) return;
    const request = { kind: 'attach', engineId, containerId, networkId: choice.network.id } as const;
    stores.ui.setState({ dialog: { kind: 'change', request } });
  };
  const onKeyDown = (event: React.KeyboardEvent) => {
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (by) {
      event.preventDefault();
      setAt((now) => Math.max(0, Math.min(shown.length - 1, now + by)));
    } else if (event.key === 'Enter') {
      event.preventDefault();
      choose(active);
    }
  };

  return (
    <Modal
      opened
      onClose={onClose}
      size={520}
      title={t('attach.title', { container: container?.name ?? '' })}
    >
      {common ? (
        <ProblemNote problem={common} />
      ) : choices.length === 0 ? (
        <EmptyState title={t('attach.none')} />
      ) : (
        <>
          <TextInput
            data-autofocus
            size="sm"
            label={t('attach.choose', { host })}
            placeholder={t('attach.filter')}
            leftSection={<IconSearch size={14} stroke={1.8} />}
            value={filter}
            role="combobox"
            aria-expanded
            aria-controls="attach-networks"
            aria-activedescendant={active && optionId(active)}
            onChange={(event) => {
              setFilter(event.currentTarget.value);
              setAt(0);
            }}
            onKeyDown={onKeyDown}
            data-testid="attach-filter"
          />
          <div
            id="attach-networks"
            role="listbox"
            aria-label={t('attach.choose', { host })}
            className={classes.list}
          >
            {shown.map((choice, index) => (
              <Option
                key={choice.network.id}
                choice={choice}
                active={choice === active}
                onChoose={() => choose(choice)}
                onActive={() => setAt(index)}
              />
            ))}
            {shown.length === 0 && (
              <Text c="dimmed" p="sm">
                {t('attach.noMatch')}
              </Text>
            )}
          </div>
        </>
      )}
      {!common && (
        <Anchor component="button" type="button" size="xs" mt="sm" onClick={newNetwork}>
          {t('attach.newNetwork')}
        </Anchor>
      )}
    </Modal>
  );
}
