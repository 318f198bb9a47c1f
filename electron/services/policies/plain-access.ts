import type { HostStep } from '../../../shared/model';
import { hostless, problem } from '../../../shared/texts';
import type { HostAccess } from '../changes/host-steps';
import type { PolicyKind } from './kind';

/** The steps of a kind of which nobody else puts any, and that is put whole or not at all. */
export const plainAccess = <W>(
  kind: Pick<PolicyKind<never, W, string>, 'read' | 'put' | 'remove' | 'differs'>,
  engineId: string,
  nameOf: (it: W) => string,
): HostAccess<W> => ({
  nameOf,
  read: () => kind.read(engineId),
  async put(it) {
    await kind.put(engineId, it);
  },
  remove: (it) => kind.remove(engineId, nameOf(it)),
  same: (one, other) => !kind.differs(one, other),
  isOthers: () => false,
  isWhole: () => true,
  halfWay: (how, it, host, detail) =>
    problem('toolbox_unavailable', { context: `policy_${how}`, host, name: nameOf(it), detail }),
  unlike: (_step: HostStep, it) =>
    hostless('verify_failed', { context: 'policy', name: nameOf(it) }, { engineId }),
});
