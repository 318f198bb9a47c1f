import { SegmentsPanel } from '../views/segments/SegmentsPanel';
import { usePreferences, useInventory, useUi } from '../context/context';
import { Banners } from './Banners';
import classes from './App.module.css';
import { Dialogs } from './Dialogs';
import { InspectorPane } from './InspectorPane';
import { MainView } from './MainView';
import { StatusLine } from './StatusLine';
import { TopBar } from './TopBar';
import { useWindowSync } from './use-window-sync';

/** The frame: bar, banners, view with inspector, status line, and whatever dialog is open. */
export function App() {
  useWindowSync();
  const view = usePreferences((state) => state.view);
  const phase = useInventory((state) => state.phase);
  const segments = useUi((state) => state.segmentsOpen);
  return (
    <div className={classes.frame} data-phase={phase}>
      <TopBar />
      <Banners />
      <div className={classes.body}>
        {segments && <SegmentsPanel />}
        <main className={classes.view} data-view={view}>
          <MainView view={view} />
        </main>
        <InspectorPane />
      </div>
      <StatusLine />
      <Dialogs />
    </div>
  );
}
