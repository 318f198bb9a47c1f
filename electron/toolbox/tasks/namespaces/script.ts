import { sayFunction } from '../sections';

/**
 * Which network namespace each process of the host is in; runs with the host's processes in view. One `ls` for all
 * links instead of one `readlink` each; builtins for the rest. A process that ends meanwhile is listed without its arrow.
 */
export const namespacesScript = `${sayFunction}
say own
readlink /proc/self/ns/net
say host
readlink /proc/1/ns/net || exit 1
say names
ls -i /proc/1/root/run/netns 2>/dev/null
say processes
ls -l /proc/[0-9]*/ns/net 2>/dev/null | awk '
  $(NF-1) == "->" { split($(NF-2), part, "/"); pid = part[3]; id = $NF; gsub(/[^0-9]/, "", id); pids[id] = pids[id] " " pid }
  END { for (id in pids) print id pids[id] }
' | while read -r id first rest; do
  lowest=$first
  for p in $rest; do [ "$p" -lt "$lowest" ] && lowest=$p; done
  command=; cgroup=
  { read -r command <"/proc/$lowest/comm"; } 2>/dev/null
  { read -r cgroup <"/proc/$lowest/cgroup"; } 2>/dev/null
  printf '%s\\t%s\\t%s\\t%s\\t%s\\n' "$id" "$lowest" "$command" "$cgroup" "$first $rest"
done
exit 0
`;
