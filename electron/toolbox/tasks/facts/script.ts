import { sayFunction } from '../sections';

/** Routes that are read of a family. */
export const mostRoutes = 1000;

/**
 * Reads what a host has; runs in its network namespace without any capability. `ip` by its path, because busybox's
 * shell prefers its own applet. Builtins instead of programs in the loop: a host may have a thousand interfaces.
 */
export const factsScript = `${sayFunction}
say links
/usr/sbin/ip -j -d -s addr || exit 1
say routes
/usr/sbin/ip -j route show default
/usr/sbin/ip -j -6 route show default
say more-routes
# A router with all of the Internet's has a million.
for family in -4 -6; do
  /usr/sbin/ip $family -o route show | {
    n=0
    while [ $n -le ${String(mostRoutes)} ] && read -r line; do
      case $line in default*) continue ;; esac
      printf '%s\\n' "$line"
      n=$((n + 1))
    done
  }
done
say sys
for d in /sys/class/net/*; do
  [ -e "$d/ifindex" ] || continue
  speed=; device=; wireless=
  # Reading the speed of a link that is down, or has none, is an error.
  { read -r speed <"$d/speed"; } 2>/dev/null
  [ -e "$d/device" ] && device=device
  { [ -e "$d/wireless" ] || [ -e "$d/phy80211" ]; } && wireless=wireless
  printf '%s\\t%s\\t%s\\t%s\\n' "\${d##*/}" "$speed" "$device" "$wireless"
done
say machine
for f in sys_vendor product_name chassis_asset_tag; do
  line=
  { read -r line <"/sys/class/dmi/id/$f"; } 2>/dev/null
  printf '%s\\t%s\\n' "$f" "$line"
done
exit 0
`;
