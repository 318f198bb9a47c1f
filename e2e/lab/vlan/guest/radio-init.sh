#!/bin/busybox sh
# First process of the machine with a radio: the disk and its driver, the simulated radio, then the script that came
# along, with what it prints between two lines; and off.
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
$b mount -t proc proc /disk/proc
$b mount -t sysfs sysfs /disk/sys
$b cp /script /disk/script
$b chroot /disk modprobe mac80211_hwsim radios=1
echo "trunkline: begin"
$b chroot /disk sh /script
echo "trunkline: end"
$b poweroff -f
