import type { NodeTypes } from '@xyflow/react';
import { ContainerCard } from './container-card';
import { HostCard } from './host-card';
import { LanCard, LaneCard, NetworkCard, NicCard, SpineCard } from './network-cards';

/** Made once: React Flow mounts everything anew when this object changes. */
export const nodeTypes: NodeTypes = {
  host: HostCard,
  nic: NicCard,
  network: NetworkCard,
  lane: LaneCard,
  container: ContainerCard,
  lan: LanCard,
  spine: SpineCard,
};
