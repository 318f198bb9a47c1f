#!/bin/busybox sh
# First process of the initramfs: the disk's driver, the disk, and on to init.sh from the folder that came along.
set -e
b=/bin/busybox
$b mkdir -p /dev /disk
$b mount -t devtmpfs dev /dev
for module in /modules/*.ko; do
  # Several drivers depend on the same module, and loading it again is an error.
  $b insmod "$module" 2>/dev/null || :
done
until [ -b /dev/vda ]; do $b sleep 0.1; done
$b mount -t ext4 /dev/vda /disk
$b mount -t tmpfs -o mode=755 run /disk/run
$b cp -r /guest /disk/run/guest
$b mount -o move /dev /disk/dev
# tini reaps what ends without a parent; a shell as first process would not.
exec $b switch_root /disk /usr/bin/tini-static /run/guest/init.sh
