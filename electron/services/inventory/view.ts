import type { Engine, EngineLabels } from '../../../shared/model';
import { nameOfHost } from '../../../shared/rules';

/** What the admin says of an engine, and its place in their order, from 0. */
export interface EngineView extends EngineLabels {
  position: number;
}

/** The engine as the admin sees it. */
export function viewed(engine: Engine, { name, colour, group, site, lans, position }: EngineView): Engine {
  const { colour: _colour, group: _group, site: _site, lans: _lans, ...rest } = engine;
  return {
    ...rest,
    name: nameOfHost(engine, name),
    position,
    ...(colour ? { colour } : {}),
    ...(group ? { group } : {}),
    ...(site ? { site } : {}),
    ...(lans ? { lans } : {}),
  };
}
