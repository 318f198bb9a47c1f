import { Text } from '@mantine/core';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { AttachChoice, NetworkChoice, SegmentChoice } from './attach-choices';
import classes from './AttachDialog.module.css';
import { NetworkOption, optionId, SegmentOption } from './AttachOption';

interface Props {
  id: string;
  label: string;
  /** The container's host. */
  host: string;
  networks: readonly NetworkChoice[];
  segments: readonly SegmentChoice[];
  active: AttachChoice | undefined;
  onChoose: (choice: AttachChoice) => void;
  onActive: (choice: AttachChoice) => void;
}

function Group({ title, children }: { title: string; children: React.ReactNode }) {
  const id = useId();
  return (
    <div role="group" aria-labelledby={id}>
      <div id={id} className={classes.heading}>
        {title}
      </div>
      {children}
    </div>
  );
}

/** What a container can be attached to. Headings come with the second kind: networks alone need none. */
export function AttachList({ id, label, host, networks, segments, active, onChoose, onActive }: Props) {
  const { t } = useTranslation('change');
  const propsOf = <C extends AttachChoice>(choice: C) => ({
    choice,
    active: choice === active,
    onChoose: () => onChoose(choice),
    onActive: () => onActive(choice),
  });
  const own = networks.map((choice) => <NetworkOption key={optionId(choice)} {...propsOf(choice)} />);
  const others = segments.map((choice) => (
    <SegmentOption key={optionId(choice)} host={host} {...propsOf(choice)} />
  ));
  return (
    <div id={id} role="listbox" aria-label={label} className={classes.list}>
      {others.length === 0 && own}
      {others.length > 0 && own.length > 0 && <Group title={t('attach.networks', { host })}>{own}</Group>}
      {others.length > 0 && <Group title={t('attach.segments', { host })}>{others}</Group>}
      {own.length + others.length === 0 && (
        <Text c="dimmed" p="sm">
          {t('attach.noMatch')}
        </Text>
      )}
    </div>
  );
}
