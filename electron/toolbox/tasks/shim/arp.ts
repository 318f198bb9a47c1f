import { shimAlias } from '../../../../shared/rules';

/**
 * Shell functions by which a host answers ARP for each of its addresses from one link only. As the kernel comes, a shim
 * answers for all addresses of the host, and its parent for the shim's: the LAN then hears two MACs for one address.
 *
 * `tune_shim LINK` and `tune_parent PARENT LINK ADDRESS` set what is not so already, and read it back. What the parent had
 * before is kept in the alias of every shim on it (`${shimAlias} for=10.70.1.2 arp_ignore=0`), where it lasts as long as the link
 * does: neither outlives a reboot. `settle_parent PARENT LINK NOTE` gives it back once no other shim needs it, unless
 * somebody set something else in the meantime.
 *
 * A container's /proc/sys can only be read, and AppArmor and SELinux guard it further. The kernel takes the same settings
 * by netlink (RTM_SETLINK with IFLA_INET_CONF) from whoever has NET_ADMIN, and `ip addr restore` sends any
 * message that it is given. Such messages are in the machine's byte order; all architectures of the toolbox are
 * little-endian, and on another one the setting would be refused and the task fail.
 */
export const arpFunctions = `ip=/usr/sbin/ip conf=/proc/sys/net/ipv4/conf
number() {
  rest=$1 left=$2 bytes=
  while [ "$left" -gt 0 ]; do
    bytes="$bytes\\\\0$(printf %03o $((rest & 255)))"
    rest=$((rest >> 8)) left=$((left - 1))
  done
  printf %b "$bytes"
}
value() { now=; read -r now <"$conf/$1/$2"; echo "\${now:-0}"; }
effective() {
  one=$(value "$1" "$2") all=$(value all "$2")
  if [ "$one" -gt "$all" ]; then echo "$one"; else echo "$all"; fi
}
# set_conf LINK KEY VALUE
set_conf() {
  case $2 in
    rp_filter) id=8 ;;
    arp_announce) id=18 ;;
    arp_ignore) id=19 ;;
    *) return 1 ;;
  esac
  index=$($ip -o link show dev "$1") || return 1
  index=\${index%%:*}
  {
    number 1194725922 4
    number 52 4; number 19 2; number 0 2; number 0 4; number 0 4
    number 0 4; number "$index" 4; number 0 4; number 0 4
    number 20 2; number 26 2; number 16 2; number 2 2; number 12 2; number 1 2
    number 8 2; number "$id" 2; number "$3" 4
  } | $ip addr restore >&2
  [ "$(value "$1" "$2")" = "$3" ] && return
  echo "$2 of $1 is $(value "$1" "$2") and could not be set to $3" >&2
  return 1
}
# notes PARENT BUT: what the aliases of the shims on the parent say it had before, but for one
notes() {
  parent_index=
  { read -r parent_index <"/sys/class/net/$1/ifindex"; } 2>/dev/null
  for each in /sys/class/net/*; do
    alias= below=
    { read -r alias <"$each/ifalias"; read -r below <"$each/iflink"; } 2>/dev/null
    [ "$below" = "$parent_index" ] && [ "\${each##*/}" != "$2" ] || continue
    case "$alias" in '${shimAlias} '*) printf ' %s ' "\${alias#* }" ;; esac
  done
}
# noted NOTES KEY
noted() {
  case " $1 " in *" $2="*) ;; *) return 1 ;; esac
  old=\${1##*"$2="}
  echo "\${old%% *}"
}
# right KEY VALUE
right() {
  case "$1=$2" in arp_ignore=[128] | arp_announce=2) return 0 ;; esac
  return 1
}
wanted() { case $1 in arp_ignore) echo 1 ;; *) echo 2 ;; esac; }
tune_shim() {
  # Strictly filtered, the link would not hear the LAN, which the parent leads to: nobody would answer for its address.
  if [ "$(effective "$1" rp_filter)" = 1 ]; then set_conf "$1" rp_filter 2 || return 1; fi
  set_conf "$1" arp_ignore 1 && set_conf "$1" arp_announce 2 || return 1
  [ "$(effective "$1" arp_ignore)" = 1 ] && return
  echo "net.ipv4.conf.all.arp_ignore is $(value all arp_ignore): with it a link of the host can't answer for its own address alone" >&2
  return 1
}
# tune_parent PARENT LINK ADDRESS
tune_parent() {
  known=$(notes "$1" '') note=" for=$3"
  for key in arp_ignore arp_announce; do
    if old=$(noted "$known" "$key"); then note="$note $key=$old"
    elif ! right "$key" "$(effective "$1" "$key")"; then note="$note $key=$(value "$1" "$key")"; fi
  done
  # First the note: whoever ends this halfway leaves what it takes to set it back.
  $ip link set dev "$2" alias "${shimAlias}$note" || return 1
  for key in arp_ignore arp_announce; do
    right "$key" "$(effective "$1" "$key")" && continue
    set_conf "$1" "$key" "$(wanted "$key")" || return 1
    right "$key" "$(effective "$1" "$key")" && continue
    echo "net.ipv4.conf.all.$key is $(value all "$key"), which overrides what $1 would need" >&2
    return 1
  done
}
note_of() {
  alias=
  { read -r alias <"/sys/class/net/$1/ifalias"; } 2>/dev/null
  case "$alias" in '${shimAlias} '*) echo "\${alias#* }" ;; esac
}
settle_parent() {
  others=$(notes "$1" "$2") unsettled=0
  for key in arp_ignore arp_announce; do
    old=$(noted "$3" "$key") || continue
    noted "$others" "$key" >/dev/null && continue
    [ "$(value "$1" "$key")" = "$(wanted "$key")" ] || continue
    set_conf "$1" "$key" "$old" || unsettled=1
  done
  return $unsettled
}
`;
