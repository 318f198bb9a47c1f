import { createContext, use } from 'react';
import { useStore } from 'zustand';
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Container, Segment, Snapshot } from '../../../shared/model';
import {
  canDropOn,
  dropOnHost,
  isHostTarget,
  isTarget,
  type DropVerdict,
  type Graph,
  type GraphNode,
  type HostDrop,
  type MoveFrom,
  type Point,
  type Wire,
} from '../../graph';
import type { Selection, UiStore } from '../../store/ui';

interface Held<Verdict> {
  nodeId: string;
  /** Id of the target under the pointer. */
  over: string | null;
  /** Nodes that answer what is held over them; dropping anywhere else only moves a card. */
  isTarget(node: GraphNode): boolean;
  /** Answered once for each target and drag. */
  verdict(node: GraphNode): Verdict;
}

/** A container on its way to a network: as a card, or as a line drawn from one of its ports. */
export interface ContainerDrag extends Held<DropVerdict> {
  by: 'card' | 'line';
  container: Container;
  from: MoveFrom;
}

/** A segment on its way to one more host. */
export interface SegmentDrag extends Held<HostDrop> {
  by: 'segment';
  segment: Segment;
}

export type Drag = ContainerDrag | SegmentDrag;

export type Hover = { kind: 'node'; id: string; at: Point } | { kind: 'wire'; wire: Wire; at: Point };

/** What goes on in the picture and nowhere else. Not truth, not kept. */
export interface SceneState {
  graph: Graph;
  hover: Hover | null;
  /** Node that has, or is to get, the keyboard focus: stays mounted when out of view. */
  focus: string | null;
  /** The focus is still to be moved there. */
  focusAsked: boolean;
  drag: Drag | null;
  /** Where the dragged card is now, graph coordinates. */
  dragAt: Point | null;
  menu: { nodeId: string; x: number; y: number } | null;
  matches: ReadonlySet<string> | null;
  /** The selection that was made here, so that the view does not fly to where the pointer is. */
  chosen: Selection | null;
}

export type SceneStore = StoreApi<SceneState>;

export const emptyGraph: Graph = {
  nodes: [],
  byId: new Map(),
  wires: [],
  links: [],
  hosts: [],
  lans: [],
  groups: [],
  bounds: { x: 0, y: 0, width: 0, height: 0 },
};

export const createScene = (): SceneStore =>
  createStore<SceneState>(() => ({
    graph: emptyGraph,
    hover: null,
    focus: null,
    focusAsked: false,
    drag: null,
    dragAt: null,
    menu: null,
    matches: null,
    chosen: null,
  }));

export const SceneContext = createContext<SceneStore | null>(null);

export function useSceneStore(): SceneStore {
  const scene = use(SceneContext);
  if (!scene) throw new Error('useScene outside of SceneContext');
  return scene;
}

export const useScene = <T>(select: (state: SceneState) => T): T => useStore(useSceneStore(), select);

const once = <Verdict>(answer: (node: GraphNode) => Verdict): ((node: GraphNode) => Verdict) => {
  const known = new Map<string, Verdict>();
  return (node) => {
    const verdict = known.get(node.id) ?? answer(node);
    known.set(node.id, verdict);
    return verdict;
  };
};

/**
 * @param plan the planned segments, whose bands take containers of any host
 * @param onlyMoves nothing takes it: the card gets another place in the picture
 */
export function createDrag(
  container: Container,
  snapshot: Snapshot,
  plan: readonly Segment[],
  { nodeId, by, from }: Pick<ContainerDrag, 'nodeId' | 'by' | 'from'>,
  onlyMoves = false,
): ContainerDrag {
  const verdict = once((node) => canDropOn(node, container, snapshot, from, plan));
  return { nodeId, container, by, from, over: null, isTarget: onlyMoves ? () => false : isTarget, verdict };
}

export function createSegmentDrag(segment: Segment, snapshot: Snapshot, nodeId: string): SegmentDrag {
  const verdict = once((node) => dropOnHost(node, segment, snapshot));
  return { nodeId, segment, by: 'segment', over: null, isTarget: isHostTarget, verdict };
}

/** Selects from within the picture. */
export function choose(scene: SceneStore, ui: UiStore, selection: Selection | null): void {
  scene.setState({ chosen: selection });
  ui.setState({ selection });
}
