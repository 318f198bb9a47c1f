import { ActionIcon, Group, Text, TextInput } from '@mantine/core';
import { IconChevronDown, IconChevronUp, IconSearch } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CommandInput } from '../../../shared/contract';
import { escaped } from '../../../shared/rules';
import { useAnswer } from '../../context/use-answer';
import { CopyButton, ProblemNote, SlowLoader } from '../../components';
import { useLines } from '../../components/use-lines';
import type { EngineSelection } from '../../store/ui';
import { findLines } from './find-lines';
import classes from './RawDialog.module.css';
import { TaskDialog } from '../../components/dialog/TaskDialog';

const lineHeight = 18;

/** An attachment has no JSON of its own: it is part of its container's. */
const rawInput = (selection: EngineSelection): CommandInput<'inventory.raw'> => {
  const { engineId } = selection;
  switch (selection.kind) {
    case 'engine':
      return { engineId, kind: 'engine', id: engineId };
    case 'network':
      return { engineId, kind: 'network', id: selection.id };
    case 'container':
      return { engineId, kind: 'container', id: selection.id };
    case 'attachment':
      return { engineId, kind: 'container', id: selection.containerId };
  }
};

interface LinesProps {
  lines: readonly string[];
  matches: readonly number[];
  current: number | undefined;
}

/** Thousands of lines, of which only those in view are drawn. */
function Lines({ lines, matches, current }: LinesProps) {
  const { frame, items, total } = useLines({
    ...{ count: lines.length, height: lineHeight, current, align: 'center' },
    // Documents of usual size are drawn whole.
    overscan: 1000,
  });
  const marked = useMemo(() => new Set(matches), [matches]);
  return (
    <div ref={frame} className={classes.scroll} tabIndex={0} role="document">
      <div style={{ height: total, position: 'relative' }}>
        {items.map((item) => (
          <div
            key={item.key}
            className={`tl-mono ${classes.line ?? ''}`}
            style={{ transform: `translateY(${item.start}px)` }}
            data-match={item.index === current ? 'current' : marked.has(item.index) || undefined}
          >
            {lines[item.index]}
          </div>
        ))}
      </div>
    </div>
  );
}

/** The engine's own JSON of what is selected. */
export function RawDialog({ selection, onClose }: { selection: EngineSelection; onClose: () => void }) {
  const { t } = useTranslation();
  const { value, problem } = useAnswer('inventory.raw', rawInput(selection));
  const text = useMemo(() => (value === null ? null : escaped(JSON.stringify(value, null, 2))), [value]);
  const [find, setFind] = useState('');
  const [at, setAt] = useState(0);
  const lines = useMemo(() => text?.split('\n') ?? [], [text]);
  const matches = useMemo(() => findLines(lines, find), [lines, find]);
  const step = (by: number) =>
    matches.length > 0 && setAt((now) => (now + by + matches.length) % matches.length);
  return (
    <TaskDialog onClose={onClose} size="xl" title={t('raw.title')}>
      <div data-testid="raw-json">
        <Group gap="xs" mb="sm">
          <TextInput
            data-autofocus
            flex={1}
            value={find}
            placeholder={t('raw.find')}
            aria-label={t('raw.find')}
            leftSection={<IconSearch size={14} stroke={1.8} />}
            onChange={(event) => {
              setFind(event.currentTarget.value);
              setAt(0);
            }}
            onKeyDown={(event) => event.key === 'Enter' && step(event.shiftKey ? -1 : 1)}
          />
          {find && (
            <Text size="xs" c="dimmed">
              {t('raw.matches', { count: matches.length })}
            </Text>
          )}
          <ActionIcon aria-label={t('raw.previous')} onClick={() => step(-1)} disabled={matches.length === 0}>
            <IconChevronUp size={15} />
          </ActionIcon>
          <ActionIcon aria-label={t('raw.next')} onClick={() => step(1)} disabled={matches.length === 0}>
            <IconChevronDown size={15} />
          </ActionIcon>
          {text && <CopyButton value={text} size={28} />}
        </Group>
        {problem && <ProblemNote problem={problem} />}
        {text === null && !problem && <SlowLoader label={t('loading')} />}
        {text !== null && <Lines lines={lines} matches={matches} current={matches[at]} />}
      </div>
    </TaskDialog>
  );
}
