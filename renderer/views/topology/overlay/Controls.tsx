import { ActionIcon, Popover, Tooltip } from '@mantine/core';
import { IconInfoCircle, IconMaximize, IconMinus, IconPlus, IconRestore } from '@tabler/icons-react';
import type { ComponentType } from 'react';
import { usePreferences } from '../../../context/context';
import type { Camera } from '../use-camera';
import { usePositions } from '../use-layout-preferences';
import { useWords } from '../words';
import classes from '../topology.module.css';
import { Legend } from './Legend';

interface ControlProps {
  name: string;
  icon: ComponentType<{ size?: number; stroke?: number }>;
  onClick?: () => void;
}

function Control({ name, icon: Icon, onClick }: ControlProps) {
  const label = useWords()(`controls.${name}`);
  return (
    <Tooltip label={label} position="right">
      <ActionIcon aria-label={label} data-testid={`control-${name}`} onClick={onClick}>
        <Icon size={16} stroke={1.7} />
      </ActionIcon>
    </Tooltip>
  );
}

export function Controls({ camera }: { camera: Camera }) {
  const words = useWords();
  const positions = usePositions();
  const arranged = usePreferences((state) => Object.keys(state.positions).length > 0);
  return (
    <div className={classes.controls} role="toolbar" aria-label={words('controls.label')}>
      <Control name="zoomIn" icon={IconPlus} onClick={() => camera.zoomBy(1)} />
      <Control name="zoomOut" icon={IconMinus} onClick={() => camera.zoomBy(-1)} />
      <Control name="fit" icon={IconMaximize} onClick={camera.fit} />
      {arranged && <Control name="reset" icon={IconRestore} onClick={positions.forgetAll} />}
      <Popover position="right-end" shadow="md" withArrow={false}>
        <Popover.Target>
          <ActionIcon aria-label={words('controls.legend')} data-testid="control-legend">
            <IconInfoCircle size={16} stroke={1.7} />
          </ActionIcon>
        </Popover.Target>
        <Popover.Dropdown>
          <Legend />
        </Popover.Dropdown>
      </Popover>
    </div>
  );
}
