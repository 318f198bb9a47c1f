import type { TakenPicture } from '../../../shared/model';
import { plainAddress } from '../../../shared/rules';

/** A container's place on a network of an engine. */
export interface Place {
  engineId: string;
  containerId: string;
  /** A network that is made anew keeps its name only. */
  networkName: string;
}

/** Whether an address was had, or fixed, at a place before a change. */
export type HadBefore = (place: Place, address: string) => boolean;

/** As the engines name them in what they tell of an attachment. */
const addressFields = [
  ...['IPAddress', 'GlobalIPv6Address'],
  ...['IPAMConfig.IPv4Address', 'IPAMConfig.IPv6Address'],
] as const;

const keyOf = ({ engineId, containerId, networkName }: Place, address: string): string =>
  JSON.stringify([engineId, containerId, networkName, plainAddress(address)]);

/** @param pictures of all that the change touches, from before it; where there are none, nothing was had */
export function hadBefore(pictures: readonly TakenPicture[] = []): HadBefore {
  const had = new Set(
    pictures.flatMap(({ engineId, subject, picture }) =>
      subject.kind === 'attachment'
        ? addressFields.flatMap((field) => {
            const address = picture[field];
            return address ? [keyOf({ ...subject, engineId }, address)] : [];
          })
        : [],
    ),
  );
  return (place, address) => had.has(keyOf(place, address));
}
