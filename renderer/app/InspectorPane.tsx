import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ResizeHandle } from '../components';
import { features } from '../views/features';
import { Inspector } from '../views/inspector';
import { usePreferences, useUi } from '../context/context';
import classes from './InspectorPane.module.css';
import { useSetPreferences } from '../context/preferences';

const sections = features.flatMap((feature) => feature.sections ?? []);

const min = 280;
const max = 800;

/** The right pane; its width is kept. */
export function InspectorPane() {
  const { t } = useTranslation('inspector');
  const kept = usePreferences((state) => state.inspectorWidth);
  const selection = useUi((state) => state.selection);
  const set = useSetPreferences();
  const [dragged, setDragged] = useState<number | null>(null);
  const width = dragged ?? kept;
  return (
    <aside className={classes.side} aria-label={t('title')}>
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
      <div
        // Another selection begins at its top.
        key={JSON.stringify(selection)}
        className={classes.pane}
        style={{ width }}
        data-testid="inspector"
      >
        <Inspector sections={sections} />
      </div>
    </aside>
  );
}
