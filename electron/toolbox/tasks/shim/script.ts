import { shimAlias } from '../../../../shared/rules';
import { giveWayFunction, givenWay } from '../give-way';
import { arpFunctions } from './arp';

/** What the script that puts a shim exits with when the LAN answers for its address; the MACs are its output. */
export const addressTaken = givenWay;

/** What the scripts that put and remove a shim exit with when the link is not the one that they were sent for. */
export const otherLink = 4;

const listFunction = `list() {
  printf '\\n@@ %s\\n' "$1"
  $ip -o -d link show dev "$1"
  $ip -4 -o addr show dev "$1"
  $ip -4 route show dev "$1"
}
`;

/**
 * `take_away LINK PARENT` removes a shim. Its parent is given back what it had before, for the note of that goes with the
 * link: wherever it is cut off, a link that is gone has left nothing to be done, and one that is there is removed again. Its
 * addresses go first: a host has those of a link that is down all the same, and the parent, given back what it had, would answer
 * for them to whoever asks at that moment. Fails where the parent did not get everything back.
 */
const takeAwayFunction = `# is_for LINK ADDRESS: whether it holds that, or holds none and nothing says that it is being made for another
is_for() {
  held=$($ip -4 -o addr show dev "$1" | awk '/valid_lft forever/ { printf " %s ", $4 }')
  case "$held" in
    '') ;;
    *" $2/32 "*) return 0 ;;
    *) return 1 ;;
  esac
  [ -n "$2" ] && whose=$(noted "$(note_of "$1")" for) || return 0
  [ "$whose" = "$2" ]
}
# is_own LINK ADDRESS: whether it was made for that, whatever another hand has done to it since
is_own() {
  whose=$(noted "$(note_of "$1")" for) || { is_for "$1" "$2"; return; }
  [ "$whose" = "$2" ]
}
addresses_of() { $ip -4 -o addr show dev "$1" | awk '/valid_lft forever/ { print $4 }'; }
take_away() {
  note=$(note_of "$1") owing=0
  $ip -4 -o addr show dev "$1" | while read -r _ _ _ each _; do $ip addr del "$each" dev "$1"; done
  $ip link set "$1" down
  settle_parent "$2" "$1" "$note" || owing=1
  $ip link del "$1" || return 1
  if $ip link show dev "$1" >/dev/null 2>&1; then echo "$1 is still there" >&2; return 1; fi
  return $owing
}
`;

/**
 * Claims the address for the link. `ask` and `is_held` as said; `claim` puts it there for a minute only, so that whatever
 * ends the helper leaves nothing that stays, and asks once more: see {@link giveWayFunction}.
 */
const claimFunctions = `${giveWayFunction}
ask() { arping -D -c 2 -w 2 -I "$name" "$address" 2>&1; }
# Held for good: an address that is only being claimed goes by itself.
is_held() { case "$($ip -4 -o addr show to "$address" dev "$name")" in *'valid_lft forever'*) ;; *) return 1 ;; esac; }
claim() {
  $ip addr replace "$address/32" dev "$name" valid_lft 60 preferred_lft 60 || return 1
  claimed=yes
  read -r own <"/sys/class/net/$name/address"
  claim_answer=$(outlast "$own" ask) && return
  echo "$claim_answer"
  return ${addressTaken}
}
`;

/**
 * Makes a shim or brings it up to date, and lists it as it then is. Arguments: name, parent, address, what was
 * there before (`none`, the address of the link, `own` or `any`), then the routes. Another link than that is left alone, and so
 * is one of that name that is no shim; a shim that this run made goes again when anything fails, and one that was there
 * keeps the address that it had.
 *
 * An address that the link does not have yet is asked for first, by the link itself: it hears the LAN and the other macvlan
 * links of the host, which the parent does not. busybox's `arping -D` asks from 0.0.0.0, which no cache remembers.
 */
export const putShimScript = `${arpFunctions}${listFunction}${takeAwayFunction}${claimFunctions}
name=$1 parent=$2 address=$3 was=$4; shift 4
made= claimed=
fail() {
  if [ -n "$made" ]; then take_away "$name" "$parent" || exit 1
  elif [ -n "$claimed" ]; then $ip addr del "$address/32" dev "$name" || exit 1; fi
  exit "\${1:-1}"
}
if $ip link show dev "$name" >/dev/null 2>&1; then
  there=$($ip -d link show dev "$name")
  case "$there" in
    *"$name@$parent:"*" macvlan mode "*"alias ${shimAlias}"*) ;;
    *) echo "$name exists and is no shim on $parent" >&2; exit 1 ;;
  esac
  [ "$was" != none ] || exit ${otherLink}
  case $was in
    any) ;;
    own) is_own "$name" "$address" || exit ${otherLink} ;;
    *) is_for "$name" "$was" || exit ${otherLink} ;;
  esac
  # Another hand may have made it a link that leads nowhere.
  case "$there" in
    *" macvlan mode bridge"*) ;;
    *) $ip link set dev "$name" type macvlan mode bridge || exit 1 ;;
  esac
  $ip link set dev "$name" arp on || exit 1
else
  # Somebody else may make it after the look above, and may have taken it away again by now.
  if ! added=$($ip link add "$name" link "$parent" type macvlan mode bridge 2>&1); then
    case "$added" in *'File exists'*) exit ${otherLink} ;; esac
    echo "$added" >&2
    exit 1
  fi
  made=yes
  $ip link set dev "$name" alias "${shimAlias} for=$address" || fail
fi
holder=$($ip -4 -o addr show to "$address" | awk -v name="$name" '$2 != name { print $2; exit }')
[ -z "$holder" ] || { echo "$address is on $holder of this host already" >&2; fail; }
tune_shim "$name" || fail
new=
if ! is_held; then
  new=yes
  $ip link set "$name" up || fail
  answer=$(ask)
  case "$answer" in *"reply from"*) echo "$answer"; fail ${addressTaken} ;; esac
fi
tune_parent "$parent" "$name" "$address" || fail
[ -z "$new" ] || claim || fail $?
$ip addr replace "$address/32" dev "$name" || fail
claimed=
$ip -4 -o addr show dev "$name" | while read -r _ _ _ old _; do
  [ "$old" = "$address/32" ] || $ip addr del "$old" dev "$name"
done
$ip link set "$name" up || fail
for route in "$@"; do $ip route replace "$route" dev "$name" src "$address" || fail; done
$ip -4 route show dev "$name" | while read -r old _; do
  keep=
  for route in "$@"; do [ "\${route%/32}" = "\${old%/32}" ] && keep=yes; done
  [ -n "$keep" ] || $ip route del "$old" dev "$name"
done
case "$($ip -o link show dev "$name")" in
  *[\\<,]UP[,\\>]*) ;;
  *) echo "$name did not come up" >&2; fail ;;
esac
list "$name"
exit 0
`;

/**
 * Removes a shim by its name, and gives its parent back what it had; one that is not there is no failure, a link that
 * is no shim stays, and so does one that is not for the address given, unless that is `any`.
 */
export const removeShimScript = `${arpFunctions}${takeAwayFunction}
name=$1 address=$2
link=$($ip -o -d link show dev "$name" 2>/dev/null) || exit 0
case "$link" in
  *"alias ${shimAlias}"*) ;;
  *) echo "$name is no shim" >&2; exit 1 ;;
esac
[ "$address" = any ] || is_for "$name" "$address" || exit ${otherLink}
parent=\${link#*"$name@"}
parent=\${parent%%:*}
# A link that stays down would be a host without its way to the containers: what can't be taken away is put back as it was.
up_again() {
  # Gone, and only its parent did not get everything back.
  $ip link show dev "$name" >/dev/null 2>&1 || return
  whose=$(noted "$(note_of "$name")" for) && tune_parent "$parent" "$name" "$whose"
  for each in $addresses; do $ip addr replace "$each" dev "$name"; done
  case "$link" in *[\\<,]UP[,\\>]*) ;; *) return ;; esac
  $ip link set "$name" up
  # They went when it went down.
  echo "$routes" | while read -r route; do [ -z "$route" ] || $ip route replace $route dev "$name"; done
}
# What the kernel says of a route's state it takes back from nobody.
routes=$($ip -4 route show dev "$name" | sed 's/ dead//g; s/ linkdown//g')
addresses=$(addresses_of "$name")
trap 'up_again; exit 1' HUP INT TERM
take_away "$name" "$parent" && exit 0
up_again
exit 1
`;

/** Lists shims with their addresses and routes; needs no capability. */
export const listShimsScript = `ip=/usr/sbin/ip
${listFunction}
for d in /sys/class/net/*; do
  alias=
  { read -r alias <"$d/ifalias"; } 2>/dev/null
  case "$alias" in ${shimAlias} | '${shimAlias} '*) list "\${d##*/}" ;; esac
done
exit 0
`;
