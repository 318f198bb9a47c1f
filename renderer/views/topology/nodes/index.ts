import type { NodeTypes } from '@xyflow/react';
import { ContainerCard } from './container-card';
import { HostCard } from './host-card';
import { LanCard, LaneCard, NetworkCard, SpineCard } from './network-cards';
import { MoreCard, NicCard } from './nic-cards';

/** Made once: React Flow mounts everything anew when this object changes. */
export const nodeTypes: NodeTypes = {
  host: HostCard,
  nic: NicCard,
  more: MoreCard,
  network: NetworkCard,
  lane: LaneCard,
  container: ContainerCard,
  lan: LanCard,
  spine: SpineCard,
};
