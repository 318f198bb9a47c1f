/**
 * Whether a text is a MAC address that one station may have, as engines take it: six bytes, not a group address, not all
 * zeros.
 */
export const isUnicastMac = (text: string): boolean =>
  /^[0-9a-f][02468ace](:[0-9a-f]{2}){5}$/i.test(text) && !/^00(:00){5}$/.test(text);
