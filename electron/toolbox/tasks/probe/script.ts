import { giveWayFunction } from '../give-way';
import { sayFunction } from '../sections';

/**
 * `holders6 ADDRESS LINK` asks by neighbour discovery who has an IPv6 address: from the link's own link-local address, so that
 * it takes none of that LAN, and each holder is told. Fails, and says nothing, where it can't be asked: an image without
 * `ndisc6`, a link without IPv6. For an address of one's own it tells who else has it.
 */
const holders6Function = `holders6() {
  macs=$(/usr/sbin/ndisc6 -q -m -r 2 -w 1000 "$1" "$2" 2>/dev/null)
  case $? in 0 | 2) ;; *) return 1 ;; esac
  echo asked
  printf '%s\\n' "$macs" | awk '/:/ { print "lladdr " tolower($1) }'
}
`;

/**
 * `ask_for ADDRESS` asks on a NIC who has an address that is about to be given out, or was right now. As the standards want
 * it of who is to have one: without an address of its own (`-D`), so that no cache learns of it and no router answers in
 * the place of others. `tell ADDRESS ANSWER` writes what {@link probeScript} does.
 */
const claimFunctions = `${holders6Function}ask_for() {
  case "$1" in
    *:*) holders6 "$1" "$nic" || {
        ping -6 -c 2 -i 0.3 -W 1 -w 2 -I "$nic" "$1" >/dev/null 2>&1
        /usr/sbin/ip -6 neigh show to "$1" dev "$nic"
      } ;;
    *) arping -D -c 2 -w 2 -I "$nic" "$1" 2>&1 ;;
  esac
}
tell() { printf '\\n@@ target %s link %s\\n[arp]\\n%s\\n[neigh]\\n\\n[ping]\\n' "$1" "$nic" "$2"; }
`;

/**
 * Asks on a NIC whether anybody has addresses that are about to be given out, all at once and within some two seconds.
 * Arguments: the NIC, then the addresses.
 */
export const claimScript = `${claimFunctions}
nic=$1; shift
for address in "$@"; do tell "$address" "$(ask_for "$address")" & done
wait
exit 0
`;

/**
 * Asks likewise for addresses that a container of the host has been given a moment ago, until nobody else answers or the
 * container has to give way: then it tells who answers. Arguments: the NIC; `apart` where the NIC does not hear the
 * container, so that an answer with its MAC is another's, else `near`; the container's MAC, `-` for that of the NIC; and
 * the addresses.
 */
export const keepScript = `${claimFunctions}${giveWayFunction}
nic=$1 where=$2 mac=$3; shift 3
[ "$mac" != - ] || read -r mac <"/sys/class/net/$nic/address"
others() {
  if [ "$where" = apart ]; then ask_for "$1"; else ask_for "$1" | sed "/$mac/d"; fi
}
for address in "$@"; do
  {
    # Where it was asked and nobody else answers, that is all there is to say.
    answer=$(outlast "$mac" others "$address") && case "$answer" in *'arping: '*) ;; *) answer=\${answer:+asked} ;; esac
    tell "$address" "$answer"
  } &
done
wait
exit 0
`;

/**
 * Asks for addresses all at once. Arguments: the interface to ask on (`-`: by the routes; `@` and an
 * address: the one that has it), then the addresses.
 *
 * Each address is asked for twice. Once with the asker's own address, broadcast each time (`-b`: after a first answer
 * busybox's arping would ask only that one machine), so that every holder answers. And once without (`-D`), which
 * stops at the first answer: a holder that also claims the asker's own address ignores the other kind, and for the
 * asker's own address the kernel could not ask otherwise.
 *
 * What lies behind a router, or nowhere, is asked for on the link all the same: who answers there stands on the same
 * LAN, whatever the addresses say.
 *
 * Behind a router, the kernel knows after the pings whether the router itself has answered: its neighbour table tells.
 *
 * Bound to the interface of an address, nothing goes out by another, so that what a second network of the asker reaches
 * is not told of this one. The kernel takes everything for a neighbour where no route leads out by that interface, so
 * the routes are read instead.
 */
export const probeScript = `${sayFunction}
${holders6Function}
nic=$1; shift
bound=
case "$nic" in @*)
  bound=1
  nic=$(/usr/sbin/ip -o addr show to "\${nic#@}" | awk '{ sub(/[@:].*/, "", $2); print $2; exit }')
  [ -n "$nic" ] || { echo "no interface has the asker's address any more" >&2; exit 1; }
esac
ask() {
  if [ "$nic" = - ]; then route=$(/usr/sbin/ip -j route get "$1" 2>/dev/null)
  else route=$(/usr/sbin/ip -j route get "$1" oif "$nic" 2>/dev/null); fi
  kind=$(printf %s "$route" | sed -n 's/.*"type":"\\([a-z]*\\)".*/\\1/p')
  dev=$(printf %s "$route" | sed -n 's/.*"dev":"\\([^"]*\\)".*/\\1/p')
  [ -n "$bound" ] && case "$1" in
    *:*) [ -n "$(/usr/sbin/ip -6 route show match "$1" dev "$nic" 2>/dev/null)" ] || route= ;;
    *) [ -n "$(/usr/sbin/ip -4 route show match "$1" dev "$nic" 2>/dev/null)" ] || route= ;;
  esac
  via=link
  case "$route" in
    '' | '[]') via=none ;;
    *'"gateway"'*) via=gateway ;;
  esac
  if [ "$kind" = local ]; then
    via=own
    dev=$(/usr/sbin/ip -o addr show to "$1" | awk '{ print $2; exit }')
  fi
  [ "$nic" != - ] && dev=$nic
  arp=; ping=; near=; out=; router=
  [ -n "$bound" ] && out="-I $dev"
  case "$via:$1" in
    own:*:*) near=$(holders6 "$1" "$dev") ;;
    own:*) arp=$(arping -D -w 2 -I "$dev" "$1" 2>&1) ;;
    link:*:*) ping=$(ping -6 -c 2 -i 0.3 -W 2 -w 3 -I "$dev" "$1" 2>&1)
      near=$(holders6 "$1" "$dev" || /usr/sbin/ip -6 neigh show to "$1" dev "$dev") ;;
    link:*) arp=$(arping -b -c 2 -w 2 -I "$dev" "$1" 2>&1; arping -D -c 1 -w 1 -I "$dev" "$1" 2>&1)
      ping=$(ping -c 2 -i 0.3 -W 2 -w 3 -I "$dev" "$1" 2>&1) ;;
    gateway:*:*) near=$(holders6 "$1" "$dev")
      ping=$(ping -c 2 -i 0.3 -W 2 -w 3 $out "$1" 2>&1) ;;
    gateway:*) arp=$(arping -D -w 2 -I "$dev" "$1" 2>&1)
      ping=$(ping -c 2 -i 0.3 -W 2 -w 3 $out "$1" 2>&1) ;;
    none:*) for each in /sys/class/net/*; do
        each=\${each##*/}
        [ "$nic" = - ] && [ "$each" != lo ] || [ "$each" = "$nic" ] || continue
        case "$1" in
          *:*) near="$near
$(holders6 "$1" "$each")" ;;
          *) arp="$arp
$(arping -D -w 2 -I "$each" "$1" 2>&1)" ;;
        esac
      done ;;
  esac
  if [ "$via" = gateway ]; then
    hop=$(printf %s "$route" | sed -n 's/.*"gateway":"\\([^"]*\\)".*/\\1/p')
    [ -n "$hop" ] && router=$(/usr/sbin/ip neigh show to "$hop" dev "$dev" 2>/dev/null)
  fi
  printf '\\n@@ target %s %s %s\\n[arp]\\n%s\\n[neigh]\\n%s\\n[ping]\\n%s\\n[router]\\n%s\\n' \\
    "$1" "$via" "\${dev:--}" "$arp" "$near" "$ping" "$router"
}
for address in "$@"; do ask "$address" & done
wait
exit 0
`;
