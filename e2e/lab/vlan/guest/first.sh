#!/bin/busybox sh
# The machine's first process: the lab's folder, and on to the script that came in it.
set -e
b=/bin/busybox
$b mount -t tmpfs -o mode=755 run /run
$b mkdir /run/lab
# The kernel was told which folder that is, and gives no other.
$b mount -t hostfs lab /run/lab
# tini reaps what ends without a parent; a shell as first process would not.
exec /usr/bin/tini-static /run/lab/guest/init.sh
