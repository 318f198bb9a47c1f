#!/bin/sh
# Builds the virtual machine's disk from Debian packages: build-image.sh OUT MIRROR KERNEL
# OUT gets disk.img, vmlinuz with initrd.img for the machine with a radio, and from the folder KERNEL, Debian's
# user-mode-linux with what it depends on: linux (the kernel, a program) and the libraries that it runs with.
# As root, in mount and pid namespaces of its own: debootstrap mounts things, and none of it may outlive a build that is
# killed.
set -eu
out=$1
mirror=$2
kernel=$3
guest=$(dirname "$0")
root=$out/root
packages=docker.io,crun,iptables,iproute2,tcpdump,socat,tini,busybox-static,kmod,iw,linux-image-amd64

# No initramfs of Debian's: it takes half a minute to make, and ours stands in its place below.
INITRD=No debootstrap --variant=minbase --include="$packages" bookworm "$root" "$mirror"

version=$(ls "$root/lib/modules")
cp "$kernel/usr/bin/linux.uml" "$out/linux"
cp "$kernel/usr/lib/x86_64-linux-gnu/libc.so.6" "$kernel/usr/lib/x86_64-linux-gnu/ld-linux-x86-64.so.2" "$out"
cp -a "$kernel"/usr/lib/uml/modules/* "$root/lib/modules/"
install -m 755 "$guest/first.sh" "$root/sbin/lab-init"

# The kernel with 802.11. An initramfs of our own: Debian's looks for hardware that isn't there, and takes as long to
# unpack as all the rest.
cp "$root/boot/vmlinuz-$version" "$out/vmlinuz"
early=$out/early
mkdir -p "$early/bin" "$early/modules"
cp "$root/bin/busybox" "$early/bin/busybox"
install -m 755 "$guest/radio-init.sh" "$early/init"
number=10
for module in virtio_pci virtio_blk ext4; do
  for file in $(chroot "$root" modprobe --show-depends -S "$version" "$module" | sed -n 's/^insmod //p'); do
    cp "$root$file" "$early/modules/$number-$(basename "$file")"
    number=$((number + 1))
  done
done
(cd "$early" && find . | busybox cpio -o -H newc) >"$out/initrd.img"

rm -rf "$root"/boot/* "$root"/var/cache/apt/* "$root"/var/lib/apt/lists/* "$root"/usr/share/doc \
  "$root"/usr/share/man "$root"/usr/share/locale "$root"/usr/share/info
# Filled from the folder, without a mount or a loop device. Sparse: 4 GB are what may be written, not what is taken.
truncate -s 4G "$out/disk.img"
mkfs.ext4 -q -F -m 0 -L lab -d "$root" "$out/disk.img"
rm -rf "$root" "$early"
