#!/bin/sh
# An orderly reboot: the engines end as an init system would end them, the disk is written, the machine powers off
# (and is switched on again from outside).
# Answers first: whoever asked should not see its connection break.
(
  for host in v1 v2; do kill -TERM "$(cat /run/hosts/$host)"; done
  # A daemon of 20.10 may hang at its end; an init system has no endless patience either.
  tries=450
  for host in v1 v2; do
    while kill -0 "$(cat /run/hosts/$host)" 2>/dev/null; do
      tries=$((tries - 1))
      [ $tries -gt 0 ] || kill -KILL "$(cat /run/hosts/$host)"
      sleep 0.2
    done
  done
  sync
  echo u >/proc/sysrq-trigger
  echo o >/proc/sysrq-trigger
) >/dev/null 2>&1 &
