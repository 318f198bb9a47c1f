/** What {@link giveWayFunction} ends with where somebody else has the address and stays. */
export const givenWay = 3;

/**
 * A shell function by which one of two gives way that have come to have an address at the same moment. Both ask the LAN once
 * they have it, so that at least one hears the other; and whoever comes later hears the other for sure. The one with the
 * higher MAC gives way at once. The other waits for that, and gives way too where it is in vain: not both stay. Two with one
 * MAC, which engines before v28 make of the address, draw lots for how long each of them waits.
 *
 * `outlast OWN ASK…` asks by the command ASK; what it writes has the first MAC that answers as `[MAC]` or `lladdr MAC`. Writes
 * the last answer. Ends with 0 once nobody answers, or with ${givenWay}.
 */
export const giveWayFunction = `first_mac() { sed -n '/00:00:00:00:00:00/d; s/.*[[ ]\\(\\([0-9a-f]\\{2\\}:\\)\\{5\\}[0-9a-f]\\{2\\}\\).*/\\1/p' | sed 1q; }
# From 0 to 9, in threes: as long as the other one may take to go.
lot() {
  read -r lots </proc/sys/kernel/random/uuid
  case $lots in [0-3]*) echo 0 ;; [4-7]*) echo 3 ;; [89ab]*) echo 6 ;; *) echo 9 ;; esac
}
outlast() {
  own=$1 waits=8 drawn=; shift
  while :; do
    answer=$("$@")
    other=$(printf '%s\\n' "$answer" | first_mac)
    [ -n "$other" ] || break
    if [ "$own" = "$other" ] && [ -z "$drawn" ]; then drawn=yes waits=$(lot); fi
    if [ "$own" \\> "$other" ] || [ "$waits" -le 0 ]; then echo "$answer"; return ${givenWay}; fi
    waits=$((waits - 1))
    sleep 1
  done
  echo "$answer"
}
`;
