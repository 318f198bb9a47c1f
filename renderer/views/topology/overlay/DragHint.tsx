import { Portal } from '@mantine/core';
import { IconBan, IconPlugConnected } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import type { GraphNode } from '../../../graph';
import { useSentences, type Sentences } from '../../../i18n';
import { useScene, type ContainerDrag, type Drag, type SegmentDrag } from '../scene';
import { useWords, type Words } from '../words';
import classes from '../topology.module.css';

/** Keeps an element beside the pointer without rendering. */
function useFollow() {
  const element = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const follow = ({ clientX, clientY }: PointerEvent) => {
      if (element.current)
        element.current.style.transform = `translate(${clientX + 16}px, ${clientY + 18}px)`;
    };
    window.addEventListener('pointermove', follow);
    return () => window.removeEventListener('pointermove', follow);
  }, []);
  return element;
}

/** What a container held here would become. */
function containerText(
  drag: ContainerDrag,
  target: GraphNode | undefined,
  words: Words,
  sentences: Sentences,
) {
  const container = drag.container.name;
  const verdict = target && drag.verdict(target);
  if (!verdict) return words('drop.place');
  if (!verdict.ok)
    return 'reason' in verdict
      ? words(`drop.${verdict.reason}`, { container })
      : sentences.problem(verdict.problem);
  if ('segment' in verdict)
    return words(verdict.made ? 'drop.make' : 'drop.attach', { container, network: verdict.segment.name });
  return words(drag.from === null ? 'drop.attach' : 'drop.move', {
    container,
    network: verdict.network.name,
  });
}

function segmentText(drag: SegmentDrag, target: GraphNode | undefined, words: Words) {
  const segment = drag.segment.name;
  const verdict = target && drag.verdict(target);
  if (!verdict) return words('drop.host', { segment });
  if (!verdict.ok) return words(`drop.${verdict.reason}`, { segment });
  return verdict.nic
    ? words('drop.growOn', { segment, host: verdict.host, nic: verdict.nic })
    : words('drop.grow', { segment, host: verdict.host });
}

function Hint({ drag }: { drag: Drag }) {
  const words = useWords();
  const sentences = useSentences();
  const target = useScene(({ graph }) => (drag.over === null ? undefined : graph.byId.get(drag.over)));
  const element = useFollow();
  const bad = target !== undefined && !drag.verdict(target).ok;
  const Icon = bad ? IconBan : IconPlugConnected;
  return (
    <Portal>
      <div
        ref={element}
        className={classes.hint}
        data-bad={bad || undefined}
        role="status"
        data-testid="drop-hint"
      >
        <Icon size={15} stroke={1.8} aria-hidden />
        <span>
          {drag.by === 'segment'
            ? segmentText(drag, target, words)
            : containerText(drag, target, words, sentences)}
          {drag.by === 'card' && drag.from === null && !bad && <em>{words('drop.shift')}</em>}
        </span>
      </div>
    </Portal>
  );
}

/** What dropping here would do, or why it can't be done. */
export function DragHint() {
  const drag = useScene((state) => state.drag);
  return drag && <Hint drag={drag} />;
}
