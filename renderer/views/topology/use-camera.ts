import { getViewportForBounds, useStoreApi, useReactFlow } from '@xyflow/react';
import { useCallback, useEffect, useMemo, useRef } from 'react';
import { useReducedMotion } from '@mantine/hooks';
import { useApp, useUi } from '../../context/context';
import { useAtRequest } from '../../context/use-at-request';
import { containerNodeId, type Box, type Graph } from '../../graph';
import { hostSurroundings, inside, losesSight, outgrows, viewBox } from './near';
import type { SceneStore } from './scene';
import { selectionId } from './selection';

export const zoomRange = { least: 0.03, most: 2 } as const;
const flight = 280;
/** Left free around what is framed, pixels. */
const around = 28;
const aroundPx = '28px';
/** What does not fit at this zoom is framed from its corner. */
const framedFrom = 0.5;
/** Below this zoom a card can hardly be read. */
const readable = 0.4;

export interface Camera {
  fit(): void;
  zoomBy(direction: 1 | -1): void;
  /** Flies there if it is out of view, and also if it is too small to read where that is asked for. */
  reveal(box: Box, legible?: boolean): void;
  /** Flies to where all of it is seen, as far as it can be read then; else to its top left corner. */
  frame(box: Box): void;
  centre(at: { x: number; y: number }): void;
  /** From now on the view is the admin's: it is not fitted any more when hosts come and go. */
  touched(): void;
}

const viewOf = ([x, y, zoom]: readonly [number, number, number]) => ({ x, y, zoom });

export function useCamera(graph: Graph): Camera {
  const flow = useReactFlow();
  const store = useStoreApi();
  const still = useReducedMotion();
  const bounds = useRef(graph.bounds);
  const own = useRef(false);
  useEffect(() => {
    bounds.current = graph.bounds;
  }, [graph]);
  const camera = useMemo((): Camera => {
    const duration = still ? 0 : flight;
    const size = () => store.getState();
    const fit = (time: number) => {
      const { width, height } = size();
      if (width === 0 || bounds.current.width === 0) return;
      const view = getViewportForBounds(bounds.current, width, height, zoomRange.least, 1, '28px');
      void flow.setViewport(view, { duration: time });
    };
    return {
      fit: () => fit(own.current ? duration : 0),
      zoomBy: (direction) => {
        own.current = true;
        void (direction > 0 ? flow.zoomIn({ duration }) : flow.zoomOut({ duration }));
      },
      reveal: (box, legible = false) => {
        const { width, height } = size();
        const view = flow.getViewport();
        if ((!legible || view.zoom > readable) && inside(box, viewBox(view, width, height))) return;
        own.current = true;
        const at = { x: box.x + Math.min(box.width, width) / 2, y: box.y + box.height / 2 };
        void flow.setCenter(at.x, at.y, { zoom: legible ? Math.max(view.zoom, 0.9) : view.zoom, duration });
      },
      frame: (box) => {
        const { width, height } = size();
        const now = flow.getViewport();
        if (width === 0 || (now.zoom > readable && inside(box, viewBox(now, width, height)))) return;
        own.current = true;
        const whole = getViewportForBounds(box, width, height, zoomRange.least, 1, aroundPx);
        const zoom = Math.max(whole.zoom, framedFrom);
        const corner = { x: around - box.x * zoom, y: around - box.y * zoom, zoom };
        void flow.setViewport(whole.zoom < framedFrom ? corner : whole, { duration });
      },
      centre: ({ x, y }) => {
        own.current = true;
        void flow.setCenter(x, y, { zoom: flow.getZoom() });
      },
      touched: () => {
        own.current = true;
      },
    };
  }, [flow, store, still]);
  useAutoFit(graph, camera, own);
  return camera;
}

/** Fits the picture until the admin moves it, and again whenever the shell asks. */
function useAutoFit(graph: Graph, camera: Camera, own: React.RefObject<boolean>): void {
  const store = useStoreApi();
  const asked = useUi((state) => state.fitRequests);
  const { x, y, width, height } = graph.bounds;
  const shown = useRef<Box | null>(null);
  useEffect(() => {
    const [before, now] = [shown.current, { x, y, width, height }];
    shown.current = now;
    const state = store.getState();
    // A click on a card is no wish to miss what comes: who saw all of it sees the new, too.
    if (own.current && before && outgrows(before, now, viewOf(state.transform), state)) camera.fit();
  }, [store, camera, own, x, y, width, height]);
  useEffect(() => {
    const refit = () => {
      if (!own.current) camera.fit();
    };
    refit();
    let { width: known, height: tall } = store.getState();
    return store.subscribe((state) => {
      if (state.width === known) return;
      const [view, before] = [viewOf(state.transform), { width: known, height: tall }];
      [known, tall] = [state.width, state.height];
      // Who saw all of it still does when a pane opens beside it, wherever they had moved it.
      if (own.current && losesSight({ x, y, width, height }, view, before, state)) camera.fit();
      else refit();
    });
  }, [store, camera, own, x, y, width, height]);
  useEffect(() => {
    if (asked > 0) camera.fit();
  }, [asked, camera]);
}

/** Puts the focus on what was chosen elsewhere to be worked with: its keys need it. */
export function useFocusSelected(scene: SceneStore): void {
  const { stores } = useApp();
  useAtRequest(
    'focusRequests',
    useCallback(() => {
      const id = selectionId(stores.ui.getState().selection);
      // The search finds also what filters hide: that would take the focus whenever it came into the picture.
      if (id !== null && scene.getState().graph.byId.has(id)) scene.setState({ focus: id, focusAsked: true });
    }, [stores, scene]),
  );
}

/** What is selected elsewhere (search, table, inspector) is shown here; what is clicked here stays where it is. */
export function useRevealSelection(graph: Graph, camera: Camera, scene: SceneStore): void {
  const selection = useUi((state) => state.selection);
  const latest = useRef(graph);
  useEffect(() => {
    latest.current = graph;
  }, [graph]);
  useEffect(() => {
    if (!selection || selection === scene.getState().chosen) return;
    const id =
      selection.kind === 'attachment'
        ? containerNodeId(selection.engineId, selection.containerId)
        : selectionId(selection);
    const node = latest.current.byId.get(id ?? '');
    if (node?.kind === 'host') camera.frame(hostSurroundings(node, latest.current.nodes));
    else if (node) camera.reveal(node, true);
  }, [selection, camera, scene]);
}
