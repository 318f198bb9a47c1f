import type { Engine, EngineLabels } from '../../../shared/model';

/** What the admin says of an engine, and its place in their order, from 0. */
export interface EngineView extends EngineLabels {
  position: number;
}

/** Its address without the scheme: what an engine is called before it has answered for the first time. */
export const addressName = (endpoint: string): string => endpoint.replace(/^\w+:\/\//, '');

/** The engine as the admin sees it: by their name for it, else the host's own, else its address. */
export function viewed(engine: Engine, { name, colour, group, site, lans, position }: EngineView): Engine {
  const { colour: _colour, group: _group, site: _site, lans: _lans, ...rest } = engine;
  return {
    ...rest,
    name: name ?? (engine.hostName || addressName(engine.endpoint)),
    position,
    ...(colour ? { colour } : {}),
    ...(group ? { group } : {}),
    ...(site ? { site } : {}),
    ...(lans ? { lans } : {}),
  };
}
