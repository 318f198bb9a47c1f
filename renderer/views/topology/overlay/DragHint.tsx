import { IconBan, IconPlugConnected } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import { useSentences } from '../../../i18n';
import { useScene, type Drag } from '../scene';
import { useWords } from '../words';
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

function Hint({ drag }: { drag: Drag }) {
  const words = useWords();
  const sentences = useSentences();
  const target = useScene(({ graph }) => (drag.over === null ? undefined : graph.byId.get(drag.over)));
  const element = useFollow();
  const container = drag.container.name;
  const verdict = target ? drag.verdict(target) : null;
  let text = words('drop.place');
  if (verdict?.ok)
    text = words(drag.from === null ? 'drop.attach' : 'drop.move', {
      container,
      network: verdict.network.name,
    });
  else if (verdict)
    text =
      'reason' in verdict
        ? words(`drop.${verdict.reason}`, { container })
        : sentences.problem(verdict.problem);
  const Icon = verdict?.ok === false ? IconBan : IconPlugConnected;
  const bad = verdict?.ok === false;
  return (
    <div
      ref={element}
      className={classes.hint}
      data-bad={bad || undefined}
      role="status"
      data-testid="drop-hint"
    >
      <Icon size={15} stroke={1.8} aria-hidden />
      <span>
        {text}
        {drag.by === 'card' && drag.from === null && !bad && <em>{words('drop.shift')}</em>}
      </span>
    </div>
  );
}

/** What dropping here would do, or why it can't be done. */
export function DragHint() {
  const drag = useScene((state) => state.drag);
  return drag && <Hint drag={drag} />;
}
