import { Text } from '@mantine/core';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { AttachChoice, ChoiceGroup } from './attach-choices';
import classes from './AttachDialog.module.css';
import { NetworkOption, optionId, SegmentOption } from './AttachOption';

interface Props {
  id: string;
  label: string;
  container: string;
  /** The container's host. */
  host: string;
  groups: readonly ChoiceGroup[];
  active: AttachChoice | undefined;
  onChoose: (choice: AttachChoice) => void;
  onActive: (choice: AttachChoice) => void;
}

function Group({ title, children }: { title: string; children: React.ReactNode }) {
  const id = useId();
  return (
    <div role="group" aria-labelledby={id} className={classes.group}>
      <div id={id} className={classes.heading}>
        {title}
      </div>
      {children}
    </div>
  );
}

/** What a container can be attached to. */
export function AttachList({ id, label, container, host, groups, active, onChoose, onActive }: Props) {
  const { t } = useTranslation('change');
  const option = (choice: AttachChoice) => {
    const props = {
      active: choice === active,
      onChoose: () => onChoose(choice),
      onActive: () => onActive(choice),
    };
    return choice.kind === 'network' ? (
      <NetworkOption key={optionId(choice)} choice={choice} {...props} />
    ) : (
      <SegmentOption key={optionId(choice)} choice={choice} host={host} {...props} />
    );
  };
  const filled = groups.filter(({ choices }) => choices.length > 0);
  return (
    <div id={id} role="listbox" aria-label={label} className={classes.list}>
      {filled.map(({ kind, choices }) =>
        kind === 'all' ? (
          choices.map(option)
        ) : (
          <Group key={kind} title={t(`attach.groups.${kind}`, { host, container })}>
            {choices.map(option)}
          </Group>
        ),
      )}
      {filled.length === 0 && (
        <Text c="dimmed" p="sm">
          {t('attach.noMatch')}
        </Text>
      )}
    </div>
  );
}
