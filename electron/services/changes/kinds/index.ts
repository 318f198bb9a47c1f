import { isOfSegment, isOfShim, type ChangeRequest } from '../../../../shared/model';
import type { ChangesContext } from '../context';
import type { Kind } from '../kind';
import { engineKind, type EngineKindContext } from './engine';
import { planKeeper, segmentKind, type SegmentKindContext } from './segment';
import { shimKind, type ShimKindContext } from './shim';

export interface KindsContext {
  engine: EngineKindContext;
  segment: SegmentKindContext;
  shim: ShimKindContext;
}

/** Every kind of change, and where the console keeps what engines can't hold of them. */
export function kindsOf({ engine, segment, shim }: KindsContext): Pick<ChangesContext, 'kindOf' | 'keepers'> {
  const ofEngine = engineKind(engine) as Kind;
  const ofSegment = segmentKind(segment) as Kind;
  const ofShim = shimKind(shim) as Kind;
  return {
    kindOf: (request: ChangeRequest) => {
      if (isOfSegment(request)) return ofSegment;
      return isOfShim(request) ? ofShim : ofEngine;
    },
    keepers: { segment: planKeeper(segment.plan), shim: shim.keeper },
  };
}
