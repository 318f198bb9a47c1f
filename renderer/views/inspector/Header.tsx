import { ActionIcon, CloseButton, Tooltip } from '@mantine/core';
import { IconBraces, IconHistory } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Snapshot } from '../../../shared/model';
import { exactly, hostNameOf } from '../../../shared/rules';
import { useApp, useInventory } from '../../context/context';
import { useLastKnown } from '../../context/last-known';
import { findContainer, findEngine, findNetwork } from '../../store/inventory';
import { isOfEngine, type EngineSelection, type Selection } from '../../store/ui';
import classes from './Header.module.css';

interface Props {
  selection: Selection;
  mark: React.ReactNode;
  name: string;
  /** One line under the name: what it is and where. */
  line: React.ReactNode;
  actions?: React.ReactNode;
}

/** Of a host that does not answer, all that is shown below. */
function LastKnown({ engineId }: { engineId: string }) {
  const { t } = useTranslation();
  const name = useInventory((state) => hostNameOf(findEngine(state.snapshot, engineId), engineId));
  if (!useLastKnown(engineId)) return null;
  return (
    <div className={classes.lastKnown} data-testid="last-known">
      {t('silent', { host: name })}
    </div>
  );
}

/** The names by which the change log speaks of something. */
function namesOf(selection: EngineSelection, snapshot: Snapshot): (string | undefined)[] {
  const { engineId } = selection;
  const host = hostNameOf(findEngine(snapshot, engineId), engineId);
  switch (selection.kind) {
    case 'engine':
      return [host];
    case 'network':
      return [findNetwork(snapshot, engineId, selection.id)?.name, host];
    case 'container':
      return [findContainer(snapshot, engineId, selection.id)?.name, host];
    case 'attachment':
      return [
        host,
        findContainer(snapshot, engineId, selection.containerId)?.name,
        findNetwork(snapshot, engineId, selection.networkId)?.name,
      ];
  }
}

/** The change log, searched for what is selected. */
function LogButton({ selection }: { selection: EngineSelection }) {
  const { t } = useTranslation('inspector');
  const { stores } = useApp();
  const open = () => {
    const names = namesOf(selection, stores.inventory.getState().snapshot);
    const find = names.flatMap((name) => (name === undefined ? [] : exactly(name))).join(' ');
    stores.ui.setState({ dialog: { kind: 'change-log', find } });
  };
  return (
    <Tooltip label={t('changes')}>
      <ActionIcon aria-label={t('changes')} onClick={open} data-testid="open-log">
        <IconHistory size={16} stroke={1.7} />
      </ActionIcon>
    </Tooltip>
  );
}

/** What is selected, its raw JSON, if it has any, one click away, and what can be done with it. */
export function Header({ selection, mark, name, line, actions }: Props) {
  const { t } = useTranslation('inspector');
  const { t: common } = useTranslation();
  const { stores } = useApp();
  return (
    <header className={classes.header}>
      <div className={classes.top}>
        <span className={classes.kind}>{t(`kinds.${selection.kind}`)}</span>
        <span className={classes.tools}>
          {isOfEngine(selection) && <LogButton selection={selection} />}
          {isOfEngine(selection) && (
            <Tooltip label={t('raw')}>
              <ActionIcon
                aria-label={t('raw')}
                onClick={() => stores.ui.setState({ dialog: { kind: 'raw', selection } })}
                data-testid="open-raw"
              >
                <IconBraces size={16} stroke={1.7} />
              </ActionIcon>
            </Tooltip>
          )}
          <CloseButton
            size={28}
            iconSize={15}
            aria-label={common('actions.close')}
            onClick={() => stores.ui.setState({ selection: null })}
          />
        </span>
      </div>
      <h2 className={classes.name}>
        {mark}
        <span>{name}</span>
      </h2>
      <div className={classes.line}>{line}</div>
      {'engineId' in selection && <LastKnown engineId={selection.engineId} />}
      {actions && <div className={classes.actions}>{actions}</div>}
    </header>
  );
}
