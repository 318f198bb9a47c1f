import {
  IconAffiliate,
  IconBan,
  IconCloudNetwork,
  IconDeviceDesktop,
  IconNetwork,
  IconPuzzle,
  IconTopologyBus,
  type IconProps,
} from '@tabler/icons-react';
import type { NetworkKind } from '../../shared/model';

const icons: Record<NetworkKind, React.ComponentType<IconProps>> = {
  macvlan: IconTopologyBus,
  ipvlan: IconAffiliate,
  bridge: IconNetwork,
  overlay: IconCloudNetwork,
  host: IconDeviceDesktop,
  null: IconBan,
  other: IconPuzzle,
};

/** What kind of network it is; decorative, as the driver is always written beside it. */
export function KindIcon({ kind, size = 14 }: { kind: NetworkKind; size?: number }) {
  const Icon = icons[kind];
  return <Icon size={size} stroke={1.6} aria-hidden style={{ flex: 'none' }} />;
}
