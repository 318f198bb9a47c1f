import { memo, useMemo } from 'react';
import { useApp } from '../../../context/context';
import type { Graph, GraphNode, Wire } from '../../../graph';
import { useWords } from '../words';
import classes from '../topology.module.css';

const most = 200;

const addressOf = (graph: Graph, wire: Wire): string => {
  const node = graph.byId.get(wire.containerNodeId);
  const port =
    node?.kind === 'container' ? node.ports.find((each) => each.networkId === wire.networkId) : undefined;
  return port?.address ?? '';
};

interface EdgeListProps {
  graph: Graph;
  near: readonly GraphNode[];
}

/** The lines on the canvas, told to assistive tech: those of the cards in view, all of them where they are few. */
export const EdgeList = memo(function EdgeList({ graph, near }: EdgeListProps) {
  const words = useWords();
  const { stores } = useApp();
  const wires = useMemo(() => {
    if (graph.wires.length <= most) return graph.wires;
    const ids = new Set(near.map((node) => node.id));
    return graph.wires.filter((wire) => ids.has(wire.containerNodeId)).slice(0, most);
  }, [graph, near]);
  const select = ({ engineId, containerId, networkId }: Wire) =>
    stores.ui.setState({ selection: { kind: 'attachment', engineId, containerId, networkId } });
  return (
    <ul className={classes.hidden} aria-label={words('aria.edges')}>
      {wires.map((wire) => (
        <li key={wire.id}>
          <button
            type="button"
            tabIndex={-1}
            data-testid={`edge-${wire.containerName}-${wire.networkName}`}
            data-idle={wire.idle || undefined}
            onClick={() => select(wire)}
          >
            {words('aria.edge', {
              container: wire.containerName,
              network: wire.networkName,
              address: addressOf(graph, wire) || words('container.noAddress'),
            })}
          </button>
        </li>
      ))}
    </ul>
  );
});
