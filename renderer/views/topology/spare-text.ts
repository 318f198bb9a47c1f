import type { SpareNic } from '../../graph';

/** Mbit/s in a few letters: `1G`, `2.5G`, `100M`. */
export const shortSpeed = (speed: number): string =>
  speed >= 1000 ? `${String(speed / 1000)}G` : `${String(speed)}M`;

/** What stands beside a spare interface's name: the id of a VLAN link whose name does not tell it, else the speed. */
export function spareText({ name, vlan, speed, state }: SpareNic): string {
  if (vlan !== null && !name.endsWith(`.${String(vlan)}`)) return `VLAN ${String(vlan)}`;
  return speed === null || state !== 'upCarrier' ? '' : shortSpeed(speed);
}
