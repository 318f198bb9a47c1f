import type { ChangeRecord, EngineRequest, Step } from '../../../shared/model';
import type { HostJob } from './run-hosts';

/** A change that the console makes of itself. */
export interface OwnDoing {
  engineId: string;
  by: NonNullable<ChangeRecord['by']>;
  /** What is to be done as things are: asked again once it is its turn. Null: nothing any more. */
  request(): EngineRequest | null;
  /** Its addresses were their containers' a moment ago: the LAN need not be asked who has them, which takes seconds. */
  certain(): boolean;
}

/** Where a change gives something back, before it is planned: as its steps will name it, by which its LANs are found. */
export function claimed(request: EngineRequest): HostJob {
  const { engineId } = request;
  const containers =
    request.kind === 'restore-several' ? request.containers : request.kind === 'restore' ? [request] : [];
  const steps = containers.flatMap(({ containerId, attachments }) =>
    attachments.map(({ networkId, ...endpoint }): Step => ({
      ...{ op: 'connect', containerId, containerName: '' },
      ...{ networkId, networkName: '', endpoint },
    })),
  );
  return { engineId, engineName: '', steps };
}
