import { shimAlias } from '../../shared/rules';

/**
 * Makes a shim or brings it up to date. Arguments: name, parent, address, then the routes. A link of that name that is
 * no shim is left alone; a shim that this run made goes again when anything fails.
 */
export const putShimScript = `name=$1 parent=$2 address=$3; shift 3
ip=/usr/sbin/ip
made=
fail() { [ -n "$made" ] && $ip link del "$name"; exit 1; }
if $ip link show dev "$name" >/dev/null 2>&1; then
  case "$($ip -d link show dev "$name")" in
    *"$name@$parent:"*"alias ${shimAlias}"*) ;;
    *) echo "$name exists and is no shim on $parent" >&2; exit 1 ;;
  esac
else
  $ip link add "$name" link "$parent" type macvlan mode bridge || exit 1
  made=yes
  $ip link set dev "$name" alias ${shimAlias} || fail
fi
$ip -4 -o addr show dev "$name" | while read -r _ _ _ old _; do
  [ "$old" = "$address/32" ] || $ip addr del "$old" dev "$name"
done
$ip addr replace "$address/32" dev "$name" || fail
$ip link set "$name" up || fail
for route in "$@"; do $ip route replace "$route" dev "$name" src "$address" || fail; done
$ip -4 route show dev "$name" | while read -r old _; do
  keep=
  for route in "$@"; do [ "\${route%/32}" = "\${old%/32}" ] && keep=yes; done
  [ -n "$keep" ] || $ip route del "$old" dev "$name"
done
exit 0
`;

/** Removes a shim by its name; one that is not there is no failure, and a link that is no shim stays. */
export const removeShimScript = `name=$1
ip=/usr/sbin/ip
$ip link show dev "$name" >/dev/null 2>&1 || exit 0
case "$($ip -d link show dev "$name")" in
  *"alias ${shimAlias}"*) exec $ip link del "$name" ;;
esac
echo "$name is no shim" >&2
exit 1
`;

/** Lists shims with their addresses and routes; needs no capability. */
export const listShimsScript = `ip=/usr/sbin/ip
for d in /sys/class/net/*; do
  alias=
  { read -r alias <"$d/ifalias"; } 2>/dev/null
  [ "$alias" = ${shimAlias} ] || continue
  name=\${d##*/}
  printf '\\n@@ %s\\n' "$name"
  $ip -o link show dev "$name"
  $ip -4 -o addr show dev "$name"
  $ip -4 route show dev "$name"
done
exit 0
`;
