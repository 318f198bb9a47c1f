import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ResizeHandle } from '../components';
import { Inspector } from '../views/inspector';
import { usePreferences } from './context';
import classes from './InspectorPane.module.css';
import { useSetPreferences } from './preferences';

const min = 280;
const max = 800;

/** The right pane; its width is kept. */
export function InspectorPane() {
  const { t } = useTranslation('inspector');
  const kept = usePreferences((state) => state.inspectorWidth);
  const set = useSetPreferences();
  const [dragged, setDragged] = useState<number | null>(null);
  const width = dragged ?? kept;
  return (
    <>
      <ResizeHandle
        label={t('resize')}
        width={width}
        min={min}
        max={max}
        onResize={setDragged}
        onDone={(inspectorWidth) => {
          setDragged(null);
          set({ inspectorWidth });
        }}
      />
      <aside className={classes.pane} style={{ width }} aria-label={t('title')} data-testid="inspector">
        <Inspector />
      </aside>
    </>
  );
}
