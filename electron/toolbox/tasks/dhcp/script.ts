/** The hook of udhcpc: what it leases is put on the link, and each of its words is told in a line. */
const hook = `#!/bin/sh
say() { echo "$(date +%s) $*"; }
# Another hand may have put another link under the name (from 28 on it has the same): that one's address is not ours to take.
now=
{ read -r now <"/sys/class/net/$interface/address"; } 2>/dev/null
[ "$now" = "$lease_mac" ] || exit 0
# No two addresses of one subnet: with the first of them the kernel takes the second away.
clear_but() {
  /usr/sbin/ip -4 -o addr show dev "$interface" | while read -r _ _ _ old _; do
    [ "$old" = "$1" ] || /usr/sbin/ip addr del "$old" dev "$interface"
  done
}
case $1 in
  deconfig) clear_but none ;;
  bound | renew)
    # An old kind of server (BOOTP) says neither.
    mask=\${mask:-32} lease=\${lease:-4294967295}
    clear_but "$ip/$mask"
    # The kernel takes it away at its end, also where nobody is left to do so.
    if ! /usr/sbin/ip addr replace "$ip/$mask" brd + dev "$interface" valid_lft "$lease" preferred_lft "$lease"; then
      say leasefail "last="
      exit
    fi
    # Behind those of the engine: one of metric 0 would have every later connect of the container refused.
    /usr/sbin/ip route del default dev "$interface" metric 200 2>/dev/null
    for each in $router; do
      /usr/sbin/ip route replace default via "$each" dev "$interface" metric 200 && break
    done
    echo "$ip/$mask" >/run/last
    say "$1" "ip=$ip/$mask" "server=$serverid" "router=\${router%% *}" "lease=$lease"
    exit
    ;;
esac
last=
[ ! -e /run/last ] || read -r last </run/last
say "$1" "last=$last"
`;

/** The alias on a link that leases; what the engine had given it follows. */
const leaseAlias = 'io.trunkline.lease';

/**
 * Leases an address for a container from the LAN's DHCP server, in the container's own network namespace, until it is ended. Arguments: the
 * id of the container, the MAC that its link is to have, the name that the server is told, then the subnets of the network
 * by which the link is known before it has that MAC.
 *
 * SIGINT ends it for good: the server has the address back. SIGTERM, which an engine sends that is ended itself, keeps the lease: of
 * several that gave theirs back at once a server may give each the other's.
 *
 * When the link is gone its namespace has died with its container: this waits until that runs again, and ends with 1, so that the
 * engine starts it once more in the new one (docs/engine-facts.md §13). Ended before, the engine would not try again.
 */
export const leaseScript = `ip=/usr/sbin/ip
target=$1 mac=$2 name=$3; shift 3
export lease_mac="$mac"
say() { echo "$(date +%s) $*"; }
client=
# Its server goes on to know the address as this container's, so that what starts again has it again.
end_client() {
  [ -n "$client" ] || return
  kill "$client" 2>/dev/null
  wait "$client"
  client=
}
# It is ended after it has acted: of two signals that wait for it the second may come first.
release() {
  [ -z "$client" ] || ! kill -USR2 "$client" 2>/dev/null || sleep 1
}
# What the engine had given stands on the link itself: another helper may be ended than the one that found it.
note() {
  address=$($ip -4 -o addr show dev "$1" | awk '{ print $4; exit }')
  gateway=$($ip -4 route show default dev "$1" | awk '!/metric/ { print $3; exit }')
  read -r own <"/sys/class/net/$1/address"
  $ip link set dev "$1" alias "${leaseAlias} mac=$own address=$address gateway=$gateway"
}
give_back() {
  is_ours || return
  [ -n "$link" ] && { read -r alias <"/sys/class/net/$link/ifalias"; } 2>/dev/null || return
  case "$alias" in '${leaseAlias} '*) ;; *) return ;; esac
  own=\${alias#*mac=} address=\${alias#*address=} gateway=\${alias#*gateway=}
  own=\${own%% *} address=\${address%% *}
  $ip link set dev "$link" address "$own"
  $ip route del default dev "$link" metric 200 2>/dev/null
  $ip -4 -o addr show dev "$link" | while read -r _ _ _ old _; do
    [ "$old" = "$address" ] || $ip addr del "$old" dev "$link"
  done
  [ -n "$address" ] || return
  $ip addr replace "$address" brd + dev "$link"
  [ -z "$gateway" ] || [ -n "$($ip -4 route show default)" ] || $ip route add default via "$gateway" dev "$link"
  $ip link set dev "$link" alias ''
}
link=
trap 'end_client; give_back; exit 0' TERM
trap 'release; end_client; give_back; exit 0' INT
trap '[ -z "$client" ] || kill -USR1 "$client"' USR1
nap() { sleep "$1" & wait "$!"; }
runs() { grep -qs "$target" /proc/[0-9]*/cgroup; }
# The engine can't join the namespace of one that is only about to run, and would not try again.
join_anew() {
  link=
  end_client
  say waiting
  until runs; do nap 1; done
  nap 2
  runs || join_anew
  exit 1
}
link_of() {
  for d in /sys/class/net/*; do
    { read -r each <"$d/address"; } 2>/dev/null
    [ "$each" != "$mac" ] || { echo "\${d##*/}"; return; }
  done
  # Another link of the same LAN may lease already, by another helper.
  for subnet in "$@"; do
    $ip -4 -o addr show to "$subnet" type macvlan | awk '{ print $2 }'
  done | while read -r each; do
    alias=
    { read -r alias <"/sys/class/net/$each/ifalias"; } 2>/dev/null
    case "$alias" in '${leaseAlias} '*) ;; *) echo "$each"; break ;; esac
  done
}
# The engine calls a link by the name of the one before it (from 28 on): by its MAC it is known to be another.
is_ours() {
  now=
  [ -n "$link" ] || return
  { read -r now <"/sys/class/net/$link/address"; } 2>/dev/null
  [ "$now" = "$mac" ]
}
cat >/run/hook <<'HOOK'
${hook}HOOK
chmod 755 /run/hook
tries=0
while link=$(link_of "$@"); [ -z "$link" ]; do
  [ "$tries" -gt 0 ] || say waiting
  tries=$((tries + 1))
  # The namespace may have died before the link was there: in a new one it may be found.
  [ "$tries" -lt 60 ] && runs || join_anew
  nap 1
done
read -r now <"/sys/class/net/$link/address"
[ "$now" = "$mac" ] || note "$link"
$ip link set dev "$link" address "$mac"
say asking
while is_ours; do
  if [ -z "$client" ] || ! kill -0 "$client" 2>/dev/null; then
    udhcpc -f -i "$link" -s /run/hook -x "hostname:$name" -F "$name" -t 4 -T 2 -A 10 2>/dev/null &
    client=$!
  fi
  nap 1
done
join_anew
`;

/**
 * Gives a link back what the engine had put on it. Arguments: the MAC that it was leased with, the engine's own, its address with its
 * prefix, and its gateway, each empty where it has none. A link that is not there, or has been put back, is no failure.
 */
export const giveBackScript = `ip=/usr/sbin/ip
held=$1 mac=$2 address=$3 gateway=$4
link=
for d in /sys/class/net/*; do
  { read -r each <"$d/address"; } 2>/dev/null
  [ "$each" != "$held" ] || link=\${d##*/}
done
[ -n "$link" ] || exit 0
$ip link set dev "$link" alias ''
[ -z "$mac" ] || $ip link set dev "$link" address "$mac" || exit 1
$ip -4 -o addr show dev "$link" | while read -r _ _ _ old _; do
  [ "$old" = "$address" ] || $ip addr del "$old" dev "$link"
done
$ip route del default dev "$link" metric 200 2>/dev/null
[ -n "$address" ] || exit 0
$ip addr replace "$address" brd + dev "$link" valid_lft forever preferred_lft forever || exit 1
[ -z "$gateway" ] || [ -n "$($ip -4 route show default)" ] || $ip route add default via "$gateway" dev "$link" || exit 1
arping -U -c 2 -w 3 -I "$link" "\${address%/*}" >/dev/null 2>&1
exit 0
`;
