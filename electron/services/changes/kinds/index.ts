import { isOfPolicy, isOfSegment, type ChangeRecord } from '../../../../shared/model';
import type { ChangesContext } from '../context';
import type { Kind } from '../kind';
import { engineKind, type EngineKindContext } from './engine';
import { planKeeper, segmentKind, type SegmentKindContext } from './segment';
import { policyKind, type PolicyKindContext } from './policy';

export interface KindsContext {
  engine: EngineKindContext;
  segment: SegmentKindContext;
  policy: PolicyKindContext;
}

/** Every kind of change, and where the console keeps what engines can't hold of them. */
export function kindsOf({
  engine,
  segment,
  policy,
}: KindsContext): Pick<ChangesContext, 'kindOf' | 'keepers' | 'plan'> {
  const ofEngine = engineKind(engine) as Kind;
  const ofSegment = segmentKind(segment) as Kind;
  const ofPolicy = policyKind(policy) as Kind;
  return {
    // What is only noted has no steps, and needs nothing for itself.
    kindOf: (request: ChangeRecord['request']) => {
      if (isOfSegment(request)) return ofSegment;
      return isOfPolicy(request) ? ofPolicy : ofEngine;
    },
    keepers: { segment: planKeeper(segment.plan), ...policy.keepers },
    plan: segment.plan,
  };
}
