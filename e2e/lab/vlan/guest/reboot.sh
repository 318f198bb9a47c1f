#!/bin/sh
# An orderly reboot: the engines end as an init system would end them, the disk is written, the machine resets.
# Answers first: whoever asked should not see its connection break.
(
  for host in v1 v2; do kill -TERM "$(cat /run/hosts/$host)"; done
  for host in v1 v2; do while kill -0 "$(cat /run/hosts/$host)" 2>/dev/null; do sleep 0.2; done; done
  sync
  echo u >/proc/sysrq-trigger
  echo b >/proc/sysrq-trigger
) >/dev/null 2>&1 &
