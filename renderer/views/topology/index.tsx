import '@xyflow/react/dist/base.css';
import { ReactFlowProvider } from '@xyflow/react';
import { useState } from 'react';
import { Flow } from './Flow';
import { createScene, SceneContext } from './scene';

/** The picture of all hosts, their networks and containers. */
export function TopologyView() {
  const [scene] = useState(createScene);
  return (
    <SceneContext value={scene}>
      <ReactFlowProvider>
        <Flow />
      </ReactFlowProvider>
    </SceneContext>
  );
}
