import { Button } from '@mantine/core';
import { IconKey, IconLockOpen, IconPencil, IconRefresh } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Engine } from '../../../shared/model';
import { useApp, useEngines } from '../context';
import { findEntry } from '../../store/engines';
import type { Back } from '../../store/ui';
import { actionOf, type ProblemAction } from './problem-action';

interface Props {
  engine: Engine;
  size?: 'xs' | 'compact-xs';
  back?: Back;
  /** Trying again, where it is offered elsewhere already. */
  retry?: boolean;
}

const look = { size: 13, stroke: 1.8 };
const icons = {
  key: <IconKey {...look} />,
  unlock: <IconLockOpen {...look} />,
  edit: <IconPencil {...look} />,
} as const;
const dialogs = { key: 'engine-key', unlock: 'engine-unlock', edit: 'engine-form' } as const;

/** What helps with an engine's problem; an entry that is not of the settings can't be edited. */
function useAction(engine: Engine): ProblemAction | null {
  const editable = useEngines((state) => findEntry(state, engine.id)?.source === 'settings');
  const action = engine.problem ? actionOf(engine.problem.code) : null;
  return action === 'edit' && !editable ? null : action;
}

/** The buttons that belong to an engine's problem: what settles it, and trying again. */
export function EngineActions({ engine, size = 'compact-xs', back, retry = true }: Props) {
  const { t } = useTranslation('engines');
  const { api, stores } = useApp();
  const action = useAction(engine);
  const { id, problem } = engine;
  const label =
    problem?.code === 'ssh_host_changed' ? t('problem.keyChanged') : action && t(`problem.${action}`);
  return (
    <>
      {action && (
        <Button
          size={size}
          leftSection={icons[action]}
          onClick={() =>
            stores.ui.setState({
              dialog: { kind: dialogs[action], engineId: id, ...(back && { back }) },
            })
          }
          data-testid={`engine-${action}-${engine.name}`}
        >
          {label}
        </Button>
      )}
      {retry && (
        <Button
          size={size}
          variant="default"
          leftSection={<IconRefresh {...look} />}
          onClick={() => void api.invoke('engines.retry', { engineId: id })}
          data-testid={`engine-retry-${engine.name}`}
        >
          {t('problem.retry')}
        </Button>
      )}
    </>
  );
}
