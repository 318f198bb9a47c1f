import { recordedEndpoint } from '../../../shared/rules';
import { useInventory, useUi } from '../../context/context';
import type { Sections } from '../../context/feature';
import { findContainer, findEngine, findNetwork } from '../../store/inventory';
import type { Selection } from '../../store/ui';
import { AttachmentInspector } from './AttachmentInspector';
import { ContainerInspector } from './ContainerInspector';
import { EngineInspector } from './EngineInspector';
import { LanInspector } from './LanInspector';
import { NetworkInspector } from './NetworkInspector';
import { NicInspector } from './NicInspector';
import { Overview } from './Overview';

interface Props {
  /** What features add to it. */
  sections: readonly Partial<Sections>[];
}

/** What is selected; the overview where it is gone, or not there yet. */
function Selected({ selection, sections }: { selection: Selection } & Props) {
  const snapshot = useInventory((state) => state.snapshot);
  if (selection.kind === 'lan') return <LanInspector selection={selection} />;
  const { engineId } = selection;
  switch (selection.kind) {
    case 'engine': {
      const engine = findEngine(snapshot, engineId);
      return engine ? (
        <EngineInspector engine={engine} sections={sections} />
      ) : (
        <Overview sections={sections} />
      );
    }
    case 'nic': {
      const engine = findEngine(snapshot, engineId);
      return engine ? (
        <NicInspector engine={engine} name={selection.name} />
      ) : (
        <Overview sections={sections} />
      );
    }
    case 'network': {
      const network = findNetwork(snapshot, engineId, selection.id);
      return network ? (
        <NetworkInspector network={network} sections={sections} />
      ) : (
        <Overview sections={sections} />
      );
    }
    case 'container': {
      const container = findContainer(snapshot, engineId, selection.id);
      return container ? (
        <ContainerInspector container={container} sections={sections} />
      ) : (
        <Overview sections={sections} />
      );
    }
    case 'attachment': {
      const container = findContainer(snapshot, engineId, selection.containerId);
      const network = findNetwork(snapshot, engineId, selection.networkId);
      const endpoint = container && network && recordedEndpoint(container, network);
      if (!container) return <Overview sections={sections} />;
      // Detached meanwhile: what remains is the container.
      if (!network || !endpoint) return <ContainerInspector container={container} sections={sections} />;
      return <AttachmentInspector container={container} endpoint={endpoint} network={network} />;
    }
  }
}

/** Everything about what is selected; of everything the most important, while nothing is. */
export function Inspector({ sections }: Props) {
  const selection = useUi((state) => state.selection);
  return selection ? (
    <Selected selection={selection} sections={sections} />
  ) : (
    <Overview sections={sections} />
  );
}
