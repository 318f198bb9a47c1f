#!/bin/sh
# A host of the lab, by name, in network, mount and host-name namespaces of its own: ends as its dockerd.
set -eu
name=$1
mkdir -p /run/hosts "/srv/$name/etc" "/srv/$name/data" /etc/docker
echo $$ >"/run/hosts/$name"
hostname "$name"
rm -f "/srv/$name/docker.sock"
# 20.10 makes its engine id of a key in /etc/docker: one for each host, also after a reboot.
mount --bind "/srv/$name/etc" /etc/docker
mount -t tmpfs run /run
# /sys shows the NICs of the network namespace in which it was mounted; a new one lacks the cgroups.
mount -t sysfs sysfs /sys
mount -t cgroup2 cgroup2 /sys/fs/cgroup
# Its own containerd, and patience: dockerd waits 15 s for one that it starts itself and gives up for good then, which is
# less than a machine of one processor takes on a busy day.
mkdir -p /run/docker/containerd/daemon "/srv/$name/data/containerd/daemon"
printf '%s\n' 'version = 2' 'disabled_plugins = ["io.containerd.grpc.v1.cri"]' >/run/docker/containerd/config.toml
socket=/run/docker/containerd/containerd.sock
containerd --config /run/docker/containerd/config.toml --address "$socket" --log-level warn \
  --root "/srv/$name/data/containerd/daemon" --state /run/docker/containerd/daemon &
until [ -S "$socket" ]; do
  kill -0 $! || exit 1
  sleep 0.5
done
# The kernel, Debian's, has no tables of iptables' and no families of nftables' for IP: the other lab's hosts have all of
# them. Nothing here goes through the engine's NAT.
# crun: runc starts itself three times for each container, and a start takes this machine half a second.
exec dockerd --containerd "$socket" --data-root "/srv/$name/data" --exec-root /run/docker --pidfile /run/docker.pid \
  -H "unix:///srv/$name/docker.sock" --exec-opt native.cgroupdriver=cgroupfs --cgroup-parent "/$name" \
  --storage-driver overlay2 --iptables=false --add-runtime crun=/usr/bin/crun --default-runtime crun
