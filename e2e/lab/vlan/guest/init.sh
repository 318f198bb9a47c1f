#!/bin/sh
# The machine: a trunk and two hosts on it, their engines' APIs on TCP 2375 and 2376, a root shell on TCP 2000.
set -eu
trap '[ $? = 0 ] || echo "trunkline: failed"' EXIT
export PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin HOME=/root
guest=/run/lab/guest

mount -t proc proc /proc
mount -t sysfs sysfs /sys
mount -t cgroup2 cgroup2 /sys/fs/cgroup
mkdir -p /dev/pts /dev/shm
mount -t devpts devpts /dev/pts
mount -t tmpfs shm /dev/shm
mount -t tmpfs tmp /tmp
# Not loaded on demand: the bridge's VLAN filter needs no 8021q itself.
modprobe -a 8021q overlay
hostname trunkline
ip link set lo up
ip link set vec0 up
ip addr add 10.0.2.15/24 dev vec0

# The trunk: one bridge that filters VLANs. Untagged frames are VLAN 1; 10 and 20 pass tagged.
ip netns add trunk
ip -n trunk link set lo up
# Each gateway answers on its own VLAN only, as separate routers would.
ip netns exec trunk sh -c 'echo 1 >/proc/sys/net/ipv4/conf/all/arp_ignore'
ip -n trunk link add trunk type bridge vlan_filtering 1 stp_state 0 forward_delay 0 mcast_snooping 0
ip -n trunk link set trunk up
ip -n trunk addr add 10.60.1.1/24 dev trunk
for vlan in 10 20; do
  # The gateway of each VLAN, which answers and routes nowhere.
  bridge -n trunk vlan add dev trunk vid $vlan self
  ip -n trunk link add link trunk name "trunk.$vlan" type vlan id $vlan
  ip -n trunk addr add "10.60.$vlan.1/24" dev "trunk.$vlan"
  ip -n trunk link set "trunk.$vlan" up
done

number=0
for host in v1 v2; do
  number=$((number + 1))
  ip netns add $host
  ip -n $host link set lo up
  ip link add eth1 netns $host type veth peer name $host netns trunk
  ip -n trunk link set $host master trunk up
  for vlan in 10 20; do bridge -n trunk vlan add dev $host vid $vlan; done
  ip -n $host link set eth1 up
  ip -n $host addr add "10.60.1.$((10 + number))/24" dev eth1
  ip -n $host route add default via 10.60.1.1
  # Their logs go to the lab's folder: kept even when the machine goes down.
  nsenter --net=/run/netns/$host unshare --mount --uts --propagation private \
    "$guest/host.sh" $host >>/run/lab/$host.log 2>&1 &
  # -t: whoever has sent all it has to send may go on listening (attach, exec, build).
  socat -t 86400 TCP-LISTEN:$((2374 + number)),fork,reuseaddr,backlog=128,nodelay \
    UNIX-CONNECT:/srv/$host/docker.sock 2>/dev/null &
done
socat -t 86400 TCP-LISTEN:2000,fork,reuseaddr EXEC:"$guest/agent.sh" &
echo "trunkline: up"
wait
