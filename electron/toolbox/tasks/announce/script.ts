/**
 * Tells the LAN who has an address now, twice, so that no neighbour sends to the MAC that had it before. Arguments: IPv4 addresses of the
 * network namespace it runs in; one that nobody here has any more is passed over.
 */
export const announceScript = `for address in "$@"; do
  dev=$(/usr/sbin/ip -4 -o addr show to "$address" | awk '{ sub(/[@:].*/, "", $2); print $2; exit }')
  [ -n "$dev" ] || continue
  arping -U -c 2 -w 3 -I "$dev" "$address" >/dev/null 2>&1
  echo "$address"
done
exit 0
`;
