import { ReactFlow } from '@xyflow/react';
import { useEffect, useMemo, useRef, type CSSProperties } from 'react';
import { useComputedColorScheme } from '@mantine/core';
import { useApp, useInventory } from '../../context/context';
import { useSegmentTags } from '../../context/segments';
import { CanvasLayer } from './canvas/CanvasLayer';
import { nodeTypes } from './nodes';
import { ContextMenu } from './overlay/ContextMenu';
import { Controls } from './overlay/Controls';
import { DragHint } from './overlay/DragHint';
import { DragLayer, DrawnLine } from './overlay/DragLayer';
import { EdgeList } from './overlay/EdgeList';
import { Minimap } from './overlay/Minimap';
import { Notes } from './overlay/Notes';
import { Tooltip } from './overlay/Tooltip';
import { hueVariables, paletteWith } from './palette';
import { useSceneStore } from './scene';
import { useCamera, useFocusSelected, useRevealSelection, zoomRange } from './use-camera';
import { useGestures } from './use-gestures';
import { useGraph } from './use-graph';
import { useFocus, useKeys } from './use-keys';
import { useFlowNodes, useNear } from './use-near';
import { usePointer } from './use-pointer';
import { useWords } from './words';
import classes from './topology.module.css';

/** Everything on one screen: canvas behind, React Flow over it, controls on top. */
export function Flow() {
  const words = useWords();
  const app = useApp();
  const scene = useSceneStore();
  const root = useRef<HTMLDivElement>(null);
  const scheme = useComputedColorScheme('light');
  const { colours } = useSegmentTags();
  const palette = useMemo(() => paletteWith(scheme, colours), [scheme, colours]);
  const { graph, index } = useGraph(scene);
  const near = useNear(index);
  const nodes = useFlowNodes(graph, near);
  const camera = useCamera(graph);
  const gestures = useGestures(scene, index);
  const pointer = usePointer(scene, index);
  const lost = useInventory((state) => state.phase === 'lost');
  useRevealSelection(graph, camera, scene);
  useFocusSelected(scene);
  useKeys(root, { scene, app, camera });
  useFocus(root, scene, nodes);
  useEffect(() => () => scene.setState({ drag: null, dragAt: null, hover: null, menu: null }), [scene]);
  return (
    <div
      ref={root}
      className={classes.root}
      style={hueVariables(palette) as CSSProperties}
      data-testid="topology"
      data-level={near.far ? 'far' : 'near'}
      data-words={near.words === 'all' ? undefined : near.words}
      data-lost={lost || undefined}
      role="application"
      onPointerDownCapture={camera.touched}
      onFocusCapture={({ target }) => {
        // What has the focus stays mounted, however far the view is moved.
        const id = target.closest<HTMLElement>('[data-node]')?.dataset.node;
        if (id !== undefined) scene.setState({ focus: id });
      }}
      aria-label={words('label')}
      aria-roledescription={words('aria.hint')}
    >
      <CanvasLayer graph={graph} index={index} far={near.far} palette={palette} />
      <ReactFlow
        className={classes.flow ?? ''}
        nodes={nodes}
        nodeTypes={nodeTypes}
        {...gestures}
        {...pointer}
        onMoveStart={(event) => {
          if (event) camera.touched();
        }}
        connectionLineComponent={DrawnLine}
        minZoom={zoomRange.least}
        maxZoom={zoomRange.most}
        nodeDragThreshold={4}
        connectionDragThreshold={3}
        connectOnClick={false}
        nodesConnectable={!app.info.readOnly}
        nodesFocusable={false}
        elementsSelectable={false}
        selectNodesOnDrag={false}
        elevateNodesOnSelect={false}
        disableKeyboardA11y
        deleteKeyCode={null}
        selectionKeyCode={null}
        multiSelectionKeyCode={null}
        panActivationKeyCode={null}
        zoomOnDoubleClick={false}
        proOptions={{ hideAttribution: true }}
      >
        <DragLayer />
      </ReactFlow>
      <Notes graph={graph} />
      <Controls camera={camera} />
      <Minimap graph={graph} palette={palette} camera={camera} />
      <EdgeList graph={graph} near={near.nodes} />
      <Tooltip />
      <DragHint />
      <ContextMenu />
    </div>
  );
}
